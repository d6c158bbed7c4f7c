// Goes through the table in every runtime, against a sandbox over HTTP, and prints it. Fails if a cell is not as it should be.
//
// HUNDREDMS_SANDBOX is the program of the sandbox.
import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { examples } from './examples.mjs'
import { refusals } from './refusals.mjs'
import { rows } from './table.mjs'

const run = promisify(execFile)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Start a sandbox, and return where it is. */
async function sandbox(name) {
  const child = spawn(process.env.HUNDREDMS_SANDBOX, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const text of child.stdout) {
    printed += text
    if (printed.includes('HMS_SECRET=')) break
  }
  const value = (of) => new RegExp(`${of}=(\\S+)`).exec(printed)[1]
  const baseUrl = value('HMS_BASE_URL')
  const given = {
    name,
    baseUrl,
    controls: `${new URL(baseUrl).origin}/_sandbox`,
    accessKey: value('HMS_ACCESS_KEY'),
    secret: value('HMS_SECRET'),
  }
  return { given, stop: () => child.kill() }
}

const DENO = ['run', '--quiet', '--no-prompt']

/** The runtimes: each prints the outcomes of the table as its last line. */
const RUNTIMES = {
  'Deno without --allow-ffi': (given) => program('hundredms', 'deno', [...DENO, '--allow-net'], given),
  'Deno without any permission but to connect to the sandbox': (given) =>
    program('hundredms', 'deno', [...DENO, `--allow-net=${new URL(given.baseUrl).host}`], given),
  'Deno where no addon is installed': (given) => program('hundredms', 'deno', [...DENO, '--allow-all'], given),
  'Bun where no addon is installed': (given) => program('hundredms', 'bun', ['run'], given),
  Node: (given) => program('hundredms/edge', process.execPath, [], given),
  'workerd (Cloudflare Workers)': (given) => script('workerd.mjs', given),
  'edge-runtime (Vercel)': (given) => script('edge-runtime.mjs', given),
  "Next with runtime = 'edge'": (given) => script('next.mjs', given),
}

/** Run a module that imports the package by `name`. */
async function program(name, command, words, given) {
  const path = command.includes('/') ? command : here(`node_modules/.bin/${command}`)
  const file = here(`.program-${given.name}.mjs`)
  writeFileSync(
    file,
    `import * as hundredms from '${name}'\nimport { table } from './table.mjs'\nconsole.log(JSON.stringify(await table(hundredms, ${JSON.stringify(given)})))\n`,
  )
  const { stdout } = await run(path, [...words, file], { cwd: here('.'), timeout: 120_000 })
  return stdout
}

async function script(name, given) {
  const words = [here(name), JSON.stringify(given)]
  const { stdout } = await run(process.execPath, words, { cwd: here('.'), timeout: 120_000 })
  return stdout
}

const only = process.argv[2]
let failures = 0
const columns = {}
for (const [number, [runtime, start]] of Object.entries(RUNTIMES).entries()) {
  if (only && !runtime.toLowerCase().includes(only)) continue
  const { given, stop } = await sandbox(`runtime-${number}`)
  try {
    const printed = await start(given)
    columns[runtime] = JSON.parse(printed.trim().split('\n').at(-1))
  } catch (error) {
    columns[runtime] = Object.fromEntries(rows.map((row) => [row, String(error.stderr || error)]))
  } finally {
    stop()
  }
  for (const row of rows) {
    const wrong = columns[runtime][row]
    if (wrong === null) continue
    failures += 1
    console.error(`${runtime}: ${row}: ${wrong}\n`)
  }
  const held = rows.filter((row) => columns[runtime][row] === null)
  console.log(`${runtime}: ${held.length} of ${rows.length}: ${held.join(', ')}`)
}
const { given, stop } = await sandbox('examples')
try {
  await examples(given)
} finally {
  stop()
}
refusals()
console.log((await run(process.execPath, [here('lost.mjs')])).stdout.trim())
process.exitCode = failures > 0 || Object.keys(columns).length === 0 ? 1 : 0
