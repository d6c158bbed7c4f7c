// Webhooks: what is received, what is refused, and that each event is handled once.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { Client, ConfigurationError, InvalidRequestError, webhooks } from 'hundredms'
import { joined, SECRET } from './webhook-events.mjs'

const folder = process.env.HUNDREDMS_WEBHOOK_EXAMPLES
const headers = { 'x-webhook-secret': SECRET }
const receiver = (options = {}) => new webhooks.Receiver({ headers, onError: () => {}, ...options })

/** A value without what says nothing: no time, and the zero time. */
function withoutNothing(value) {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const said = Object.entries(value).filter(([, inner]) => inner !== null && inner !== '0001-01-01T00:00:00Z')
  return Object.fromEntries(said.map(([name, inner]) => [name, withoutNothing(inner)]))
}

test('every type of events of the contract is read with no field lost', () => {
  const files = readdirSync(folder)
  assert.equal(files.length, 32)
  for (const file of files) {
    const body = readFileSync(join(folder, file))
    const sent = JSON.parse(body)
    const event = webhooks.parse(body)
    assert.equal(event.problem, undefined, file)
    assert.equal(`${event.type}.json`, file)
    const { data, extra, timestamp, ...envelope } = event
    assert.equal(Date.parse(timestamp), Date.parse(sent.timestamp))
    const written = JSON.parse(JSON.stringify({ ...envelope, ...extra, data }))
    const { timestamp: _, ...expected } = { is_replay: false, ...sent }
    assert.deepEqual(written, withoutNothing(expected), file)
    assert.deepEqual(Buffer.from(event.raw), body)
  }
})

test('the subpath and the package give the same classes', async () => {
  const subpath = await import('hundredms/webhooks')
  const required = createRequire(import.meta.url)('hundredms/webhooks')
  for (const [name, value] of Object.entries(webhooks)) {
    assert.equal(subpath[name], value, name)
    assert.equal(required[name], value, name)
  }
})

test('a body is taken as bytes, as text, and as an ArrayBuffer', () => {
  const text = joined()
  const bytes = Buffer.from(text)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  for (const body of [text, bytes, new Uint8Array(bytes), buffer]) {
    assert.equal(receiver().receive(body, headers).type, 'peer.join.success')
  }
})

test('headers are taken as Node has them, as fetch has them, and as pairs, in any case', () => {
  for (const given of [
    headers,
    { 'X-Webhook-Secret': SECRET },
    { 'x-webhook-secret': [SECRET] },
    new Headers(headers),
    [['X-WEBHOOK-SECRET', SECRET]],
  ]) {
    assert.equal(receiver().receive(joined(), given).is_replay, false)
  }
})

test('a header beyond ASCII is compared byte by byte', () => {
  const odd = new webhooks.Receiver({ headers: { 'x-s': 'Schlüssel' } })
  // Node gives one letter for each byte.
  const given = { 'x-s': Buffer.from('Schlüssel').toString('latin1') }
  assert.equal(odd.receive(joined(), given).type, 'peer.join.success')
})

const signed = (body) => ({ 'x-100ms-signature': createHmac('sha256', 'key').update(body).digest('hex') })
const body = joined()
for (const [reason, status, options, given, sent = body, peer] of [
  ['missing_header', 401, {}, {}],
  ['wrong_header', 401, {}, { 'x-webhook-secret': `${SECRET}x` }],
  ['wrong_header', 401, { headers: { 'x-webhook-secret': ['old', 'new'] } }, { 'x-webhook-secret': 'older' }],
  ['missing_signature', 401, { hmacKey: 'key' }, headers],
  ['wrong_signature', 401, { hmacKey: 'other' }, { ...headers, ...signed(body) }],
  ['address_not_allowed', 403, { allowList: '10.0.0.0/8' }, headers, body, '127.0.0.1'],
  ['address_not_allowed', 403, { allowList: 'published' }, headers],
  ['too_large', 413, { maxBytes: 100 }, headers],
  ['not_json', 400, {}, headers, 'no'],
  ['not_json', 400, {}, headers, '[1]'],
  ['not_json', 400, {}, headers, ''],
]) {
  test(`${reason} is refused with ${status}, whether received or handled`, async () => {
    const strict = receiver(options)
    assert.throws(
      () => strict.receive(sent, given, peer),
      (error) => {
        assert.ok(error instanceof webhooks.WebhookVerificationError && error instanceof Error)
        assert.deepEqual([error.name, error.reason, error.status], ['WebhookVerificationError', reason, status])
        assert.doesNotMatch(inspect(error), new RegExp(SECRET))
        return true
      },
    )
    const answer = await strict.handle(sent, given, peer)
    assert.equal(answer.status, status)
    assert.equal(answer.headers['content-type'], 'application/json')
    assert.ok(JSON.parse(answer.body).message)
  })
}

