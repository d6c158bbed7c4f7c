// What programs and attacks do to objects: properties on all prototypes, values that are looked at; and what is shown of secrets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Client, ConfigurationError, InvalidRequestError, NotFoundError, Sandbox, webhooks } from 'hundredms'
import { collect } from './memory.mjs'
import { sandboxed } from './sandbox-client.mjs'
import { joined } from './webhook-events.mjs'

const SECRET = 'hushed-secret-0123456789'

/** Run `act` while all objects have these properties. */
async function polluted(properties, act) {
  Object.assign(Object.prototype, properties)
  try {
    return await act()
  } finally {
    for (const name of Object.keys(properties)) delete Object.prototype[name]
  }
}

test('properties that all objects have are no options, arguments, headers or handlers', async () => {
  const { sandbox, client } = await sandboxed()
  const { baseUrl, authUrl, accessKey, secret } = sandbox
  const evil = {
    baseUrl: 'http://127.0.0.1:9/evil',
    timeoutMs: 1,
    maxRetries: 1000,
    signal: 'evil',
    token: () => 'evil',
    accessKey: 'evil',
    secret: 'evil',
    onRequest: () => assert.fail('a hook'),
    allowUnverified: true,
    query: { evil: 1 },
    body: { evil: 1 },
    enumerable: true,
    limit: 17,
    name: 'evil',
    room_id: 'evil',
    userId: 'evil',
    validForSeconds: 5,
    background: true,
    store: {},
    waitUntil: () => assert.fail('waitUntil'),
    'x-secret': 'v',
    'x-webhook-secret': 'v',
    headers: { 'x-secret': 'v' },
    prefix: 'evil',
    capacity: 1,
  }
  await polluted(evil, async () => {
    assert.throws(() => new webhooks.Receiver({}), ConfigurationError)
    const made = new Client({ baseUrl, authUrl, accessKey, secret })
    const room = await made.rooms.create({ description: 'mine' }, { timeoutMs: 5_000 })
    assert.notEqual(room.name, 'evil')
    assert.deepEqual(
      (await client.rooms.list().firstPage()).data.map(({ id }) => id),
      [room.id],
    )
    assert.equal((await client.rooms.get(room.id)).id, room.id)
    assert.equal((await client.request('GET', '/rooms')).status, 200)
    assert.equal(client.tokens.decode(client.tokens.auth(room.id, 'host', {})).user_id, null)
    const receiver = new webhooks.Receiver({ headers: { 'x-other': 'v' } })
    receiver.on('peer.join.success', () => {}, {})
    assert.equal((await receiver.handle(joined(), {})).status, 401)
    const { outcome } = await receiver.handle(joined(), { 'x-other': 'v' })
    assert.equal(outcome, 'handled')
    const guarded = new webhooks.Receiver({ headers: { 'x-secret': 'v' } })
    assert.equal((await guarded.handle(joined(), {})).status, 401)
  })
  const sent = (await sandbox.requests()).map(({ path, query, body }) => JSON.stringify([path, query, body]))
  assert.doesNotMatch(sent.join(), /evil/)
})

test('a client, a sandbox and a receiver show no secret, however they are logged', async () => {
  const sandbox = await Sandbox.start({ secret: SECRET })
  const client = new Client({ accessKey: 'k', secret: SECRET })
  const receiver = new webhooks.Receiver({ headers: { 'x-s': SECRET }, hmacKey: SECRET })
  for (const [name, value] of Object.entries({ client, tokens: client.tokens, sandbox, receiver })) {
    assert.doesNotMatch(inspect(value, { depth: 20, getters: true }), /hushed/, name)
    assert.doesNotMatch(JSON.stringify(value), /hushed/, name)
    assert.doesNotMatch(inspect(structuredClone(value)), /hushed/, name)
  }
  assert.equal(sandbox.secret, SECRET)
  await sandbox.stop()
})

test('an error shows what is known alone, and has the rest as undefined', async () => {
  const { client } = await sandboxed()
  const error = await client.rooms.get('66b2d2105c803b002ae4f611').catch((caught) => caught)
  assert.ok(error instanceof NotFoundError)
  assert.doesNotMatch(inspect(error), /undefined/)
  assert.doesNotMatch(JSON.stringify(error), /undefined|null/)
  assert.match(inspect(error), /status: 404/)
  assert.ok('phase' in error && error.phase === undefined)
})

