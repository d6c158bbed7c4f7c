// Under the vm pools of Vitest, where what the addon throws is of another realm.
import { AuthenticationError, Client, ConfigurationError, NotFoundError, Sandbox, webhooks } from 'hundredms'
import { expect, test } from 'vitest'

const body = JSON.stringify({ id: '1', type: 'peer.join.success', data: {} })

test('what the addon throws is of the real classes', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  expect(() => new Client({ baseUrl: 'nope', accessKey: 'a', secret: 'b' })).toThrow(ConfigurationError)
  expect(() => client.tokens.verify(`${client.tokens.auth('r', 'x').slice(0, -3)}abc`)).toThrow(AuthenticationError)
  await expect(client.rooms.get('66b2d2105c803b002ae4f611')).rejects.toBeInstanceOf(NotFoundError)
  expect((await client.rooms.list({ after: new Date(0) })).data).toEqual([])
  await sandbox.stop()
})

test('a webhook with a wrong secret is 401, and bytes of this realm are bytes', async () => {
  const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' } }).fallback(() => {})
  expect(() => receiver.receive(body, { 'x-s': 'wrong' })).toThrow(webhooks.WebhookVerificationError)
  expect((await receiver.handle(body, { 'x-s': 'wrong' })).status).toBe(401)
  const request = () => new Request('http://x/', { method: 'POST', body, headers: { 'x-s': 'k' } })
  expect((await receiver.fetch()(request())).status).toBe(200)
  expect((await receiver.handle(new TextEncoder().encode(body), { 'x-s': 'k' })).status).toBe(200)
})
