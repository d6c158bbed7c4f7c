// Builds that load the modules of a server without its credentials.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { Client, ConfigurationError } from 'hundredms'
import { sandboxed } from './sandbox-client.mjs'

afterEach(() => delete process.env.NEXT_PHASE)

test('while Next builds, a client without credentials is made, and its calls say what is missing', async () => {
  assert.throws(() => new Client(), ConfigurationError)
  process.env.NEXT_PHASE = 'phase-production-build'
  const client = new Client()
  const calls = [
    () => client.rooms.create({ name: 'a' }),
    () => client.rooms.list().firstPage(),
    () => client.callRaw('rooms.get', { room_id: 'a' }),
    () => client.request('GET', '/rooms'),
    async () => client.tokens.auth('room', 'host'),
  ]
  for (const call of calls) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof ConfigurationError)
      assert.match(error.message, /set HMS_ACCESS_KEY and HMS_SECRET|access key/)
      return true
    })
  }
  // The build is over: nothing has changed for a client that was made in it.
  delete process.env.NEXT_PHASE
  await assert.rejects(client.rooms.list().firstPage(), ConfigurationError)
})

test('while Next builds, a client with credentials works, and what else is wrong is refused', async () => {
  process.env.NEXT_PHASE = 'phase-production-build'
  const { client } = await sandboxed()
  assert.equal((await client.rooms.create({ name: 'built' })).name, 'built')
  for (const options of [{ baseUrl: 'nope' }, { accessKey: 'k' }, { proxy: 'nope' }, { caFile: '/nowhere' }]) {
    assert.throws(() => new Client(options), ConfigurationError)
  }
})
