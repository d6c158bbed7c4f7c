// Checks the types of the examples as readers paste them: strict, with the types that each runtime has.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const STRICT = {
  target: 'es2022',
  module: 'preserve',
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  skipLibCheck: true,
}
const NODE = { types: ['node'], typeRoots: [here('../../node/node_modules/@types')] }

/** What the compiler is told for each example. Deno has its own check. */
const SETTINGS = {
  'bun.ts': { ...NODE, lib: ['es2023', 'esnext.disposable'] },
  'next_token.ts': { ...NODE, lib: ['es2022', 'dom', 'dom.iterable'] },
  'next_webhooks.ts': { ...NODE, lib: ['es2022', 'dom', 'dom.iterable'] },
  'worker.ts': { types: [], lib: ['es2022', 'webworker'], customConditions: ['workerd'] },
}

/** What the example uses of the types of Bun, which are not installed. */
const BUN = 'declare const Bun: { serve(of: { port: number; fetch(request: Request): Promise<Response> }): void }\n'

/** Check these examples, and fail if one has an error. */
export function checkTypes(names) {
  const folder = here('.types')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  try {
    for (const name of names) check(folder, name)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function check(folder, name) {
  cpSync(here(`../../node/examples/edge/${name}`), `${folder}/${name}`)
  if (name === 'deno.ts') {
    execFileSync(here('node_modules/.bin/deno'), ['check', '--quiet', `${folder}/${name}`], {
      cwd: here('.'),
      stdio: 'inherit',
    })
    return
  }
  const files = name === 'bun.ts' ? [name, 'bun.d.ts'] : [name]
  if (name === 'bun.ts') writeFileSync(`${folder}/bun.d.ts`, BUN)
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { ...STRICT, ...SETTINGS[name] }, files }))
  const compiler = here('../../node/node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '--project', folder], { stdio: 'inherit' })
}
