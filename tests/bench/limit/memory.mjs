// Maps a million items from a generator, and prints the peak of the memory after a tenth of them and at the end, in MB.
import { Client } from 'hundredms'

const ITEMS = 1_000_000
const client = new Client({ accessKey: 'key', secret: 'secret' })

function* items() {
  for (let item = 0; item < ITEMS; item += 1) yield String(item)
}

const peaks = []
const call = (item) => new Promise((resolve) => setImmediate(resolve, item))
for await (const { index } of client.map(items(), call)) {
  if (index + 1 === ITEMS / 10 || index + 1 === ITEMS) peaks.push(process.resourceUsage().maxRSS / 1024)
}
console.log(...peaks)
