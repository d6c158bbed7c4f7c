// Creates rooms as fast as the shared limit allows: one process of `limit-bench`.
//
// Reads `{"client": options, "count": n}` from standard input, waits for a line, and prints the seconds and the failures.
import { createInterface } from 'node:readline'
import { Client } from 'hundredms'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const { client: options, count } = JSON.parse((await lines.next()).value)
const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())
const client = new Client({
  ...Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), value])),
  timeoutMs: 120_000,
})
console.log('ready')
await lines.next()
const begun = performance.now()
let failed = 0
const run = client.map(Array(count).keys(), () => client.rooms.create(), { concurrency: 16, ordered: false })
for await (const { error } of run) if (error) failed += 1
console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1000, failed }))
process.exit()
