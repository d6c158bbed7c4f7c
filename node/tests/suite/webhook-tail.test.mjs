// Events of the service's history as they come: each once, after a failure and a restart too.
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { BadRequestError, InvalidRequestError, Sandbox, webhooks } from 'hundredms'

let sandbox
let client
let room

beforeEach(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client({ maxRetries: 0 })
  room = (await client.rooms.create({ name: 'physics-7' })).id
})

afterEach(() => sandbox.stop())

const leave = (peer_id) =>
  sandbox.recordFailedDelivery({
    room_id: room,
    event_name: 'peer.leave.success',
    data: { session_id: 's', peer_id, duration: 60 },
  })

const now = async () => new Date((await sandbox.clock()).now)

/** The peer of the next event. */
async function next(events) {
  const { value, done } = await events.next()
  assert.equal(done, false)
  assert.equal(value.type, 'peer.leave.success')
  assert.equal(value.is_replay, false)
  return value.data.peer_id
}

test('the past comes first, then what is new, and each event once', async () => {
  const start = await now()
  for (const [peer, days] of [
    ['ada', 11],
    ['ben', 8],
    ['cy', 0],
  ]) {
    await leave(peer)
    await sandbox.advanceClock(days * 86_400)
  }
  const seen = []
  const events = webhooks.tail(client, { since: start, room_id: room })
  assert.equal(events.cursor, undefined)
  for await (const event of events) {
    seen.push(event.data.peer_id)
    if (seen.length === 3) await leave('dan')
    if (seen.length === 4) break
  }
  assert.deepEqual(seen, ['ada', 'ben', 'cy', 'dan'])
  assert.deepEqual(await events.next(), { done: true, value: undefined })
})

test('a tail continues where another one was', async () => {
  const since = await now()
  await leave('ada')
  await leave('ben')
  const first = webhooks.tail(client, { since })
  assert.equal(await next(first), 'ada')
  const second = webhooks.tail(client, { cursor: first.cursor })
  assert.equal(second.cursor, first.cursor)
  assert.equal(await next(second), 'ben')
  await leave('cy')
  const third = webhooks.tail(client, { cursor: second.cursor })
  assert.equal(await next(third), 'cy')
})

test('looks that fail are repeated, and what cannot succeed is an error', async () => {
  const since = await now()
  await leave('ada')
  await sandbox.addFault({
    match: { operation: 'analytics.list_webhook_events' },
    on: { first: 2 },
    effect: { status: 503 },
  })
  assert.equal(await next(webhooks.tail(client, { since })), 'ada')
  const old = new Date(since.getTime() - 40 * 86_400_000)
  await assert.rejects(webhooks.tail(client, { since: old }).next(), BadRequestError)
  await assert.rejects(webhooks.tail(client, { cursor: 'x' }).next(), InvalidRequestError)
  assert.throws(() => webhooks.tail(client, { since, cursor: 'x' }), InvalidRequestError)
  assert.throws(() => webhooks.tail(client, { form: since }), InvalidRequestError)
})

test('a tail that waits ends at once when it is left, or with the reason of its signal', async () => {
  const events = webhooks.tail(client)
  const waiting = [events.next(), events.next()]
  await pause(200)
  const began = performance.now()
  assert.deepEqual(await events.return(), { done: true, value: undefined })
  for (const one of await Promise.all(waiting)) assert.deepEqual(one, { done: true, value: undefined })
  assert.ok(performance.now() - began < 500)

  const aborter = new AbortController()
  const aborted = webhooks.tail(client, { signal: aborter.signal })
  const rejected = assert.rejects(aborted.next(), /enough/)
  await pause(200)
  aborter.abort(new Error('enough'))
  await rejected
})
