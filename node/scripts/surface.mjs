// Makes dist/: the declarations file by file, and the code in one file, which loads in a third of the time that its parts take.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
rmSync(here('../dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [here('../node_modules/typescript/bin/tsc'), '--project', here('../tsconfig.json'), '--emitDeclarationOnly'],
  { stdio: 'inherit' },
)

const settings = { absWorkingDir: here('..'), outbase: 'src', outdir: 'dist', platform: 'node', target: 'node20.6' }
const commonjs = {
  ...settings,
  format: 'cjs',
  // Takes the comments out; names stay as they are.
  minifyWhitespace: true,
  lineLimit: 120,
  // A class that refers to itself gets another name otherwise.
  keepNames: true,
}
await build({ ...commonjs, entryPoints: ['src/index.ts'], bundle: true, external: ['hundredms-*'] })
await build({ ...commonjs, entryPoints: ['src/command.ts', 'src/platforms.ts'] })
await build({
  ...settings,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  entryPoints: ['src/index.mts', 'src/webhooks/index.mts'],
})

// The subpath gives what the package gives, under names that `import` sees.
const { metafile } = await build({
  ...settings,
  format: 'esm',
  entryPoints: ['src/webhooks/index.ts'],
  bundle: true,
  external: ['hundredms-*'],
  metafile: true,
  write: false,
})
const [{ exports }] = Object.values(metafile.outputs)
mkdirSync(here('../dist/webhooks'), { recursive: true })
writeFileSync(
  here('../dist/webhooks/index.js'),
  `'use strict'\nconst { webhooks } = require('../index.js')\n${exports.map((name) => `exports.${name} = webhooks.${name}\n`).join('')}`,
)
chmodSync(here('../dist/command.js'), 0o755)
