// Under Vitest with fake timers, which stand in for all clocks and timers of the program.
import { AuthenticationError, Client, Sandbox, TimeoutError, webhooks } from 'hundredms'
import { afterEach, expect, test, vi } from 'vitest'

const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
const FROZEN = Date.parse('2030-01-01T00:00:00Z')
afterEach(() => void vi.useRealTimers())

test('calls, lists, token callbacks and sandboxes end', async () => {
  vi.useFakeTimers({ now: FROZEN })
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  expect((await client.rooms.create({ name: 'frozen' })).name).toBe('frozen')
  expect(await client.rooms.list({ after: new Date(0) }).all()).toHaveLength(1)
  await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503, retry_after: 0 } })
  expect((await client.rooms.list()).data).toHaveLength(1)
  const asking = sandbox.client({ token: async () => 'no token' })
  await expect(asking.rooms.list()).rejects.toBeInstanceOf(AuthenticationError)
  await sandbox.stop()
})

test('timeouts pass', async () => {
  vi.useFakeTimers({ now: FROZEN })
  const sandbox = await Sandbox.start()
  await sandbox.addFault({ effect: { delay_before_ms: 5_000 } })
  const { baseUrl, accessKey, secret } = sandbox
  const client = new Client({ baseUrl, accessKey, secret, maxRetries: 0 })
  await expect(client.rooms.get('a', { timeoutMs: 50 })).rejects.toBeInstanceOf(TimeoutError)
  await expect(client.rooms.get('a', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/)
})

test('tokens have the time that Vitest sets, and are checked by it', () => {
  vi.useFakeTimers({ now: FROZEN })
  const { tokens } = new Client({ accessKey: 'k', secret: 's' })
  const token = tokens.auth('room', 'host', { validForSeconds: 60 })
  expect(claims(token).iat).toBe(FROZEN / 1000 - 10)
  expect(tokens.verify(token).role).toBe('host')
  vi.advanceTimersByTime(61_000)
  expect(() => tokens.verify(token)).toThrow(AuthenticationError)
  vi.setSystemTime(FROZEN)
  expect(tokens.verify(token).role).toBe('host')
})

test('webhooks are handled, and what is remembered of them ends when Vitest moves the clock', async () => {
  vi.useFakeTimers({ now: FROZEN })
  const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' }, ttlMs: 60_000 })
  const handled = []
  receiver.fallback(async ({ id }) => void handled.push(id))
  const deliver = () => receiver.handle(JSON.stringify({ id: '1', type: 'a.b', data: {} }), { 'x-s': 'k' })
  expect((await deliver()).outcome).toBe('handled')
  expect((await deliver()).outcome).toBe('duplicate')
  vi.advanceTimersByTime(60_001)
  expect((await deliver()).outcome).toBe('handled')
  expect(handled).toEqual(['1', '1'])
})
