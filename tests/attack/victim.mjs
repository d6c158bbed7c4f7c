// What is attacked in Node: does what it is told by name and a JSON object, and prints one JSON object.
//
// Usage: node victim.mjs late|burst|show|record JSON, or victim.mjs serve ADAPTER.

import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { serialize } from 'node:v8'

const { Client, HundredmsError, webhooks } = await import(process.env.HUNDREDMS_PACKAGE ?? 'hundredms')

const SECRET = '0123456789abcdef0123456789abcdef'

/** The memory of this process; 0 where the system does not tell. */
function megabytes(name) {
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    return Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))[1]) >> 10
  } catch {
    return 0
  }
}

const client = (url, secret = SECRET, options = {}) =>
  new Client({ accessKey: 'key', secret, baseUrl: url, authUrl: url, maxRetries: 0, proxy: false, ...options })

/** Call a bad server so often at once, and meanwhile one that never answers. */
async function late({ bad, quiet, calls, timeout, seconds, max_response_bytes: maxResponseBytes }) {
  const deadline = 200
  const before = megabytes('VmRSS')
  const ended = []
  let took = 0
  const all = Array.from({ length: calls }, async () => {
    const one = client(bad, SECRET, { timeoutMs: timeout * 1000, ...(maxResponseBytes && { maxResponseBytes }) })
    const begun = performance.now()
    try {
      await one.rooms.get('a')
      ended.push('ok')
    } catch (error) {
      if (!(error instanceof HundredmsError)) throw error
      ended.push(error.kind)
    }
    took = Math.max(took, performance.now() - begun)
  })
  const other = client(quiet, SECRET, { timeoutMs: deadline })
  const end = performance.now() + seconds * 1000
  let most = 0
  while (performance.now() < end) {
    const begun = performance.now()
    await other.rooms.get('a').catch(() => {})
    most = Math.max(most, performance.now() - begun - deadline)
  }
  await Promise.all(all)
  const grown = Math.max(0, megabytes('VmHWM') - before)
  return { late_ms: Math.floor(most), took_ms: Math.floor(took), ended, grown_mb: grown }
}

/** Make so many calls at once, and see meanwhile whether a file can be opened. */
async function burst({ url, calls }) {
  const one = client(url, SECRET, { timeoutMs: 60_000 })
  let [done, failed, shutOut, since] = [0, 0, 0]
  const look = () => {
    try {
      closeSync(openSync('/dev/null'))
      since = undefined
    } catch {
      since ??= performance.now()
      shutOut = Math.max(shutOut, 1, performance.now() - since)
    }
  }
  const count = (ok) => () => {
    if (ok) done += 1
    else failed += 1
    look()
  }
  await Promise.all(Array.from({ length: calls }, () => one.rooms.get('a').then(count(true), count(false))))
  return { done, failed, shut_out_ms: Math.ceil(shutOut) }
}

/** Everything that a program could print, log or report. */
class Shown {
  parts = []
  count = 0

  value(value) {
    this.count += 1
    this.parts.push(inspect(value, { depth: 20, showHidden: true }), String(value))
  }

  error(error) {
    this.value(error)
    this.parts.push(String(error.stack), JSON.stringify(error), serialize(error).toString('latin1'))
  }

  async call(call) {
    try {
      this.value(await call())
    } catch (error) {
      this.error(error)
    }
  }
}

/** Make calls with secrets in their arguments. */
async function calls(one, canary, shown) {
  const webhook = { url: `https://user:${canary}@hooks.example/x?key=${canary}`, headers: { 'x-key': canary } }
  await shown.call(() => one.rooms.create({ name: 'n', webhook }).then(() => 'a room'))
  const start = { rtmp_urls: [`rtmp://live.example/${canary}`], meeting_url: `https://meet.example/${canary}` }
  await shown.call(() => one.externalStreams.start('r', start).then(() => 'a stream'))
  await shown.call(() => one.roomCodes.authToken({ code: 'abc-defg-hij' }).then(() => 'a token'))
  await shown.call(() => one.callRaw('stream_keys.get', { room_id: 'a' }))
  for (const name of ['token', 'auth', 'passwd', 'sig', 'otp', 'x']) {
    const body = { [name]: canary, pairs: [{ name, value: canary }], deep: [[canary]] }
    await shown.call(() => one.request('POST', '/x', { query: { [name]: canary }, body }))
    await shown.call(() => one.request('POST', '/x', { body: JSON.stringify({ [name]: canary }) }))
  }
  await shown.call(() => one.request('GET', `/rooms/${canary}`))
}

/** Print whatever can be printed. */
async function show({ urls, canary, secret }) {
  const shown = new Shown()
  const seen = []
  const note = (view) => void seen.push(view)
  for (const url of urls) {
    const one = client(url, secret, { timeoutMs: 5000, onRequest: note, onResponse: note, onRetry: note })
    for (const value of [one, one.tokens, one.rooms]) shown.value(value)
    await calls(one, canary, shown)
  }
  for (const view of seen) shown.value(view)
  for (const options of [
    { baseUrl: 'ftp://x' },
    { timeoutMs: -1 },
    { proxy: `socks9://user:${canary}@x` },
    { secret: [canary] },
    { baseUrl: `http://user:${canary}@x/v2` },
  ]) {
    await shown.call(() => new Client({ accessKey: 'key', secret, ...options }))
  }
  const token = () => `${canary}\r\nx: y`
  await shown.call(() => new Client({ token, baseUrl: urls[0], proxy: false }).rooms.get('a'))
  const headers = { 'x-s': canary }
  const receiver = new webhooks.Receiver({ headers, hmacKey: undefined })
  shown.value(receiver)
  const event = JSON.stringify({ id: '1', type: 'x.y', timestamp: '2026-01-01T00:00:00Z', data: {}, zz: canary })
  for (const body of [event, event.slice(1), 'x']) await shown.call(() => receiver.receive(body, headers))
  await shown.call(() => receiver.receive(event, { 'x-s': `${canary}x` }))
  for (const options of [{ headers: { 'x-s': [canary, 5] } }, { headers, allowList: 'nope' }]) {
    await shown.call(() => new webhooks.Receiver(options))
  }
  return { count: shown.count, text: shown.parts.join('\n') }
}

/** Record calls with secrets. */
async function record({ urls, canary, secret, folder }) {
  const shown = new Shown()
  for (const [index, url] of urls.entries()) {
    const cassette = { path: join(folder, `${index}.json`), mode: 'record' }
    await calls(client(url, secret, { timeoutMs: 5000, cassette }), canary, shown)
  }
  return { count: shown.count, text: '' }
}

/** Receive webhooks until the process is ended. */
async function serve(adapter) {
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': 'hush' } })
  receiver.fallback(() => {})
  let handle
  if (adapter === 'express') {
    handle = receiver.express()
  } else {
    // As servers do that speak fetch: headers that are there twice are joined, and the body is a stream.
    const answer = receiver.fetch()
    handle = async (request, response) => {
      const headers = new Headers()
      for (let at = 0; at < request.rawHeaders.length; at += 2) headers.append(...request.rawHeaders.slice(at, at + 2))
      const body = Readable.toWeb(request)
      const { status } = await answer(new Request('http://x/hook', { method: 'POST', headers, body, duplex: 'half' }))
      response.writeHead(status, { connection: 'close' }).end()
    }
  }
  const server = createServer(handle)
  server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`))
}

const [what, told] = process.argv.slice(2)
if (what === 'serve') {
  await serve(told)
} else {
  const does = { late, burst, show, record }[what]
  console.log(JSON.stringify(await does(JSON.parse(told))))
}
