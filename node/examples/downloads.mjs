// Record a room, download its files, and read the video as a stream.
//
// Run it with `node downloads.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     chat: … bytes
//     room-composite: … bytes
//     nothing is downloaded twice
//     lesson.mp4 has … bytes
//     the video has … bytes, all of which were read

// --8<-- [start:imports]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
const recording = await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/physics-7' })
await sandbox.advanceClock(601) // It takes three seconds to start.
await client.recordings.stop(recording.id)
await client.recordings.wait(recording.id)

const folder = await mkdtemp(join(tmpdir(), 'downloads-'))
// --8<-- [start:all]
const params = { recording_id: recording.id }
const { files } = await client.recordingAssets.downloadAll(folder, params)
const sorted = [...files].sort((one, other) => one.type.localeCompare(other.type))
for (const file of sorted) console.log(`${file.type}: ${file.size} bytes`)
// Files that are there with the right size are kept.
const again = await client.recordingAssets.downloadAll(folder, params)
if (again.files.every(({ received }) => received === 0)) console.log('nothing is downloaded twice')
// --8<-- [end:all]

// --8<-- [start:one]
const video = files.find(({ type }) => type === 'room-composite')
if (!video) throw new Error('there is no video')
const path = join(folder, 'lesson.mp4')
// Progress is reported at most ten times a second, and at the end.
const options = {
  onProgress: ({ bytes_done = 0, bytes_total = 0 }) => console.error(`${bytes_done} of ${bytes_total} bytes`),
}
const file = await client.recordingAssets.download(video.asset_id, path, { if_exists: 'overwrite' }, options)
console.log(`lesson.mp4 has ${file.size} bytes`)
// --8<-- [end:one]
await rm(folder, { recursive: true })

// --8<-- [start:stream]
let read = 0
for await (const piece of client.recordingAssets.stream(video.asset_id)) read += piece.length
// --8<-- [end:stream]
console.log(`the video has ${read} bytes, all of which were read`)
await sandbox.stop()
