// Receive webhooks: verify the sender, and handle each event once.
//
// Run it with `node webhooks.mjs`. It starts a sandbox, which sends each webhook twice. Prints:
//
//     Ada joined as host
//     Ada left after 60 seconds

// --8<-- [start:imports]
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const SECRET = 'a long random text' // In a service: from the environment.

// --8<-- [start:receiver]
// Verifies the secret header, and calls a handler for each event.
const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
receiver.on('peer.join.success', ({ data }) => {
  console.log(`${data.user_name} joined as ${data.role}`)
})
receiver.on('peer.leave.success', ({ data }) => {
  console.log(`${data.user_name} left after ${data.duration} seconds`)
})
// --8<-- [end:receiver]

// In Express: app.post('/webhooks/100ms', receiver.express())
const server = createServer(receiver.express())
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')
const { port } = address

// Let a sandbox deliver webhooks to the server.
const sandbox = await Sandbox.start()
// --8<-- [start:deliver]
await sandbox.webhookFaults([{ fault: 'duplicate', copies: 2 }])
await sandbox.setWebhook({ url: `http://127.0.0.1:${port}/`, headers: { 'x-webhook-secret': SECRET } })
const room = await sandbox.client().rooms.create({ name: 'physics-7' })
const ada = await sandbox.joinPeer({ room_id: room.id, role: 'host', name: 'Ada' })
await sandbox.settleWebhooks()
await sandbox.advanceClock(60)
await sandbox.leavePeer(ada.id)
await sandbox.settleWebhooks()
// --8<-- [end:deliver]

// Before a service ends: wait until running handlers have finished.
server.close()
server.closeIdleConnections()
await receiver.idle()
await sandbox.stop()
