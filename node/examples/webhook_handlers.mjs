// Handle webhooks of several types, and test the handlers with requests of the sandbox.
//
// Run it with `node webhook_handlers.mjs`. It starts a sandbox. Prints:
//
//     ada joined
//     peer.join.success: 200
//     another event: session.open.success
//     session.open.success: 200
//     beam.recording.success: 200
//     the recording s3://lessons/physics-7.mp4 is kept

// --8<-- [start:imports]
import { setTimeout as wait } from 'node:timers/promises'
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const SECRET = 'a long random text' // In a service: from the environment.

// --8<-- [start:handlers]
const receiver = new webhooks.Receiver({
  headers: { 'x-webhook-secret': SECRET },
  onError: (error, event) => console.error(`${event?.id} failed: ${error}`),
})
// TypeScript knows the data of each event.
receiver.on('peer.join.success', ({ data }) => console.log(`${data.user_id} joined`))
// The service gets its answer at once: for what takes longer than it waits.
receiver.on(
  'beam.recording.success',
  async ({ data }) => {
    await wait(200) // Stands for work that takes long.
    console.log(`the recording ${data.recording_path} is kept`)
  },
  { background: true },
)
// Other types, and data that does not match its type (`event.problem` says why). The service gets 200.
receiver.fallback((event) => console.log(`another event: ${event.type}`))
// --8<-- [end:handlers]

const sandbox = await Sandbox.start()
const headers = { 'x-webhook-secret': SECRET }
for (const event of [
  { type: 'peer.join.success', fields: { user_id: 'ada' } },
  { type: 'session.open.success', fields: { room_name: 'physics-7' } },
  { type: 'beam.recording.success', fields: { recording_path: 's3://lessons/physics-7.mp4' } },
]) {
  // --8<-- [start:request]
  // `event` has a `type` and `fields`. The rest of the data is an example of the type.
  const request = await sandbox.webhookRequest(event, { headers })
  const { status } = await receiver.handle(request.body, request.headers)
  console.log(`${event.type}: ${status}`)
  // --8<-- [end:request]
}
// --8<-- [start:end]
// Before the process ends: wait for handlers that are running.
await receiver.idle()
// --8<-- [end:end]
await sandbox.stop()
