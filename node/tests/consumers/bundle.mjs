// Bundles by esbuild that keep the package outside, as the guide says: as CommonJS, which is what esbuild makes unless told, and as ESM.
import { execFileSync } from 'node:child_process'
import { build } from 'esbuild'

for (const [entry, outfile, options] of [
  ['run.cjs', 'bundled.cjs', {}],
  ['run.mjs', 'bundled.mjs', { format: 'esm' }],
]) {
  await build({ entryPoints: [entry], bundle: true, platform: 'node', external: ['hundredms'], outfile, ...options })
  execFileSync(process.execPath, [outfile], { stdio: 'inherit' })
}
