// Goes through scenarios: plans on standard input, a line of JSON for each on standard output. The README beside says what a plan is.
// HUNDREDMS_PACKAGE is the file of the package, if it is not installed.

import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

const { Client, HundredmsError } = await import(process.env.HUNDREDMS_PACKAGE ?? 'hundredms')

const AT_ONCE = 16
const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())

/** Options as this package has them: milliseconds, and names in camel case. */
function options(given = {}) {
  const named = Object.entries(given).map(([name, value]) =>
    name.endsWith('timeout') ? [`${camel(name)}Ms`, value * 1000] : [camel(name), value],
  )
  return Object.fromEntries(named)
}

/** The reason of an error as if it were known that the request was sent, which no `fetch` says. */
function asSent(reason) {
  return reason.replace(', and the request may have been sent;', ' after the request was sent;')
}

const snake = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The reason of an error as the core has it, which names options otherwise. */
function asInTheCore(reason) {
  return reason.replace(/^[a-z]+(?:[A-Z][a-z]+)+(?=: )/, snake)
}

const CALLED =
  /(?<![\w.])(?:activeRooms|analytics|externalStreams|liveStreams|polls|recordingAssets|recordings|roomCodes|rooms|sessions|sip|streamKeys|templates)\.[a-z]+(?:[A-Z][a-z]+)*(?![\w.])/g

/** A text as the core has it, which names operations, and the arguments that are passed by themselves, otherwise. */
function inCore(text) {
  return text
    ?.replaceAll(CALLED, snake)
    .replaceAll(/(?:^|(?<=`))[a-z]+(?:[A-Z][a-z]+)*(?:Id|Name)(?=$|[`:.[])/g, snake)
}

/** What is compared of an error. */
function failed(error) {
  if (!(error instanceof HundredmsError)) return { kind: error.name, message: error.message }
  const { kind, reason, operation, method, route, status, code, details, requestId, field, phase, attempts } = error
  const { checkWith, state } = error
  return {
    kind,
    message: kind === 'configuration' ? asInTheCore(reason) : inCore(asSent(reason)),
    operation,
    method,
    route,
    status,
    code,
    details: details.map(inCore),
    request_id: requestId,
    field: inCore(field),
    phase,
    state,
    attempts,
    retry_after: error.retryAfterMs === undefined ? undefined : error.retryAfterMs / 1000,
    may_have_applied: error.mayHaveApplied,
    check_with: checkWith,
  }
}

/** Run a control of the sandbox over HTTP. */
async function control(plan, name, args) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${plan.controls}/${name}`, { method: 'POST', headers, body: JSON.stringify(args ?? {}) })
  if (answer.status === 415) throw new Error(await answer.text())
  return answer.json()
}

/** Call the method of an operation as a program would: path arguments one by one, then the others, then options. */
function called(client, operation, step, signal, more) {
  const [resource, method] = operation.split('.').map(camel)
  const args = { ...step.arguments }
  const words = step.path.map((name) => {
    const { [name]: value } = args
    delete args[name]
    return value
  })
  if (step.params) words.push(args)
  return client[resource][method](...words, { ...options(step.options), signal, ...more })
}

const raw = ({ status, body }) => ({ status, body: JSON.parse(Buffer.from(body).toString()) })

async function act(plan, client, step, signal, met) {
  const more = { ...options(step.options), signal }
  if (step.call) return (await called(client, step.call, step, signal)) ?? null
  if (step.job) return ran(client, step, signal)
  if (step.raw) return raw(await client.callRaw(step.raw, step.arguments, more))
  if (step.request) return raw(await client.request(step.request, step.at, { body: step.body }, more))
  if (step.list) return read(plan, client, step, signal)
  if (step.pause) return pause(step.pause * 1000, null)
  if (step.reconcile) return (await client.reconcile(met)) ?? null
  return control(plan, step.control, step.arguments)
}

/** Run a job, and note what it reports if the step wants it. */
async function ran(client, step, signal) {
  if (!step.progress) return (await called(client, step.job, step, signal)) ?? null
  const reports = []
  const result = await called(client, step.job, step, signal, { onProgress: (report) => reports.push(report) })
  return { result, first: reports.at(0), last: reports.at(-1) }
}

async function read(plan, client, step, signal) {
  const { again = 0, between, resume_after: resumeAfter, resume_on_error: resumeOnError } = step
  const ids = []
  const errors = []
  let count = 0
  const list = () => called(client, step.list, step, signal)
  let pages = list().pages()
  for (;;) {
    let next
    try {
      next = await pages.next()
    } catch (error) {
      if (signal.aborted) throw error
      errors.push(failed(error))
      if (errors.length > again) break
      if (resumeOnError) pages = list().resume(pages.cursor).pages()
      continue
    }
    if (next.done) break
    count += 1
    ids.push(...next.value[step.items].map(({ id }) => id))
    if (between?.after === count) await control(plan, between.control, between.arguments)
    if (resumeAfter === count) pages = list().resume(pages.cursor).pages()
  }
  return { pages: count, items: ids.length, distinct: new Set(ids).size, errors }
}

async function one(plan, client, step, met) {
  const giving = new AbortController()
  const timer =
    step.cancel_after === undefined ? undefined : setTimeout(() => giving.abort(), step.cancel_after * 1000)
  try {
    return { value: await act(plan, client, step, giving.signal, met) }
  } catch (error) {
    if (giving.signal.aborted && error === giving.signal.reason) return { cancelled: true }
    return { error: failed(error), met: error }
  } finally {
    clearTimeout(timer)
  }
}

/** A callback that gives the token of a plan as late as the plan says. */
function callback({ token, after }) {
  let asked = 0
  return () => pause(after[Math.min(asked++, after.length - 1)] * 1000, token)
}

async function play(plan) {
  let client
  try {
    const { tokens } = plan
    client = new Client({ ...options(plan.client), ...(tokens && { token: callback(tokens) }) })
  } catch (error) {
    return plan.steps.map(() => ({ error: failed(error), seconds: 0 }))
  }
  const outcomes = []
  let last
  for (const step of plan.steps) {
    const began = performance.now()
    const { met, ...outcome } = await one(plan, client, step, last)
    last = met ?? last
    outcomes.push({ ...outcome, seconds: (performance.now() - began) / 1000 })
  }
  return outcomes
}

const plans = JSON.parse(await text(process.stdin))

async function worker() {
  for (let plan = plans.shift(); plan; plan = plans.shift()) {
    const outcomes = await play(plan)
    process.stdout.write(`${JSON.stringify({ id: plan.id, outcomes })}\n`)
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, worker))
