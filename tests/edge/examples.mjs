// Checks the types of the examples of node/examples/edge, and runs them: a token for a room, a webhook with the secret, one with a wrong
// secret, and one without.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { checkTypes } from './example_types.mjs'
import { withNextApp } from './next_app.mjs'
import { startWorker } from './workers.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const SECRET = 'what the dashboard sends'

/** Ask an example for what it is there for. `send` is its `fetch`. */
async function asked(name, send, given) {
  const room = await make(given)
  const answer = await send('/token', { method: 'POST', body: JSON.stringify({ room, user: 'ada' }) })
  assert.equal(answer.status, 200, await answer.clone().text())
  const [, claims] = (await answer.json()).token.split('.')
  assert.equal(JSON.parse(Buffer.from(claims, 'base64url')).user_id, 'ada')
  const missing = await send('/token', { method: 'POST', body: JSON.stringify({ room: 'x', user: 'ada' }) })
  assert.equal(missing.status, 404, await missing.text())
  for (const body of ['', 'null', '{}', JSON.stringify({ room, user: '' }), JSON.stringify({ room: 7, user: 'ada' })]) {
    const refused = await send('/token', { method: 'POST', body })
    assert.equal(refused.status, 400, `${body}: ${await refused.text()}`)
  }
  await control(given, 'add_fault', { match: { operation: 'rooms.get' }, effect: { status: 401 } })
  const broken = await send('/token', { method: 'POST', body: JSON.stringify({ room, user: 'ada' }) })
  assert.deepEqual([broken.status, await broken.text()], [502, 'no token: try again later'])
  await control(given, 'clear_faults', {})

  const event = { version: '2.0', id: name, type: 'session.close.success', data: { room_id: room, session_id: 's1' } }
  const body = JSON.stringify({ ...event, timestamp: new Date().toISOString() })
  const statuses = []
  for (const headers of [{ 'x-webhook-secret': SECRET }, { 'x-webhook-secret': 'wrong' }, {}]) {
    statuses.push((await send('/webhooks', { method: 'POST', body, headers })).status)
  }
  assert.deepEqual(statuses, [200, 401, 401], name)
  console.log(`the example for ${name} works`)
}

/** Run a control of the sandbox. */
async function control({ controls }, name, args) {
  const response = await fetch(`${controls}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  assert.ok(response.ok, await response.text())
}

/** Create a room in the sandbox. */
async function make({ accessKey, secret, baseUrl }) {
  const { Client } = await import('hundredms/edge')
  const { id } = await new Client({ accessKey, secret, baseUrl }).rooms.create({ name: 'stage' })
  return id
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** The variables that the examples read. */
const variables = (given) => ({
  HMS_ACCESS_KEY: given.accessKey,
  HMS_SECRET: given.secret,
  HMS_BASE_URL: given.baseUrl,
  HMS_WEBHOOK_SECRET: SECRET,
})

async function worker(given) {
  const started = await startWorker(here('../../node/examples/edge/worker.ts'), variables(given))
  try {
    await asked('Workers', (path, options) => started.dispatchFetch(`http://worker${path}`, options), given)
  } finally {
    await started.dispose()
  }
}

/** Run an example that is a server, beside the installed package. */
async function server(name, given, runtime, words, source) {
  const file = here('.program-example.ts')
  writeFileSync(file, source)
  const port = await freePort()
  const env = { ...process.env, ...variables(given), PORT: String(port) }
  const child = spawn(here(`node_modules/.bin/${runtime}`), [...words, file], {
    cwd: here('.'),
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    const send = (path, options) => fetch(`http://127.0.0.1:${port}${path}`, options)
    for (let tries = 0; tries < 100; tries += 1) {
      if (await send('/webhooks').catch(() => undefined)) break
      await pause(100)
    }
    await asked(name, send, given)
  } finally {
    child.kill()
  }
}

const example = (name) => readFileSync(here(`../../node/examples/edge/${name}`), 'utf8')

async function next(given) {
  const routes = { token: 'next_token.ts', webhooks: 'next_webhooks.ts' }
  for (const [route, name] of Object.entries(routes)) {
    mkdirSync(here(`next/app/${route}`), { recursive: true })
    // The types are removed, since Next takes a route in TypeScript only with a compiler and types beside it.
    writeFileSync(here(`next/app/${route}/route.js`), transformSync(example(name), { loader: 'ts' }).code)
  }
  try {
    await withNextApp(variables(given), (url) => asked('Next', (path, options) => fetch(url + path, options), given))
  } finally {
    for (const route of Object.keys(routes)) rmSync(here(`next/app/${route}`), { recursive: true })
  }
}

/** Run all examples against a sandbox. */
export async function examples(given) {
  const all = ['bun.ts', 'deno.ts', 'next_token.ts', 'next_webhooks.ts', 'worker.ts']
  assert.deepEqual(readdirSync(here('../../node/examples/edge')).sort(), all)
  checkTypes(all)
  await worker(given)
  const denoWords = ['run', '--quiet', '--no-prompt', '--allow-net', '--allow-env']
  await server('Deno', given, 'deno', denoWords, example('deno.ts'))
  await server('Bun', given, 'bun', ['run'], example('bun.ts'))
  await next(given)
}
