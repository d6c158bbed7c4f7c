// Cancel a call: its request is dropped at once, and the client works on.
//
// Run it with `node cancel.mjs`. It starts a sandbox, which is slow on request. Prints:
//
//     the call was cancelled
//     the next call returns physics-7

// --8<-- [start:imports]
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()
const room = await client.rooms.create({ name: 'physics-7' })
await sandbox.addFault({ on: { nth: 1 }, effect: { delay_before_ms: 5_000 } })

// --8<-- [start:cancel]
const controller = new AbortController()
// A user closes the page, for example.
setTimeout(() => controller.abort(), 100)
try {
  // An aborted call closes its request.
  const { name } = await client.rooms.get(room.id, { signal: controller.signal })
  console.log(name)
} catch (error) {
  if (error !== controller.signal.reason) throw error
  console.log('the call was cancelled')
}
// --8<-- [end:cancel]
const { name } = await client.rooms.get(room.id)
console.log(`the next call returns ${name}`)
await sandbox.stop()
