// See who attended a room, for how long, and how long they talked.
//
// Run it with `node sessions.mjs`. It starts a sandbox, whose peers come and go. Prints:
//
//     the session lasted 45 minutes
//     Ada attended for 45 minutes, with 2 joins
//     Ben attended for 15 minutes, with 1 join
//     Ada talked for 20 seconds
//     Ada talked for 20 seconds
//     Ben talked for 20 seconds
//     7 windows have 1 session

// --8<-- [start:imports]
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

// --8<-- [start:minutes]
/** Return the minutes from start to end; 0 if either is not known. */
function minutesBetween(start = '', end = '') {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000) || 0
}
// --8<-- [end:minutes]

/** Print everyone who was in the room. Time that a person had two devices there counts once. */
async function printAttendance(client = new Client(), roomId = '') {
  // --8<-- [start:attendance]
  const { sessions, attendees } = await client.rooms.attendance(roomId)
  for (const session of sessions) {
    console.log(`the session lasted ${minutesBetween(session.started_at, session.ended_at)} minutes`)
  }
  for (const { names, joins, seconds_present: seconds } of attendees) {
    const times = joins === 1 ? '1 join' : `${joins} joins`
    console.log(`${names[0] ?? 'no name'} attended for ${Math.round(seconds / 60)} minutes, with ${times}`)
  }
  // --8<-- [end:attendance]
  // --8<-- [start:quality]
  for (const session of sessions) {
    const { peers } = await client.sessions.quality(session.id)
    for (const { name, talk_seconds: seconds } of peers) {
      // Missing if the service has no data of the peer.
      if (typeof seconds === 'number') console.log(`${name} talked for ${seconds.toFixed(0)} seconds`)
    }
  }
  // --8<-- [end:quality]
}

/** Print how many sessions a week had. Each window could be read by another machine. */
async function printWindows(client = new Client()) {
  // --8<-- [start:windows]
  const day = 24 * 60 * 60 * 1000
  const before = new Date(Date.now() + day)
  const windows = client.sessions.windows(new Date(before.getTime() - 7 * day), before, 7)
  let count = 0
  for (const window of windows) {
    count += (await client.sessions.listWindow(window, { active: false }).all()).length
  }
  console.log(`${windows.length} windows have ${count} session`)
  // --8<-- [end:windows]
}

// Let a lesson pass, and look back.
const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
const laptop = await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada', user_id: 'ada' })
await sandbox.advanceClock(5 * 60)
const phone = await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Ada', user_id: 'ada' })
await sandbox.advanceClock(5 * 60)
const ben = await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Ben', user_id: 'ben' })
await sandbox.advanceClock(15 * 60)
await sandbox.leavePeer(ben.id)
await sandbox.leavePeer(phone.id)
await sandbox.advanceClock(20 * 60)
await sandbox.leavePeer(laptop.id)
await printAttendance(client, room.id)
await printWindows(client)
await sandbox.stop()
