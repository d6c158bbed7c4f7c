// Makes many calls at once through faults: a plan on standard input, a report on standard output. Runs with --expose-gc.

import { readdirSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

const { Client, HundredmsError } = await import(process.env.HUNDREDMS_PACKAGE ?? 'hundredms')

/** What this process holds, garbage apart. */
function sample() {
  globalThis.gc()
  const status = readFileSync('/proc/self/status', 'utf8')
  const number = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))[1])
  return { files: readdirSync('/proc/self/fd').length, threads: number('Threads'), memory_kb: number('VmRSS') }
}

const plan = JSON.parse(await text(process.stdin))
const { access_key: accessKey, secret, base_url: baseUrl, max_retries: maxRetries, timeout } = plan.client
const client = new Client({ accessKey, secret, baseUrl, maxRetries, timeoutMs: timeout * 1000 })
const outcomes = Buffer.alloc(plan.calls, '.')
const errors = {}
const samples = []
let next = 0
let done = 0

function one(number) {
  const description = `soak-${number}`
  if (number % 2 === 0) return client.rooms.get(plan.room)
  if (number % 4 === 1) return client.rooms.create({ description, name: description })
  return client.rooms.create({ description })
}

async function worker() {
  while (next < plan.calls) {
    const number = next++
    let outcome = 'o'
    try {
      await one(number)
    } catch (error) {
      if (!(error instanceof HundredmsError)) throw error
      errors[error.kind] = (errors[error.kind] ?? 0) + 1
      outcome = error.mayHaveApplied ? 'm' : 'n'
    }
    outcomes.write(outcome, number, 'latin1')
    done += 1
    if (done % plan.sample_every === 0) samples.push(sample())
  }
}

const began = performance.now()
await Promise.all(Array.from({ length: plan.in_flight }, worker))
const seconds = (performance.now() - began) / 1000
console.log(JSON.stringify({ outcomes: outcomes.toString('latin1'), errors, samples, seconds }))
