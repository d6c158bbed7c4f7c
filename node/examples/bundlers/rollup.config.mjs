// Bundle a server with Rollup.
// --8<-- [start:config]
export default { input: 'server.js', external: /^hundredms(\/|$)/, output: { file: 'out.mjs' } }
// --8<-- [end:config]
