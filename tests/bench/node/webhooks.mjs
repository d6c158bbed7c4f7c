// Webhooks received per second on one core: verified, parsed, and handed to their handler; against handlers written by hand, in turns.
//
//   node webhooks.mjs [--seconds 2] [--rounds 3]
//
// `cargo xtask bench` runs it in a project that has the packed packages. Each figure is the median of the rounds, each after a warm-up.
import { spawnSync } from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// As installed in the folder that this runs in.
const { webhooks } = createRequire(`${process.cwd()}/webhooks.cjs`)('hundredms')
const LEAST = 50_000

if (!process.env.PINNED) {
  const words = ['-c', '0', process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  process.exit(spawnSync('taskset', words, { stdio: 'inherit', env: { ...process.env, PINNED: '1' } }).status)
}
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '3' } },
})
const SECRET = 'a-secret-that-the-service-was-told-to-send'
const folder = new URL('../../contract/webhook-examples/', import.meta.url)
const examples = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
// As the service sends them: without blanks. Each gets an id of its own, of the same length for all receivers.
const templates = examples.map((text) => JSON.stringify({ ...JSON.parse(text), id: '00000000-0000-4000-8000-ID' }).split('ID'))
const headers = { host: 'a.example', 'content-type': 'application/json', 'content-length': '600', 'x-webhook-secret': SECRET }

let ids = 100_000_000_000
function bodies(count) {
  return Array.from({ length: count }, (_, at) => {
    const [before, after] = templates[at % templates.length]
    ids += 1
    return Buffer.from(before + ids + after)
  })
}

let seen = 0
const look = ({ data }) => {
  seen += data.room_id.length
}
const types = examples.map((text) => JSON.parse(text).type)

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
for (const type of types) receiver.on(type, look)
const handlers = new Map(types.map((type) => [type, look]))
const digest = (text) => createHash('sha256').update(text).digest()
const expected = digest(SECRET)

const receivers = {
  'hundredms receive + route': (body) => {
    const event = receiver.receive(body, headers)
    handlers.get(event.type)(event)
  },
  'hundredms handle, each once': (body) => receiver.handle(body, headers),
  'by hand, ===': (body) => {
    if (headers['x-webhook-secret'] !== SECRET) throw new Error('wrong')
    const event = JSON.parse(body.toString())
    handlers.get(event.type)(event)
  },
  'by hand, timingSafeEqual': (body) => {
    if (!timingSafeEqual(digest(headers['x-webhook-secret']), expected)) throw new Error('wrong')
    const event = JSON.parse(body.toString())
    handlers.get(event.type)(event)
  },
}

/** Events for each second that the core has worked on them; what others do on it, and making the bodies, is not counted. */
async function rate(receive) {
  let done = 0
  let worked = 0
  while (worked < Number(values.seconds) * 1e6) {
    const batch = bodies(3200)
    const begun = process.cpuUsage()
    for (const body of batch) await receive(body)
    const { user, system } = process.cpuUsage(begun)
    worked += user + system
    done += batch.length
  }
  return done / (worked / 1e6)
}

const size = templates.reduce((sum, [before, after]) => sum + before.length + after.length + 12, 0) / templates.length
console.log(`Node ${process.version}, one core; all ${types.length} types in turns, ${size.toFixed(0)} bytes on average\n`)
const rates = Object.fromEntries(Object.keys(receivers).map((name) => [name, []]))
for (let round = 0; round <= Number(values.rounds); round += 1) {
  for (const [name, receive] of Object.entries(receivers)) {
    const measured = await rate(receive)
    // The first round warms up.
    if (round > 0) rates[name].push(measured)
  }
}
for (const [name, measured] of Object.entries(rates)) {
  const median = measured.sort((one, other) => one - other)[Math.floor(measured.length / 2)]
  console.log(`${name.padEnd(28)} ${median.toFixed(0).padStart(8)} events/s  ${(1e6 / median).toFixed(2).padStart(6)} us each`)
}
if (seen === 0) throw new Error('no handler has seen anything')
if (rates['hundredms receive + route'][Math.floor(Number(values.rounds) / 2)] < LEAST) process.exitCode = 1
