// Bundle a server with esbuild: `node esbuild.mjs`.
// --8<-- [start:build]
import { build } from 'esbuild'

await build({ entryPoints: ['server.js'], bundle: true, platform: 'node', external: ['hundredms'], outfile: 'out.cjs' })
// --8<-- [end:build]
