// A sandbox for the tests of a file, in Vitest.
// --8<-- [start:test]
import { Sandbox } from 'hundredms'
import { afterAll, beforeAll, expect, test } from 'vitest'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.start()
})
afterAll(() => sandbox.stop())

test('a room is created although the service fails once', async () => {
  await sandbox.addFault({ match: { operation: 'rooms.create' }, on: { nth: 1 }, effect: { status: 503 } })
  const room = await sandbox.client().rooms.create({ name: 'physics-7' })
  expect(room.name).toBe('physics-7')
})
// --8<-- [end:test]
