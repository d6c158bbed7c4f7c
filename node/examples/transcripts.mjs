// Record a lesson with transcription, wait for its files, and read what was said.
//
// Run it with `node transcripts.mjs`. It starts a sandbox, whose clock the example moves. Prints:
//
//     6 assets are ready
//     Ada: Hello, everyone, and welcome.
//     Grace: Good to see you all again.
//     00:00:05.000 --> 00:00:06.800
//     Agenda: 2 points
//     chat: the slides are at lessons.example

// --8<-- [start:imports]
import { Sandbox, transcripts } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Grace' })

// --8<-- [start:start]
const started = await client.recordings.start(room.id, {
  meeting_url: 'https://lessons.example/physics-7',
  transcription: { enabled: true, summary: { enabled: true } },
})
// --8<-- [end:start]
// --8<-- [start:clock]
await sandbox.advanceClock(5) // Only in the sandbox. It takes three seconds to start.
await client.activeRooms.sendMessage(room.id, { message: 'the slides are at lessons.example' })
await sandbox.advanceClock(5)
// --8<-- [end:clock]
// --8<-- [start:wait]
await client.recordings.stop(started.id)

// A transcript takes minutes. A sandbox skips them.
const assets = await client.recordingAssets.wait({ recording_id: started.id })
console.log(`${assets.length} assets are ready`)
// --8<-- [end:wait]

// --8<-- [start:transcript]
const transcript = await client.recordings.transcript({ recording_id: started.id })
for (const paragraph of transcripts.toText(transcript).split('\n\n')) console.log(paragraph.trimEnd())
// Also `transcripts.toSrt(transcript)`.
const times = transcripts
  .toVtt(transcript)
  .split('\n')
  .filter((line) => line.includes('-->'))
console.log(times.at(-1))
// --8<-- [end:transcript]

// --8<-- [start:summary]
const summary = await client.recordings.summary({ recording_id: started.id })
const [section] = summary.sections
console.log(`${section?.title}: ${section?.bullets.length} points`)
// --8<-- [end:summary]

// --8<-- [start:chat]
for (const message of await client.recordings.chat({ recording_id: started.id })) {
  console.log(`${message.type}: ${message.message}`)
}
// --8<-- [end:chat]
await sandbox.stop()
