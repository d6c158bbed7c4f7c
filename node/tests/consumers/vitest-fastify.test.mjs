// The Fastify app of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from './examples/servers/fastify.ts'

let sandbox
let app
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

test('a user gets a token for a lesson', async () => {
  const response = await app.inject({ method: 'POST', url: '/lessons/7/token', headers: { 'x-user-id': 'ada' } })
  const peer = await sandbox.joinPeer({ token: response.json().token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})
// --8<-- [end:test]
