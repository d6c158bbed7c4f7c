// Stream from an encoder into a room, replace its key, and send the room to two other services.
//
// Run it with `node rtmp.mjs`. It starts a sandbox, which plays the encoder. Prints:
//
//     the encoder sends to rtmp://ingest.sandbox.invalid/live
//     the room is streamed live: running
//     the old key is invalid
//     the stream to 2 services is starting
//     the stream is running
//     the stream is completed, with 1 file

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

// --8<-- [start:template]
const template = await client.templates.create({
  name: 'streamed',
  roles: { host: { name: 'host' }, guest: { name: 'guest' } },
  destinations: { hlsDestinations: { live: { name: 'live' } } },
})
const room = await client.rooms.create({ name: 'physics-7', template_id: template.id })
// --8<-- [end:template]

// --8<-- [start:key]
const { stream_key: oldKey } = await client.streamKeys.getOrCreate(room.id)
console.log(`the encoder sends to ${oldKey.url}`)
// --8<-- [end:key]

await sandbox.startRtmpIn({ room_id: room.id })
await sandbox.advanceClock(60)
// --8<-- [start:live]
for await (const stream of client.liveStreams.list({ room_id: room.id })) {
  console.log(`the room is streamed live: ${stream.status}`)
}
// --8<-- [end:live]
await sandbox.stopRtmpIn({ room_id: room.id })

// --8<-- [start:replace]
await client.streamKeys.disable(room.id)
const newKey = await client.streamKeys.create(room.id)
if (newKey.id !== oldKey.id) console.log('the old key is invalid')
// --8<-- [end:replace]

await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
// --8<-- [start:start]
const started = await client.externalStreams.start(room.id, {
  meeting_url: client.links.recorder('acme', room.id, 'guest'),
  rtmp_urls: ['rtmp://video.example/live/KEY-ONE', 'rtmps://tv.example/app/KEY-TWO'],
  recording: true,
})
console.log(`the stream to ${started.rtmp_urls.length} services is ${started.status}`)

// A service need not wait: it receives the webhook `beam.started.success`. In the sandbox, waiting takes no real time.
const running = await client.externalStreams.wait(started.id, { until: 'running' })
console.log(`the stream is ${running.status}`)
// --8<-- [end:start]

await sandbox.advanceClock(600)
// --8<-- [start:stop]
await client.externalStreams.stop(started.id)
const ended = await client.externalStreams.wait(started.id)
console.log(`the stream is ${ended.status}, with ${ended.recording_assets.length} file`)
// --8<-- [end:stop]
await sandbox.stop()
