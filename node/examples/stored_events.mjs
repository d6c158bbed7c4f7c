// Store an event whose background handler failed, and handle it later.
//
// Run it with `node stored_events.mjs`. It starts a sandbox. Prints:
//
//     1 event is stored
//     the recording s3://lessons/physics-7.mp4 is kept
//     0 events are stored

// --8<-- [start:imports]
import { Sandbox, webhooks } from 'hundredms'

// --8<-- [end:imports]

const headers = { 'x-webhook-secret': 'a long random text' } // In a service: from the environment.
const archive = { open: false }

// --8<-- [start:store]
const stored = new Map() // How often each body failed. In a service: a table.

const receiver = new webhooks.Receiver({
  headers,
  // Store the body of the event, as it was received.
  onError: (_error, event) => {
    if (!event) return
    const body = new TextDecoder().decode(event.raw)
    stored.set(body, (stored.get(body) ?? 0) + 1)
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

/** Handle what is stored, and forget it afterwards, except for what failed again. */
async function handleStored() {
  const taken = new Map()
  for (const [body, failures] of [...stored]) {
    const { status } = await receiver.dispatch(webhooks.parse(body))
    // Any other status: it was not handled, or another handler has it.
    if (status === 200) taken.set(body, failures)
  }
  await receiver.idle()
  for (const [body, failures] of taken) {
    if (stored.get(body) === failures) stored.delete(body)
  }
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
console.log(`${stored.size} events are stored`)
await sandbox.stop()
