// Bundle a server with Vite.
// --8<-- [start:config]
export default { build: { ssr: 'server.js' }, ssr: { external: ['hundredms'] } }
// --8<-- [end:config]
