// The bundlers with the settings of the examples: the bundle does not contain the package, and runs.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Sandbox } from 'hundredms'

// Bundlers look for packages in the folders above.
const folder = join(import.meta.dirname, 'bundled')
cpSync(join(import.meta.dirname, 'examples/bundlers'), folder, { recursive: true })
writeFileSync(
  join(folder, 'server.js'),
  `import { Client } from 'hundredms'
  import { EVENT_TYPES } from 'hundredms/webhooks'
  new Client().rooms.create({ name: 'bundled' }).then(({ name }) => console.log(name, EVENT_TYPES.length))\n`,
)

const sandbox = await Sandbox.start()
after(() => sandbox.stop())
Object.assign(process.env, sandbox.env())

function bundled(name) {
  const file = join(folder, name)
  assert.doesNotMatch(readFileSync(file, 'utf8'), /mayHaveApplied/, `${name} contains the package`)
  assert.equal(execFileSync(process.execPath, [file], { encoding: 'utf8' }), 'bundled 32\n')
}

const settings = async (name) => (await import(join(folder, name))).default

const BUNDLERS = {
  'esbuild.mjs': async () => {
    execFileSync(process.execPath, ['esbuild.mjs'], { cwd: folder })
    bundled('out.cjs')
    const code = readFileSync(join(folder, 'esbuild.mjs'), 'utf8')
    writeFileSync(join(folder, 'esm.mjs'), code.replace("'out.cjs'", "'out-esm.mjs', format: 'esm'"))
    execFileSync(process.execPath, ['esm.mjs'], { cwd: folder })
    bundled('out-esm.mjs')
  },
  'webpack.config.cjs': async () => {
    const { default: webpack } = await import('webpack')
    const { output, ...others } = await settings('webpack.config.cjs')
    const all = { ...others, context: folder, mode: 'production', output: { ...output, path: join(folder, 'webpack') } }
    const stats = await new Promise((resolve, reject) => {
      webpack(all, (error, stats) => (error ? reject(error) : resolve(stats)))
    })
    assert.equal(stats.hasErrors(), false, String(stats))
    bundled('webpack/out.cjs')
  },
  'rollup.config.mjs': async () => {
    const { rollup } = await import('rollup')
    const { input, output, ...others } = await settings('rollup.config.mjs')
    const bundle = await rollup({ ...others, input: join(folder, input) })
    await bundle.write({ ...output, file: join(folder, 'rollup.mjs') })
    bundled('rollup.mjs')
  },
  'vite.config.mjs': async () => {
    const vite = await import('vite')
    const { build, ...others } = await settings('vite.config.mjs')
    await vite.build({
      ...others,
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { ...build, outDir: join(folder, 'vite') },
    })
    bundled('vite/server.js')
  },
}

test('esbuild says which addons it does not find, and bundles the package without them into CommonJS', async () => {
  const { build } = await import('esbuild')
  const options = { entryPoints: [join(folder, 'server.js')], bundle: true, platform: 'node', logLevel: 'silent' }
  const outfile = join(folder, 'whole.cjs')
  const failed = await build({ ...options, outfile }).catch((error) => error)
  // The addon of this platform is there, so the other ones are named.
  const missing = failed.errors
    .map(({ text }) => /^Could not resolve "hundredms-(.+)"$/.exec(text)?.[1])
    .filter(Boolean)
  assert.ok(missing.length > 4 && missing.includes('win32-arm64-msvc'), missing.join())
  await build({ ...options, outfile, external: ['hundredms-*'] })
  assert.match(readFileSync(outfile, 'utf8'), /mayHaveApplied/)
  assert.equal(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }), 'bundled 32\n')
})

for (const [name, run] of Object.entries(BUNDLERS)) test(`${name} bundles a server`, run)

test('every file of the examples is used', () => {
  const names = readdirSync(join(import.meta.dirname, 'examples/bundlers'))
  assert.deepEqual(names.sort(), Object.keys(BUNDLERS).sort())
})
