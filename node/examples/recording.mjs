// Record a room, wait until its files are ready, and get a link to the video.
//
// Run it with `node recording.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     the recording is starting
//     the recording is completed
//     room-composite of 600 seconds
//     the link is valid for … seconds
import { Sandbox } from 'hundredms'

const sandbox = await Sandbox.start()
const client = sandbox.client()

/**
 * Ask until the recording is finished. A service need not ask: it receives the webhook `beam.recording.success`.
 *
 * @param {string} recordingId
 * @param {() => Promise<unknown>} pause
 */
async function finished(recordingId, pause) {
  for (;;) {
    const recording = await client.recordings.get(recordingId)
    if (['completed', 'failed'].includes(recording.status)) return recording
    await pause()
  }
}

const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })

const started = await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/physics-7' })
console.log(`the recording is ${started.status}`)

await sandbox.advanceClock(601) // It takes a second to start.
await client.recordings.stop(started.id)

// Here the sandbox's time passes. In a service: `setTimeout(10_000)` of node:timers/promises.
const recording = await finished(started.id, () => sandbox.advanceClock(10))
console.log(`the recording is ${recording.status}`)

for await (const asset of client.recordingAssets.list({ room_id: room.id })) {
  if (asset.type !== 'room-composite') continue
  console.log(`${asset.type} of ${asset.duration} seconds`)
  const link = await client.recordingAssets.presignedUrl(asset.id)
  console.log(`the link is valid for ${link.expiry} seconds`)
}
await sandbox.stop()
