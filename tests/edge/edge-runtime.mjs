// Runs the table in Vercel's edge runtime: bundled with its conditions, and with the compiled core as a global, where the bundlers of Next
// and Vercel put it for an import of `.wasm?module`.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EdgeRuntime } from 'edge-runtime'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
let wasm
const bundled = await build({
  stdin: {
    contents: `
      import * as hundredms from 'hundredms'
      import { table } from './table.mjs'
      addEventListener('fetch', (event) => {
        event.respondWith(event.request.json().then((given) => table(hundredms, given)).then((outcomes) => Response.json(outcomes)))
      })
    `,
    resolveDir: here('.'),
  },
  bundle: true,
  format: 'iife',
  target: 'es2022',
  conditions: ['edge-light', 'browser'],
  write: false,
  plugins: [
    {
      name: 'wasm',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
          wasm = resolve(resolveDir, path.replace('?module', ''))
          return { path: wasm, namespace: 'wasm' }
        })
        onLoad({ filter: /./, namespace: 'wasm' }, () => ({ contents: 'export default globalThis.hundredmsWasm' }))
      },
    },
  ],
})
const runtime = new EdgeRuntime({
  initialCode: bundled.outputFiles[0].text,
  extend: (context) => {
    context.hundredmsWasm = new WebAssembly.Module(readFileSync(wasm))
    return context
  },
})
const answer = await runtime.dispatchFetch('http://edge/', { method: 'POST', body: process.argv[2] })
await answer.waitUntil()
console.log(await answer.text())
