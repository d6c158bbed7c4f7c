// Many calls: the rate limit, and a call for each of many items.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { Client, ConfigurationError, RateLimitedError } from 'hundredms'
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

// A source that is silent, and one whose end waits for it.
async function* stuck() {
  yield 0
  await new Promise(() => undefined)
}

function silent() {
  const pending = new Promise(() => undefined)
  return { [Symbol.asyncIterator]: () => ({ next: () => pending, return: () => pending }) }
}

test('a break and a signal end a run whose items do not come', { timeout: 20_000 }, async () => {
  const path = join(folder, 'stuck.ndjson')
  for await (const { item } of client.map(stuck(), even, { journal: path })) {
    assert.equal(item, 0)
    break
  }
  // The journal is free.
  const controller = new AbortController()
  const { signal } = controller
  setTimeout(20).then(() => controller.abort(new Error('enough')))
  await assert.rejects(collected(client.map(silent(), even, { journal: path, signal })), /enough/)
  assert.equal((await collected(client.map([0], even, { journal: path }))).length, 0)
})

test('items that are closed once may fail to, which frees the journal', async () => {
  const path = join(folder, 'closing.ndjson')
  let closed = 0
  const items = {
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: 1 }),
      return: () => {
        closed += 1
        throw new TypeError('cannot close')
      },
    }),
  }
  const unhandled = []
  const seen = (error) => unhandled.push(error)
  process.on('unhandledRejection', seen)
  const controller = new AbortController()
  const { signal } = controller
  let key = 0
  const journal = { path, key: () => String(key++) }
  const run = async (ends) => {
    for await (const _ of client.map(items, () => 1, { journal, signal })) if (ends()) break
  }
  await assert.rejects(
    run(() => true),
    /cannot close/,
  )
  // The reason why the run ended is more important.
  await assert.rejects(
    run(() => controller.abort(new Error('enough'))),
    /enough/,
  )
  await setTimeout(1)
  process.off('unhandledRejection', seen)
  assert.deepEqual([closed, unhandled], [2, []])
  assert.equal((await collected(client.map(['0'], even, { journal: path }))).length, 0)
})

test('items that ended or failed are not closed', async () => {
  for (const last of [{ done: true }, undefined]) {
    let closed = 0
    const items = {
      [Symbol.iterator]: () => ({
        next: () => last ?? assert.fail('no more'),
        return: () => {
          closed += 1
          return { done: true }
        },
      }),
    }
    const run = collected(client.map(items, even))
    await (last ? run : assert.rejects(run, /no more/))
    assert.equal(closed, 0)
  }
})

test('a run that was not begun, or could not be, does not keep its journal', async () => {
  const path = join(folder, 'unused.ndjson')
  const unused = client.map([1], even, { journal: path })
  assert.ok(!existsSync(path))
  const aborted = client.map([1], even, { journal: path, signal: AbortSignal.abort(new Error('before')) })
  await assert.rejects(collected(aborted), /before/)
  const wrong = {
    [Symbol.iterator]: () => {
      throw new TypeError('no iterator')
    },
  }
  await assert.rejects(collected(client.map(wrong, even, { journal: path })), /no iterator/)
  assert.equal((await collected(client.map([1], even, { journal: path }))).length, 1)
  await unused.return()
})

test('each item has a key of its own, or is refused', async () => {
  const path = join(folder, 'keys.ndjson')
  const half = (at) => String.fromCharCode(0xd800 + at)
  const items = [
    ...[
      1,
      '1',
      '{"item":1}',
      '{"item":"{\\"item\\":1}"}',
      true,
      'true',
      null,
      'null',
      [1],
      [[1]],
      {},
      { a: 1 },
      { a: '1' },
    ],
    ...[half(0), half(1), '\ufffd', new Date(0), new Date(1), Object.assign(Object.create(null), { b: 1 })],
  ]
  assert.equal((await collected(client.map(items, () => 1, { journal: path, concurrency: 1 }))).length, items.length)
  assert.equal((await collected(client.map(items, () => 1, { journal: path }))).length, 0)
  class Row {
    #id = 1
    id() {
      return this.#id
    }
  }
  const itself = {}
  itself.itself = itself
  const lossy = [
    new Map(),
    new Set(),
    new Row(),
    undefined,
    () => 1,
    Symbol('a'),
    5n,
    Number.NaN,
    /a/,
    new Error('a'),
    itself,
  ]
  for (const item of [...lossy, ...lossy.map((one) => [one]), ...lossy.slice(0, 3).map((one) => ({ one }))]) {
    await assert.rejects(
      collected(client.map([item], () => 1, { journal: path })),
      (error) =>
        error instanceof ConfigurationError && /key: is needed: the items contain .*no JSON/.test(error.reason),
    )
  }
  const keyed = { journal: { path, key: () => half(0) } }
  await assert.rejects(collected(client.map([1], even, keyed)), /surrogate/)
})

