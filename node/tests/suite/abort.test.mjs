// AbortSignal: the request is dropped at once, and nothing is left behind.
import assert from 'node:assert/strict'
import { getEventListeners, once } from 'node:events'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sandboxed, served } from './sandbox-client.mjs'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

test('aborting drops the request at once', async () => {
  const { server, client } = await served(() => {})
  const controller = new AbortController()
  const arrived = once(server, 'request')
  const call = client.rooms.get('a', { signal: controller.signal })
  const [request] = await arrived
  const closed = once(request.socket, 'close')
  controller.abort()
  await assert.rejects(call, { name: 'AbortError' })
  await closed
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0)
})

test('a signal that is aborted already sends nothing', async () => {
  const { sandbox, client } = await sandboxed()
  const reason = new Error('too late')
  await assert.rejects(client.rooms.get('a', { signal: AbortSignal.abort(reason) }), (error) => error === reason)
  assert.deepEqual(await sandbox.requests(), [])
})

test('AbortSignal.timeout ends the call with its TimeoutError', async () => {
  const { client } = await served(() => {})
  await assert.rejects(client.rooms.get('a', { signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' })
})

test('a call that ends by itself leaves no listener', async () => {
  const { sandbox, client } = await sandboxed()
  await sandbox.seed({ rooms: 1 })
  const { signal } = new AbortController()
  await client.rooms.list({}, { signal }).all()
  await assert.rejects(client.rooms.get('66b2d2105c803b002ae4f611', { signal }))
  await assert.rejects(client.rooms.create({ nmae: 'x' }, { signal }))
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('10,000 aborts leave listeners and memory as they were', async () => {
  const { server, client } = await served(() => {})
  let open = 0
  let most = 0
  server.on('connection', (socket) => {
    open += 1
    most = Math.max(most, open)
    socket.on('close', () => {
      open -= 1
    })
  })
  const { signal: shared } = new AbortController()
  const round = async (count) => {
    for (let done = 0; done < count; done += 50) {
      const controller = new AbortController()
      const signal = AbortSignal.any([controller.signal, shared])
      const calls = Array.from({ length: 50 }, () => client.rooms.get('a', { signal }).catch((error) => error.name))
      // Some are aborted before they are sent, some while they wait.
      if (done % 100 === 0) await once(server, 'request')
      assert.equal(getEventListeners(signal, 'abort').length, 1)
      controller.abort()
      assert.deepEqual(new Set(await Promise.all(calls)), new Set(['AbortError']))
      assert.equal(getEventListeners(signal, 'abort').length, 0)
    }
    while (open > 0) await new Promise((resolve) => setImmediate(resolve))
    collect()
    return process.memoryUsage()
  }
  await round(10_000)
  const before = await round(500)
  const after = await round(10_000)
  const grown = (kind) => (after[kind] - before[kind]) / 2 ** 20
  const [heap, rss] = [grown('heapUsed'), grown('rss')]
  console.log(
    `# 10,000 aborts: heap ${heap.toFixed(2)} MB and process ${rss.toFixed(1)} MB more; at most ${most} connections, ${open} at the end`,
  )
  assert.ok(heap < 1, `the heap grew by ${heap} MB`)
  assert.ok(rss < 32, `the process grew by ${rss} MB`)
  assert.equal(getEventListeners(shared, 'abort').length, 0)
})
