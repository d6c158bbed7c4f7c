// Hold a lesson: prepare its room, let people in, record it, end it, and report who was there.
//
// Run it with `node lesson.mjs`. It starts a sandbox, in which the people join. Prints:
//
//     ada joins as teacher
//     the recording is starting
//     the lesson is over
//     chat: … bytes
//     room-composite: … bytes
//     "name","user_id","minutes","joins"
//     "Ada","ada",45,1
//     "Ben","ben",40,1
//     "no name","",10,1
//     next week the room is physics-7 again

// --8<-- [start:imports]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

// --8<-- [start:prepare]
/** Return a role that publishes audio and video, and receives everybody. */
function newRole(name = 'student', endRoom = false) {
  return {
    name,
    publishParams: { allowed: ['audio', 'video'] },
    subscribeParams: { subscribeToRoles: ['teacher', 'student'] },
    permissions: { endRoom },
  }
}

/** Write the template of lessons, and return the room of a lesson. It can be repeated. */
async function prepare(client = new Client(), name = 'physics-7') {
  const roles = { teacher: newRole('teacher', true), student: newRole('student') }
  const template = await client.templates.create({ name: 'lessons', roles })
  return await client.rooms.create({ name, template_id: template.id })
}
// --8<-- [end:prepare]

// --8<-- [start:token]
/** Return the token with which a user of your app joins. */
function letIn(client = new Client(), roomId = '', role = 'student', userId = 'ada') {
  return client.tokens.auth(roomId, role, { userId })
}
// --8<-- [end:token]

// --8<-- [start:record]
/** Start to record what a student sees. `acme` is the subdomain of your workspace. */
async function record(client = new Client(), roomId = '') {
  const meeting_url = client.links.recorder('acme', roomId, 'student')
  return await client.recordings.start(roomId, { meeting_url })
}
// --8<-- [end:record]

// --8<-- [start:end]
/** Stop the recording, and end the session for everybody. The room remains. */
async function finish(client = new Client(), roomId = '', recordingId = '') {
  await client.recordings.stop(recordingId)
  await client.activeRooms.end(roomId, { reason: 'The lesson is over' })
}
// --8<-- [end:end]

// --8<-- [start:files]
/** Wait until the files of the recording are ready, and download them. */
async function saveFiles(client = new Client(), recordingId = '', folder = '.') {
  await client.recordings.wait(recordingId)
  const { files } = await client.recordingAssets.downloadAll(folder, { recording_id: recordingId })
  const sorted = [...files].sort((one, other) => one.type.localeCompare(other.type))
  for (const file of sorted) console.log(`${file.type}: ${file.size} bytes`)
}
// --8<-- [end:files]

// --8<-- [start:csv]
/** Return who was in the room, and how long, as CSV. */
async function report(client = new Client(), roomId = '') {
  const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`
  const lines = ['"name","user_id","minutes","joins"']
  for (const person of (await client.rooms.attendance(roomId)).attendees) {
    const name = quoted(person.names[0] ?? 'no name')
    const minutes = Math.round(person.seconds_present / 60)
    lines.push([name, quoted(person.user_id ?? ''), minutes, person.joins].join())
  }
  return lines.join('\n')
}
// --8<-- [end:csv]

// --8<-- [start:main]
const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await prepare(client, 'physics-7')
const ada = await sandbox.joinPeer({ token: letIn(client, room.id, 'teacher', 'ada'), name: 'Ada' })
console.log(`${ada.user_id} joins as ${ada.role}`)
const recording = await record(client, room.id)
console.log(`the recording is ${recording.status}`)

// Time passes as you say. Somebody looks in without a name and without a user_id.
await sandbox.advanceClock(5 * 60)
await sandbox.joinPeer({ token: letIn(client, room.id, 'student', 'ben'), name: 'Ben' })
await sandbox.advanceClock(30 * 60)
await sandbox.joinPeer({ room_id: room.id, role: 'student' })
await sandbox.advanceClock(10 * 60)

await finish(client, room.id, recording.id)
console.log('the lesson is over')
const folder = await mkdtemp(join(tmpdir(), 'lesson-'))
await saveFiles(client, recording.id, folder)
await rm(folder, { recursive: true })
console.log(await report(client, room.id))
const { name } = await prepare(client, 'physics-7')
console.log(`next week the room is ${name} again`)
await sandbox.stop()
// --8<-- [end:main]
