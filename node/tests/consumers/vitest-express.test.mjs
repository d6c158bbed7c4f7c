// The Express app of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from './examples/servers/express.mjs'

let sandbox
let server
beforeAll(async () => {
  sandbox = await Sandbox.start()
  server = createApp(sandbox.client()).listen(0)
})
afterAll(async () => {
  server.close()
  await sandbox.stop()
})

test('a user gets a token for a lesson', async () => {
  const url = `http://127.0.0.1:${server.address().port}/lessons/7/token`
  const response = await fetch(url, { method: 'POST', headers: { 'x-user-id': 'ada' } })
  const { token } = await response.json()
  const peer = await sandbox.joinPeer({ token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})
// --8<-- [end:test]
