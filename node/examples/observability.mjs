// Observe calls with hooks: log each attempt, and count attempts and retries for your metrics.
//
// Run it with `node observability.mjs`. It starts a sandbox, which fails once. Prints:
//
//     rooms.create: attempt 1, status 503, … ms
//     rooms.create: next attempt in … ms
//     rooms.create: attempt 2, status 200, … ms
//     rooms.create: attempts 2, retries 1
import { Sandbox } from 'hundredms'

// --8<-- [start:hooks]
/** Counts by operation. Put your metrics library here. */
class CallMetrics {
  /** @type {Map<string, { attempts: number, retries: number }>} */
  counts = new Map()

  /** @param {string} operation */
  #of(operation) {
    const counts = this.counts.get(operation) ?? { attempts: 0, retries: 0 }
    this.counts.set(operation, counts)
    return counts
  }

  /** @param {import('hundredms').ResponseView} view `status` is undefined if there was no response. */
  onResponse({ operation, attempt, status, elapsedMs }) {
    this.#of(operation).attempts += 1
    console.log(`${operation}: attempt ${attempt}, status ${status}, ${elapsedMs.toFixed(1)} ms`)
  }

  /** @param {import('hundredms').RetryView} view */
  onRetry({ operation, pauseMs }) {
    this.#of(operation).retries += 1
    console.log(`${operation}: next attempt in ${pauseMs.toFixed(0)} ms`)
  }
}
// --8<-- [end:hooks]

const metrics = new CallMetrics()
const sandbox = await Sandbox.start()
await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503 } })

// --8<-- [start:client]
// Hooks see no headers, bodies or arguments. They cannot change or break a call.
const client = sandbox.client({
  onResponse: (view) => metrics.onResponse(view),
  onRetry: (view) => metrics.onRetry(view),
})
// --8<-- [end:client]
await client.rooms.create({ name: 'physics-7' })
for (const [operation, { attempts, retries }] of metrics.counts) {
  console.log(`${operation}: attempts ${attempts}, retries ${retries}`)
}
await sandbox.stop()
