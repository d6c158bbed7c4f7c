// Starts a module as a worker in workerd: bundled as wrangler bundles, with the conditions of Workers, and with the compiled core as a
// module.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Start `file`, with these variables. */
export async function startWorker(file, bindings = {}) {
  const modules = []
  const bundled = await build({
    entryPoints: [file],
    nodePaths: [here('node_modules')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    write: false,
    plugins: [
      {
        name: 'wasm',
        setup({ onResolve }) {
          onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
            const contents = readFileSync(resolve(resolveDir, path))
            modules.push({ type: 'CompiledWasm', path: 'hundredms.wasm', contents })
            return { path: './hundredms.wasm', external: true }
          })
        },
      },
    ],
  })
  const contents = bundled.outputFiles[0].text
  return new Miniflare({
    compatibilityDate: '2024-09-23',
    modulesRoot: here('.'),
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents }, ...modules],
    bindings,
  })
}
