// Many calls: the rate limit, and a call for each of many items.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { Client, ConfigurationError } from 'hundredms'
import { sandboxed } from './sandbox-client.mjs'

const folder = mkdtempSync(join(tmpdir(), 'hundredms-bulk-'))
after(() => rmSync(folder, { recursive: true }))

const client = new Client({ accessKey: 'key', secret: 'secret' })
async function collected(items) {
  const all = []
  for await (const item of items) all.push(item)
  return all
}

const range = (end) => Array.from(Array(end).keys())

async function even(item) {
  if (item % 5 === 3) throw new RangeError(String(item))
  await setTimeout(item % 4)
  return 2 * item
}

for (const ordered of [true, false]) {
  test(`an error is a result and the others go on, ordered: ${ordered}`, async () => {
    const seen = []
    const found = await collected(client.map(range(100), even, { ordered, onProgress: (one) => seen.push(one) }))
    if (ordered) assert.deepEqual(indexes(found), range(100))
    assert.deepEqual(
      indexes(found).sort((one, other) => one - other),
      range(100),
    )
    for (const { item, value, error } of found) {
      if (item % 5 === 3) assert.ok(error instanceof RangeError && value === undefined)
      else assert.equal(value, 2 * item)
    }
    assert.deepEqual(seen.at(-1), { done: 80, failed: 20, skipped: 0 })
  })
}

function indexes(found) {
  return found.map(({ index }) => index)
}

function* count(taken) {
  for (let item = 0; ; item += 1) {
    taken.push(item)
    yield item
  }
}

test('the first error ends the run if asked', async () => {
  const found = []
  await assert.rejects(async () => {
    for await (const { item } of client.map(count([]), even, { stopOnError: true })) found.push(item)
  }, /^RangeError: 3$/)
  assert.deepEqual(found, [0, 1, 2])
})

test('items are taken as calls end, from iterators that may be async, which are closed', async () => {
  let [taken, running, most, closed] = [0, 0, 0, false]
  async function* items() {
    try {
      for (;;) yield taken++
    } finally {
      closed = true
    }
  }
  const call = async () => {
    running += 1
    most = Math.max(most, running)
    await setImmediate()
    running -= 1
  }
  let results = 0
  for await (const { index } of client.map(items(), call, { concurrency: 4 })) {
    assert.ok(index === results && taken - results <= 4 * 4 + 1)
    results += 1
    if (results === 1_000) break
  }
  assert.ok(closed && most === 4 && running === 0)
})

test('what the items throw ends the run', async () => {
  function* items() {
    yield 1
    throw new TypeError('no more')
  }
  await assert.rejects(collected(client.map(items(), even)), /no more/)
})

test('a break and a signal abort the calls that run', async () => {
  const aborted = []
  let begun = 0
  const call = async (item, { signal }) => {
    begun += 1
    if (item === 0) {
      while (begun % 4) await setImmediate()
      return
    }
    await once(signal, 'abort')
    aborted.push(item)
  }
  for await (const { item } of client.map(range(4), call)) {
    assert.equal(item, 0)
    break
  }
  assert.deepEqual(aborted, [1, 2, 3])
  const controller = new AbortController()
  await assert.rejects(async () => {
    for await (const { item } of client.map(range(4), call, { signal: controller.signal })) {
      assert.equal(item, 0)
      controller.abort(new Error('enough'))
    }
  }, /enough/)
  assert.equal(aborted.length, 6)
})

test('a journal resumes a run and belongs to it', async () => {
  const path = join(folder, 'run.ndjson')
  assert.equal((await collected(client.map(range(10), even, { journal: path }))).length, 10)
  const seen = []
  const again = client.map(range(12), even, { journal: path, onProgress: (one) => seen.push(one) })
  assert.deepEqual(indexes(await collected(again)), [3, 8, 10, 11])
  assert.deepEqual(seen.at(-1), { done: 2, failed: 2, skipped: 8 })
  assert.throws(
    () => client.map([1], even, { journal: { path, name: 'other' } }),
    (error) => error instanceof ConfigurationError && /is of the run "map", not of "other"/.test(error.reason),
  )
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'a' }]
  const keyed = { journal: { path, key: ({ id }) => id }, concurrency: 1 }
  assert.equal((await collected(client.map(rows, () => 1, keyed))).length, 2)
})

