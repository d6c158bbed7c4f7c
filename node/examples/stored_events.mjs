// Store an event whose background handler failed, and handle it later.
//
// Run it with `node stored_events.mjs`. It starts a sandbox. Prints:
//
//     1 event is stored
//     the recording s3://lessons/physics-7.mp4 is kept

// --8<-- [start:imports]
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const headers = { 'x-webhook-secret': 'a long random text' } // In a service: from the environment.
const archive = { open: false }

// --8<-- [start:store]
const stored = new Map() // Bodies by the id of their event. In a service: a table.

const receiver = new webhooks.Receiver({
  headers,
  // Store the body of the event, as it was received.
  onError: (_error, event) => {
    if (event) stored.set(event.id, event.raw)
  },
})
receiver.on(
  'beam.recording.success',
  ({ data }) => {
    if (!archive.open) throw new Error('the archive is closed')
    console.log(`the recording ${data.recording_path} is kept`)
  },
  { background: true },
)

/** Handle what is stored. What fails again is stored again. */
async function handleStored() {
  for (const [id, raw] of [...stored]) {
    stored.delete(id)
    await receiver.dispatch(webhooks.parse(raw))
  }
  await receiver.idle()
}
// --8<-- [end:store]

// Let an event fail, and handle it when the archive is open.
const sandbox = await Sandbox.start()
const fields = { recording_path: 's3://lessons/physics-7.mp4' }
const request = await sandbox.webhookRequest({ type: 'beam.recording.success', fields }, { headers })
await receiver.handle(request.body, request.headers)
await receiver.idle()
console.log(`${stored.size} event is stored`)
archive.open = true
await handleStored()
await sandbox.stop()
