// The tests: of the package as it installs, in a project of its own, by its consumers.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { host } from '../scripts/host.mjs'
import { install, project, run } from '../scripts/project.mjs'
import { command } from './command.mjs'
import { pack } from './pack.mjs'
import { pnpm } from './pnpm.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const repository = here('../../')

/** Every control of the sandbox, by its Rust source. */
function controls() {
  const table = readFileSync(`${repository}crates/hundredms-sandbox/src/control/table.rs`, 'utf8')
  return [...table.matchAll(/^ {4}(\w+): \w+, /gm)].map(([, name]) => name)
}

/** The Node that runs this, which must be the oldest that is taken, and the newest ones, as npm has them for Linux. */
function nodes() {
  assert.equal(major(process.execPath), 20, 'the tests run on the oldest Node that is taken, which is 20')
  if (process.platform !== 'linux' || process.arch !== 'x64') return [process.execPath]
  install(here('nodes'))
  return [process.execPath, ...['node-24', 'node-26'].map((name) => here(`nodes/node_modules/${name}/bin/node`))]
}

/** Bun and Deno, as npm has them. */
function otherRuntimes() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return []
  return [[here('nodes/node_modules/.bin/bun')], [here('nodes/node_modules/.bin/deno'), 'run', '--allow-all']]
}

function major(node) {
  return Number(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0])
}

/** Copy the examples whose code the site shows under the tab TypeScript, as TypeScript: what readers paste must have types there too. */
function pasted(folder) {
  for (const name of readdirSync(`${folder}/examples`, { recursive: true })) {
    // The service declares types in comments, which TypeScript does not read. The others need packages that are not installed yet.
    if (!name.endsWith('.mjs') || name === 'attendance.mjs' || /^(bundlers|edge|engines|export)\b/.test(name)) continue
    cpSync(`${folder}/examples/${name}`, `${folder}/pasted/${name.replace('.mjs', '.mts')}`)
  }
}

/** Run programs of Node, two at a time, and give what they print; fail when one fails. */
async function together(folder, ...programs) {
  const printed = []
  const waiting = [...programs.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, words] = next
      try {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { cwd: folder })
        printed[at] = stdout + stderr
      } catch (error) {
        throw new Error(`${words.join(' ')} failed:\n${error.stdout}${error.stderr}`)
      }
    }
  }
  // Both to their end: what still runs writes into the folder, which is removed after a failure.
  const ended = await Promise.allSettled([work(), work()])
  for (const { reason } of ended) if (reason) throw reason
  return printed
}

run(here('.'), process.execPath, '--test', 'project.test.mjs')

await project('tests/consumers', async (folder, tarballs) => {
  const bin = (name) => `${folder}/node_modules/.bin/${name}`
  const main = tarballs.find((name) => /hundredms-\d/.test(name))
  run(here('..'), here('../node_modules/.bin/publint'), '--strict', main)
  // What edge runtimes load is a module of ECMAScript alone.
  run(here('..'), here('../node_modules/.bin/attw'), main, '--exclude-entrypoints', 'edge')

  pack(folder)
  pasted(folder)

  const [, jest] = await together(
    folder,
    ['node_modules/typescript-oldest/bin/tsc', '--project', 'tsconfig.older.json'],
    [bin('jest'), '--detectOpenHandles'],
    [bin('tsc'), '--project', '.'],
    [bin('tsc'), '--project', '.', '--module', 'preserve', '--moduleResolution', 'bundler'],
    [bin('tsc'), '--project', 'tsconfig.examples.json'],
    [bin('tsc'), '--project', 'tsconfig.pasted.json'],
    // An app of Next has the types of the DOM, whose `Response` takes no stream of Node.
    [bin('tsc'), '--project', 'tsconfig.dom.json'],
    [bin('tsc'), '--project', 'tsconfig.tests.json'],
    [bin('vitest'), 'run', '--pool', 'forks'],
    // Neither Express nor Fastify works in these pools: Vitest takes a part of a dependency of each for CommonJS.
    ...['vmThreads', 'vmForks'].map((pool) => [
      bin('vitest'),
      'run',
      '--pool',
      pool,
      '--exclude',
      'vitest-{express,fastify,streams}*',
    ]),
    ['--test', 'bundlers.mjs'],
    ['run.cjs'],
    ['run.mjs'],
  )
  assert.doesNotMatch(jest, /open handle/)
  run(folder, process.execPath, 'traced.mjs')
  pnpm(folder, tarballs)

  // Not before, since the types must do without it.
  for (const name of ['apache-arrow', 'flatbuffers', 'json-with-bigint', 'tslib']) {
    cpSync(here(`../node_modules/${name}`), `${folder}/node_modules/${name}`, { recursive: true })
  }
  run(folder, bin('tsc'), '--project', 'tsconfig.arrow.json')

  cpSync(here('suite'), `${folder}/suite`, { recursive: true })
  const tests = readdirSync(`${folder}/suite`).filter((name) => name.endsWith('.test.mjs'))
  const env = {
    ...process.env,
    HUNDREDMS_TEST_PLATFORM: host,
    HUNDREDMS_FIXTURES: `${repository}tests/fixtures`,
    HUNDREDMS_WEBHOOK_EXAMPLES: `${repository}tests/contract/webhook-examples`,
    HUNDREDMS_CONTRACT: `${repository}tests/contract`,
    HUNDREDMS_COLUMNS: `${repository}tests/export/columns.json`,
    HUNDREDMS_EXPORT_EXAMPLE: `${folder}/examples/export/tables.mjs`,
    HUNDREDMS_CONFORMANCE: `${repository}tests/conformance`,
    HUNDREDMS_CONTROLS: controls().join(),
  }
  for (const node of nodes()) {
    const words = ['--test', '--test-concurrency=2', ...tests.map((name) => `suite/${name}`)]
    execFileSync(node, words, { cwd: folder, env, stdio: 'inherit' })
    // Node reads `await using` from 24 on.
    if (major(node) >= 24) run(folder, node, 'await-using.mjs')
  }

  for (const [runtime, ...words] of otherRuntimes()) run(folder, runtime, ...words, 'runtimes.mjs')

  await project(undefined, command, tarballs)
  const app = async (folder) => {
    // The types are removed, since Next takes a route in TypeScript only with a compiler and types beside it.
    const code = readFileSync(`${folder}/examples/servers/next.ts`, 'utf8')
    const route = `${folder}/app/lessons/[number]/token`
    mkdirSync(route, { recursive: true })
    writeFileSync(`${route}/route.js`, transformSync(code, { loader: 'ts' }).code)
    run(folder, process.execPath, 'run.mjs')
  }
  await project('tests/next', app, tarballs)
})
