// Make many calls at once, with a limit on how many are in flight.
//
// Run it with `node concurrency.mjs`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:
//
//     created 20 rooms, from lesson-01 to lesson-20
import { Client } from 'hundredms'

/**
 * Create rooms, at most `atOnce` at a time, and return them in the order of their names.
 *
 * @param {Client} client
 * @param {readonly string[]} names
 * @param {number} atOnce
 */
// --8<-- [start:create]
async function createRooms(client, names, atOnce) {
  /** @type {import('hundredms').Room[]} */
  const rooms = []
  // Workers share the iterator: each takes the next name when its call has ended.
  const waiting = names.entries()
  const worker = async () => {
    for (const [index, name] of waiting) rooms[index] = await client.rooms.create({ name })
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return rooms
}
// --8<-- [end:create]

const names = Array.from({ length: 20 }, (_, index) => `lesson-${String(index + 1).padStart(2, '0')}`)
const rooms = await createRooms(new Client(), names, 5)
console.log(`created ${rooms.length} rooms, from ${rooms.at(0)?.name} to ${rooms.at(-1)?.name}`)
