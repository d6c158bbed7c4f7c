// Makes dist/edge/: the package for runtimes that load no addons, over the core as WebAssembly, which `cargo xtask wasm` builds. Without
// it, what is made there says so when it is loaded.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL('../../target', import.meta.url))
const wasm = resolve(target, 'wasm/hundredms.wasm')

/** Files of this package, and modules of Node, that others take the place of. */
const REPLACED = new Map([
  ['./native', 'native'],
  ['../native', 'native'],
  ['./runtime', 'runtime'],
  ['./export.js', 'export'],
  ['node:async_hooks', 'async-hooks'],
  ['node:crypto', 'crypto'],
  ['node:diagnostics_channel', 'channels'],
  ['node:stream', 'streams'],
  ['node:timers/promises', 'timers-promises'],
  ['node:util', 'util'],
])

/** Make the folder from the compiled code. `webhooks` are the names that `hundredms/webhooks` exports. */
export async function edge(dist, code, webhooks) {
  mkdirSync(`${dist}/edge`, { recursive: true })
  const write = (name, text) => writeFileSync(`${dist}/edge/${name}`, text)
  const subpath = (of) => `import { webhooks } from './${of}'\nexport const { ${webhooks.join(', ')} } = webhooks\n`
  write('webhooks.mjs', subpath('index.mjs'))
  copyFileSync(fileURLToPath(new URL('../src/edge/declarations.d.mts', import.meta.url)), `${dist}/edge/index.d.mts`)
  write('chosen-webhooks.mjs', subpath('chosen.mjs'))
  const replaced = {
    name: 'replaced',
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, importer }) => {
        // What takes the place of a file may import what it replaces.
        const name = importer.startsWith(`${code}/edge/`) ? undefined : REPLACED.get(path)
        return name && { path: `${code}/edge/${name}.js` }
      })
    },
  }
  const { metafile } = await build({
    entryPoints: [`${code}/edge/index.js`],
    outfile: `${dist}/edge/index.mjs`,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['#wasm'],
    inject: [`${code}/edge/globals.js`],
    plugins: [replaced],
    keepNames: true,
    metafile: true,
  })
  const [{ exports }] = Object.values(metafile.outputs)
  const choice = "await chosen(() => import('../index.mjs'), () => import('./index.mjs'))"
  write('chosen.mjs', `import { chosen } from './choice.mjs'\nexport const { ${exports.join(', ')} } = ${choice}\n`)
  if (!existsSync(wasm)) {
    const message = 'this build of hundredms lacks the core for edge runtimes: run `cargo xtask wasm`, and build again'
    const refusal = `throw new Error('${message}')\nexport default undefined\n`
    for (const name of ['module', 'query', 'embedded']) write(`wasm-${name}.mjs`, refusal)
    return
  }
  copyFileSync(wasm, `${dist}/edge/hundredms.wasm`)
  write('wasm-module.mjs', `import wasm from './hundredms.wasm'\nexport default wasm\n`)
  write('wasm-query.mjs', `import wasm from './hundredms.wasm?module'\nexport default wasm\n`)
  // Only some runtimes import files of other kinds than code, or may read files.
  write(
    'wasm-embedded.mjs',
    `const text = '${readFileSync(wasm, 'base64')}'
export default () =>
  Uint8Array.fromBase64?.(text) ??
  globalThis.Buffer?.from(text, 'base64') ??
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
`,
  )
}
