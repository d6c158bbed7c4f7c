// Calls against a sandbox: arguments in, answers out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { Client, InvalidRequestError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

const { sandbox, client } = await sandboxed()

test('a room is created, read, changed and listed', async () => {
  const room = await client.rooms.create({ name: 'physics-7', description: 'Optik für Anfänger – 光' })
  assert.equal(room.description, 'Optik für Anfänger – 光')
  assert.deepEqual(await client.rooms.get(room.id), room)
  const changed = await client.rooms.update(room.id, { max_duration_seconds: 3600 })
  assert.equal(changed.max_duration_seconds, 3600)
  assert.equal((await client.rooms.disable(room.id)).enabled, false)
  assert.equal((await client.rooms.enable(room.id)).enabled, true)
  const found = await client.rooms.list({ name: 'physics-7' }).all()
  assert.deepEqual(
    found.map((one) => one.id),
    [room.id],
  )
})

test('undefined means absent', async () => {
  const room = await client.rooms.create({ name: 'chemistry-1', description: undefined }, undefined)
  assert.equal(room.name, 'chemistry-1')
  const requests = await sandbox.requests()
  assert.deepEqual(requests.at(-1).body, { name: 'chemistry-1' })
})

test('a Date goes wherever a time goes', async () => {
  await sandbox.clearRequests()
  const after = new Date('2024-02-01T08:00:00.123Z')
  await client.rooms.list({ after, before: '2034-02-01T08:00:00.123456Z' }).firstPage()
  const [request] = await sandbox.requests()
  const query = Object.fromEntries(request.query)
  assert.equal(Date.parse(query.after), after.getTime())
  assert.match(query.before, /^2034-02-01T08:00:00\.123/)
})

const [from, to] = [new Date(Date.now() - 3_600_000), new Date()]
for (const [what, call, begin, end] of [
  ['sessions', () => client.sessions.list({ after: from, before: to }).firstPage(), 'after', 'before'],
  [
    'deliveries of webhooks',
    () => client.analytics.listWebhookEvents({ start_time: from, end_time: to }).firstPage(),
    'start_time',
    'end_time',
  ],
  [
    'replays of webhooks',
    () => client.analytics.replayWebhookEvents({ start_time: from, end_time: to }),
    'start_time',
    'end_time',
  ],
]) {
  test(`a Date goes into ${what}`, async () => {
    await sandbox.clearRequests()
    await call()
    const [request] = await sandbox.requests()
    const sent = { ...Object.fromEntries(request.query), ...request.body }
    assert.deepEqual([Date.parse(sent[begin]), Date.parse(sent[end])], [from.getTime(), to.getTime()])
  })
}

test('an answer that is nothing is undefined', async () => {
  const { client: served204 } = await served((_, response) => response.writeHead(204).end())
  assert.equal(await served204.polls.deleteOption('poll', '1', '2'), undefined)
})

