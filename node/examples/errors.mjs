// Handle errors: what is missing, what was refused, what was retried, and what may have happened.
//
// Run it with `node errors.mjs`. It starts a sandbox, which fails on request. Prints:
//
//     not found: status 404
//     refused before it was sent: max_duration_seconds
//     succeeded at attempt 3
//     timed out
//     the recording was started, although the response was lost

// --8<-- [start:imports]
import { AmbiguousOutcomeError, InvalidRequestError, NotFoundError, Sandbox, TimeoutError } from 'hundredms'

// --8<-- [end:imports]

const sandbox = await Sandbox.start()
const client = sandbox.client()

// --8<-- [start:missing]
try {
  await client.rooms.get('66b2d2105c803b002ae4f611')
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error
  console.log(`not found: status ${error.status}`)
}
// --8<-- [end:missing]

// --8<-- [start:refused]
try {
  await client.rooms.create({ max_duration_seconds: 5 })
} catch (error) {
  if (!(error instanceof InvalidRequestError)) throw error
  console.log(`refused before it was sent: ${error.field}`)
}
// --8<-- [end:refused]

// --8<-- [start:retried]
// Calls that are safe to repeat are retried, twice by default.
await sandbox.addFault({ on: { first: 2 }, effect: { status: 503 } })
const { value: room, attempts } = await client.withResponse.rooms.create({ name: 'physics-7' })
console.log(`succeeded at attempt ${attempts}`)
// --8<-- [end:retried]

// --8<-- [start:timeout]
// The timeout covers the whole call, retries included.
await sandbox.addFault({ match: { operation: 'rooms.get' }, effect: { delay_before_ms: 2_000 } })
try {
  await client.rooms.get(room.id, { timeoutMs: 200 })
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error
  console.log('timed out')
}
// --8<-- [end:timeout]

// The service starts the recording, but the connection breaks before the response.
await sandbox.addFault({
  match: { operation: 'recordings.start' },
  on: { nth: 1 },
  effect: { disconnect: 'close_after' },
})
// --8<-- [start:ambiguous]
try {
  await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/physics-7' })
} catch (error) {
  if (!(error instanceof AmbiguousOutcomeError)) throw error
  const recording = await client.reconcile(error)
  // After a timeout, a 408 or a 504 it may still appear: look again before you repeat.
  if (recording === undefined) throw error
  console.log('the recording was started, although the response was lost')
}
// --8<-- [end:ambiguous]
await sandbox.stop()
