// Show how far a run is. Prints `300 of 300, 0 failed` at the end.
// --8<-- [start:code]
import { Client } from 'hundredms'

const client = new Client()
const names = Array.from({ length: 300 }, (_, number) => `lesson-${number}`)
const calls = client.map(names, (name, { signal }) => client.rooms.create({ name }, { signal }), {
  // Called after each result. `skipped` is how many items the journal has.
  onProgress: ({ done, failed, skipped }) => console.log(`${done + skipped} of ${names.length}, ${failed} failed`),
})
for await (const { item, error } of calls) if (error) console.error(item, error.message)
// --8<-- [end:code]
