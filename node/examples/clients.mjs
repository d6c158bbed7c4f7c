// Make a client with settings or with a token of your own, and look at a response.
//
// Run it with `node clients.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     physics-7 ends after 3600 seconds
//     status 200 at attempt 1
//     a path without a method: status 200
//     a token is requested
//     2 calls with it

// --8<-- [start:client]
import { Client } from 'hundredms'

// The keys come from the environment.
const client = new Client({ timeoutMs: 10_000, maxRetries: 3 })
// --8<-- [end:client]

// --8<-- [start:call]
// A call can have its own timeout and number of retries.
const room = await client.rooms.create({ name: 'physics-7', max_duration_seconds: 3600 }, { timeoutMs: 5_000 })
console.log(`${room.name} ends after ${room.max_duration_seconds} seconds`)
// --8<-- [end:call]

// --8<-- [start:response]
const { status, attempts } = await client.withResponse.rooms.get(room.id)
console.log(`status ${status} at attempt ${attempts}`)
// Also `value`, which is the room, `headers`, `requestId` and `elapsedMs`.
// --8<-- [end:response]

// --8<-- [start:request]
const response = await client.request('GET', '/rooms', { query: { limit: '10' } })
console.log(`a path without a method: status ${response.status}`)
// --8<-- [end:request]

/** Stands for a request to your own service, which has the keys. */
async function requestToken() {
  console.log('a token is requested')
  return new Client().tokens.management()
}

// --8<-- [start:token]
// Called at the first call, five minutes before the token expires, and after a 401.
const other = new Client({ token: requestToken })
// --8<-- [end:token]
await other.rooms.get(room.id)
await other.rooms.list().firstPage()
console.log('2 calls with it')
