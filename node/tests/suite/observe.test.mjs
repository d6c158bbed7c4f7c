// What is seen of calls: hooks, diagnostics channels, traces; and looking for what a call did.
import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { AmbiguousOutcomeError, Client, ConfigurationError, InvalidRequestError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

const { sandbox } = await sandboxed()

/** Hooks that keep what they are told. */
function keeping() {
  const seen = []
  const keep = (what) => (view) => seen.push({ what, ...view })
  return { seen, onRequest: keep('request'), onResponse: keep('response'), onRetry: keep('retry') }
}

/** A service that fails so many times before it answers. */
function failing(times, hooks) {
  let left = times
  return served((_, response) => {
    left -= 1
    json(response, left < 0 ? roomOf('a') : { message: 'no' }, left < 0 ? 200 : 503, { 'retry-after': '0' })
  }, hooks)
}

test('hooks see every try, every pause, and every answer, before the call ends', async () => {
  const { seen, ...hooks } = keeping()
  const { client } = await failing(1, hooks)
  await client.rooms.get('a-secret-id')
  const known = { call: 1, operation: 'rooms.get', method: 'GET', route: '/rooms/{room_id}' }
  const { elapsedMs: first } = seen[1]
  const { pauseMs } = seen[2]
  const { elapsedMs: last } = seen[4]
  assert.ok(first > 0 && last > 0 && pauseMs >= 0)
  assert.deepEqual(seen, [
    { what: 'request', ...known, attempt: 1 },
    { what: 'response', ...known, attempt: 1, status: 503, error: 'server', elapsedMs: first },
    { what: 'retry', ...known, attempt: 1, status: 503, error: 'server', pauseMs },
    { what: 'request', ...known, attempt: 2 },
    { what: 'response', ...known, attempt: 2, status: 200, error: undefined, elapsedMs: last },
  ])
  assert.doesNotMatch(JSON.stringify(seen), /a-secret-id/)
})

test('a connection that breaks has no status', async () => {
  const { seen, ...hooks } = keeping()
  const client = new Client({ accessKey: 'k', secret: 's', baseUrl: 'http://127.0.0.1:1/v2', maxRetries: 0, ...hooks })
  await assert.rejects(client.rooms.get('a'))
  const { status, error } = seen.at(-1)
  assert.deepEqual([status, error], [undefined, 'connection'])
})

test('hooks that fail break no call, and are warnings of the process', async () => {
  const warnings = []
  const warned = (warning) => warnings.push(warning.message)
  process.on('warning', warned)
  const { client } = await failing(0, {
    onRequest: () => {
      throw new Error('on purpose')
    },
    onResponse: async () => {
      throw new Error('and later')
    },
  })
  assert.equal((await client.rooms.get('a')).id, 'a')
  while (warnings.length < 2) await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warned)
  assert.deepEqual(warnings, ['on purpose', 'and later'])
})

test('diagnostics channels tell of calls while somebody is subscribed', async () => {
  const { client } = await failing(0)
  await client.rooms.get('a')
  const seen = []
  const keep = (view, name) => seen.push([name, view.operation, view.call])
  const names = ['hundredms:request', 'hundredms:response', 'hundredms:retry']
  for (const name of names) channel(name).subscribe(keep)
  await client.rooms.get('a')
  for (const name of names) channel(name).unsubscribe(keep)
  await client.rooms.get('a')
  assert.deepEqual(seen, [
    ['hundredms:request', 'rooms.get', 2],
    ['hundredms:response', 'rooms.get', 2],
  ])
})

test('the trace of OpenTelemetry goes with the request, and none without one', async () => {
  const sent = []
  const { client } = await served((request, response) => {
    sent.push([request.headers.traceparent, request.headers.tracestate])
    json(response, roomOf('a'))
  })
  await client.rooms.get('a')
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  context.setGlobalContextManager({
    active: () => ROOT_CONTEXT,
    with: (_, act) => act(),
    bind: (_, act) => act,
    enable: () => {},
    disable: () => {},
  })
  propagation.setGlobalPropagator({
    inject(_, carrier, setter) {
      setter.set(carrier, 'traceparent', traceparent)
      setter.set(carrier, 'tracestate', 'vendor=1')
    },
    extract: (given) => given,
    fields: () => [],
  })
  await client.rooms
    .list()
    .firstPage()
    .catch(() => {})
  context.disable()
  propagation.disable()
  await client.rooms.get('a')
  assert.deepEqual(sent, [
    [undefined, undefined],
    [traceparent, 'vendor=1'],
    [undefined, undefined],
  ])
})

test('a hook that is no function, and a cassette that is none, are refused', () => {
  for (const options of [
    { onRequest: 1 },
    { cassette: { path: '/nonexistent/tape.json', mode: 'replay' } },
    { cassette: {} },
  ]) {
    assert.throws(() => new Client({ accessKey: 'k', secret: 's', ...options }), ConfigurationError)
  }
})

