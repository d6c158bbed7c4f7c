// What looks at calls and fails: hooks that throw whatever can be thrown, and an OpenTelemetry that is broken. Calls go on.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { Client } from 'hundredms'
import { json, roomOf, served } from './sandbox-client.mjs'

const CALLS = 20
const UNPRINTABLE = 'a hook failed, and what it threw cannot be printed'

/** An error with something that throws when Node prints it. */
function unprintable(name) {
  const get = () => {
    throw new Error('not to be printed')
  }
  return Object.defineProperty(new Error('on purpose'), name, { get })
}

const THROWN = [
  ['an object without a prototype', Object.create(null), UNPRINTABLE],
  [
    'an object whose text throws',
    {
      toString() {
        throw new Error('no')
      },
    },
    UNPRINTABLE,
  ],
  ['an error without a text', unprintable('message'), UNPRINTABLE],
  ['an error without a stack', unprintable('stack'), 'Error: on purpose'],
  [
    'an error whose code is a symbol',
    Object.assign(new Error('on purpose'), { code: Symbol('x') }),
    'Error: on purpose',
  ],
  ['an error of another realm', runInNewContext('new Error("from elsewhere")'), 'Error: from elsewhere'],
  ['a symbol', Symbol('a'), 'Symbol(a)'],
  ['nothing', undefined, 'undefined'],
  ['an error', new TypeError('plain'), 'plain'],
]

/** Make calls of a client with these hooks and of one without, all answered at once; all must succeed. Gives the warnings. */
async function callsBeside(hooks, warningsWanted) {
  const warnings = []
  const warned = ({ message }) => warnings.push(message)
  process.on('warning', warned)
  const responses = []
  const { baseUrl, client } = await served((_, response) => {
    responses.push(response)
    if (responses.length === 2 * CALLS) for (const each of responses) json(each, roomOf('a'))
  }, hooks)
  const quiet = new Client({ accessKey: 'key', secret: 'secret', baseUrl })
  const calls = Array.from({ length: CALLS }, () => [client.rooms.get('a'), quiet.rooms.get('a')])
  for (const { id } of await Promise.all(calls.flat())) assert.equal(id, 'a')
  while (warnings.length < warningsWanted) await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', warned)
  return warnings
}

for (const [name, thrown, warning] of THROWN) {
  const fail = () => {
    throw thrown
  }
  const hooks = [
    ['throws', fail],
    ['is rejected with', async () => fail()],
    ['is rejected in another realm with', runInNewContext('async (fail) => fail()').bind(undefined, fail)],
  ]
  for (const [how, hook] of hooks) {
    test(`a hook that ${how} ${name} breaks no call of any client`, { timeout: 30_000 }, async () => {
      const warnings = await callsBeside({ onRequest: hook, onResponse: hook }, 2 * CALLS)
      assert.deepEqual(warnings, Array(2 * CALLS).fill(warning))
    })
  }
}

test('what a hook gives is not awaited and not begun, if it is no promise', { timeout: 30_000 }, async () => {
  let begun = 0
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: it is what queries of some libraries have
    then() {
      begun += 1
    },
  }
  const warnings = await callsBeside({ onRequest: () => new Promise(() => {}), onResponse: () => query }, 0)
  assert.deepEqual([begun, warnings], [0, []])
})

test('when even the warning fails, that is an uncaught exception, and every call still ends', async () => {
  const source = `
    import { createServer } from 'node:http'
    import { Client } from 'hundredms'
    const responses = []
    const server = createServer((_, response) => {
      responses.push(response)
      const head = { 'content-type': 'application/json' }
      if (responses.length === ${2 * CALLS}) for (const each of responses) each.writeHead(200, head).end('{}')
    })
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
    const uncaught = new Set()
    process.on('uncaughtException', (error) => uncaught.add(error.message))
    process.emitWarning = () => { throw new Error('no warning') }
    const options = { token: 'a', baseUrl: 'http://127.0.0.1:' + server.address().port + '/v2' }
    const fail = () => { throw new Error('on purpose') }
    const clients = [new Client({ ...options, onRequest: fail, onResponse: fail }), new Client(options)]
    const calls = Array.from({ length: ${CALLS} }, () => clients.map((client) => client.callRaw('rooms.get', { room_id: 'a' })))
    const ended = await Promise.all(calls.flat())
    console.log(ended.length, ...uncaught)
    server.closeAllConnections()
    server.close()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 30_000,
  })
  let printed = ''
  child.stdout.on('data', (data) => {
    printed += data
  })
  const [code, signal] = await once(child, 'close')
  assert.deepEqual([code, signal, printed.trim()], [0, null, `${2 * CALLS} no warning`])
})

/** Make a call while OpenTelemetry is `broken`, and give the trace that it carried. */
async function traceUnder(broken) {
  const place = Symbol.for('opentelemetry.js.api.1')
  let sent
  const { client } = await served((request, response) => {
    sent = [request.headers.traceparent, request.headers.tracestate]
    json(response, roomOf('a'))
  })
  const before = globalThis[place]
  globalThis[place] = broken
  try {
    assert.equal((await client.rooms.get('a')).id, 'a')
  } finally {
    globalThis[place] = before
  }
  return sent
}

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const working = { active: () => ROOT_CONTEXT }

/** An OpenTelemetry that injects these headers. */
function injecting(headers) {
  const inject = (_, carrier, setter) => {
    for (const [name, value] of Object.entries(headers)) setter.set(carrier, name, value)
  }
  return { context: working, propagation: { inject } }
}

const fail = () => {
  throw new Error('on purpose')
}

for (const [name, broken] of [
  ['a propagator that throws', { context: working, propagation: { inject: fail } }],
  ['a propagator that is none', { context: working, propagation: null }],
  ['a context that throws', { context: { active: fail }, propagation: { inject() {} } }],
  ['a context that is none', { context: null, propagation: { inject() {} } }],
  ['a traceparent that is no text', injecting({ traceparent: { toString: fail }, tracestate: 'vendor=1' })],
  ['a traceparent that is a list', injecting({ traceparent: [TRACEPARENT] })],
]) {
  test(`with ${name}, calls go out without a trace`, async () => {
    assert.deepEqual(await traceUnder(broken), [undefined, undefined])
  })
}

test('of a trace goes what is text', async () => {
  const broken = injecting({ traceparent: TRACEPARENT, tracestate: 1, baggage: Symbol('none') })
  assert.deepEqual(await traceUnder(broken), [TRACEPARENT, undefined])
})

test('a propagator that throws behind the API of OpenTelemetry breaks no call', async () => {
  const manager = { with: (_, act) => act(), bind: (_, act) => act, enable() {}, disable() {} }
  context.setGlobalContextManager({ ...working, ...manager })
  propagation.setGlobalPropagator({ inject: fail, extract: (given) => given, fields: () => [] })
  const { client } = await served((_, response) => json(response, roomOf('a')))
  try {
    assert.equal((await client.rooms.get('a')).id, 'a')
  } finally {
    context.disable()
    propagation.disable()
  }
})
