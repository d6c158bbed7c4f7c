// What must work in every runtime: a call, its context, an error, a list, webhooks, a call given up, tokens.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer } from 'node:http'
import { NotFoundError, Sandbox, webhooks } from 'hundredms'

const storage = new AsyncLocalStorage()
const seen = []
const sandbox = await Sandbox.start()
const client = sandbox.client({ onResponse: () => seen.push(storage.getStore()) })
const room = await storage.run('req-1', () => client.rooms.create({ name: 'runtime' }))
assert.deepEqual([room.name, seen], ['runtime', ['req-1']])
assert.equal((await client.rooms.list()).data.length, 1)
await assert.rejects(client.rooms.get('66b2d2105c803b002ae4f611'), NotFoundError)
await assert.rejects(client.rooms.get('x', { signal: AbortSignal.abort() }), { name: 'AbortError' })
assert.equal(client.tokens.check(client.tokens.auth(room.id, 'host')).role, 'host')

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
await sandbox.stop()
console.log('Runtime: as expected')