test('what was done survives the end of the process', async () => {
  const path = join(folder, 'killed.ndjson')
  const script = `
    const { Client } = require('hundredms')
    const client = new Client({ accessKey: 'key', secret: 'secret' })
    const items = Array.from({ length: 100_000 }, (_, item) => String(item))
    // Whatever the load, it does not get far before it is killed.
    const call = (item) => new Promise((resolve) => Number(item) < 1_000 && setTimeout(resolve, 10))
    ;(async () => {
      for await (const { item } of client.map(items, call, { journal: ${JSON.stringify(path)} })) console.log(item)
    })()`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const done = new Set()
  for await (const line of createInterface({ input: child.stdout })) {
    done.add(line)
    if (done.size === 200) child.kill('SIGKILL')
  }
  appendFileSync(path, '{"done":"9')
  const items = range(2_000).map(String)
  const again = (await collected(client.map(items, () => 1, { journal: path }))).map(({ item }) => item)
  assert.ok(again.every((item) => !done.has(item)))
  assert.ok(again.length <= 1_800 && again.at(-1) === '1999')
})

test('options that are none are refused', () => {
  for (const [options, words] of [
    [{ concurrency: 0 }, /concurrency: must be a whole number between 1 and 10000/],
    [{ journal: 5 }, /journal: must be a path, or an object with a path/],
    [{ journal: {} }, /journal: path: is missing/],
    [{ colour: true }, /colour: there is no such option/],
  ]) {
    assert.throws(
      () => client.map([1], even, options),
      (error) => words.test(error.reason),
    )
  }
  assert.throws(() => client.map(5, even), /must be iterable/)
  assert.throws(() => client.map([], undefined), /must be a function/)
})

test('a rate limit is a number, numbers by group, or adaptive', () => {
  const keys = { accessKey: 'key', secret: 'secret' }
  for (const rateLimit of [5, 0.5, { rooms: 5, '*': 1 }, 'adaptive']) new Client({ ...keys, rateLimit, maxInFlight: 3 })
  for (const rateLimit of [0, Number.NaN, '5', { rooms: 0 }, { room: 1 }, { rooms: '1' }]) {
    assert.throws(() => new Client({ ...keys, rateLimit }), ConfigurationError)
  }
})

test('calls keep within the rate limit', async () => {
  const { sandbox } = await sandboxed()
  await sandbox.rateLimit(50)
  const { accessKey, secret, baseUrl } = sandbox
  const limited = new Client({ accessKey, secret, baseUrl, rateLimit: 50 })
  const begun = performance.now()
  const results = await collected(limited.map(range(75), () => limited.rooms.create()))
  assert.ok(performance.now() - begun > 1_000)
  assert.ok(results.every(({ error }) => error === undefined))
  const statuses = (await sandbox.requests()).map(({ status }) => status)
  assert.deepEqual([...new Set(statuses)], [200])
})

test('clients share the limit through Redis, and a warning says when they cannot', async () => {
  const socket = createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''])
  for await (const data of redis.stdout) if (String(data).includes('eady to accept connections')) break
  redis.stdout.resume()
  const { sandbox } = await sandboxed()
  const { accessKey, secret, baseUrl } = sandbox
  const options = { accessKey, secret, baseUrl, rateLimit: 100, rateLimitRedis: `redis://127.0.0.1:${port}` }
  const clients = [new Client(options), new Client(options)]
  const create = async (count) => {
    const begun = performance.now()
    const runs = clients.map((one) => collected(one.map(range(count), () => one.rooms.create(), { ordered: false })))
    for (const { error } of (await Promise.all(runs)).flat()) assert.equal(error, undefined)
    return performance.now() - begun
  }
  assert.ok((await create(100)) > 1_700)
  const warnings = []
  const warned = ({ message }) => warnings.push(message)
  process.on('warning', warned)
  redis.kill()
  await once(redis, 'exit')
  assert.ok((await create(50)) > 700)
  await setImmediate()
  process.off('warning', warned)
  assert.equal(warnings.length, 2)
  for (const message of warnings) assert.match(message, /^Redis at 127\.0\.0\.1:\d+ cannot be reached/)
})