test('an error of a call that may have taken effect tells where to look, and reconcile looks there', async () => {
  await sandbox.reset()
  const client = sandbox.client({ maxRetries: 0 })
  const room = await client.rooms.create({ name: 'ambiguous' })
  const start = () => client.recordings.start(room.id, { meeting_url: 'https://a.example' }).catch((error) => error)
  for (const [disconnect, happened] of [
    ['close_before', false],
    ['close_after', true],
  ]) {
    await sandbox.addFault({
      match: { operation: 'recordings.start' },
      on: { nth: 1 },
      effect: { disconnect },
    })
    const error = await start()
    await sandbox.clearFaults()
    assert.ok(error instanceof AmbiguousOutcomeError, String(error))
    assert.equal(error.checkWith.operation, 'recordings.list')
    const found = await client.reconcile(error)
    assert.equal(found !== undefined, happened)
    if (happened) assert.equal(found.room_id, room.id)
  }
  const missing = await client.rooms.get('66b2d2105c803b002ae4f611').catch((error) => error)
  assert.equal(missing.checkWith, undefined)
  await assert.rejects(client.reconcile(missing), /changed nothing/)
  await assert.rejects(client.reconcile(new Error('another')), InvalidRequestError)
})

test('of a request without a method reconcile says that there is nothing to look at, not that it had no effect', async () => {
  const client = sandbox.client({ maxRetries: 0 })
  await sandbox.addFault({
    match: { operation: 'rooms.create' },
    on: { nth: 1 },
    effect: { disconnect: 'close_after' },
  })
  const error = await client.request('POST', '/rooms', { body: { name: 'free' } }).catch((error) => error)
  await sandbox.clearFaults()
  assert.ok(error instanceof AmbiguousOutcomeError && error.mayHaveApplied, String(error))
  await assert.rejects(client.reconcile(error), (refusal) => {
    assert.ok(refusal instanceof InvalidRequestError)
    assert.match(refusal.message, /does not belong to a method call of this process/)
    return true
  })
})

test('a cassette records answers and replays them without network and credentials', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hundredms-cassette-'))
  after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'tape.json')
  const recording = sandbox.client({ cassette: { path, mode: 'record' } })
  const room = await recording.rooms.create({ name: 'taped' })
  assert.deepEqual(await recording.rooms.get(room.id), room)
  const tape = readFileSync(path, 'utf8')
  assert.doesNotMatch(tape, new RegExp(`${sandbox.secret}|Bearer`))
  const replaying = new Client({ cassette: { path, mode: 'replay' } })
  assert.deepEqual(await replaying.rooms.create({ name: 'taped' }), room)
  assert.deepEqual(await replaying.rooms.get(room.id), room)
  await assert.rejects(replaying.rooms.get('another'), ConfigurationError)
})

const CANARY = 'canary-7d31f0'
const NAMES = ['secret', 'token', 'password', 'auth', 'pwd', 'passwd', 'pass', 'bearer', 'cookie', 'sig', 'sas', 'otp']
const secrets = Object.fromEntries(NAMES.map((name) => [name, CANARY]))
const REFUSAL = JSON.stringify({
  code: 400,
  message: 'no such role',
  details: [...NAMES.map((name) => ({ [name]: CANARY })), { name: 'x', value: CANARY }],
  error: { token: CANARY },
})

for (const [what, status, answer] of [
  ['unknown fields', 200, JSON.stringify({ unknown: CANARY, deep: { [CANARY]: [CANARY] }, text: `{"a":"${CANARY}"}` })],
  ['fields with names of secrets', 200, JSON.stringify(secrets)],
  ['a list', 200, JSON.stringify([CANARY])],
  ['a text', 200, JSON.stringify(CANARY)],
  ['a refusal', 400, REFUSAL],
  ['a refusal after a byte order mark', 400, `\ufeff${REFUSAL}`],
  ['a refusal in a call', 400, `callback(${REFUSAL})`],
  ['a refusal as a JSON string', 400, JSON.stringify(REFUSAL)],
  ['a refusal that is a list', 400, JSON.stringify([CANARY])],
]) {
  test(`a cassette of ${what} keeps what is known to be harmless alone`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hundredms-cassette-'))
    after(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'tape.json')
    let asked = 0
    const { client } = await served(
      (_, response) => {
        asked += 1
        response.writeHead(status, { 'set-cookie': `s=${CANARY}` }).end(answer)
      },
      { cassette: { path, mode: 'record' }, maxRetries: 0 },
    )
    const body = {
      room_id: '66b2d2105c803b002ae4f611',
      pairs: NAMES.map((name) => ({ name, value: CANARY })),
      texts: [CANARY, JSON.stringify({ token: CANARY })],
      ...secrets,
    }
    const url = `https://user:${CANARY}@hooks.example/events?key=${CANARY}`
    await client.rooms.create({ name: 'physics-7', webhook: { url, headers: { 'x-key': CANARY } } }).catch(() => {})
    await client.request('POST', '/new', { query: secrets, body }).catch(() => {})
    await client.request('POST', '/new', { body: JSON.stringify(CANARY) }).catch(() => {})
    const tape = readFileSync(path, 'utf8')
    assert.deepEqual([asked, JSON.parse(tape).exchanges.length], [3, 3])
    assert.ok(!tape.includes(CANARY), tape)
    for (const harmless of ['physics-7', 'https://hooks.example/events', body.room_id])
      assert.ok(tape.includes(harmless))
    if (answer === REFUSAL) assert.ok(tape.includes('no such role'))
  })
}