for (const [what, call] of [
  ['a key that is no argument', () => client.rooms.create({ nmae: 'x' })],
  ['an argument that is missing', () => client.rooms.get(undefined)],
  ['a list in place of an object', () => client.rooms.create(['x'])],
  ['text in place of an object', () => client.rooms.create('x')],
  ['a date that is none', () => client.rooms.list({ after: new Date(Number.NaN) }).firstPage()],
  ['a number that is none', () => client.rooms.create({ max_duration_seconds: Number.NaN })],
  ['a number out of range', () => client.rooms.create({ max_duration_seconds: 1 })],
  ['a function', () => client.rooms.create({ name: () => 'x' })],
  ['a BigInt', () => client.rooms.create({ max_duration_seconds: 3600n })],
  ['a Promise in place of parameters', () => client.rooms.create(Promise.resolve({ name: 'x' }))],
  ['a Promise in place of the parameters of a list', async () => client.rooms.list(Promise.resolve({}))],
  ['a Promise in place of an argument', () => client.rooms.get(Promise.resolve('a'))],
  ['a Promise in place of options', () => client.rooms.get('a', Promise.resolve({}))],
  ['a Map in place of parameters', () => client.rooms.create(new Map([['name', 'x']]))],
  ['a Map in place of options', () => client.rooms.get('a', new Map())],
  ['a Date in place of parameters', () => client.rooms.create(new Date())],
  ['a Promise in place of raw arguments', () => client.callRaw('rooms.get', Promise.resolve({ room_id: 'a' }))],
  ['a Map in place of a query', () => client.request('GET', '/rooms', { query: new Map() })],
  ['half of a surrogate pair', () => client.rooms.get('\ud800')],
  ['half of a surrogate pair in a query', () => client.request('GET', '/rooms', { query: { name: '\ud800' } })],
  ['half of a surrogate pair in a path', () => client.request('GET', '/rooms/\ud800')],
  ['a Map', () => client.rooms.create({ webhook: { url: 'https://a.example', headers: new Map() } })],
  ['a path argument among the parameters', () => client.rooms.update('a', { room_id: 'b' })],
  ['a path argument that leads elsewhere', () => client.rooms.get('..')],
  ['an option that is none', () => client.rooms.get('a', { timeout: 5 })],
  ['a timeout of nothing', () => client.rooms.get('a', { timeoutMs: 0 })],
  ['a number of retries that is none', () => client.rooms.get('a', { maxRetries: -1 })],
  ['a signal that is none', () => client.rooms.get('a', { signal: {} })],
  ['an operation that is none', () => client.callRaw('rooms.destroy', {})],
  ['an operation that is no text', () => client.callRaw(5)],
  ['a signal that is null', () => client.rooms.get('a', { signal: null })],
  ['options that are a number', () => client.rooms.list({}, 5).firstPage()],
  ['an object that holds itself', () => client.templates.create(circle())],
  ['a list that holds itself', () => client.polls.create({ title: 'x', questions: circle().list })],
  ['a method that is no text', () => client.request(undefined, '/rooms')],
  ['a path that is no text', () => client.request('GET', 5)],
  ['a request with a key that is none', () => client.request('GET', '/rooms', { qurey: { limit: 10 } })],
  ['a request with null', () => client.request('GET', '/rooms', null)],
  ['a query that is a list', () => client.request('GET', '/rooms', { query: ['limit'] })],
  ['null in a query', () => client.request('GET', '/rooms', { query: { name: null } })],
  ['NaN in a query', () => client.request('GET', '/rooms', { query: { limit: Number.NaN } })],
  ['an object in a query', () => client.request('GET', '/rooms', { query: { name: {} } })],
  ['undefined in a list in a query', () => client.request('GET', '/rooms', { query: { name: [undefined] } })],
  ['a date that is none in a query', () => client.request('GET', '/rooms', { query: { after: new Date(Number.NaN) } })],
]) {
  test(`${what} is refused before anything is sent`, async () => {
    await sandbox.clearRequests()
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof InvalidRequestError, String(error))
      assert.equal(error.attempts, 0)
      return true
    })
    assert.deepEqual(await sandbox.requests(), [])
  })
}

for (const [what, call, message] of [
  [
    'a Promise in place of parameters',
    () => client.rooms.create(Promise.resolve({})),
    /^rooms\.create: the parameters must be plain data, not Promise: was an await forgotten\?/,
  ],
  [
    'a Promise in place of options',
    () => client.rooms.get('a', Promise.resolve({})),
    /^rooms\.get: the options must be plain data, not Promise: was an await forgotten\?/,
  ],
  [
    'a Map in place of options',
    () => client.rooms.get('a', new Map()),
    /^rooms\.get: the options must be plain data, not Map/,
  ],
  [
    'half of a surrogate pair in an argument',
    () => client.rooms.get('a\udc00'),
    /^rooms\.get: roomId: must be well-formed text: it contains half of a surrogate pair/,
  ],
  [
    'half of a surrogate pair in a name',
    () => client.rooms.create({ webhook: { url: 'https://a.example', headers: { '\ud800': 'x' } } }),
    /^rooms\.create: webhook\.headers: must be well-formed text/,
  ],
  [
    'half of a surrogate pair in a body',
    () => client.request('POST', '/rooms', { body: { name: '\ud800' } }),
    /^POST request: body\.name: must be well-formed text/,
  ],
]) {
  test(`the refusal of ${what} says what is wrong`, () => assert.rejects(call, { message }))
}

test('letters beyond the first plane are whole surrogate pairs', async () => {
  assert.equal((await client.rooms.create({ name: 'clef', description: '𝄞' })).description, '𝄞')
})

/** An object, and a list in it, that hold themselves. */
function circle() {
  const object = { list: [] }
  object.name = object
  object.list.push(object.list)
  return object
}

