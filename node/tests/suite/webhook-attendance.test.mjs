// The example service, with webhooks of a sandbox on a bad day: each effect happens once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webhooks } from 'hundredms'
import { service } from '../examples/attendance.mjs'
import { json, sandboxed, served } from './sandbox-client.mjs'
import { SECRET } from './webhook-events.mjs'

const { sandbox, client } = await sandboxed()

/** A receiver that counts the effects of each event, and fails as `fails` says. */
function counting(fails = () => false) {
  const effects = new Map()
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET }, onError: () => {} })
  const on = receiver.on.bind(receiver)
  // As the example registers its handlers.
  receiver.on = (type, handler) =>
    on(type, async (event) => {
      // Others get their turn while this one is at work.
      await new Promise((resolve) => setImmediate(resolve))
      if (fails(event)) throw new Error('on purpose')
      effects.set(event.id, (effects.get(event.id) ?? 0) + 1)
      return handler(event)
    })
  return { receiver, effects }
}

async function serving(receiver, context) {
  const server = service(receiver)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${server.address().port}`
  return { url, table: async () => (await fetch(`${url}/attendance`)).json() }
}

/** Let everything be delivered, by the virtual clock. */
async function settled() {
  for (;;) {
    const { due, waiting } = await sandbox.settleWebhooks()
    if (due + waiting === 0) return
    await sandbox.advanceClock(10)
  }
}

/** So many peers join a room and leave it again. */
async function attend(room, count) {
  const peers = []
  for (let at = 0; at < count; at += 1) {
    peers.push(await sandbox.joinPeer({ room_id: room.id, role: 'guest', user_id: `user-${at}`, name: `User ${at}` }))
  }
  for (const { id } of peers) await sandbox.leavePeer(id)
  return peers
}

const byType = (deliveries, type) => deliveries.filter((delivery) => delivery.type === type)

test('deliveries that are duplicated, reordered, replayed and failed have each effect once', async (context) => {
  await sandbox.reset()
  let failures = 0
  const { receiver, effects } = counting(() => {
    // Every third try fails.
    failures += 1
    return failures % 3 === 0
  })
  const { url, table } = await serving(receiver, context)
  await sandbox.setWebhook({ url: `${url}/webhooks`, headers: { 'x-webhook-secret': SECRET } })
  await sandbox.webhookFaults([
    { fault: 'duplicate', copies: 3, share: 0.4, seed: 1 },
    { fault: 'reorder', behind: 4, share: 0.4, seed: 2 },
  ])
  const room = await client.rooms.create({ name: 'attended' })
  const peers = await attend(room, 40)
  await settled()
  const begun = new Date(Date.now() - 60_000)
  await client.analytics.replayWebhookEvents({ start_time: begun, status: 'all' })
  await sandbox.advanceClock(60)
  await settled()

  const deliveries = await sandbox.webhookDeliveries()
  const attempts = deliveries.flatMap((delivery) => delivery.attempts)
  assert.ok(deliveries.some((delivery) => delivery.is_replay))
  assert.ok(attempts.some((attempt) => attempt.status === 500))
  const ids = new Set([
    ...byType(deliveries, 'peer.join.success').map((delivery) => delivery.event_id),
    ...byType(deliveries, 'peer.leave.success').map((delivery) => delivery.event_id),
  ])
  assert.equal(ids.size, 80)
  assert.ok(attempts.length > 160, String(attempts.length))
  assert.deepEqual(new Set(effects.keys()), ids)
  assert.deepEqual(new Set(effects.values()), new Set([1]))
  console.log(`# ${ids.size} events in ${attempts.length} deliveries, ${failures} handler runs: each effect once`)

  const stays = await table()
  assert.deepEqual(Object.keys(stays).sort(), peers.map((peer) => peer.id).sort())
  for (const peer of peers) {
    const stay = stays[peer.id]
    assert.deepEqual([stay.room_id, stay.session_id, stay.user_id], [room.id, peer.session_id, peer.user_id])
    assert.ok(Date.parse(stay.left_at) >= Date.parse(stay.joined_at))
  }
})

test('what was missed while the service was away is recovered, by feeding and by replays, each once', async (context) => {
  await sandbox.reset()
  const { receiver, effects } = counting()
  const { url, table } = await serving(receiver, context)
  await sandbox.setWebhook({ url: `${url}/webhooks`, headers: { 'x-webhook-secret': SECRET } })
  await sandbox.webhookFaults([{ fault: 'drop' }])
  const room = await client.rooms.create({ name: 'missed' })
  await attend(room, 3)
  await settled()
  assert.deepEqual(await table(), {})
  await sandbox.webhookFaults([])

  const from = new Date(Date.now() - 20 * 24 * 3_600_000)
  const { now } = await sandbox.clock()
  const missed = webhooks.recover(client, { from, to: new Date(Date.parse(now) + 1000), room_id: room.id })
  const listed = []
  for await (const delivery of missed.list()) listed.push(delivery.event_id)
  const joins = webhooks.recover(client, { from, room_id: room.id, event_names: ['peer.join.success'] })
  assert.deepEqual(await joins.feed(receiver), { handled: 3, duplicates: 0, in_progress: 0, unhandled: 0, failed: 0 })
  // Nothing failed in the first of the two parts.
  const [replay, none] = await missed.replay()
  assert.ok(replay.workflow_id)
  assert.equal(none, undefined)
  await sandbox.advanceClock(60)
  await settled()
  assert.equal(effects.size, 6)
  const { handled, duplicates } = await missed.feed(receiver)
  assert.equal(handled, 0)
  assert.ok(duplicates >= 6 && duplicates <= listed.length)
  assert.deepEqual(new Set(effects.values()), new Set([1]))
  assert.equal(Object.values(await table()).filter((stay) => stay.left_at).length, 3)
})

