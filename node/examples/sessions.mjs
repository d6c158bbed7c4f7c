// See who attended a session, and for how long.
//
// Run it with `node sessions.mjs`. It starts a sandbox, whose peers come and go. Prints:
//
//     the session lasted 45 minutes
//     Ada attended for 45 minutes
//     Ben attended for 15 minutes
import { Sandbox } from 'hundredms'

/**
 * Return the minutes from start to end; 0 if either is not known.
 *
 * @param {string | null | undefined} start
 * @param {string | null | undefined} end
 */
function minutesBetween(start, end) {
  return start && end ? Math.round((Date.parse(end) - Date.parse(start)) / 60_000) : 0
}

/**
 * Print the peers of each finished session. A peer that joined twice is there twice.
 *
 * @param {import('hundredms').Client} client
 * @param {string} roomId
 */
async function printAttendance(client, roomId) {
  for await (const session of client.sessions.list({ room_id: roomId, active: false })) {
    console.log(`the session lasted ${minutesBetween(session.created_at, session.updated_at)} minutes`)
    const peers = Object.values(session.peers ?? {}).sort((one, other) => one.name.localeCompare(other.name))
    for (const peer of peers) {
      console.log(`${peer.name} attended for ${minutesBetween(peer.joined_at, peer.left_at)} minutes`)
    }
  }
}

// Let a lesson pass, and look back.
const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
const ada = await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
const ben = await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Ben' })
await sandbox.advanceClock(15 * 60)
await sandbox.leavePeer(ben.id)
await sandbox.advanceClock(30 * 60)
await sandbox.leavePeer(ada.id)
await printAttendance(client, room.id)
await sandbox.stop()
