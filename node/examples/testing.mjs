// Test your own code against a sandbox: with faults, with peers, and with its clock.
//
// Run it with `node --test testing.mjs`, or with `node testing.mjs`. Prints:
//
//     passed: a lesson opens although the service fails once
//     passed: a lesson ends after an hour

// --8<-- [start:imports]
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

// --8<-- [start:code]
/** Open a lesson, and return the token of its teacher. This is the code under test. */
async function openLesson(client = new Client(), name = 'physics-7') {
  const room = await client.rooms.create({ name, max_duration_seconds: 3600 })
  return client.tokens.auth(room.id, 'host', { userId: 'teacher' })
}
// --8<-- [end:code]

// --8<-- [start:fault]
test('a lesson opens although the service fails once', async (context) => {
  const sandbox = await Sandbox.start()
  context.after(() => sandbox.stop())
  await sandbox.addFault({ match: { operation: 'rooms.create' }, on: { nth: 1 }, effect: { status: 503 } })
  const token = await openLesson(sandbox.client(), 'physics-7')
  const teacher = await sandbox.joinPeer({ token })
  assert.equal(teacher.role, 'host')
  const statuses = (await sandbox.requests()).map((request) => request.status)
  assert.deepEqual(statuses, [503, 200])
  console.log(`passed: ${context.name}`)
})
// --8<-- [end:fault]

// --8<-- [start:clock]
test('a lesson ends after an hour', async (context) => {
  const sandbox = await Sandbox.start()
  context.after(() => sandbox.stop())
  const client = sandbox.client()
  const teacher = await sandbox.joinPeer({ token: await openLesson(client, 'physics-7') })
  await sandbox.advanceClock(3600)
  const sessions = await client.sessions.list({ room_id: teacher.room_id, active: false }).all()
  const ids = sessions.map((session) => session.id)
  assert.deepEqual(ids, [teacher.session_id])
  console.log(`passed: ${context.name}`)
})
// --8<-- [end:clock]