/** A service whose log of deliveries is `deliveries`, as it lists them, of `total` in all. */
async function logging(deliveries, total = deliveries.length) {
  const replays = []
  const asked = new Set()
  const begun = []
  const { client } = await served((request, response, body) => {
    if (request.method === 'POST') {
      replays.push(JSON.parse(body))
      json(response, { workflow_id: `w${replays.length}`, status: 'started', message: '', filters: { room_id: '' } })
      return
    }
    if (request.url.includes('/replay/')) {
      // Running when it is asked first.
      const workflow = request.url.split('/').pop()
      const status = asked.has(workflow) ? 'completed' : 'running'
      asked.add(workflow)
      begun.push(replays.length)
      json(response, { workflow_id: workflow, status, filters: { room_id: '' } })
      return
    }
    const pagination = { current_page: 1, page_size: 100, total_pages: 1, has_next: false, has_prev: false }
    json(response, {
      events: deliveries.map(({ id, at, name = 'peer.leave.success' }) => ({
        event_id: id,
        event_name: 'webhook.failed',
        room_id: 'room',
        event_timestamp: at,
        payload: { original_event_name: name, webhook_url: 'https://a.example', event_data: { peer_id: id } },
      })),
      pagination: { ...pagination, total_items: total },
      summary: { total_events: total },
    })
  })
  return { client, replays, begun }
}

const DAY = 86_400_000

test('missed events are listed and fed the oldest first, each once, and what is being handled is counted apart', async () => {
  const { client } = await logging([
    { id: '4', at: '2026-01-01T00:00:02Z' },
    { id: '3', at: '2026-01-01T00:00:01.0000009Z' },
    { id: '1', at: '2026-01-01T00:00:00Z' },
    { id: '2', at: '2026-01-01T00:00:01.0000001Z' },
    { id: '3', at: '2026-01-01T00:00:01.0000009Z' },
  ])
  const missed = webhooks.recover(client, { from: new Date(Date.now() - DAY) })
  const listed = []
  for await (const { event_id } of missed.list()) listed.push(event_id)
  assert.deepEqual(listed, ['1', '2', '3', '4'])
  const store = new webhooks.MemoryStore()
  store.claim('2', 'somebody', 60_000)
  store.done('4', 60_000)
  const seen = []
  const receiver = new webhooks.Receiver({ allowUnverified: true, store, onError: () => {} })
  receiver.fallback(({ id }) => {
    seen.push(id)
    if (id === '3') throw new Error('on purpose')
  })
  assert.deepEqual(await missed.feed(receiver), { handled: 1, duplicates: 1, in_progress: 1, unhandled: 0, failed: 1 })
  assert.deepEqual(seen, ['1', '3'])
})

test('more missed events than one replay sends are replayed in parts, and none where nothing is missed', async () => {
  const many = await logging([{ id: '1', at: '2026-01-01T00:00:00Z' }], 120_000)
  const range = { from: new Date(Date.now() - 20 * DAY), to: new Date() }
  assert.equal((await webhooks.recover(many.client, range).replay()).length, 6)
  const offsets = many.replays.map(({ offset }) => offset)
  assert.deepEqual(offsets, [undefined, 50_000, 100_000, undefined, 50_000, 100_000])
  // Each was over before the next began.
  assert.deepEqual(many.begun, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  assert.equal(Date.parse(many.replays[0].start_time), range.from.getTime())
  assert.equal(Date.parse(many.replays[5].end_time), range.to.getTime())
  const none = await logging([])
  assert.deepEqual(await webhooks.recover(none.client, range).replay(), [])
  assert.deepEqual(none.replays, [])
})

test('a webhook is sent as of the Date that it is told', async () => {
  await sandbox.reset()
  const { receiver } = counting()
  let told
  receiver.fallback(({ timestamp }) => {
    told = timestamp
  })
  const { server } = await served(() => {})
  server.removeAllListeners('request')
  server.on('request', receiver.express())
  await sandbox.setWebhook({
    url: `http://127.0.0.1:${server.address().port}/`,
    headers: { 'x-webhook-secret': SECRET },
  })
  const timestamp = new Date('2026-01-02T03:04:05Z')
  await sandbox.sendWebhook({ type: 'moon.rise.success', data: {}, timestamp })
  await settled()
  assert.equal(Date.parse(told), timestamp.getTime())
})

test('recovering an empty range, or without a time, is refused', () => {
  assert.throws(() => webhooks.recover(client, { from: new Date(), to: new Date(0) }), /ends before it begins/)
  for (const from of ['yesterday', '2026-01-01T00:00:00', '2026-02-30T00:00:00Z', [5]]) {
    assert.throws(() => webhooks.recover(client, { from }), /from: must be a valid date/)
  }
})

test('wrong secrets of the sandbox are refused, and its retries end', async (context) => {
  await sandbox.reset()
  const { receiver, effects } = counting()
  const { url } = await serving(receiver, context)
  await sandbox.setWebhook({ url: `${url}/webhooks`, headers: { 'x-webhook-secret': 'wrong' } })
  const { event_id } = await sandbox.sendWebhook({ type: 'peer.join.success' })
  await settled()
  const delivery = (await sandbox.webhookDeliveries()).find((one) => one.event_id === event_id)
  assert.deepEqual(
    [delivery.status, delivery.attempts.map((attempt) => attempt.status)],
    ['failed', [401, 401, 401, 401]],
  )
  assert.equal(effects.size, 0)
})
