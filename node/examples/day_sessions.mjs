// List all sessions of a day, finished and running, each once.
//
// Run it with `node day_sessions.mjs`. It starts a sandbox, in which a session runs past midnight. Prints:
//
//     yesterday had 2 sessions, of which 1 is still running

// --8<-- [start:imports]
import { Client, Sandbox } from 'hundredms'

// --8<-- [end:imports]

const HOUR = 60 * 60
const DAY = 24 * HOUR

// --8<-- [start:day]
/** Return the sessions that started on a day: from its midnight, `start`, to the next one, `end`. */
async function sessionsOfDay(client = new Client(), start = new Date(), end = new Date()) {
  const sessions = new Map()
  // Running ones first: a session that ends meanwhile is in both lists, and counts once.
  for (const active of [true, false]) {
    for (const window of client.sessions.windows(start, end, 1)) {
      for await (const session of client.sessions.listWindow(window, { active })) sessions.set(session.id, session)
    }
  }
  return [...sessions.values()]
}
// --8<-- [end:day]

// Let two sessions begin on one day, and one on the next.
const sandbox = await Sandbox.start()
const client = sandbox.client()
const [physics, maths, art] = await Promise.all(
  ['physics-7', 'maths-2', 'art-1'].map((name) => client.rooms.create({ name })),
)
if (!physics || !maths || !art) throw new Error('there are no rooms')
const now = Date.parse((await sandbox.clock()).now) / 1000
const yesterday = (Math.floor(now / DAY) + 1) * DAY
await sandbox.advanceClock(yesterday + 10 * HOUR - now)
const ada = await sandbox.joinPeer({ room_id: physics.id, role: 'host', name: 'Ada' })
await sandbox.advanceClock(HOUR)
await sandbox.leavePeer(ada.id)
await sandbox.advanceClock(12 * HOUR + 50 * 60)
await sandbox.joinPeer({ room_id: maths.id, role: 'host', name: 'Ben' })
await sandbox.advanceClock(20 * 60) // It is past midnight.
await sandbox.joinPeer({ room_id: art.id, role: 'host', name: 'Cleo' })

const sessions = await sessionsOfDay(client, new Date(yesterday * 1000), new Date((yesterday + DAY) * 1000))
const running = sessions.filter((session) => session.active).length
console.log(`yesterday had ${sessions.length} sessions, of which ${running} is still running`)
await sandbox.stop()
