// Replace a client in a test by an object with the methods that the code uses.
// --8<-- [start:code]
import type { Client } from 'hundredms'

/** What the code below needs of a client. */
type RoomCreator = { rooms: Pick<Client['rooms'], 'create'> }

/** Open a lesson. This is the code under test. */
export async function openLesson(client: RoomCreator) {
  const room = await client.rooms.create({ name: 'physics-7' })
  return room.id
}
// --8<-- [end:code]

// --8<-- [start:fake]
const fields = { description: '', customer_id: 'c-1', template_id: 't-1', region: 'eu' }
const room = { id: 'r-1', name: 'physics-7', enabled: true, ...fields }
export const fake: RoomCreator = { rooms: { create: async () => room } }
// --8<-- [end:fake]
