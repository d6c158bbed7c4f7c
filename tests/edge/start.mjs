// Measures the start on Node: CPU time from the import, and from the first client, to the request of the first call, and how much of it
// decodes and compiles the module, which Workers do before. With `fetch` as its argument, that of a hand-written `fetch` with a token that
// is signed with node:crypto; with `official`, that of the service's own SDK, which tests/bench/node installs.
import { createHmac, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'

let sent
globalThis.fetch = (url, options) => {
  sent ??= process.cpuUsage()
  return Promise.resolve(
    new Response('{"id":"r","name":"n","enabled":true}', { headers: { 'content-type': 'application/json' } }),
  )
}
const milliseconds = (from, to) => ((to.user + to.system - from.user - from.system) / 1000).toFixed(1)

const report = (sent) =>
  console.log(
    `from the import ${milliseconds(start, sent)} ms, from the first client ${milliseconds(imported, sent)} ms`,
  )

/** Report the time that a call of a function takes whose first argument is as long as the module. */
function timed(holder, name) {
  const act = holder[name]
  holder[name] = function (given, ...others) {
    const begun = process.cpuUsage()
    const value = new.target ? new act(given, ...others) : act.call(this, given, ...others)
    if (given.length > 1e6) console.log(`of which ${name}: ${milliseconds(begun, process.cpuUsage())} ms`)
    return value
  }
}

const start = process.cpuUsage()
let imported = start
if (process.argv[2] === 'fetch') {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    access_key: 'key',
    type: 'management',
    version: 2,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 3600,
  }
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  const token = `${text}.${createHmac('sha256', 'secret').update(text).digest('base64url')}`
  await fetch('http://127.0.0.1/v2/rooms/r', { headers: { authorization: `Bearer ${token}` } })
} else if (process.argv[2] === 'official') {
  // It uses node:https. Nothing is sent: the process ends where it would connect.
  Socket.prototype.connect = () => {
    report(process.cpuUsage())
    process.exit()
  }
  const { SDK } = createRequire(new URL('../bench/node/', import.meta.url))('@100mslive/server-sdk')
  imported = process.cpuUsage()
  await new SDK('key', 'secret').rooms.retrieveById('r')
} else {
  timed(Buffer, 'from')
  timed(WebAssembly, 'Module')
  const { Client } = await import('hundredms/edge')
  imported = process.cpuUsage()
  await new Client({ accessKey: 'key', secret: 'secret', baseUrl: 'http://127.0.0.1/v2' }).rooms
    .get('r')
    .catch(() => undefined)
}
report(sent)
