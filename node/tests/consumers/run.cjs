// A CommonJS consumer.
const assert = require('node:assert/strict')
const { Client, HundredmsError, Sandbox } = require('hundredms')

async function main() {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  assert.ok(client instanceof Client)
  assert.equal((await client.rooms.create({ name: 'cjs' })).name, 'cjs')
  await assert.rejects(client.rooms.get('66b2d2105c803b002ae4f611'), HundredmsError)
  console.log('CommonJS: as expected')
}

main()
