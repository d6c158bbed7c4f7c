// Time that a test holds or moves: calls go on, and what depends on the time of day follows the clock that the program sees.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mock, test } from 'node:test'
import { AuthenticationError, ConfigurationError, Sandbox, TimeoutError, webhooks } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'
import { joined } from './webhook-events.mjs'

const FROZEN = Date.parse('2030-01-01T00:00:00Z')

/** Run `act` while no timer fires and `Date` says `now`. */
async function held(act, now = FROZEN) {
  mock.timers.enable({ apis: ['Date', 'setTimeout', 'setInterval', 'setImmediate'], now })
  try {
    return await act()
  } finally {
    mock.timers.reset()
  }
}

test('calls, retries, lists and token callbacks end while no timer fires', async () => {
  const { sandbox, client } = await sandboxed()
  const { client: failing } = await served((_, response) => {
    const first = !response.socket.seen
    response.socket.seen = true
    json(response, first ? {} : roomOf('a'), first ? 503 : 200, { 'retry-after': '0' })
  })
  await held(async () => {
    const room = await client.rooms.create({ name: 'frozen' })
    assert.equal((await client.rooms.list().all()).length, 1)
    assert.equal((await failing.rooms.get('a')).id, 'a')
    const asking = sandbox.client({ token: async () => sandbox.client().tokens.management() })
    // The sandbox goes by its own clock, as the service does.
    await assert.rejects(asking.rooms.get(room.id), AuthenticationError)
    const own = await Sandbox.start()
    assert.equal((await own.client().rooms.list()).data.length, 0)
    await own.stop()
  })
})

test('a timeout passes while no timer fires, and a call can be given up', async () => {
  const { client } = await served(() => {})
  await held(async () => {
    await assert.rejects(client.rooms.get('a', { timeoutMs: 50 }), TimeoutError)
    await assert.rejects(client.rooms.get('a', { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' })
    const controller = new AbortController()
    const call = client.rooms.get('a', { signal: controller.signal })
    controller.abort()
    await assert.rejects(call, { name: 'AbortError' })
  })
})

test('tokens that are minted while the time is held are checked by the same time', async () => {
  const { client } = await sandboxed()
  await held(() => {
    const token = client.tokens.auth('room', 'host', { validForSeconds: 60 })
    assert.equal(client.tokens.verify(token).issued_at, '2029-12-31T23:59:50Z')
    mock.timers.tick(59_000)
    client.tokens.verify(token)
    mock.timers.tick(2_000)
    assert.throws(() => client.tokens.verify(token), AuthenticationError)
  })
})

test('the age of an event is taken by the clock that a test holds', async () => {
  const receiver = new webhooks.Receiver({ hmacKey: 'key', maxAgeMs: 60_000 })
  const receive = (timestamp, more = {}) => {
    const body = joined({ timestamp, ...more })
    const signature = createHmac('sha256', 'key').update(body).digest('hex')
    return receiver.receive(body, { 'x-100ms-signature': signature })
  }
  const tooOld = (error) => error instanceof webhooks.WebhookVerificationError && error.reason === 'too_old'
  await held(() => {
    assert.equal(receive('2029-12-31T23:59:30Z').type, 'peer.join.success')
    assert.throws(() => receive('2029-12-31T23:58:59Z'), tooOld)
    assert.equal(receive('2029-12-31T23:58:59Z', { is_replay: true }).is_replay, true)
    mock.timers.tick(31_000)
    assert.throws(() => receive('2029-12-31T23:59:30Z'), tooOld)
  })
  assert.throws(() => receive('2020-01-01T00:00:00Z'), tooOld)
  assert.equal(receive(new Date().toISOString()).type, 'peer.join.success')
})

test('the age of an event needs a key that signs its time', () => {
  assert.throws(
    () => new webhooks.Receiver({ headers: { 'x-s': 'k' }, maxAgeMs: 60_000 }),
    (error) => error instanceof ConfigurationError && /^maxAgeMs requires an HMAC key/.test(error.message),
  )
})

test('what was missed is looked for up to the now of the clock that a test holds', async () => {
  const asked = []
  const { client } = await served((request, response) => {
    asked.push(new URL(request.url, 'http://x').searchParams.get('end_time'))
    json(response, { code: 404, message: 'none' }, 404)
  })
  await held(async () => {
    const missed = webhooks.recover(client, { from: new Date(FROZEN - 1000) })
    await assert.rejects(missed.list().next(), { status: 404 })
  })
  assert.deepEqual(asked.map(Date.parse), [FROZEN])
})
