// The Express app of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp } from './examples/servers/express.mjs'

let sandbox: Sandbox
let server: Server
let url: string
beforeAll(async () => {
  sandbox = await Sandbox.start()
  server = createApp(sandbox.client()).listen(0)
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}/lessons`
})
afterAll(async () => {
  server.close()
  await sandbox.stop()
})

test('a request without a user is refused, and makes no room', async () => {
  const response = await fetch(`${url}/7/token`, { method: 'POST' })
  expect(response.status).toBe(401)
  expect(await sandbox.requests()).toEqual([])
})

test('a lesson that is no number is refused, and makes no room', async () => {
  const response = await fetch(`${url}/abc/token`, { method: 'POST', headers: { 'x-user-id': 'ada' } })
  expect(response.status).toBe(404)
  expect(await sandbox.requests()).toEqual([])
})

test('a user gets a token for a lesson', async () => {
  const response = await fetch(`${url}/7/token`, { method: 'POST', headers: { 'x-user-id': 'ada' } })
  const { token } = (await response.json()) as { token: string }
  const peer = await sandbox.joinPeer({ token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})

test('what the service says about the secret of the server does not reach the browser', async () => {
  await sandbox.addFault({ match: { operation: 'rooms.create' }, effect: { status: 401 } })
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  const response = await fetch(`${url}/7/token`, { method: 'POST', headers: { 'x-user-id': 'ada' } })
  expect([response.status, await response.json()]).toEqual([502, { message: 'no token: try again later' }])
  expect(printed).toHaveBeenCalledOnce()
})
// --8<-- [end:test]
