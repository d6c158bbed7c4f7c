// A call whose request and timers Workers have dropped, with the request of the program that made it, holds up others only until its
// timeout has passed. Runs on Node, where the test drops them.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'hundredms/edge'

const { fetch, setTimeout } = globalThis
const client = new Client({ accessKey: 'key', secret: 'secret', maxInFlight: 1, timeoutMs: 500 })
globalThis.fetch = () => new Promise(() => undefined)
globalThis.setTimeout = () => 0
const dropped = client.rooms.list().firstPage()
dropped.catch(() => undefined)
await pause(100)
globalThis.setTimeout = setTimeout
globalThis.fetch = async () =>
  new Response('{"limit":10,"data":[]}', { headers: { 'content-type': 'application/json' } })
// It waits for the place of the dropped call.
await assert.rejects(client.rooms.list().firstPage(), { name: 'TimeoutError', phase: 'queue' })
await pause(1500)
assert.deepEqual((await client.rooms.list().firstPage()).data, [])
await assert.rejects(dropped, { name: 'TimeoutError' })
globalThis.fetch = fetch
console.log('a call that the platform has dropped holds up others only until its timeout')
