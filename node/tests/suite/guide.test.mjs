// The examples that only Node has do what they say, and those that need Redis.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { transform } from 'esbuild'
import { Sandbox } from 'hundredms'
import { createClient } from 'redis'
import { joined, SECRET } from './webhook-events.mjs'

const folder = new URL('../examples/guide/', import.meta.url)

let sandbox
before(async () => {
  sandbox = await Sandbox.start()
  Object.assign(process.env, sandbox.env(), { HMS_WEBHOOK_SECRET: SECRET })
})
after(() => sandbox.stop())

/** Start a Redis, which ends with the tests; gives its URL. */
async function redisUrl() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redis = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] })
  after(async () => {
    redis.kill()
    await once(redis, 'exit')
  })
  let starting = ''
  for await (const data of redis.stdout) {
    starting += data
    if (starting.includes('eady to accept connections')) break
  }
  return `redis://127.0.0.1:${port}`
}

/** Import an example; Node 20 reads no TypeScript. */
async function load(name) {
  const source = new URL(name, folder)
  if (!name.endsWith('.ts')) return import(source)
  const { code } = await transform(readFileSync(source, 'utf8'), { loader: 'ts' })
  const built = fileURLToPath(new URL(name.replace('.ts', '.built.mjs'), folder))
  writeFileSync(built, code)
  return import(built)
}

/** Run an example as a program; gives the lines that it prints. */
async function printed(name) {
  const { NODE_TEST_CONTEXT, ...env } = process.env
  const program = fileURLToPath(new URL(name, folder))
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env, timeout: 60_000 })
  return stdout.trim().split('\n')
}

const EXAMPLES = {
  'readme.mjs': async () => {
    const [first, ...rooms] = await printed('readme.mjs')
    assert.match(first, /^physics-7 has a token of \d+ characters$/)
    assert.deepEqual(rooms, ['physics-7'])
  },
  'readme_sandbox.mjs': async () => assert.deepEqual(await printed('readme_sandbox.mjs'), ['physics-7']),
  'own_requests.mjs': async () => {
    const [before, after] = await printed('own_requests.mjs')
    assert.equal(before, after)
    assert.match(after, /'physics-7'.* undefined$/)
  },
  'commonjs.cjs': async () => assert.deepEqual(await printed('commonjs.cjs'), ['room physics-7']),
  'lazy_client.ts': async () => {
    const { hundredms } = await load('lazy_client.ts')
    assert.equal(hundredms(), hundredms())
    assert.equal((await hundredms().rooms.create({ name: 'lazy' })).name, 'lazy')
  },
  'fake_client.ts': async () => {
    const { fake, openLesson } = await load('fake_client.ts')
    assert.equal(await openLesson(fake), 'r-1')
    assert.match(await openLesson(sandbox.client()), /^[0-9a-f]{24}$/)
  },
  'map_progress.mjs': async () => {
    const lines = await printed('map_progress.mjs')
    assert.deepEqual([lines.length, lines.at(-1)], [300, '300 of 300, 0 failed'])
  },
  'official_before.ts': async () => {
    const { openLesson } = await load('official_before.ts')
    const { SDK } = await import('@100mslive/server-sdk')
    const sdk = new SDK(process.env.HMS_ACCESS_KEY, process.env.HMS_SECRET)
    // Its base URL is a constant.
    sdk.api.axios.defaults.baseURL = `${process.env.HMS_BASE_URL}/`
    const { room, token } = await openLesson(sdk)
    assert.deepEqual([room, sandbox.client().tokens.verify(token).user_id], ['physics-7', 'ada'])
  },
  'official_after.ts': async () => {
    const { openLesson } = await load('official_after.ts')
    const { room, token } = await openLesson()
    assert.deepEqual([room, sandbox.client().tokens.verify(token).user_id], ['physics-7', 'ada'])
  },
  'redis_store.mjs': async () => {
    process.env.REDIS_URL = await redisUrl()
    const event = joined()
    const outcomes = []
    for (const instance of ['one', 'other']) {
      const { client, receiver } = await load(`redis_store.mjs?${instance}`)
      receiver.fallback(() => {})
      outcomes.push((await receiver.handle(event, { 'x-webhook-secret': SECRET })).outcome)
      client.destroy()
    }
    assert.deepEqual(outcomes, ['handled', 'duplicate'])
  },
  'postgres_store.ts': async () => {
    const { makeReceiver, PostgresStore } = await load('postgres_store.ts')
    const database = new PGlite()
    const outcomes = []
    for (let instance = 0; instance < 2; instance += 1) {
      const receiver = (await makeReceiver(database)).fallback(() => {})
      outcomes.push((await receiver.handle(joined({ id: 'both' }), { 'x-webhook-secret': SECRET })).outcome)
    }
    assert.deepEqual(outcomes, ['handled', 'duplicate'])
    const [store, other] = [new PostgresStore(database), new PostgresStore(database)]
    const claims = await Promise.all([store.claim('1', 'a', 60_000), other.claim('1', 'b', 60_000)])
    assert.deepEqual(claims.sort(), ['in_progress', 'new'])
    assert.equal(await store.claim('2', 'a', 60_000), 'new')
    assert.equal(await store.claim('2', 'a', 60_000), 'new', 'its own claim')
    await other.release('2', 'b')
    assert.equal(await other.claim('2', 'b', 60_000), 'in_progress')
    await store.release('2', 'a')
    assert.equal(await other.claim('2', 'b', 0), 'new')
    assert.equal(await store.claim('2', 'c', 60_000), 'new', 'the lease of b is over')
    await store.done('2', 60_000)
    await store.release('2', 'c')
    assert.equal(await other.claim('2', 'd', 60_000), 'done')
    await store.done('3', 0)
    assert.equal(await store.claim('3', 'a', 60_000), 'new', 'it is forgotten')
    const refusing = new PostgresStore({
      query: (sql, values) =>
        sql.startsWith('DELETE') ? Promise.reject(new Error('down')) : database.query(sql, values),
    })
    await refusing.done('4', 60_000)
    assert.equal(await store.claim('4', 'a', 60_000), 'done', 'although the clean-up failed')
    await database.close()
  },
}

for (const [name, run] of Object.entries(EXAMPLES)) test(`${name} does what it says`, run)

test('the client of the example of bulk shares its limit', async (context) => {
  const url = await redisUrl()
  context.mock.method(console, 'log', () => {})
  const { sharedClient } = await import(new URL('../examples/bulk.mjs', import.meta.url))
  const shared = sharedClient(url)
  const client = await createClient({ url }).connect()
  // The first calls do not wait until Redis is connected.
  do assert.equal((await shared.rooms.create({ name: 'shared' })).name, 'shared')
  while ((await client.keys('hundredms:rate:*')).length === 0)
  client.destroy()
})

test('every example of the guide is tested', () => {
  const names = readdirSync(folder).filter((name) => !name.includes('.built.'))
  assert.deepEqual(names.sort(), Object.keys(EXAMPLES).sort())
})
