// Create a room, a code for each role, and a token with which a user joins.
//
// Run it with `node quickstart.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     room physics-7
//     code for guest: …
//     code for host: …
//     ada joins with a token of … characters

// --8<-- [start:all]
// --8<-- [start:body]
import { Client } from 'hundredms'

const client = new Client()
const room = await client.rooms.create({ name: 'physics-7' })
console.log(`room ${room.name}`)

// A room code is for people who join by a link.
const { data: codes } = await client.roomCodes.create(room.id)
for (const { role, code } of [...codes].sort((one, other) => one.role.localeCompare(other.role))) {
  console.log(`code for ${role}: ${code}`)
}

// A token is for a user of your own app: pass it to the client SDK.
const token = client.tokens.auth(room.id, 'host', { userId: 'ada' })
console.log(`ada joins with a token of ${token.length} characters`)
// --8<-- [end:body]
// --8<-- [end:all]
