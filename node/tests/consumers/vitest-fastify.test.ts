// The Fastify app of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp } from './examples/servers/fastify.js'

let sandbox: Sandbox
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  sandbox = await Sandbox.start()
  app = createApp(sandbox.client())
})
afterAll(async () => {
  await app.close()
  await sandbox.stop()
})

test('a request without a user is refused, and makes no room', async () => {
  const response = await app.inject({ method: 'POST', url: '/lessons/7/token' })
  expect(response.statusCode).toBe(401)
  expect(await sandbox.requests()).toEqual([])
})

test('a lesson that is no number is refused, and makes no room', async () => {
  const response = await app.inject({ method: 'POST', url: '/lessons/abc/token', headers: { 'x-user-id': 'ada' } })
  expect(response.statusCode).toBe(404)
  expect(await sandbox.requests()).toEqual([])
})

test('a user gets a token for a lesson', async () => {
  const response = await app.inject({ method: 'POST', url: '/lessons/7/token', headers: { 'x-user-id': 'ada' } })
  const peer = await sandbox.joinPeer({ token: response.json().token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})

test('what the service says about the secret of the server does not reach the browser', async () => {
  await sandbox.addFault({ match: { operation: 'rooms.create' }, effect: { status: 401 } })
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  const response = await app.inject({ method: 'POST', url: '/lessons/7/token', headers: { 'x-user-id': 'ada' } })
  expect([response.statusCode, response.json()]).toEqual([502, { message: 'no token: try again later' }])
  expect(printed).toHaveBeenCalledOnce()
})
// --8<-- [end:test]