test('rotated secrets, signatures, allowed addresses and proxies are accepted', () => {
  const rotating = receiver({ headers: { 'x-webhook-secret': ['new', SECRET] }, hmacKey: ['next', 'key'] })
  assert.equal(rotating.receive(body, { ...headers, ...signed(body) }).type, 'peer.join.success')
  const near = receiver({ allowList: ['127.0.0.0/8', '::1'] })
  assert.equal(near.receive(body, headers, '::ffff:127.0.0.1').type, 'peer.join.success')
  const behind = receiver({ allowList: '10.0.0.0/8', trustedProxies: 1 })
  const forwarded = { ...headers, 'x-forwarded-for': '192.0.2.1, 10.1.2.3' }
  assert.equal(behind.receive(body, forwarded, '127.0.0.1').type, 'peer.join.success')
})

for (const [what, options] of [
  ['nothing to verify by', {}],
  ['an option that is none', { headers, secret: 'x' }],
  ['a secret that is empty', { headers: { 'x-s': '' } }],
  ['a secret that is undefined', { headers: { 'x-s': undefined }, allowList: 'published' }],
  ['a secret among others that is undefined', { headers: { 'x-s': [SECRET, undefined] } }],
  ['a secret that is a number', { headers: { 'x-s': 5 }, allowList: 'published' }],
  ['a list of no secrets', { headers: { 'x-s': [] }, allowList: 'published' }],
  ['headers as fetch has them', { headers: new Headers({ 'x-s': SECRET }), allowList: 'published' }],
  ['headers in a Map', { headers: new Map([['x-s', SECRET]]), allowList: 'published' }],
  ['headers in a list', { headers: [['x-s', SECRET]], allowList: 'published' }],
  ['headers that are null', { headers: null, allowList: 'published' }],
  ['a list of no keys', { headers, hmacKey: [] }],
  ['a key that is undefined in a list', { headers, hmacKey: [undefined] }],
  ['a key that is null', { headers, hmacKey: null }],
  ['a key that is a function', { headers, hmacKey: () => 'key' }],
  ['an allow list that is a function', { headers, allowList: () => '10.0.0.0/8' }],
  ['an allow list that is a Set', { headers, allowList: new Set(['10.0.0.0/8']) }],
  ['a range that is none', { allowList: '10.0.0.0/99' }],
  ['proxies without an allow list', { headers, trustedProxies: 1 }],
  ['a lease of nothing', { headers, leaseMs: 0 }],
  ['nothing at all', undefined],
  ['null', null],
  ['a Promise', Promise.resolve({ headers })],
]) {
  test(`${what} is a ConfigurationError`, () => {
    assert.throws(() => new webhooks.Receiver(options), ConfigurationError)
  })
}

for (const [name, value] of [
  ['hmacKey', Buffer.from('hushed')],
  ['hmacKey', 'hushed\ud800'],
  ['hmacKey', ''],
  ['allowList', 5],
  ['allowList', []],
  ['allowList', '10.0.0.0/99'],
  ['trustedProxies', 1],
  ['trustedProxies', '1'],
  ['maxBytes', Number.NaN],
  ['maxBytes', Number.POSITIVE_INFINITY],
  ['allowUnverified', 'yes'],
  ['store', 5],
  ['store', { claim: () => 'new', done: () => {} }],
  ['leaseMs', Number.NaN],
  ['ttlMs', '5'],
  ['onError', 5],
  ['onVerificationError', {}],
]) {
  test(`${inspect(value)} as ${name} is refused under that name, and not shown`, () => {
    assert.throws(
      () => new webhooks.Receiver({ headers, [name]: value }),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.match(error.message, new RegExp(`^${name}\\b`))
        assert.doesNotMatch(error.message, /hushed/)
        return true
      },
    )
  })
}

