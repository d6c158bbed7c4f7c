// Record a room, wait until its files are ready, and get a link to the video.
//
// Run it with `node recording.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     the recording is starting
//     the recording is completed
//     room-composite of 600 seconds
//     the link is valid for … seconds

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })

// --8<-- [start:start]
const started = await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/physics-7' })
console.log(`the recording is ${started.status}`)
// --8<-- [end:start]

// --8<-- [start:clock]
await sandbox.advanceClock(601) // Only in the sandbox: three seconds to start, and ten minutes.
// --8<-- [end:clock]
// --8<-- [start:stop]
await client.recordings.stop(started.id)

// A service need not wait: it receives the webhook `beam.recording.success`. In the sandbox, waiting takes no real time.
const recording = await client.recordings.wait(started.id)
console.log(`the recording is ${recording.status}`)
// --8<-- [end:stop]

// --8<-- [start:assets]
for await (const asset of client.recordingAssets.list({ room_id: room.id })) {
  if (asset.type !== 'room-composite') continue
  console.log(`${asset.type} of ${asset.duration} seconds`)
  const link = await client.recordingAssets.presignedUrl(asset.id)
  console.log(`the link is valid for ${link.expiry} seconds`)
}
// --8<-- [end:assets]
await sandbox.stop()
