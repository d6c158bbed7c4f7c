// A method of a client that is replaced under Vitest.
// --8<-- [start:test]
import { Client, type Room } from 'hundredms'
import { expect, test, vi } from 'vitest'

test('a lesson has a room', async () => {
  const client = new Client({ accessKey: 'key', secret: 'secret' })
  const answer = { id: 'r-1', name: 'physics-7' } as Room
  const create = vi.spyOn(client.rooms, 'create').mockResolvedValue(answer)
  const room = await client.rooms.create({ name: 'physics-7' })
  expect(room.id).toBe('r-1')
  expect(create).toHaveBeenCalledWith({ name: 'physics-7' })
})
// --8<-- [end:test]
