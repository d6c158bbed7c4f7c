// Life and death: processes end by themselves, workers come and go, exits are clean.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { sandboxed, served } from './sandbox-client.mjs'

/** Run a script in a process of its own; gives how it ended and what it printed. */
async function script(source, whileItRuns = () => {}) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let complained = ''
  child.stderr.on('data', (data) => {
    complained += data
  })
  child.stdout.on('data', (data) => {
    printed += data
    whileItRuns(child, printed)
  })
  const hung = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const [code, signal] = await once(child, 'close')
  clearTimeout(hung)
  return { code, signal, printed: printed.trim(), complained }
}

const START = `import { Client, Sandbox } from 'hundredms'; const sandbox = await Sandbox.start(); const client = sandbox.client();`

test('a process ends by itself when its work is done, client and sandbox not closed', async () => {
  const ended = await script(`${START} const room = await client.rooms.create({ name: 'a' }); console.log(room.name)`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'a', complained: '' })
})

test('a process with a call under way waits for its answer', async () => {
  const ended = await script(`${START} client.rooms.create({ name: 'a' }).then((room) => console.log(room.name))`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'a', complained: '' })
})

test('process.exit in a callback is clean, with calls under way', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ended = await script(`${START}
      for (let at = 0; at < 64; at += 1) client.rooms.create({ name: 'room-' + at }).then(() => { console.log('x'); process.exit(7) })`)
    assert.equal(ended.complained, '')
    assert.deepEqual([ended.code, ended.signal], [7, null])
  }
})

test('an error that nobody catches ends the process as any does', async () => {
  const ended = await script(`${START} client.rooms.create({ nmae: 'a' })`)
  assert.equal(ended.code, 1)
  assert.match(ended.complained, /InvalidRequestError: rooms\.create: nmae/)
})

test('SIGTERM ends the process, with calls under way', async () => {
  const busy = `${START} console.log('busy'); for (;;) await Promise.all(Array.from({ length: 32 }, () => client.rooms.list().firstPage()))`
  for (let round = 0; round < 5; round += 1) {
    const ended = await script(busy, (child) => child.kill('SIGTERM'))
    assert.deepEqual(ended, { code: null, signal: 'SIGTERM', printed: 'busy', complained: '' })
  }
  const handled = await script(`process.on('SIGTERM', () => process.exit(3)); ${busy}`, (child) =>
    child.kill('SIGTERM'),
  )
  assert.deepEqual([handled.code, handled.signal, handled.complained], [3, null, ''])
})

const WORKER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { Client, Sandbox } = require('hundredms')
  const client = new Client(workerData.options)
  const busy = async () => { for (;;) await Promise.all(Array.from({ length: 8 }, () => client.rooms.list().firstPage())) }
  if (workerData.forever) {
    Sandbox.start().then(() => client.rooms.list().firstPage()).then(() => { parentPort.postMessage('busy'); return busy() })
  } else {
    client.rooms.list().firstPage().then((page) => parentPort.postMessage(page.data.length))
  }`

test('100 workers call and exit, or are terminated in the middle of calls', async () => {
  const { sandbox } = await sandboxed()
  await sandbox.seed({ rooms: 3 })
  const { baseUrl, accessKey, secret } = sandbox
  const worker = async (forever) => {
    const worker = new Worker(WORKER, {
      eval: true,
      workerData: { forever, options: { baseUrl, accessKey, secret } },
    })
    const exit = once(worker, 'exit')
    const [said] = await once(worker, 'message')
    if (forever) {
      assert.equal(said, 'busy')
      assert.equal(await worker.terminate(), 1)
    } else {
      assert.equal(said, 3)
      assert.deepEqual(await exit, [0])
    }
  }
  for (let started = 0; started < 100; started += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, at) => worker(at % 2 === 0)))
  }
})

test('workers alone load the addon, and their end unloads nothing that still runs', async () => {
  const ended = await script(`
    import { Worker } from 'node:worker_threads'
    const source = \`const { Sandbox } = require('hundredms'); Sandbox.start().then((sandbox) => sandbox.client().rooms.create({ name: 'a' })).then((room) => require('node:worker_threads').parentPort.postMessage(room.name))\`
    for (let at = 0; at < 10; at += 1) {
      const worker = new Worker(source, { eval: true, execArgv: [] })
      await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject))
    }
    console.log('done')`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'done', complained: '' })
})

test('a call under way keeps no process alive after its client is aborted', async () => {
  const { baseUrl } = await served(() => {})
  const ended = await script(`import { Client } from 'hundredms'
    const client = new Client({ accessKey: 'k', secret: 's', baseUrl: '${baseUrl}' })
    const controller = new AbortController()
    client.rooms.get('a', { signal: controller.signal }).catch((error) => console.log(error.name))
    setImmediate(() => controller.abort())`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'AbortError', complained: '' })
})
