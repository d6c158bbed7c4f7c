// Stream a room live over HLS, watch its state, send a cue to the players, and stop.
//
// Run it with `node live_stream.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     starting: …/master.m3u8
//     running
//     sent a cue to the players
//     completed, with 1 recording of the stream
import { Sandbox } from 'hundredms'

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })

const { id, status, playback } = await client.liveStreams.start(room.id, {
  meeting_url: 'https://lessons.example/physics-7',
  recording: { hls_vod: true },
})
console.log(`${status}: ${playback.url}`)

// Viewers can play the URL once the stream runs. A service receives `hls.started.success`.
await sandbox.advanceClock(60)
const running = await client.liveStreams.get(id)
console.log(running.status)

await client.liveStreams.sendTimedMetadata(id, { payload: 'poll:optics', duration: 5 })
console.log('sent a cue to the players')

await sandbox.advanceClock(600)
await client.liveStreams.stop(id)

// The recording is uploaded after the stop.
await sandbox.advanceClock(600)
const ended = await client.liveStreams.get(id)
const videos = ended.recording_assets.filter((asset) => asset.type === 'room-vod')
console.log(`${ended.status}, with ${videos.length} recording of the stream`)
await sandbox.stop()
