// What must work in every runtime: a call, its context, an error, a list, a table, webhooks, a call given up, tokens, a timeout, a retry.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { channel } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { ConfigurationError, NotFoundError, Sandbox, TimeoutError, webhooks } from 'hundredms'

const storage = new AsyncLocalStorage()
const seen = []
const sandbox = await Sandbox.start()
const client = sandbox.client({ onResponse: () => seen.push(storage.getStore()) })
const room = await storage.run('req-1', () => client.rooms.create({ name: 'runtime' }))
assert.deepEqual([room.name, seen], ['runtime', ['req-1']])
assert.equal((await client.rooms.list()).data.length, 1)
const found = []
for await (const { name } of client.rooms.list()) found.push(name)
assert.deepEqual(found, ['runtime'])
const lines = Buffer.concat(await client.rooms.list().toNdjson().toArray())
  .toString()
  .trim()
assert.equal(JSON.parse(lines).name, 'runtime')
const table = await client.rooms.list().toArrow()
assert.deepEqual([table.numRows, table.getChild('name').get(0)], [1, 'runtime'])
const missing = await client.rooms.get('66b2d2105c803b002ae4f611').catch((caught) => caught)
assert.ok(missing instanceof NotFoundError)
assert.doesNotMatch(inspect(missing), /undefined/)

// Token callbacks, sync and async, hooks and channels see the storage of their call.
const note = () => seen.push(storage.getStore())
channel('hundredms:response').subscribe(note)
for (const wait of [false, true]) {
  const mint = client.tokens.management()
  const token = () => {
    note()
    return wait ? new Promise((resolve) => setTimeout(() => resolve(note() && mint), 1)) : mint
  }
  const asking = sandbox.client({ token, onRequest: note, onResponse: note, onRetry: note })
  await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503, retry_after: 0 } })
  seen.length = 0
  await storage.run('req-2', () => asking.rooms.list())
  assert.ok(seen.length > 5)
  assert.deepEqual(new Set(seen), new Set(['req-2']))
}
channel('hundredms:response').unsubscribe(note)

await sandbox.addFault({ on: { nth: 1 }, effect: { delay_before_ms: 2_000 } })
await assert.rejects(client.rooms.list({}, { timeoutMs: 50 }).firstPage(), TimeoutError)
await assert.rejects(client.rooms.get('x', { signal: AbortSignal.abort() }), { name: 'AbortError' })
assert.equal(client.tokens.verify(client.tokens.auth(room.id, 'host')).role, 'host')

const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' } })
const events = []
receiver.on('peer.join.success', ({ id }) => events.push(id))
const server = createServer(receiver.express())
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
const url = `http://127.0.0.1:${server.address().port}/`
const data = { room_id: 'r', session_id: 's', peer_id: 'p' }
const body = JSON.stringify({ id: '1', type: 'peer.join.success', version: '2.0', data })
const post = async (secret) => (await fetch(url, { method: 'POST', body, headers: { 'x-s': secret } })).status
assert.deepEqual([await post('k'), await post('wrong'), events], [200, 401, ['1']])
server.close()
server.closeAllConnections()
if (globalThis.Bun) {
  const redis = new globalThis.Bun.RedisClient('redis://127.0.0.1:1')
  assert.throws(
    () => new webhooks.RedisStore(redis),
    (error) => error instanceof ConfigurationError && /not one of Bun/.test(error.message),
  )
}
await sandbox.stop()
console.log('Runtime: as expected')
