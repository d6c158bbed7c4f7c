// Follow the events of the service's history, without a public URL, and continue after a restart.
//
// Run it with `node events.mjs`. It starts a sandbox. Prints:
//
//     Ada joined as host
//     Ada left after 60 seconds
//     Ben joined as guest
//     Ben left after 60 seconds

// --8<-- [start:imports]
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })

// --8<-- [start:follow]
/** Print who joins and leaves, until somebody has left. Return where to continue. */
async function follow(tail = webhooks.tail(client)) {
  for await (const event of tail) {
    if (event.problem !== undefined) continue
    if (event.type === 'peer.join.success') console.log(`${event.data.user_name} joined as ${event.data.role}`)
    if (event.type === 'peer.leave.success') {
      console.log(`${event.data.user_name} left after ${event.data.duration} seconds`)
      break
    }
  }
  return tail.cursor
}
// --8<-- [end:follow]

/** Be in the room for a minute. The webhook of the end is sent some seconds later. */
async function visit(name = 'Ada', role = 'host') {
  const peer = await sandbox.joinPeer({ room_id: room.id, role, name })
  await sandbox.advanceClock(60)
  await sandbox.leavePeer(peer.id)
  await sandbox.advanceClock(60)
}

// The history lists deliveries of webhooks, so a URL must be set, even one that nobody answers.
await sandbox.setWebhook({ url: 'http://127.0.0.1:9/webhooks' })
const { now: since } = await sandbox.clock()
await visit('Ada', 'host')
// --8<-- [start:start]
const cursor = await follow(webhooks.tail(client, { since, room_id: room.id })) // store the cursor
// --8<-- [end:start]

await visit('Ben', 'guest')
await follow(webhooks.tail(client, { cursor, room_id: room.id }))
await sandbox.stop()
