// Stream a room live over HLS, watch its state, send a cue to the players, and stop.
//
// Run it with `node live_stream.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     starting: …/master.m3u8
//     running
//     sent a cue to the players
//     completed, with 1 recording of the stream

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })

// --8<-- [start:start]
const { id, status, playback } = await client.liveStreams.start(room.id, {
  meeting_url: 'https://lessons.example/physics-7',
  recording: { hls_vod: true },
})
console.log(`${status}: ${playback.url}`)
// --8<-- [end:start]

// --8<-- [start:state]
const running = await client.liveStreams.wait(id, { until: 'running' })
console.log(running.status)
// --8<-- [end:state]

// --8<-- [start:cue]
await client.liveStreams.sendTimedMetadata(id, { payload: 'poll:optics', duration: 5 })
// --8<-- [end:cue]
console.log('sent a cue to the players')

// --8<-- [start:clock]
await sandbox.advanceClock(600) // Only in the sandbox: people watch for ten minutes.
// --8<-- [end:clock]
// --8<-- [start:stop]
await client.liveStreams.stop(id)

// The recording is uploaded after the stop.
const ended = await client.liveStreams.wait(id)
const videos = ended.recording_assets.filter((asset) => asset.type === 'room-vod')
console.log(`${ended.status}, with ${videos.length} recording of the stream`)
// --8<-- [end:stop]
await sandbox.stop()
