// Handle the events that the service could not deliver, after an outage of your server.
//
// Run it with `node missed_events.mjs`. It starts a sandbox. Prints:
//
//     ada left
//     1 handled, 0 failed

// --8<-- [start:imports]
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': 'a long random text' } })
receiver.on('peer.leave.success', ({ data }) => console.log(`${data.user_id} left`))

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
const data = { room_id: room.id, session_id: 's', peer_id: 'p', user_id: 'ada', duration: 60 }
await sandbox.recordFailedDelivery({ room_id: room.id, event_name: 'peer.leave.success', data })

// --8<-- [start:recover]
// Until a minute from now, because clocks differ.
const to = new Date(Date.now() + 60_000)
const from = new Date(to.getTime() - 2 * 24 * 60 * 60 * 1000)
const { handled, failed } = await webhooks.recover(client, { from, to }).feed(receiver)
console.log(`${handled} handled, ${failed} failed`)
// --8<-- [end:recover]
await sandbox.stop()
