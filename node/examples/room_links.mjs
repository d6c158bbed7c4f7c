// Create a room with its links, remove a user, and end a session that nobody needs.
//
// Run it with `node room_links.mjs`. It starts a sandbox, whose peers join. Prints:
//
//     the host joins at https://acme.app.100ms.live/meeting/…
//     Ben joins at https://acme.app.100ms.live/meeting/…?name=Ben
//     the recorder joins at https://acme.app.100ms.live/preview/…/guest?skip_preview=true
//     2 peers of Ben were removed
//     ended: false, because of 2 peers
//     ended: true

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

// --8<-- [start:links]
// Run again with the same name, it returns the same room and codes.
const { room, codes } = await client.rooms.createWithCodes({ name: 'physics-7' })
const { host = '', guest = '' } = codes
console.log(`the host joins at ${client.links.join('acme', host)}`)
console.log(`Ben joins at ${client.links.join('acme', guest, { name: 'Ben' })}`)
// The `meeting_url` of recordings and streams.
console.log(`the recorder joins at ${client.links.recorder('acme', room.id, 'guest')}`)
// --8<-- [end:links]

const ada = await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada', user_id: 'ada' })
await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Ben', user_id: 'ben' })
await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Ben', user_id: 'ben' })
await sandbox.joinPeer({ room_id: room.id, role: 'guest', name: 'Recorder' })
// --8<-- [start:remove]
const { peer_ids: removed } = await client.activeRooms.removeUser(room.id, 'ben')
console.log(`${removed.length} peers of Ben were removed`)
// --8<-- [end:remove]

const kept = await client.activeRooms.stopIfEmpty(room.id)
console.log(`ended: ${kept.stopped}, because of ${kept.peers.length} peers`)
await sandbox.leavePeer(ada.id)
// --8<-- [start:empty]
// Only the recorder has this role.
const ended = await client.activeRooms.stopIfEmpty(room.id, { except_roles: ['guest'] })
console.log(`ended: ${ended.stopped}`)
// --8<-- [end:empty]
await sandbox.stop()
