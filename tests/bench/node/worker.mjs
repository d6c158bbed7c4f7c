// One client of the benchmark: does the work that it is sent, and reports the cost.
//
// `cargo xtask bench` starts it: `node worker.mjs CLIENT SERVER CONTROL`. It connects to CONTROL (host:port), reads one JSON
// object a line, `{"work": "room", "in_flight": 32, "count": 100, "seconds": 1}` or with `"calls"` in place of `"seconds"`,
// and answers each with `{"calls", "seconds", "cpu", "main", "memory"}`: seconds and bytes. It checks one response before it measures.
import { createSecretKey, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

const require = createRequire(`${process.cwd()}/worker.cjs`)
const [client, server, control] = process.argv.slice(2)
const ENOUGH = 4096
const room = '66b2d2105c803b002a000007'
const accessKey = '65f0aa11bb22cc33dd44ee55'
const secret = 'benchmark-secret-0123456789abcdef'
const headers = { authorization: 'Bearer x', accept: 'application/json' }
const url = (work, count) => (work === 'room' ? `${server}/rooms/${room}` : `${server}/rooms?name=${count}`)

const clients = {
  hundredms() {
    const { Client } = require('hundredms')
    const client = new Client({ accessKey, secret, baseUrl: server })
    return (work, count) =>
      ({
        room: () => client.rooms.get(room),
        page: () => client.rooms.list({ name: String(count) }).firstPage(),
        token: () => client.tokens.auth('room', 'host', { userId: 'ada' }),
      })[work]
  },
  undici() {
    const { Agent, request } = require('undici')
    const dispatcher = new Agent({ connections: ENOUGH })
    return (work, count) => {
      const address = url(work, count)
      return async () => (await request(address, { headers, dispatcher })).body.json()
    }
  },
  official() {
    const { SDK } = require('@100mslive/server-sdk')
    const sdk = new SDK(accessKey, secret)
    // Its base URL is a constant; only this is changed.
    sdk.api.axios.defaults.baseURL = `${server}/`
    return (work) =>
      ({
        room: () => sdk.rooms.retrieveById(room),
        token: () => sdk.auth.getAuthToken({ roomId: 'room', role: 'host', userId: 'ada' }),
      })[work]
  },
  jsonwebtoken() {
    const jwt = require('jsonwebtoken')
    const claims = { access_key: accessKey, room_id: 'room', role: 'host', user_id: 'ada', type: 'app', version: 2 }
    const options = { algorithm: 'HS256', expiresIn: '24h' }
    // If the key is text, it tries to parse a PEM for each token.
    const key = createSecretKey(Buffer.from(secret))
    return () => () => jwt.sign(claims, key, { ...options, jwtid: randomUUID() })
  },
}

/** Make one call, and fail unless the result is the right one. */
async function check(call, { work, count }) {
  const answer = await call()
  // The official SDK returns a token in an object.
  const token = answer?.token ?? answer
  const text = (value) => typeof value === 'string' && value !== ''
  const fits = {
    room: () => text(answer?.id),
    page: () => Array.isArray(answer?.data) && answer.data.length === count,
    token: () => text(token) && token.split('.').length === 3,
  }
  if (!fits[work]()) {
    throw new Error(`${client}: wrong response to ${work} of ${count}: ${JSON.stringify(answer)?.slice(0, 200)}`)
  }
}

/** The seconds that the main thread has run. */
const mainThread = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9

async function measure(call, { in_flight: inFlight, calls = Infinity, seconds = 1e9 }) {
  const begun = { time: performance.now(), cpu: process.cpuUsage(), main: mainThread() }
  const until = begun.time + seconds * 1000
  let made = 0
  const lane = async () => {
    while (made < calls && performance.now() < until) {
      made += 1
      await call()
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const cpu = process.cpuUsage(begun.cpu)
  return {
    calls: made,
    seconds: (performance.now() - begun.time) / 1000,
    cpu: (cpu.user + cpu.system) / 1e6,
    main: mainThread() - begun.main,
    memory: process.memoryUsage.rss(),
  }
}

const works = clients[client]()
const [host, port] = control.split(':')
const socket = connect(Number(port), host)
for await (const line of createInterface({ input: socket })) {
  const order = JSON.parse(line)
  const call = works(order.work, order.count)
  await check(call, order)
  socket.write(`${JSON.stringify(await measure(call, order))}\n`)
}
// The official SDK and open agents would keep the process alive.
process.exit(0)
