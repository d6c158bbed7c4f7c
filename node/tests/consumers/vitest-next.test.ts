// The route of Next of the examples against a sandbox, in Vitest.

// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let sandbox: Sandbox
let route: typeof import('./examples/servers/next.js')
beforeAll(async () => {
  sandbox = await Sandbox.start()
  for (const [name, value] of Object.entries(sandbox.env())) vi.stubEnv(name, value)
  route = await import('./examples/servers/next.js')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

function post(number: string, headers = {}) {
  const request = new Request(`http://app/lessons/${number}/token`, { method: 'POST', headers })
  return route.POST(request, { params: Promise.resolve({ number }) })
}

test('a request without a user, or for no lesson, is refused, and makes no room', async () => {
  expect((await post('7')).status).toBe(401)
  expect((await post('abc', { 'x-user-id': 'ada' })).status).toBe(404)
  expect(await sandbox.requests()).toEqual([])
})

test('a user gets a token for a lesson', async () => {
  const response = await post('7', { 'x-user-id': 'ada' })
  const { token } = (await response.json()) as { token: string }
  const peer = await sandbox.joinPeer({ token })
  expect(peer).toMatchObject({ user_id: 'ada', role: 'guest' })
})

test('what the service says about the secret of the server does not reach the browser', async () => {
  await sandbox.addFault({ match: { operation: 'rooms.create' }, effect: { status: 401 } })
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  const response = await post('7', { 'x-user-id': 'ada' })
  expect([response.status, await response.json()]).toEqual([502, { message: 'no token: try again later' }])
  expect(printed).toHaveBeenCalledOnce()
})
// --8<-- [end:test]
