// The store in Redis, against a real server, with both clients.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Redis as Upstash } from '@upstash/redis'
import { createClient as createVercel } from '@vercel/kv'
import { ConfigurationError, webhooks } from 'hundredms'
import Redis from 'ioredis'
import Valkey from 'iovalkey'
import { createClient } from 'redis'
import redis3 from 'redis3'
import { joined } from './webhook-events.mjs'

const folder = mkdtempSync(join(tmpdir(), 'hundredms-redis-'))
const socket = join(folder, 'redis.sock')
const words = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--appendonly', 'no']
const server = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] })
for await (const [data] of on(server.stdout)) if (String(data).includes('eady to accept connections')) break
server.stdout.resume()

const ioredis = new Redis(socket)
const iovalkey = new Valkey(socket)
const redis = createClient({ socket: { path: socket } })
await redis.connect()
after(async () => {
  ioredis.disconnect()
  iovalkey.disconnect()
  redis.destroy()
  server.kill()
  await once(server, 'exit')
  rmSync(folder, { recursive: true })
})

async function* on(stream) {
  for (;;) yield await once(stream, 'data')
}

const KEY = 'hundredms:webhook:'

test('what is no client is refused', () => {
  for (const [client, kind] of [
    ['redis://hushed@127.0.0.1', 'String'],
    [undefined, 'undefined'],
    [Promise.resolve(redis), 'Promise: was an await forgotten?'],
  ]) {
    assert.throws(
      () => new webhooks.RedisStore(client),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.match(error.reason, /^client: must be a client, /)
        assert.ok(error.reason.endsWith(`, not ${kind}`), error.reason)
        return true
      },
    )
  }
})

test('a client that speaks otherwise is refused by the name of its package, with what to do', () => {
  const http = { url: 'https://a.example', token: 'hushed' }
  const old = redis3.createClient({ path: socket })
  const methods = ['get', 'set', 'del', 'eval']
  const stub = (...names) => Object.fromEntries([...methods, ...names].map((name) => [name, async () => null]))
  for (const [client, words] of [
    [new Upstash(http), /@upstash\/redis or @vercel\/kv, which speaks HTTP: connect redis or ioredis/],
    [createVercel(http), /@upstash\/redis or @vercel\/kv/],
    [old, /redis 3, which gives no promises: use redis 4 or later/],
    [createClient({ legacyMode: true }).legacy?.() ?? stub('v4'), /must be a client/],
    [{ ...stub(), isOpen: true, v4: {} }, /redis in its legacy mode: give client\.v4/],
    [stub('customCommand'), /@valkey\/valkey-glide: use iovalkey/],
    [stub('send'), /not one of Bun/],
    // What has the methods alone may take them otherwise.
    [stub(), /must be a client.*not Object/],
  ]) {
    assert.throws(
      () => new webhooks.RedisStore(client),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.match(error.message, words)
        assert.doesNotMatch(error.message, /hushed/)
        return true
      },
    )
  }
  old.end(true)
})

test('an option of a store that is none is refused', () => {
  for (const options of [{ prefix: 5 }, { timeoutMs: 0 }, { timeout: 5 }, { timeoutMs: '5s' }]) {
    assert.throws(() => new webhooks.RedisStore(redis, options), ConfigurationError)
  }
})

test('a client that answers something else than OK claims nothing', async () => {
  const client = {
    isOpen: true,
    get: async () => null,
    set: async () => undefined,
    del: async () => 0,
    eval: async () => 0,
  }
  const store = new webhooks.RedisStore(client)
  await assert.rejects(store.claim('a', 'owner', 1000), /does not answer SET with OK/)
})

