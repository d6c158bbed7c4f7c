// A method of a client that is replaced under Jest.
// --8<-- [start:test]
const { Client } = require('hundredms')

test('a lesson has a room', async () => {
  const client = new Client({ accessKey: 'key', secret: 'secret' })
  const create = jest.spyOn(client.rooms, 'create').mockResolvedValue({ id: 'r-1', name: 'physics-7' })
  const room = await client.rooms.create({ name: 'physics-7' })
  expect(room.id).toBe('r-1')
  expect(create).toHaveBeenCalledWith({ name: 'physics-7' })
})
// --8<-- [end:test]
