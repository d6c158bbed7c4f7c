// The package in a few lines, as the READMEs show it: `node readme.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET.
// --8<-- [start:client]
import { Client } from 'hundredms'

const client = new Client() // HMS_ACCESS_KEY and HMS_SECRET
const room = await client.rooms.create({ name: 'physics-7' })
const token = client.tokens.auth(room.id, 'host', { userId: 'ada' })
console.log(`${room.name} has a token of ${token.length} characters`)

for await (const room of client.rooms.list({ enabled: true })) console.log(room.name)
// --8<-- [end:client]
