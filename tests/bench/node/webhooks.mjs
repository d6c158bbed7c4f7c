// Webhooks per second on one core: verified, parsed, and passed to their handlers, compared with a handwritten handler in interleaved
// rounds of one run.
//
// `taskset -c 0 node webhooks.mjs [--rounds 7] [--seconds 1]` prints JSON; `cargo xtask bench` runs it in a project that has the packed
// packages, and compares it with its bar.
import { timingSafeEqual } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'

// As installed in the folder that this runs in.
const { webhooks } = createRequire(`${process.cwd()}/webhooks.cjs`)('hundredms')

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1' },
  },
})
const SECRET = 'a-secret-that-the-service-was-told-to-send'
const BATCH = 3200
const folder = new URL('../../contract/webhook-examples/', import.meta.url)
const examples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
// As the service sends them: without blanks.
const templates = examples.map((example) => JSON.stringify({ ...example, id: 'ID' }).split('ID'))
const types = examples.map(({ type }) => type)
const headers = {
  host: 'a.example',
  'content-type': 'application/json',
  'content-length': '600',
  'x-webhook-secret': SECRET,
}

/** The ids of the events that were handled, in order. */
let handled = []
const look = ({ id, data }) => {
  if (data.room_id.length === 0) throw new Error('no room')
  handled.push(id)
}

const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
for (const type of types) receiver.on(type, look)
const handlers = new Map(types.map((type) => [type, look]))
const expected = Buffer.from(SECRET)

const HANDLE = 'receiver.handle: verify, parse, route, once'
const BY_HAND = 'by hand: timingSafeEqual, JSON.parse, route'
const variants = {
  async [HANDLE](body) {
    const { status } = await receiver.handle(body, headers)
    if (status !== 200) throw new Error(`status ${status}`)
  },
  'receiver.receive: verify, parse': (body) => {
    const { id } = receiver.receive(body, headers)
    handled.push(id)
  },
  [BY_HAND]: (body) => {
    const sent = Buffer.from(headers['x-webhook-secret'])
    if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw new Error('wrong')
    const event = JSON.parse(body.toString())
    handlers.get(event.type)(event)
  },
}

let made = 0

/** Events per second of CPU time. Creating the bodies, each with its own id, is not counted. */
async function rate(take) {
  let done = 0
  let worked = 0
  while (worked < Number(values.seconds) * 1e6) {
    const ids = Array.from({ length: BATCH }, () => String(made++).padStart(36, '0'))
    const bodies = ids.map((id, at) => Buffer.from(templates[at % templates.length].join(id)))
    handled = []
    const begun = process.cpuUsage()
    for (const body of bodies) await take(body)
    const { user, system } = process.cpuUsage(begun)
    worked += user + system
    done += BATCH
    if (handled.length !== BATCH || handled.some((id, at) => id !== ids[at])) {
      throw new Error('not every event was handled once')
    }
  }
  return done / (worked / 1e6)
}

const rates = Object.fromEntries(Object.keys(variants).map((name) => [name, []]))
for (let round = 0; round <= Number(values.rounds); round += 1) {
  for (const [name, take] of Object.entries(variants)) {
    const measured = await rate(take)
    // The first round warms up.
    if (round > 0) rates[name].push(measured)
  }
}
const bytes = Math.round(
  templates.reduce((sum, parts) => sum + parts.join('0'.repeat(36)).length, 0) / templates.length,
)
const figures = Object.entries(rates).map(([name, rates]) => ({ name, rates }))
console.log(JSON.stringify({ types: types.length, bytes, handled: HANDLE, by_hand: BY_HAND, variants: figures }))
