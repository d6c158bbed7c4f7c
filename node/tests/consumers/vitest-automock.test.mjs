// Mocks under Vitest: of the whole module, and of single methods.
import { Client } from 'hundredms'
import { expect, test, vi } from 'vitest'

vi.mock('hundredms')

test('an automock has the resources, and tokens', async () => {
  const client = new Client()
  expect(client.rooms.create({ name: 'a' })).toBeUndefined()
  vi.mocked(client.rooms.create).mockResolvedValue({ id: 'mocked' })
  vi.mocked(client.tokens.auth).mockReturnValue('token')
  expect((await client.rooms.create()).id).toBe('mocked')
  expect(client.tokens.auth('r', 'host')).toBe('token')
})

test('methods of a real client can be spied on', async () => {
  const { Sandbox } = await vi.importActual('hundredms')
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  const spied = vi.spyOn(client.rooms, 'create')
  expect((await client.rooms.create({ name: 'real' })).name).toBe('real')
  expect(spied).toHaveBeenCalledWith({ name: 'real' })
  await sandbox.stop()
})
