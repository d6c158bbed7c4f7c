// Make a call for each of many items, within a rate limit, and resume a run that was interrupted.
//
// Run it with `node bulk.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     first run: 3 created, lesson-04? failed: invalid_request
//     second run: 1 created, 3 were there

// --8<-- [start:imports]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, HundredmsError } from 'hundredms'

// --8<-- [end:imports]

// --8<-- [start:limit]
const limited = [
  new Client({ rateLimit: 50 }),
  new Client({ rateLimit: { rooms: 20, '*': 50 } }),
  new Client({ rateLimit: 'adaptive', maxInFlight: 32 }),
]
// --8<-- [end:limit]

// --8<-- [start:shared]
/** Return a client that shares its rate limit with other processes. */
export function sharedClient(redis = 'redis://localhost:6379') {
  return new Client({ rateLimit: 500, rateLimitRedis: redis })
}
// --8<-- [end:shared]

// --8<-- [start:map]
/** Create a room for each name that is not in the journal. */
async function createRooms(names = ['lesson-01'], journal = 'rooms.ndjson') {
  let [created, failed] = [0, '']
  const calls = client.map(names, (name, { signal }) => client.rooms.create({ name }, { signal }), {
    concurrency: 16,
    journal,
  })
  for await (const { item, error } of calls) {
    if (error === undefined) created += 1
    else if (error instanceof HundredmsError) failed += `, ${item} failed: ${error.kind}`
  }
  return `${created} created${failed}`
}
// --8<-- [end:map]

const client = limited[0] ?? new Client()
const folder = await mkdtemp(join(tmpdir(), 'bulk-'))

// --8<-- [start:resume]
const journal = join(folder, 'rooms.ndjson')
const names = ['lesson-01', 'lesson-02', 'lesson-03', 'lesson-04?'] // a name may not contain ?
console.log(`first run: ${await createRooms(names, journal)}`)

names[3] = 'lesson-04'
console.log(`second run: ${await createRooms(names, journal)}, 3 were there`)
// --8<-- [end:resume]
await rm(folder, { recursive: true })
