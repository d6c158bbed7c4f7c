// Makes dist/, or the folder that is named: the declarations file by file, and the code in one file, which loads in a third of the time
// that its parts take.
import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { edge } from './edge.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const compile = (...words) => {
  const compiler = here('../node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '--project', here('../tsconfig.json'), ...words], { stdio: 'inherit' })
}

const dist = resolve(process.argv[2] ?? here('../dist'))
rmSync(dist, { recursive: true, force: true })
compile('--emitDeclarationOnly', '--outDir', dist)
// What takes the place of other files has their declarations.
rmSync(`${dist}/edge`, { recursive: true })
// A class with `#private` is nominal for TypeScript, so that nothing else could stand in for it in a test.
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.d\.m?ts$/.test(name)) continue
  const file = `${dist}/${name}`
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^ +#private;\n/gm, ''))
}
// Without comments, of which esbuild leaves most.
const code = `${dist}/code`
const modules = ['--module', 'esnext', '--moduleResolution', 'bundler']
compile(...modules, '--removeComments', '--declaration', 'false', '--outDir', code)

const settings = { absWorkingDir: here('..'), outbase: code, outdir: dist, platform: 'node', target: 'node20.6' }
const bundled = { ...settings, bundle: true, external: ['hundredms-*', './export.js', 'apache-arrow'] }
// What makes tables is a file of its own, since few programs need it.
await build({ ...bundled, format: 'cjs', entryPoints: [`${code}/export.js`] })
await build({
  ...bundled,
  format: 'cjs',
  entryPoints: [`${code}/index.js`],
  // Else a class that refers to itself has another name.
  keepNames: true,
})
// The command loads the addon, and nothing else.
await build({ ...bundled, format: 'cjs', entryPoints: [`${code}/command.js`] })
await build({ ...settings, format: 'cjs', entryPoints: [`${code}/platforms.js`] })
await build({
  ...settings,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  entryPoints: ['edge/browser.js', 'edge/choice.js', 'index.mjs', 'webhooks/index.mjs'].map(
    (name) => `${code}/${name}`,
  ),
})

// The subpath gives what the package gives, under names that `import` sees.
const { metafile } = await build({
  ...bundled,
  format: 'esm',
  entryPoints: [`${code}/webhooks/index.js`],
  metafile: true,
  write: false,
})
const [{ exports }] = Object.values(metafile.outputs)
const lines = exports.map((name) => `exports.${name} = webhooks.${name}\n`)
writeFileSync(
  `${dist}/webhooks/index.js`,
  `'use strict'\nconst { webhooks } = require('../index.js')\n${lines.join('')}`,
)
await edge(dist, code, exports)
rmSync(code, { recursive: true })
chmodSync(`${dist}/command.js`, 0o755)
