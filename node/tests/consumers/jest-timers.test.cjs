// Under Jest with fake timers, which stand in for all clocks and timers of the program.
const { createServer } = require('node:http')
const { AuthenticationError, Client, Sandbox, TimeoutError, webhooks } = require('hundredms')

const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
const FROZEN = Date.parse('2030-01-01T00:00:00Z')
const body = JSON.stringify({ id: '1', type: 'peer.join.success', data: {} })

let sandbox
let silent
beforeAll(async () => {
  sandbox = await Sandbox.start()
  silent = createServer(() => {})
  await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  silent.closeAllConnections()
  silent.close()
  await sandbox.stop()
})
afterEach(() => jest.useRealTimers())

for (const [name, settings] of [
  ['fake-timers', { now: FROZEN }],
  ['legacy-timers', { legacyFakeTimers: true }],
]) {
  test(`with ${name} calls, lists, token callbacks and sandboxes end`, async () => {
    jest.useFakeTimers(settings)
    const client = sandbox.client()
    expect((await client.rooms.create({ name })).name).toBe(name)
    expect(await client.rooms.list({ name }).all()).toHaveLength(1)
    await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503, retry_after: 0 } })
    expect((await client.rooms.list({ name })).data).toHaveLength(1)
    const asking = sandbox.client({ token: async () => 'no token' })
    await expect(asking.rooms.list()).rejects.toBeInstanceOf(AuthenticationError)
    const other = await Sandbox.start()
    expect((await other.client().rooms.list()).data).toEqual([])
    await other.stop()
  })

  test(`with ${name} timeouts pass, and calls can be given up`, async () => {
    jest.useFakeTimers(settings)
    const baseUrl = `http://127.0.0.1:${silent.address().port}/v2`
    const client = new Client({ accessKey: 'k', secret: 's', baseUrl, maxRetries: 0 })
    await expect(client.rooms.get('a', { timeoutMs: 50 })).rejects.toBeInstanceOf(TimeoutError)
    await expect(client.rooms.get('a', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/)
    const controller = new AbortController()
    const call = client.rooms.get('a', { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toThrow(/abort/)
  })

  test(`with ${name} webhooks are handled`, async () => {
    jest.useFakeTimers(settings)
    const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' } })
    const handled = []
    receiver.fallback(async (event) => void handled.push(event.id), { background: true })
    expect((await receiver.handle(body, { 'x-s': 'k' })).status).toBe(200)
    await receiver.idle()
    expect(handled).toEqual(['1'])
  })
}

test('tokens have the time that Jest sets, and are checked by it', () => {
  jest.useFakeTimers({ now: FROZEN })
  const { tokens } = sandbox.client()
  const token = tokens.auth('room', 'host', { validForSeconds: 60 })
  expect(claims(token).iat).toBe(FROZEN / 1000 - 10)
  expect(claims(tokens.management()).iat).toBe(FROZEN / 1000 - 10)
  expect(tokens.verify(token).role).toBe('host')
  jest.advanceTimersByTime(61_000)
  expect(() => tokens.verify(token)).toThrow(AuthenticationError)
  jest.setSystemTime(FROZEN)
  expect(tokens.verify(token).role).toBe('host')
  jest.useRealTimers()
  expect(Math.abs(claims(tokens.management()).iat - Date.now() / 1000)).toBeLessThan(60)
})

test('a Date of Jest goes where a time goes', async () => {
  jest.useFakeTimers({ now: FROZEN })
  await sandbox.clearRequests()
  await sandbox.client().rooms.list({ after: new Date() })
  const [request] = await sandbox.requests()
  expect(Date.parse(Object.fromEntries(request.query).after)).toBe(FROZEN)
})

test('what a store in memory remembers ends when Jest moves the clock', async () => {
  jest.useFakeTimers({ now: FROZEN })
  const store = new webhooks.MemoryStore()
  expect(store.claim('a', 'one', 60_000)).toBe('new')
  expect(store.claim('a', 'two', 60_000)).toBe('in_progress')
  jest.advanceTimersByTime(60_001)
  expect(store.claim('a', 'two', 60_000)).toBe('new')
  store.done('a', 60_000)
  expect(store.claim('a', 'two', 60_000)).toBe('done')
  jest.advanceTimersByTime(60_001)
  expect(store.claim('a', 'two', 60_000)).toBe('new')
})
