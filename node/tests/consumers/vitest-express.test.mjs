// The Express app of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from './examples/servers/express.mjs'

let sandbox
let server
let url
beforeAll(async () => {
  sandbox = await Sandbox.start()
  server = createApp(sandbox.client()).listen(0)
  url = `http://127.0.0.1:${server.address().port}/lessons/7/token`
})
afterAll(async () => {
  server.close()
  await sandbox.stop()
})

test('a request without a user is refused, and makes no room', async () => {
  const response = await fetch(url, { method: 'POST' })
  expect(response.status).toBe(401)
  expect(await sandbox.requests()).toEqual([])
})

test('a user gets a token for a lesson', async () => {
  const response = await fetch(url, { method: 'POST', headers: { 'x-user-id': 'ada' } })
  const { token } = await response.json()
  const peer = await sandbox.joinPeer({ token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})
// --8<-- [end:test]
