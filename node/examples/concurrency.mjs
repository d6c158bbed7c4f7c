// Make many calls at once, with a limit on how many are in flight.
//
// Run it with `node concurrency.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     created 20 rooms, from lesson-01 to lesson-20

// --8<-- [start:imports]
import { Client } from 'hundredms'

// --8<-- [end:imports]

const client = new Client()

// --8<-- [start:create]
/** Create rooms, at most `atOnce` at a time, and return them in the order of their names. */
async function createRooms(names = ['lesson-01'], atOnce = 5) {
  // Workers share the iterator: each takes the next name when its call has ended.
  const waiting = names.values()
  const worker = async () => {
    const rooms = []
    for (const name of waiting) rooms.push(await client.rooms.create({ name }))
    return rooms
  }
  const rooms = await Promise.all(Array.from({ length: atOnce }, worker))
  return rooms.flat().sort((one, other) => one.name.localeCompare(other.name))
}
// --8<-- [end:create]

const names = Array.from({ length: 20 }, (_, index) => `lesson-${String(index + 1).padStart(2, '0')}`)
const rooms = await createRooms(names, 5)
console.log(`created ${rooms.length} rooms, from ${rooms.at(0)?.name} to ${rooms.at(-1)?.name}`)
