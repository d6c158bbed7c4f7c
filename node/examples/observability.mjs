// Observe calls with hooks: log each attempt, and count attempts and retries for your metrics.
//
// Run it with `node observability.mjs`. It starts a sandbox, which fails once. Prints:
//
//     rooms.create: attempt 1, status 503, … ms
//     rooms.create: next attempt in … ms
//     rooms.create: attempt 2, status 200, … ms
//     rooms.create: attempts 2, retries 1

// --8<-- [start:imports]
import { subscribe } from 'node:diagnostics_channel'
import { Sandbox } from 'hundredms'

// --8<-- [end:imports]

// --8<-- [start:hooks]
// Counts by operation. Put your metrics library here.
const attempts = new Map([['rooms.create', 0]])
const retries = new Map([['rooms.create', 0]])
const add = (counts = attempts, operation = '') => counts.set(operation, (counts.get(operation) ?? 0) + 1)
// --8<-- [end:hooks]

// --8<-- [start:logging]
subscribe('hundredms:response', (view) => console.debug(view))
subscribe('hundredms:retry', (view) => console.debug(view))
// --8<-- [end:logging]

const sandbox = await Sandbox.start()
await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503 } })

// --8<-- [start:client]
// Hooks see no headers, bodies or arguments. They cannot change or break a call.
const client = sandbox.client({
  // How an attempt ended. The status is undefined if there was no response.
  onResponse({ operation, attempt, status, elapsedMs }) {
    add(attempts, operation)
    console.log(`${operation}: attempt ${attempt}, status ${status}, ${elapsedMs.toFixed(1)} ms`)
  },
  // The call waits before its next attempt.
  onRetry({ operation, pauseMs }) {
    add(retries, operation)
    console.log(`${operation}: next attempt in ${pauseMs.toFixed(0)} ms`)
  },
})
// --8<-- [end:client]
await client.rooms.create({ name: 'physics-7' })
for (const [operation, count] of attempts) {
  console.log(`${operation}: attempts ${count}, retries ${retries.get(operation)}`)
}
await sandbox.stop()
