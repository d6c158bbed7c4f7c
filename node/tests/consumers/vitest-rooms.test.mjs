// Under Vitest.
import { NotFoundError, Sandbox } from 'hundredms'
import { expect, test } from 'vitest'

test('creates a room, takes dates, and throws real errors', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  expect((await client.rooms.create({ name: 'tested' })).name).toBe('tested')
  expect(await client.rooms.list({ after: new Date(0) }).all()).toHaveLength(1)
  const call = client.rooms.get('66b2d2105c803b002ae4f611')
  await expect(call).rejects.toBeInstanceOf(NotFoundError)
  await expect(call).rejects.toThrow(/not found/i)
})
