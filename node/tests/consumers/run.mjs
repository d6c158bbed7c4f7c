// An ESM consumer.
import assert from 'node:assert/strict'
import { Client, HundredmsError, Sandbox } from 'hundredms'

const sandbox = await Sandbox.start()
const client = sandbox.client()
assert.ok(client instanceof Client)
assert.equal((await client.rooms.create({ name: 'esm' })).name, 'esm')
await assert.rejects(client.rooms.get('66b2d2105c803b002ae4f611'), HundredmsError)
console.log('ESM: as expected')
