// Record responses in a file, and replay them without network and keys.
//
// Run it with `node cassettes.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     recorded: physics-7
//     replayed: physics-7

// --8<-- [start:imports]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'hundredms'

// --8<-- [end:imports]

const room = await new Client().rooms.create({ name: 'physics-7' })
const folder = await mkdtemp(join(tmpdir(), 'cassettes-'))
const path = join(folder, 'rooms.json')

// --8<-- [start:cassette]
// `path` is a file of your tests, such as 'tests/rooms.json'.
const recording = new Client({ cassette: { path, mode: 'record' } })
const recorded = await recording.rooms.get(room.id)
console.log(`recorded: ${recorded.name}`)

const replaying = new Client({ cassette: { path, mode: 'replay' } })
const replayed = await replaying.rooms.get(room.id)
console.log(`replayed: ${replayed.name}`)
// --8<-- [end:cassette]
await rm(folder, { recursive: true })