test('what is no body is refused, and it is said what was given', async () => {
  for (const [given, kind] of [
    [JSON.parse(body), 'an object that was parsed: read it before any JSON parser'],
    [undefined, 'undefined'],
    [Promise.resolve(body), 'Promise: was an await forgotten?'],
    [new DataView(new ArrayBuffer(1)), 'DataView'],
  ]) {
    const refused = (error) => {
      assert.ok(error instanceof ConfigurationError)
      assert.match(error.reason, /^body: must be the raw bytes of the request \(a Buffer, /)
      assert.ok(error.reason.endsWith(`, not ${kind}`), error.reason)
      return true
    }
    await assert.rejects(receiver().handle(given, headers), refused)
    assert.throws(() => receiver().receive(given, headers), refused)
    assert.throws(() => webhooks.parse(given), refused)
  }
})

test('what are no headers is refused, and it is said what was given', () => {
  for (const [given, reason] of [
    [undefined, /^headers: they are missing; give request\.headers/],
    [null, /^headers: must be an object, not null/],
    [Promise.resolve(headers), /^headers: must be an object, not Promise: was an await forgotten\?/],
    [{ 'X-Webhook-Secret': 5 }, /^headers: x-webhook-secret: must be text/],
  ]) {
    assert.throws(
      () => receiver().receive(body, given),
      (error) => error instanceof ConfigurationError && reason.test(error.reason),
    )
  }
})

test('a body and headers of another realm are taken', () => {
  const bytes = runInNewContext('Uint8Array.from(letters)', { letters: Buffer.from(body) })
  const given = runInNewContext('({ "x-webhook-secret": secret })', { secret: SECRET })
  assert.equal(receiver().receive(bytes, given).type, 'peer.join.success')
})

test('handlers of servers that are told nothing, or what does not fit, are refused', () => {
  assert.throws(() => receiver().fastify(), ConfigurationError)
  assert.throws(() => receiver().fastify({}), /path: is missing/)
  assert.throws(() => receiver().fetch({ peer: '127.0.0.1' }), /peer: must be a function/)
})

test('a recovery of nothing, or without a client, is refused', () => {
  const client = new Client({ accessKey: 'key', secret: 'secret' })
  for (const [act, message] of [
    [() => webhooks.recover(client), /^webhooks\.recover: from: is missing/],
    [() => webhooks.recover(client, { from: null }), /^webhooks\.recover: from: is missing/],
    [() => webhooks.recover(client, { form: new Date(0) }), /^webhooks\.recover: form: there is no such option/],
    [() => webhooks.recover(undefined, { from: new Date(0) }), /^webhooks\.recover: client: must be a Client/],
  ]) {
    assert.throws(act, (error) => error instanceof InvalidRequestError && message.test(error.message))
  }
})

test('the header that has no secret is named', () => {
  const named = /headers: x-s: must be text that is not empty/
  assert.throws(() => new webhooks.Receiver({ headers: { ...headers, 'x-s': undefined } }), named)
})

test('a receiver shows no secret, nor does an event its body', () => {
  const shown = inspect(receiver({ hmacKey: 'key-nobody-sees' }), { depth: 9, showHidden: true })
  assert.doesNotMatch(shown, new RegExp(`${SECRET}|key-nobody-sees`))
  assert.doesNotMatch(inspect(webhooks.parse(body)), /raw/)
})

test('events of types that are new and events that do not fit keep what they have', () => {
  const unheardOf = webhooks.parse(JSON.stringify({ id: '1', type: 'moon.rise.success', data: { a: 1 }, more: 2 }))
  assert.deepEqual([unheardOf.problem, unheardOf.type], [undefined, 'moon.rise.success'])
  assert.deepEqual([unheardOf.data, unheardOf.extra], [{ a: 1 }, { more: 2 }])
  const malformed = webhooks.parse(JSON.stringify({ id: '2', type: 'peer.join.success', data: { room_id: 'r' } }))
  assert.match(malformed.problem, /^data/)
  assert.deepEqual(malformed.data, { room_id: 'r' })
})

for (const [what, value] of [
  ['a list at depth 128', `${'['.repeat(128)}1${']'.repeat(128)}`],
  ['a list at depth 5000', `${'['.repeat(5000)}1${']'.repeat(5000)}`],
  ['an object at depth 128', `${'{"a":'.repeat(128)}1${'}'.repeat(128)}`],
  ['1e999', '1e999'],
  ['-1e999', '-1e999'],
  ['a number of 5000 digits', '9'.repeat(5000)],
]) {
  test(`an object with ${what} gives an event`, async () => {
    const known = '"id":"e","type":"peer.join.success","timestamp":"2026-01-01T00:00:00Z"'
    const data = `{"room_id":"r","session_id":"s","peer_id":"p","new":${value}}`
    const sent = `{${known},"data":${data}}`
    const seen = []
    const { status } = await receiver()
      .fallback((event) => seen.push(event))
      .handle(sent, headers)
    assert.deepEqual([status, seen.length], [200, 1])
    const [event] = seen
    assert.deepEqual([event.id, event.type, event.timestamp !== undefined], ['e', 'peer.join.success', true])
    // What no value can hold is there as text.
    assert.equal(event.data, data)
    assert.match(event.problem, /^data/)
    assert.ok(!event.problem.includes(value))
    assert.equal(Buffer.from(event.raw).toString(), sent)
    const outside = webhooks.parse(`{${known},"more":${value},"data":{}}`)
    assert.equal(outside.id, 'e')
    assert.notEqual(outside.problem, undefined)
  })
}

test('a text that was cut within a character does not spoil an event', () => {
  const text = JSON.stringify({
    id: 'e',
    type: 'peer.join.success',
    data: { room_id: 'r', session_id: 's', peer_id: 'p', user_name: 'n\ud83do', user_id: '\ude00' },
  })
  assert.match(text, /\\ud83d/)
  const { problem, data, raw } = webhooks.parse(text)
  assert.deepEqual([problem, data.user_name, data.user_id], [undefined, 'n\ufffdo', '\ufffd'])
  assert.equal(Buffer.from(raw).toString(), text)
})

test('each event goes to the handler of its type, what has none to the fallback', async () => {
  const seen = []
  const routed = receiver()
    .on('peer.join.success', ({ data }) => seen.push(data.peer_id))
    .fallback(({ type, problem }) => seen.push(`${type} ${problem === undefined}`))
  await routed.handle(joined({ id: '1', peer: 'p' }), headers)
  await routed.handle(JSON.stringify({ id: '2', type: 'moon.rise.success', data: {} }), headers)
  await routed.handle(JSON.stringify({ id: '3', type: 'peer.join.success', data: {} }), headers)
  assert.deepEqual(seen, ['p', 'moon.rise.success true', 'peer.join.success false'])
})

test('data that does not fit its handler is answered 500, so that the event stays in the log of failed deliveries', async () => {
  const errors = []
  const routed = receiver({ onError: (error) => errors.push(error.message) })
  const malformed = JSON.stringify({ id: '3', type: 'peer.join.success', data: {} })
  assert.deepEqual((await routed.handle(malformed, headers)).outcome, 'no_handler')
  routed.on('peer.join.success', () => assert.fail('handled'))
  const { outcome, status } = await routed.handle(malformed, headers)
  assert.deepEqual([outcome, status], ['malformed', 500])
  assert.match(errors.join(), /^peer\.join\.success: data\./)
})

test('refusals are told, and what fails in telling changes nothing', async (context) => {
  context.mock.method(console, 'error', () => {})
  const refusals = []
  const routed = receiver({
    onVerificationError: (refusal) => {
      refusals.push(refusal.reason)
      throw new Error('on purpose')
    },
  })
  assert.equal((await routed.handle(body, {})).status, 401)
  assert.deepEqual(refusals, ['missing_header'])
})

test('a handler for no type of events, or a second one, is refused', () => {
  const routed = receiver().on('peer.join.success', () => {})
  assert.throws(() => routed.on('peer.joined', () => {}), {
    name: 'ConfigurationError',
    message: /unknown event type `peer\.joined`; did you mean `peer\.join\.success`\?/,
  })
  assert.throws(() => routed.on('peer.join.success', () => {}), ConfigurationError)
  assert.throws(() => routed.on('peer.leave.success'), ConfigurationError)
})

test('an event without a handler is answered 200, and not remembered', async () => {
  const routed = receiver()
  assert.equal((await routed.handle(body, headers)).status, 200)
  let handled = 0
  routed.on('peer.join.success', () => {
    handled += 1
  })
  await routed.handle(body, headers)
  assert.equal(handled, 1)
})

test('an event is handled once: a duplicate is answered 200, and 503 while the handler is at work', async () => {
  let handled = 0
  const { promise: gate, resolve: open } = deferred()
  const routed = receiver().on('peer.join.success', async () => {
    handled += 1
    await gate
  })
  const first = routed.handle(body, headers)
  const during = await routed.handle(body, headers)
  assert.deepEqual([during.status, during.headers['retry-after']], [503, '1'])
  open()
  assert.equal((await first).status, 200)
  assert.equal((await routed.handle(body, headers)).status, 200)
  assert.equal(handled, 1)
})

test('an event whose handler failed is answered 500, and handled when it comes again', async () => {
  const errors = []
  let tries = 0
  const routed = receiver({ onError: (error, event) => errors.push([error.message, event.id]) })
  routed.on('peer.join.success', () => {
    tries += 1
    if (tries < 3) throw new Error(`try ${tries}`)
  })
  const statuses = []
  for (let sent = 0; sent < 5; sent += 1) statuses.push((await routed.handle(joined({ id: '7' }), headers)).status)
  assert.deepEqual(statuses, [500, 500, 200, 200, 200])
  assert.equal(tries, 3)
  assert.deepEqual(errors, [
    ['try 1', '7'],
    ['try 2', '7'],
  ])
})

test('work in the background is answered at once, done once, and waited for by idle', async () => {
  const { promise: gate, resolve: open } = deferred()
  let done = 0
  const routed = receiver().on(
    'peer.join.success',
    async () => {
      await gate
      done += 1
    },
    { background: true },
  )
  assert.equal((await routed.handle(body, headers)).status, 200)
  assert.equal((await routed.handle(body, headers)).status, 503)
  assert.equal(done, 0)
  open()
  await routed.idle()
  assert.equal((await routed.handle(body, headers)).status, 200)
  assert.equal(done, 1)
})

test('work in the background has an hour at least, other work its lease', async () => {
  const leases = []
  const store = { claim: (_id, _owner, leaseMs) => leases.push(leaseMs) && 'new', done: () => {}, release: () => {} }
  for (const [background, leaseMs] of [
    [false, 1000],
    [true, 1000],
    [true, 7_200_000],
  ]) {
    const routed = receiver({ store, leaseMs }).on('peer.join.success', () => {}, { background })
    assert.equal((await routed.handle(joined(), headers)).status, 200)
    await routed.idle()
  }
  assert.deepEqual(leases, [1000, 3_600_000, 7_200_000])
})

test('what needs no waiting is handled by the time that handle returns', () => {
  const seen = []
  const routed = receiver().on('peer.join.success', ({ id }) => seen.push(id))
  routed.handle(joined({ id: '1' }), headers)
  routed.handle(joined({ id: '1' }), headers)
  assert.deepEqual(seen, ['1'])
})

test('a claim that failed is given back, as it may have been made, and the answer does not wait for that', async () => {
  const given = []
  let claimed
  const store = {
    claim: async (id, owner) => {
      claimed = [id, owner]
      throw new Error('no answer')
    },
    done: () => assert.fail('done'),
    release: (...back) => {
      given.push(back)
      return new Promise(() => {})
    },
  }
  const routed = receiver({ store }).on('peer.join.success', () => assert.fail('handled'))
  assert.equal((await routed.handle(body, headers)).status, 500)
  assert.deepEqual(given, [claimed])
})

test('a claim that is none of a store is reported, and nothing is handled', async () => {
  class Odd {
    constructor(claim) {
      this.answer = claim
      this.released = 0
    }
    claim() {
      return this.answer
    }
    done() {}
    release() {
      this.released += 1
    }
  }
  for (const [claim, got] of [
    [true, 'true'],
    [undefined, 'undefined'],
    ['claimed', "'claimed'"],
    [Promise.resolve(null), 'null'],
    [['new'], 'an array'],
  ]) {
    const errors = []
    const store = new Odd(claim)
    const routed = receiver({ store, onError: (error, event) => errors.push([error.message, event.id]) })
    routed.on('peer.join.success', () => assert.fail('handled'))
    assert.equal((await routed.handle(joined({ id: '1' }), headers)).status, 500)
    assert.deepEqual(errors, [[`Odd.claim must return 'new', 'in_progress' or 'done', not ${got}`, '1']])
    assert.equal(store.released, 1)
  }
})

test('a store that fails is answered 500 before, and not after, the effect', async () => {
  const errors = []
  let handled = 0
  const failing = (when) => ({
    claim: async () => {
      if (when === 'claim') throw new Error('no claim')
      return 'new'
    },
    done: async () => {
      throw new Error('no done')
    },
    release: () => {},
  })
  const statuses = []
  for (const when of ['claim', 'done']) {
    const routed = receiver({ store: failing(when), onError: (error) => errors.push(error.message) })
    routed.on('peer.join.success', () => {
      handled += 1
    })
    statuses.push((await routed.handle(body, headers)).status)
  }
  assert.deepEqual([statuses, handled, errors], [[500, 200], 1, ['no claim', 'no done']])
})

test('a claim ends with its lease, and what is done is forgotten in time', async () => {
  const store = new webhooks.MemoryStore({ capacity: 2 })
  assert.equal(store.claim('1', 'a', 60_000), 'new')
  assert.equal(store.claim('1', 'b', 60_000), 'in_progress')
  store.release('1', 'b')
  assert.equal(store.claim('1', 'b', 60_000), 'in_progress')
  store.release('1', 'a')
  assert.equal(store.claim('1', 'b', 60_000), 'new')
  store.done('1', 60_000)
  assert.equal(store.claim('1', 'c', 60_000), 'done')
  assert.equal(store.claim('2', 'c', 1), 'new')
  while (store.claim('2', 'd', 60_000) !== 'new') await new Promise((resolve) => setImmediate(resolve))
  assert.throws(() => new webhooks.MemoryStore({ capacity: 0 }), ConfigurationError)
})

test('no more ids are kept than said, and the oldest that are done go first', () => {
  const store = new webhooks.MemoryStore({ capacity: 3 })
  assert.equal(store.claim('held', 'a', 60_000), 'new')
  for (let at = 1; at <= 1000; at += 1) {
    assert.equal(store.claim(`${at}`, 'a', 60_000), 'new')
    store.done(`${at}`, 60_000)
  }
  const claims = ['held', '1000', '999', '998', '1'].map((id) => store.claim(id, 'b', 60_000))
  assert.deepEqual(claims.slice(0, 3), ['in_progress', 'done', 'done'])
  assert.deepEqual(claims.slice(3), ['new', 'new'])
  store.done('held', 60_000)
  assert.equal(store.claim('held', 'c', 60_000), 'done')
  for (const id of ['a', 'b', 'c', 'd']) assert.equal(store.claim(id, 'c', 60_000), 'new')
  assert.equal(store.claim('held', 'c', 60_000), 'new')
})

function deferred() {
  let resolve
  const promise = new Promise((given) => {
    resolve = given
  })
  return { promise, resolve }
}