for (const [name, make] of Object.entries({
  redis: () => redis,
  ioredis: () => ioredis,
})) {
  test(`${name}: where the server has no scripts a claim is given back all the same, and never that of another`, async () => {
    const client = new Proxy(make(), {
      get(target, member) {
        if (member === 'eval') return async () => Promise.reject(new Error("ERR unknown command 'eval'"))
        const value = target[member]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const store = new webhooks.RedisStore(client)
    const id = `${name}-no-scripts`
    assert.equal(await store.claim(id, 'a', 60_000), 'new')
    await store.release(id, 'b')
    assert.equal(await store.claim(id, 'b', 60_000), 'in_progress')
    await store.release(id, 'a')
    assert.equal(await store.claim(id, 'b', 2_000), 'new')
    // It ends soon, and may be another's by the time that it would be deleted.
    await store.release(id, 'b')
    assert.equal(await ioredis.get(KEY + id), 'b')
  })
}

for (const [name, client] of Object.entries({ redis, ioredis, iovalkey })) {
  test(`${name}: an event is new, then in progress, then done, and its key says so`, async () => {
    const store = new webhooks.RedisStore(client)
    const id = `${name}-1`
    assert.equal(await store.claim(id, 'a', 60_000), 'new')
    assert.equal(await ioredis.get(KEY + id), 'a')
    assert.equal(await store.claim(id, 'b', 60_000), 'in_progress')
    await store.release(id, 'b')
    assert.equal(await store.claim(id, 'b', 60_000), 'in_progress')
    await store.release(id, 'a')
    assert.equal(await store.claim(id, 'b', 60_000), 'new')
    await store.done(id, 3_600_000)
    assert.equal(await ioredis.get(KEY + id), 'done')
    const left = await ioredis.pttl(KEY + id)
    assert.ok(left > 3_500_000 && left <= 3_600_000, String(left))
    assert.equal(await store.claim(id, 'c', 60_000), 'done')
    await store.release(id, 'c')
    assert.equal(await store.claim(id, 'c', 60_000), 'done')
  })

  test(`${name}: a claim that is sent twice is made once`, async () => {
    const store = new webhooks.RedisStore(client)
    assert.equal(await store.claim(`${name}-twice`, 'a', 60_000), 'new')
    assert.equal(await store.claim(`${name}-twice`, 'a', 60_000), 'new')
    assert.equal(await store.claim(`${name}-twice`, 'b', 60_000), 'in_progress')
  })

  test(`${name}: a Redis that hangs is answered 500 in time, and the event is handled when it is back`, async () => {
    const errors = []
    const receiver = new webhooks.Receiver({
      allowUnverified: true,
      store: new webhooks.RedisStore(client, { timeoutMs: 50 }),
      onError: (error) => errors.push(error.message),
    })
    let handled = 0
    receiver.on('peer.join.success', () => {
      handled += 1
    })
    const event = joined({ id: `${name}-hung` })
    server.kill('SIGSTOP')
    try {
      assert.equal((await receiver.handle(event, {})).status, 500)
    } finally {
      server.kill('SIGCONT')
    }
    assert.deepEqual([handled, errors], [0, ['Redis has not answered within 50 milliseconds']])
    // The claim that came late has been given back.
    while ((await receiver.handle(event, {})).status !== 200) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(handled, 1)
  })

  test(`${name}: a claim that is neither done nor released ends with its lease`, async () => {
    const store = new webhooks.RedisStore(client, { prefix: 'other:' })
    assert.equal(await store.claim(`${name}-2`, 'a', 20.5), 'new')
    while ((await store.claim(`${name}-2`, 'b', 60_000)) !== 'new')
      await new Promise((resolve) => setImmediate(resolve))
    assert.equal(await ioredis.get(`other:${name}-2`), 'b')
  })
}

test('receivers with one Redis handle each event once between them', async () => {
  const handled = new Map()
  const receivers = [redis, ioredis, redis, ioredis].map((client) => {
    const receiver = new webhooks.Receiver({ allowUnverified: true, store: new webhooks.RedisStore(client) })
    return receiver.on('peer.join.success', async (event) => {
      handled.set(event.id, (handled.get(event.id) ?? 0) + 1)
    })
  })
  const sent = Array.from({ length: 100 }, (_, at) => joined({ id: `shared-${at}` }))
  const answers = await Promise.all(
    sent.flatMap((body) => receivers.map((receiver) => receiver.handle(body, {}).then(({ status }) => status))),
  )
  assert.equal(answers.length, 400)
  assert.ok(answers.every((status) => status === 200 || status === 503))
  assert.equal(handled.size, 100)
  assert.deepEqual(new Set(handled.values()), new Set([1]))
})

test('a claim whose answer is lost with its connection is new when the client sends it again', async () => {
  let lost = 0
  const path = join(folder, 'losing.sock')
  const losing = createServer((near) => {
    const far = connect(socket)
    near.on('close', () => far.destroy()).on('error', () => {})
    far.on('close', () => near.destroy()).on('error', () => {})
    let claiming = false
    near.on('data', (sent) => {
      claiming ||= /set/i.test(sent)
      far.write(sent)
    })
    far.on('data', (answer) => {
      if (!claiming || lost > 0) return near.write(answer)
      lost += 1
      near.destroy()
    })
  })
  await new Promise((resolve) => losing.listen(path, resolve))
  const client = new Redis(path, { retryStrategy: () => 1 })
  client.on('error', () => {})
  try {
    assert.equal(await new webhooks.RedisStore(client).claim('lost', 'a', 60_000), 'new')
    assert.equal(lost, 1)
  } finally {
    client.disconnect()
    losing.close()
  }
})

test('a time limit of nothing is refused', () => {
  assert.throws(() => new webhooks.RedisStore(redis, { timeoutMs: 0 }), ConfigurationError)
})

test('a Redis that is away is answered 500, so that the service sends the event again', async () => {
  const away = createClient({ socket: { path: join(folder, 'gone.sock') } })
  const errors = []
  const receiver = new webhooks.Receiver({
    allowUnverified: true,
    store: new webhooks.RedisStore(away),
    onError: (error) => errors.push(error),
  })
  receiver.on('peer.join.success', () => assert.fail('handled'))
  assert.equal((await receiver.handle(joined(), {})).status, 500)
  assert.equal(errors.length, 1)
})
