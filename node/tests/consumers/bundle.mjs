// A bundle by esbuild that keeps the package outside, as the guide says.
import { execFileSync } from 'node:child_process'
import { build } from 'esbuild'

await build({
  entryPoints: ['run.mjs'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['hundredms'],
  outfile: 'bundled.mjs',
})
execFileSync(process.execPath, ['bundled.mjs'], { stdio: 'inherit' })
