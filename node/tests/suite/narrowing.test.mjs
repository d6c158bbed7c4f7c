// An argument that is there is never dropped where the call would reach more without it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import dayjs from 'dayjs'
import { InvalidRequestError } from 'hundredms'
import { DateTime } from 'luxon'
import moment from 'moment'
import { sandboxed } from './sandbox-client.mjs'

const { sandbox, client } = await sandboxed()

async function refused(call, field) {
  await sandbox.clearRequests()
  await assert.rejects(
    async () => call(),
    (error) => error instanceof InvalidRequestError && error.field === field,
  )
  assert.deepEqual(await sandbox.requests(), [])
}

for (const field of ['peer_id', 'role']) {
  for (const nothing of [undefined, null, '']) {
    test(`a message whose ${field} is ${nothing === '' ? 'empty' : nothing} is not sent to everybody`, async () => {
      await refused(() => client.activeRooms.sendMessage('r', { message: 'secret', [field]: nothing }), field)
      const args = { room_id: 'r', message: 'secret', [field]: nothing }
      await refused(() => client.callRaw('active_rooms.send_message', args), field)
    })

    test(`peers are not removed when ${field} is ${nothing === '' ? 'empty' : nothing}`, async () => {
      const other = field === 'role' ? 'peer_id' : 'role'
      await refused(() => client.activeRooms.removePeers('r', { [field]: nothing, [other]: 'x' }), field)
    })
  }
}

// What Moment, Luxon and Day.js make of a date that is none.
const invalid = { toJSON: () => null }

for (const [what, field, call] of [
  ['a name that is null', 'name', () => client.rooms.list({ name: null }).firstPage()],
  ['a room that is null', 'room_id', () => client.sessions.list({ room_id: null }).firstPage()],
  ['a name that is empty', 'name', () => client.rooms.list({ name: '' }).firstPage()],
  ['an invalid time', 'after', () => client.rooms.list({ after: invalid }).firstPage()],
  ['an invalid end', 'end_time', () => client.analytics.listWebhookEvents({ end_time: invalid }).firstPage()],
  ['an invalid start', 'start_time', () => client.analytics.replayWebhookEvents({ start_time: invalid })],
  ['an empty list', 'event_names', () => client.analytics.listWebhookEvents({ event_names: [] }).firstPage()],
  ['a role that is null', 'role', () => client.activeRooms.listPeers('r', { role: null })],
]) {
  test(`${what} lists nothing`, () => refused(call, field))
}

moment.suppressDeprecationWarnings = true
for (const [library, good, bad] of [
  ['Moment', moment('2024-02-01T08:00:00.123Z'), moment('garbage')],
  ['Luxon', DateTime.fromISO('2024-02-01T08:00:00.123Z'), DateTime.invalid('garbage')],
  ['Day.js', dayjs('2024-02-01T08:00:00.123Z'), dayjs('garbage')],
]) {
  test(`a time of ${library} goes where a time goes, and an invalid one lists nothing`, async () => {
    await refused(() => client.rooms.list({ after: bad }).firstPage(), 'after')
    await refused(() => client.sessions.list({ before: bad }).firstPage(), 'before')
    await refused(() => client.analytics.listWebhookEvents({ start_time: bad }).firstPage(), 'start_time')
    await client.rooms.list({ after: good }).firstPage()
    const [request] = await sandbox.requests()
    assert.equal(Date.parse(Object.fromEntries(request.query).after), Date.parse('2024-02-01T08:00:00.123Z'))
  })
}

test('undefined means that there is no filter', async () => {
  await sandbox.clearRequests()
  await client.rooms.list({ name: undefined, after: undefined }).firstPage()
  const [request] = await sandbox.requests()
  assert.deepEqual(Object.fromEntries(request.query), { limit: '100' })
})

test('what has a toJSON of its own is written as that gives it', async () => {
  const at = { toJSON: () => '2024-02-01T08:00:00.000Z' }
  await sandbox.clearRequests()
  await client.rooms.list({ after: at }).firstPage()
  const [request] = await sandbox.requests()
  assert.equal(Object.fromEntries(request.query).after, '2024-02-01T08:00:00.000Z')
})
