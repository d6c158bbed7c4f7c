// Moderate a running session: list peers, change a role, send a message, remove a peer, and end it.
//
// Run it with `node active_room.mjs`. It starts a sandbox, whose peers join. Prints:
//
//     Ada is host
//     Ben is guest
//     Ben is now host
//     Ben received: Welcome!
//     Ada is alone
//     the room is locked
//     nobody is in the room

// --8<-- [start:imports]
import { NotFoundError, Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.joinPeer({ token: client.tokens.auth(room.id, 'host', { userId: 'ada' }), name: 'Ada' })
const ben = await sandbox.joinPeer({ token: client.tokens.auth(room.id, 'guest', { userId: 'ben' }), name: 'Ben' })

// --8<-- [start:list]
const { peers } = await client.activeRooms.listPeers(room.id)
const byName = Object.values(peers).sort((one, other) => one.name.localeCompare(other.name))
for (const peer of byName) console.log(`${peer.name} is ${peer.role}`)
// --8<-- [end:list]

// --8<-- [start:role]
const promoted = await client.activeRooms.updatePeer(room.id, ben.id, { role: 'host' })
console.log(`${promoted.name} is now ${promoted.role}`)
// --8<-- [end:role]

// --8<-- [start:message]
// Without `peer_id` or `role`, a message goes to everybody.
await client.activeRooms.sendMessage(room.id, { message: 'Welcome!', peer_id: ben.id })
// --8<-- [end:message]
for (const { message } of await sandbox.messages(room.id)) console.log(`Ben received: ${message}`)

// --8<-- [start:remove]
await client.activeRooms.removePeers(room.id, { peer_id: ben.id, reason: 'Wrong room' })
// --8<-- [end:remove]
const { peers: left } = await client.activeRooms.listPeers(room.id)
for (const peer of Object.values(left)) console.log(`${peer.name} is alone`)

// --8<-- [start:end]
// With `lock`, nobody can join again until the room is enabled.
await client.activeRooms.end(room.id, { reason: 'The lesson is over', lock: true })
// --8<-- [end:end]
const { enabled } = await client.rooms.get(room.id)
if (!enabled) console.log('the room is locked')

// --8<-- [start:empty]
try {
  const { peers } = await client.activeRooms.listPeers(room.id)
  console.log(`${Object.keys(peers).length} in the room`)
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error
  console.log('nobody is in the room')
}
// --8<-- [end:empty]
await sandbox.stop()
