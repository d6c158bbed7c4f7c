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
  const hung = setTimeout(() => child.kill('SIGKILL'), 120_000)
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

test('process.exit in a hook or in a token callback is clean, with calls under way', async () => {
  const calls = `for (let at = 0; at < 64; at += 1) client.rooms.create({ name: 'room-' + at }).catch(() => {})`
  for (const options of [
    `{ onRequest: () => process.exit(7) }`,
    `{ onResponse: () => process.exit(7) }`,
    `{ token: () => process.exit(7) }`,
    `{ token: async () => { await null; process.exit(7) } }`,
  ]) {
    const ended = await script(`import { Sandbox } from 'hundredms'
      const client = (await Sandbox.start()).client(${options}); ${calls}`)
    assert.deepEqual(ended, { code: 7, signal: null, printed: '', complained: '' }, options)
  }
})

test('a module that is loaded anew and dropped, as Jest does for each file, leaves no thread', {
  skip: process.platform !== 'linux',
}, async () => {
  const ended = await script(`
    import { createRequire } from 'node:module'
    import { readdirSync, readFileSync } from 'node:fs'
    import { collect } from '${import.meta.dirname}/memory.mjs'
    const threads = () => readdirSync('/proc/self/task').filter((task) => {
      try { return readFileSync('/proc/self/task/' + task + '/comm', 'utf8') === 'hundredms\\n' } catch { return false }
    }).length
    async function use() {
      const require = createRequire(process.cwd() + '/')
      const loaded = () => Object.keys(require.cache).filter((path) => path.includes('/hundredms/dist/'))
      const { Sandbox, Client } = require('hundredms')
      const sandbox = await Sandbox.start()
      const client = sandbox.client({ onRequest: () => client })
      await client.rooms.create({ name: 'a' })
      const asking = sandbox.client({ token: async () => asking && client.tokens.management() })
      await asking.rooms.list().firstPage()
      for (const path of loaded()) delete require.cache[path]
    }
    // The first stays: the addon, which stays loaded, knows who loaded it.
    await use()
    const first = threads()
    for (let at = 0; at < 10; at += 1) await use()
    const most = threads()
    for (let round = 0; threads() > first && round < 100; round += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      collect()
    }
    console.log(most > first, threads() - first)`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'true 0', complained: '' })
})

test('clients that nobody needs any more leave nothing, as of a server that creates one for each request', async () => {
  const ended = await script(`
    import { Client } from 'hundredms'
    import { collect, heap } from '${import.meta.dirname}/memory.mjs'
    // Without TLS, whose certificates take most of the time.
    const baseUrl = 'http://127.0.0.1:1/v2'
    const credentials = { accessKey: 'key', secret: 'secret', baseUrl }
    async function use(times) {
      for (let at = 0; at < times; at += 1) {
        const plain = new Client(credentials)
        plain.withResponse.rooms
        const hooked = new Client({ ...credentials, onRequest: () => plain })
        new Client({ baseUrl, token: async () => hooked.tokens.management() })
        if (at % 200 === 0) {
          collect()
          await new Promise((resolve) => setTimeout(resolve))
        }
      }
      return heap()
    }
    await use(500)
    const before = await use(500)
    const each = (await use(3000) - before) / 9000
    console.log(each < 100 || each)`)
  assert.deepEqual(ended, { code: 0, signal: null, printed: 'true', complained: '' })
})

test('100 workers that alone load the addon call and exit, or are terminated in the middle of calls', async () => {
  const ended = await script(`
    import { once } from 'node:events'
    import { createServer } from 'node:http'
    import { Worker } from 'node:worker_threads'
    const server = createServer((request, response) => {
      if (request.url.includes('/rooms')) response.writeHead(204).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const source = \`
      const { parentPort, workerData } = require('node:worker_threads')
      const { Client } = require('hundredms')
      const client = new Client({ accessKey: 'k', secret: 's', baseUrl: workerData.baseUrl })
      client.callRaw('rooms.get', { room_id: 'a' }).then(() => {
        if (workerData.forever) for (let at = 0; at < 8; at += 1) client.polls.get('never')
        parentPort.postMessage('called')
      })\`
    const worker = async (forever) => {
      const baseUrl = 'http://127.0.0.1:' + server.address().port + '/v2'
      const worker = new Worker(source, { eval: true, execArgv: [], workerData: { forever, baseUrl } })
      const exit = once(worker, 'exit')
      await once(worker, 'message')
      if (forever) await worker.terminate()
      const [code] = await exit
      return code
    }
    const codes = { itself: [], terminated: [] }
    for (let started = 0; started < 100; started += 10) {
      const ends = await Promise.all(Array.from({ length: 10 }, (_, at) => worker(at % 2 === 0)))
      ends.forEach((code, at) => codes[at % 2 === 0 ? 'terminated' : 'itself'].push(code))
    }
    server.close()
    server.closeAllConnections()
    for (const [how, ends] of Object.entries(codes)) console.log(how, ends.length, new Set(ends))`)
  assert.equal(ended.complained, '')
  assert.equal(ended.printed, 'itself 50 Set(1) { 0 }\nterminated 50 Set(1) { 1 }')
  assert.deepEqual([ended.code, ended.signal], [0, null])
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

test('a server that sends heads of 1xx without end holds up no call to another', async () => {
  const { Client } = await import('hundredms')
  const flood = new Worker(
    `const { createServer } = require('node:net')
    const { parentPort } = require('node:worker_threads')
    const heads = 'HTTP/1.1 103 Early\\r\\n\\r\\n'.repeat(4000)
    const server = createServer((socket) => {
      const send = () => { while (socket.write(heads)); }
      socket.on('error', () => {}).on('drain', send).once('data', send)
    })
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true },
  )
  const { client: quiet } = await served(() => {}, { maxRetries: 0, timeoutMs: 50 })
  try {
    const [port] = await once(flood, 'message')
    const url = `http://127.0.0.1:${port}/v2`
    const bad = new Client({ token: 't', baseUrl: url, authUrl: url, maxRetries: 0, timeoutMs: 500 })
    const calls = Array.from({ length: 6 }, () => bad.rooms.get('a').catch((error) => error.kind))
    let late = 0
    const until = performance.now() + 800
    while (performance.now() < until) {
      const begun = performance.now()
      await quiet.rooms.get('a').catch(() => {})
      late = Math.max(late, performance.now() - begun - 50)
    }
    // On one thread these are several seconds.
    assert.ok(late < 700, `${late} ms late`)
    await flood.terminate()
    await Promise.all(calls)
  } finally {
    await flood.terminate()
  }
})
