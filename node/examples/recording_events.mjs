// Find the recording that a webhook is about, whether it succeeded or failed.
//
// Run it with `node recording_events.mjs`. It starts a sandbox, in which one of two recordings fails. Prints:
//
//     the recording of physics-7 is ready
//     the recording of maths-2 failed: UPLOAD_ERROR

// --8<-- [start:imports]
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const SECRET = 'a long random text' // In a service: from the environment.

// --8<-- [start:handlers]
const lessons = new Map() // The lesson of each recording, by what `start` returned.
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
// The event of a success has the id as `recording_id`.
receiver.on('beam.recording.success', ({ data }) => {
  const lesson = lessons.get(data.recording_id) ?? 'an unknown lesson'
  console.log(`the recording of ${lesson} is ready`)
})
// The event of a failure has the id as `job_id`.
receiver.on('beam.failure', ({ data }) => {
  const lesson = lessons.get(data.job_id) ?? 'an unknown lesson'
  console.log(`the recording of ${lesson} failed: ${data.error_type}`)
})
// --8<-- [end:handlers]

const server = createServer(receiver.express())
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')

const sandbox = await Sandbox.start()
const client = sandbox.client()
await sandbox.setWebhook({ url: `http://127.0.0.1:${address.port}/`, headers: { 'x-webhook-secret': SECRET } })
for (const lesson of ['physics-7', 'maths-2']) {
  const room = await client.rooms.create({ name: lesson })
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  // --8<-- [start:start]
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/stage' })
  lessons.set(recording.id, lesson)
  // --8<-- [end:start]
  await sandbox.advanceClock(60)
  if (lesson === 'maths-2') {
    await sandbox.failJob(recording.id, 'UPLOAD_ERROR')
  } else {
    await client.recordings.stop(recording.id)
    await sandbox.advanceClock(60)
  }
  await sandbox.settleWebhooks()
}

server.close()
server.closeIdleConnections()
await receiver.idle()
await sandbox.stop()
