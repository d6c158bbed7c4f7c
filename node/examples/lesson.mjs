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
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

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
async function prepare(name = 'physics-7') {
  const roles = { teacher: newRole('teacher', true), student: newRole('student') }
  const template = await client.templates.create({ name: 'lessons', roles })
  return await client.rooms.create({ name, template_id: template.id })
}
// --8<-- [end:prepare]

// --8<-- [start:token]
/** Return the token with which a user of your app joins. */
function letIn(role = 'student', userId = 'ada') {
  return client.tokens.auth(room.id, role, { userId })
}
// --8<-- [end:token]

// --8<-- [start:record]
/** Start to record what a student sees. `acme` is the subdomain of your workspace. */
async function record() {
  const meeting_url = client.links.recorder('acme', room.id, 'student')
  return await client.recordings.start(room.id, { meeting_url })
}
// --8<-- [end:record]

// --8<-- [start:end]
/** Stop the recording, and end the session for everybody. The room remains. */
async function finish() {
  await client.recordings.stop(recording.id)
  await client.activeRooms.end(room.id, { reason: 'The lesson is over' })
}
// --8<-- [end:end]

// --8<-- [start:files]
/** Wait until the files of the recording are ready, and download them. */
async function saveFiles(folder = '.') {
  await client.recordings.wait(recording.id)
  const { files } = await client.recordingAssets.downloadAll(folder, { recording_id: recording.id })
  const sorted = [...files].sort((one, other) => one.type.localeCompare(other.type))
  for (const file of sorted) console.log(`${file.type}: ${file.size} bytes`)
}
// --8<-- [end:files]

// --8<-- [start:csv]
/** Return who was in the room, and how long, as CSV. */
async function report() {
  const quoted = (text = '') => `"${text.replaceAll('"', '""')}"`
  const lines = ['"name","user_id","minutes","joins"']
  for (const person of (await client.rooms.attendance(room.id)).attendees) {
    const name = quoted(person.names[0] ?? 'no name')
    const minutes = Math.round(person.seconds_present / 60)
    lines.push([name, quoted(person.user_id ?? ''), minutes, person.joins].join())
  }
  return lines.join('\n')
}
// --8<-- [end:csv]

// --8<-- [start:main]
const room = await prepare('physics-7')
const ada = await sandbox.joinPeer({ token: letIn('teacher', 'ada'), name: 'Ada' })
console.log(`${ada.user_id} joins as ${ada.role}`)
const recording = await record()
console.log(`the recording is ${recording.status}`)

// Time passes as you say. Somebody looks in without a name and without a user_id.
await sandbox.advanceClock(5 * 60)
await sandbox.joinPeer({ token: letIn('student', 'ben'), name: 'Ben' })
await sandbox.advanceClock(30 * 60)
await sandbox.joinPeer({ room_id: room.id, role: 'student' })
await sandbox.advanceClock(10 * 60)

await finish()
console.log('the lesson is over')
const folder = await mkdtemp(join(tmpdir(), 'lesson-'))
await saveFiles(folder)
await rm(folder, { recursive: true })
console.log(await report())
const { name } = await prepare('physics-7')
console.log(`next week the room is ${name} again`)
await sandbox.stop()
// --8<-- [end:main]