test('a journal resumes a run and belongs to it', async () => {
  const path = join(folder, 'run.ndjson')
  assert.equal((await collected(client.map(range(10), even, { journal: path }))).length, 10)
  const seen = []
  const again = client.map(range(12), even, { journal: path, onProgress: (one) => seen.push(one) })
  assert.deepEqual(indexes(await collected(again)), [3, 8, 10, 11])
  assert.deepEqual(seen.at(-1), { done: 2, failed: 2, skipped: 8 })
  await assert.rejects(
    collected(client.map([1], even, { journal: { path, name: 'other' } })),
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
  const mixed = { '*': 'adaptive', rooms: 10 }
  for (const rateLimit of [5, 0.5, { rooms: 5, '*': 1 }, 'adaptive', mixed]) {
    new Client({ ...keys, rateLimit, maxInFlight: 3 })
  }
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
  const said = /^hundredms: [a-z_.]+: Redis at 127\.0\.0\.1:\d+ cannot be reached/
  for (const message of warnings) assert.match(message, said)
})

/** A sandbox that refuses so many calls and asks for a pause, and a client whose calls may take less than a second. */
async function busy(first, seconds, options = {}) {
  const { sandbox } = await sandboxed()
  const effect = { status: 429, retry_after: seconds }
  await sandbox.addFault({ match: { operation: 'rooms.create' }, on: { first }, effect })
  const { accessKey, secret, baseUrl } = sandbox
  return { sandbox, hasty: new Client({ accessKey, secret, baseUrl, timeoutMs: 800, ...options }) }
}

test('a pause longer than the timeout delays a run and fails no item', async () => {
  const { sandbox, hasty } = await busy(3, 2)
  const seen = []
  const begun = performance.now()
  // Half of them with options, and half after something else.
  const create = async (item, { signal }) => {
    if (item % 2 === 0) return hasty.rooms.create({}, { signal })
    await setImmediate()
    return hasty.rooms.create()
  }
  const results = await collected(hasty.map(range(100), create, { onProgress: (one) => seen.push(one) }))
  assert.ok(performance.now() - begun > 2_000)
  assert.deepEqual(indexes(results), range(100))
  assert.deepEqual(
    results.filter(({ error }) => error !== undefined),
    [],
  )
  assert.deepEqual(seen.at(-1), { done: 100, failed: 0, skipped: 0 })
  const statuses = (await sandbox.requests()).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 100)
  assert.ok(statuses.filter((status) => status === 429).length <= 3)
})

test('a run that waits for the end of a pause can be aborted', async () => {
  const { sandbox, hasty } = await busy(1, 3600, { maxRetries: 0 })
  const controller = new AbortController()
  const create = (_, { signal }) => hasty.rooms.create({}, { signal })
  const calls = hasty.map(range(9), create, { concurrency: 1, signal: controller.signal })
  const first = await calls.next()
  assert.ok(first.value.error instanceof RateLimitedError)
  const begun = performance.now()
  global.setTimeout(() => controller.abort(new RangeError('enough')), 1_200)
  await assert.rejects(calls.next(), RangeError)
  const took = performance.now() - begun
  assert.ok(took > 1_000 && took < 5_000, String(took))
  // A call outside of a run fails at once, also one that a run has left.
  const refused = ({ attempts, phase }) => attempts === 0 && phase === 'queue'
  await assert.rejects(hasty.rooms.create(), refused)
  let goOn
  const over = new Promise((resolve) => {
    goOn = resolve
  })
  const left = []
  await collected(hasty.map([1], () => void left.push(over.then(() => hasty.rooms.create()))))
  goOn()
  await assert.rejects(left[0], refused)
  assert.equal((await sandbox.requests()).length, 1)
})