test('callRaw gives status, headers and bytes', async () => {
  const room = await client.rooms.create({ name: 'raw-1' })
  const raw = await client.callRaw('rooms.get', { room_id: room.id })
  assert.equal(raw.status, 200)
  assert.match(raw.header('Content-Type'), /^application\/json/)
  assert.equal(raw.json().id, room.id)
  assert.ok(raw.body instanceof Uint8Array)
})

const EPOCH = '1970-01-01T00%3A00%3A00.000Z'

test('request sends what there is no method for', async () => {
  const { client: echo } = await served((request, response, body) =>
    json(response, { method: request.method, url: request.url, body: body && JSON.parse(body) }),
  )
  const raw = await echo.request(
    'POST',
    '/new/thing',
    {
      query: { a: 'x y', b: ['1', 2, new Date(0)], c: undefined, d: runInNewContext('new Date(0)'), e: false },
      body: { at: new Date(0) },
    },
    { maxRetries: 0 },
  )
  assert.deepEqual(raw.json(), {
    method: 'POST',
    url: `/v2/new/thing?a=x%20y&b=1&b=2&b=${EPOCH}&d=${EPOCH}&e=false`,
    body: { at: '1970-01-01T00:00:00.000Z' },
  })
})

test('thousands of calls at once all come back with their own answer', async () => {
  const { client: echo } = await served((request, response) => {
    const id = request.url.split('/').at(-1)
    json(response, roomOf(id))
  })
  const ids = Array.from({ length: 3000 }, (_, at) => `room-${at}`)
  const rooms = await Promise.all(ids.map((id) => echo.rooms.get(id)))
  assert.deepEqual(
    rooms.map((room) => room.id),
    ids,
  )
})

test('methods that would hand the token on are refused', async () => {
  let asked = 0
  const { server, client } = await served(() => {})
  server.on('connection', () => {
    asked += 1
  })
  for (const method of ['CONNECT', 'connect', 'TRACE']) {
    await assert.rejects(client.request(method, '/rooms'), (error) => {
      assert.ok(error instanceof InvalidRequestError)
      assert.equal(error.field, 'method')
      return true
    })
  }
  assert.equal(asked, 0)
})

test('calls beyond the connections wait in phase queue', async () => {
  let connections = 0
  const held = []
  const { server, client } = await served((_, response) => held.push(response), { maxConnections: 2 })
  server.on('connection', () => {
    connections += 1
  })
  const calls = ['a', 'b'].map((id) => client.rooms.get(id))
  while (held.length < 2) await new Promise((resolve) => setImmediate(resolve))
  await assert.rejects(client.rooms.get('c', { timeoutMs: 100 }), { phase: 'queue', attempts: 0 })
  const waits = client.rooms.get('c')
  for (const response of held.splice(0)) json(response, roomOf('a'))
  await Promise.all(calls)
  while (held.length < 1) await new Promise((resolve) => setImmediate(resolve))
  json(held[0], roomOf('c'))
  assert.equal((await waits).id, 'c')
  assert.equal(connections, 2)
  assert.throws(() => new Client({ accessKey: 'k', secret: 's', maxConnections: 0 }), /^ConfigurationError: maxConn/)
})

test('a text that was cut within a character does not spoil an answer', async () => {
  const { client } = await served((_, response) =>
    json(response, { ...roomOf('a'), name: 'n\ud83do', description: '\ude00', 'new\udc00': ['\ud800'] }),
  )
  const { id, name, description } = await client.rooms.get('a')
  assert.deepEqual([id, name, description], ['a', 'n\ufffdo', '\ufffd'])
})

for (const [what, field, refusal] of [
  ['of more than 8 MiB', 'x'.repeat(8 << 20), { kind: 'connection', phase: 'body' }],
  ['of 300,000 values', Array(300_000).fill({}), { kind: 'decode' }],
]) {
  test(`an answer ${what} is refused at once, unless it is allowed`, async () => {
    let asked = 0
    const { baseUrl, client } = await served((_, response) => {
      asked += 1
      json(response, { ...roomOf('a'), zz: field })
    })
    await assert.rejects(client.rooms.get('a'), refusal)
    assert.equal(asked, 1)
    const allowing = new Client({ accessKey: 'k', secret: 's', baseUrl, maxResponseBytes: 64 << 20 })
    assert.equal((await allowing.rooms.get('a')).id, 'a')
  })
}
