// A sandbox that ends with its block, as it stands in the guide; for a Node that knows `await using`.
import assert from 'node:assert/strict'
import { ConnectionError, Sandbox } from 'hundredms'

let client
{
  await using sandbox = await Sandbox.start()
  client = sandbox.client({ maxRetries: 0 })
  assert.equal((await client.rooms.create({ name: 'using' })).name, 'using')
}
await assert.rejects(client.rooms.list().firstPage(), ConnectionError)
console.log(`await using on Node ${process.version}: as expected`)
