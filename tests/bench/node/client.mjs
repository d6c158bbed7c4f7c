// One client, warmed up, then measured: calls per second and the time of the main thread for each. Started by calls.mjs.
import { readFileSync, writeSync } from 'node:fs'

const [name, what, baseUrl, seconds, rounds, warmUp] = process.argv.slice(2)
const IN_FLIGHT = 32
const keys = { accessKey: '65f0aa11bb22cc33dd44ee55', secret: 'benchmark-secret-0123456789abcdef' }
const headers = { authorization: 'Bearer x', accept: 'application/json' }
const url = what === 'room' ? `${baseUrl}/rooms/66b2d2105c803b002a000007` : `${baseUrl}/rooms?limit=100`

const clients = {
  async hundredms() {
    const { Client } = await import('hundredms')
    const { rooms } = new Client({ ...keys, baseUrl })
    return what === 'room' ? () => rooms.get('66b2d2105c803b002a000007') : () => rooms.list().firstPage()
  },
  async undici() {
    const { Agent, request } = await import('undici')
    const dispatcher = new Agent({ connections: IN_FLIGHT })
    return async () => (await request(url, { headers, dispatcher })).body.json()
  },
  async fetch() {
    return async () => (await fetch(url, { headers })).json()
  },
  async axios() {
    const { default: axios } = await import('axios')
    const { Agent } = await import('node:http')
    const httpAgent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
    return async () => (await axios.get(url, { headers, httpAgent })).data
  },
  async official() {
    const { createRequire } = await import('node:module')
    const { SDK } = createRequire(import.meta.url)('@100mslive/server-sdk')
    const sdk = new SDK(keys.accessKey, keys.secret)
    // Its base address is fixed in the code; only this is changed.
    const { axios } = sdk.api
    axios.defaults.baseURL = `${baseUrl}/`
    return () => sdk.rooms.retrieveById('66b2d2105c803b002a000007')
  },
}

/** Nanoseconds that the main thread has run. */
function mainThread() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0])
}

async function keepInFlight(call, more) {
  const worker = async () => {
    while (more()) await call()
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
}

const call = await clients[name]()
let left = Number(warmUp)
await keepInFlight(call, () => left-- > 0)
const figures = []
for (let round = 0; round < Number(rounds); round += 1) {
  let done = 0
  const ran = mainThread()
  const begun = performance.now()
  const until = begun + Number(seconds) * 1000
  await keepInFlight(call, () => {
    done += 1
    return performance.now() < until
  })
  const passed = (performance.now() - begun) / 1000
  figures.push({ rate: done / passed, main: (mainThread() - ran) / 1000 / done })
}
// Not to the standard output, which the official SDK logs to.
writeSync(3, JSON.stringify(figures))
process.exit(0)