test('the error for a misspelt name suggests the right one', async () => {
  const { client } = await sandboxed()
  assert.throws(
    () => new Client({ accesKey: 'a', secret: 'b' }),
    /accesKey: there is no such option; did you mean accessKey\?/,
  )
  assert.throws(() => new Client({ base_url: 'a' }), /did you mean baseUrl\?/)
  assert.throws(() => new Client({ secretKey: 'a' }), /secretKey: there is no such option; did you mean secret\?/)
  assert.throws(() => client.tokens.auth('r', 'host', { user_id: 'ada' }), /did you mean userId\?/)
  await assert.rejects(client.rooms.get('a', { timeout_ms: 5 }), /did you mean timeoutMs\?/)
  await assert.rejects(client.rooms.create({ nmae: 'a' }), /did you mean `name`\?/)
  await assert.rejects(client.rooms.create({ templateId: 'a' }), /did you mean `template_id`\?/)
  await assert.rejects(
    client.rooms.create({ webhook: { url: 'https://a.example', heders: {} } }),
    /webhook\.heders: .*did you mean `headers`\?/,
  )
  await assert.rejects(client.rooms.create({ webhook: { ulr: 'https://a.example' } }), (error) => {
    assert.match(error.message, /^rooms\.create: webhook\.ulr: unknown field `ulr`; did you mean `url`\?/)
    assert.equal(error.field, 'webhook.ulr')
    return true
  })
  const receiver = new webhooks.Receiver({ headers: { a: 'b' } })
  assert.throws(() => receiver.on('peer.joined.success', () => {}), /did you mean `peer\.join\.success`\?/)
  assert.throws(
    () => new Client({ zzz: 1 }),
    (error) => !/did you mean/.test(error.message),
  )
})

test('a proxy that is no address is refused, and not shown', () => {
  const make = (proxy) => new Client({ accessKey: 'k', secret: 's', proxy })
  for (const proxy of ['nope-hushed', '', 'user:hushed@host', '/hushed']) {
    assert.throws(
      () => make(proxy),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.match(
          error.message,
          /^proxy: must be a URL, for example http:\/\/proxy\.example:3128, or false for none/,
        )
        assert.doesNotMatch(error.message, /hushed/)
        return true
      },
    )
  }
  for (const proxy of ['http://user:p@127.0.0.1:3128', 'proxy.example:3128', false, undefined]) make(proxy)
})

test('a validity that is no number says so', () => {
  const { tokens } = new Client({ accessKey: 'k', secret: 's' })
  for (const mint of [(options) => tokens.auth('r', 'host', options), (options) => tokens.management(options)]) {
    assert.throws(
      () => mint({ validForSeconds: '1h' }),
      (error) => {
        assert.ok(error instanceof InvalidRequestError)
        assert.match(error.message, /validForSeconds: must be a number of seconds, such as 3600, not String/)
        return true
      },
    )
  }
})

test('a method that was taken off its resource says how to call it', () => {
  const { rooms } = new Client({ accessKey: 'k', secret: 's' })
  const { get } = rooms
  assert.throws(() => get('a'), /call it as client\.rooms\.create\(\.\.\.\), or bind it/)
})

test('clients and resources work behind a Proxy, and as the prototype of another object', async () => {
  const { client } = await sandboxed()
  const room = await new Proxy(client, {}).rooms.create({ name: 'proxied' })
  assert.equal((await new Proxy(client.rooms, {}).get(room.id)).id, room.id)
  assert.equal((await Object.create(client).callRaw('rooms.get', { room_id: room.id })).status, 200)
})

test('the names of events are there as a value', () => {
  assert.equal(webhooks.EVENT_TYPES.length, 32)
  assert.ok(webhooks.EVENT_TYPES.includes('peer.join.success'))
})

test('ids of any length cost a store in memory no more than a digest', () => {
  const store = new webhooks.MemoryStore()
  const long = 'x'.repeat(1_000_000)
  assert.equal(store.claim(`${long}1`, 'a', 1000), 'new')
  assert.equal(store.claim(`${long}1`, 'b', 1000), 'in_progress')
  assert.equal(store.claim(`${long}2`, 'b', 1000), 'new')
  store.release(`${long}1`, 'a')
  store.done(`${long}2`, 1000)
  assert.deepEqual([store.claim(`${long}1`, 'b', 1000), store.claim(`${long}2`, 'b', 1000)], ['new', 'done'])
  collect()
  const before = process.memoryUsage().heapUsed
  for (let at = 0; at < 100; at += 1) store.claim(`${at}${long}`, 'a', 60_000)
  collect()
  const grown = process.memoryUsage().heapUsed - before
  assert.ok(grown < 10_000_000, `${grown} bytes for 100 ids of a megabyte`)
  assert.equal(store.claim(`7${long}`, 'b', 1000), 'in_progress')
})
