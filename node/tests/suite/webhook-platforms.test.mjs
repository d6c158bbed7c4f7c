// The receiver on platforms that read the body first, behind gateways, and against senders who mean no good.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import { http as cloudFunction } from '@google-cloud/functions-framework'
import { getTestServer } from '@google-cloud/functions-framework/testing'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { ConfigurationError, webhooks } from 'hundredms'
import { joined, SECRET } from './webhook-events.mjs'

const HEADERS = { 'content-type': 'application/json', 'x-webhook-secret': SECRET }

/** A receiver that keeps the ids of what it handled, and what it was told. */
function keeping(options = {}) {
  const seen = []
  const errors = []
  const receiver = new webhooks.Receiver({
    headers: { 'x-webhook-secret': SECRET },
    onError: (error, event) => errors.push([error, event]),
    ...options,
  })
  receiver.on('peer.join.success', async ({ id }) => void seen.push(id))
  return { receiver, seen, errors }
}

async function listening(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${server.address().port}/`
}

async function post(url, body = joined({ id: '1' }), headers = HEADERS) {
  const response = await fetch(url, { method: 'POST', body, headers })
  return [response.status, await response.json()]
}

test('Cloud Functions and Firebase parse the body first: it is handled from rawBody', async () => {
  const { receiver, seen, errors } = keeping({ hmacKey: undefined })
  cloudFunction('hook', receiver.express())
  const server = getTestServer('hook')
  assert.deepEqual(await post(await listening(server)), [200, { message: 'handled' }])
  assert.deepEqual([seen, errors], [['1'], []])
})

test('a JSON parser that keeps the bytes as rawBody, as that of Nest does, may run before', async () => {
  const { receiver, seen } = keeping()
  const app = express()
  app.use(express.json({ verify: (request, _, bytes) => Object.assign(request, { rawBody: bytes }) }))
  const handle = receiver.express()
  app.post('/', (request, response) => handle(request, response))
  assert.deepEqual(await post(await listening(createServer(app))), [200, { message: 'handled' }])
  assert.deepEqual(seen, ['1'])
})

test('where no bytes are left and there is no next, as in a Next pages route, the answer is 500 and the reason is told', async () => {
  const { receiver, errors } = keeping()
  const handle = receiver.express()
  const server = createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    request.body = JSON.parse(Buffer.concat(parts))
    await handle(request, response)
  })
  const [status, { message }] = await post(await listening(server))
  assert.equal(status, 500)
  assert.equal(message, 'the webhook cannot be handled; the reason is in the log of the server')
  const [[error, event], ...more] = errors
  assert.deepEqual([more, event], [[], undefined])
  assert.ok(error instanceof ConfigurationError)
  assert.match(error.message, /a body parser has read it.*rawBody/)
})

test('without onError the reason is on the console', async (context) => {
  const printed = context.mock.method(console, 'error', () => {})
  const handle = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } }).express()
  const server = createServer((request, response) => {
    request.resume().on('end', () => handle(Object.assign(request, { body: {} }), response))
  })
  const [status] = await post(await listening(server))
  assert.equal(status, 500)
  assert.match(String(printed.mock.calls[0].arguments[0]), /a body parser has read it/)
})

/** An event of each format, for a body. */
function lambdaEvents(text, secret = SECRET) {
  const headers = { 'Content-Type': 'application/json', 'X-Webhook-Secret': secret }
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
  const bodies = [
    { body: text, isBase64Encoded: false },
    { body: Buffer.from(text).toString('base64'), isBase64Encoded: true },
  ]
  return bodies.flatMap((body) => [
    { version: '2.0', ...body, headers, requestContext: { http: { method: 'POST', sourceIp: '127.0.0.1' } } },
    {
      ...body,
      httpMethod: 'POST',
      headers,
      multiValueHeaders,
      requestContext: { identity: { sourceIp: '127.0.0.1' } },
    },
    {
      ...body,
      httpMethod: 'POST',
      headers: null,
      multiValueHeaders,
      requestContext: { identity: { sourceIp: '127.0.0.1' } },
    },
    {
      ...body,
      httpMethod: 'POST',
      headers,
      multiValueHeaders: null,
      requestContext: { elb: { targetGroupArn: 'arn' } },
    },
    { ...body, httpMethod: 'POST', multiValueHeaders, requestContext: { elb: { targetGroupArn: 'arn' } } },
  ])
}

test('Lambda: events of API Gateway 1.0 and 2.0 and of load balancers are handled, base64 or not', async () => {
  const text = joined({ id: 'ünïcode' })
  for (const event of lambdaEvents(text)) {
    const { receiver, seen } = keeping()
    const { statusCode, headers, multiValueHeaders, body } = await receiver.lambda()(event, {}, undefined)
    assert.deepEqual([statusCode, body, seen], [200, '{"message":"handled"}', ['ünïcode']])
    assert.equal(headers['content-type'], 'application/json')
    assert.deepEqual(multiValueHeaders?.['content-type'], event.multiValueHeaders ? ['application/json'] : undefined)
  }
  for (const event of lambdaEvents(text, 'wrong')) {
    assert.equal((await keeping().receiver.lambda()(event)).statusCode, 401)
  }
  const [event] = lambdaEvents(text)
  const allowed = keeping({ allowList: '192.0.2.0/24' })
  assert.equal((await allowed.receiver.lambda()(event)).statusCode, 403)
  assert.equal((await keeping().receiver.lambda()({ ...event, body: null })).statusCode, 400)
  const get = { ...event, requestContext: { http: { method: 'GET' } } }
  assert.equal((await keeping().receiver.lambda()(get)).statusCode, 405)
  const { receiver, errors } = keeping()
  assert.equal((await receiver.lambda()(undefined)).statusCode, 500)
  assert.match(errors[0][0].message, /event: must be an event of an API Gateway/)
})

test('Lambda: the answer waits for work in the background, since the process is frozen after it', async () => {
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
  let done = false
  const work = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    done = true
  }
  receiver.on('peer.join.success', work, { background: true })
  const { statusCode, body } = await receiver.lambda()(lambdaEvents(joined())[0])
  assert.deepEqual([statusCode, body, done], [200, '{"message":"accepted"}', true])
})

test('a body in base64 that was not decoded is refused with a hint', async () => {
  const told = []
  const { receiver } = keeping({ onVerificationError: (refusal) => told.push(refusal.message) })
  const body = Buffer.from(joined()).toString('base64')
  assert.throws(() => receiver.receive(body, HEADERS), {
    reason: 'not_json',
    status: 400,
    message: /base64.*Buffer\.from\(body, 'base64'\)/,
  })
  assert.throws(
    () => receiver.receive('eyes', HEADERS),
    (refusal) => !/base64/.test(refusal.message),
  )
  const answer = await receiver.handle(body, HEADERS)
  assert.equal(answer.status, 400)
  assert.match(answer.body, /it looks like base64/)
  assert.match(told.join(), /isBase64Encoded/)
})

test('fetch: work in the background goes to waitUntil, with what came behind the request', async () => {
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
  let finish
  const gate = new Promise((resolve) => {
    finish = resolve
  })
  let done = false
  const work = async () => {
    await gate
    done = true
  }
  receiver.on('peer.join.success', work, { background: true })
  const works = []
  const handle = receiver.fetch({
    waitUntil: (promise, request, context) => works.push([promise, request.method, context]),
  })
  const response = await handle(
    new Request('http://a/', { method: 'POST', body: joined(), headers: HEADERS }),
    'context',
  )
  assert.equal(response.status, 200)
  const [[promise, method, context], ...more] = works
  assert.deepEqual([method, context, more, done], ['POST', 'context', [], false])
  finish()
  assert.equal(await promise, undefined)
  assert.equal(done, true)
})

test('fetch: a waitUntil that fails changes no answer', async (context) => {
  const printed = context.mock.method(console, 'error', () => {})
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
  receiver.on('peer.join.success', async () => {}, { background: true })
  const handle = receiver.fetch({
    waitUntil: () => {
      throw new Error('outside of a request')
    },
  })
  const { status } = await handle(new Request('http://a/', { method: 'POST', body: joined(), headers: HEADERS }))
  assert.equal(status, 200)
  assert.match(String(printed.mock.calls[0].arguments[0]), /outside of a request/)
})

test('a handler in the background that fails is told to onError with its event, which can be handled again', async () => {
  const errors = []
  const receiver = new webhooks.Receiver({
    headers: { 'x-webhook-secret': SECRET },
    onError: (error, event) => errors.push([error.message, event]),
  })
  let times = 0
  const work = async () => {
    times += 1
    if (times === 1) throw new Error('on purpose')
  }
  receiver.on('peer.join.success', work, { background: true })
  assert.equal((await receiver.handle(joined({ id: 'b' }), HEADERS)).status, 200)
  await receiver.idle()
  const [[message, event]] = errors
  assert.deepEqual([message, event.id], ['on purpose', 'b'])
  assert.equal((await receiver.dispatch(event)).outcome, 'accepted')
  await receiver.idle()
  assert.equal(times, 2)
})

test('fetch: a body that was read before is handled from what Hono keeps of it', async () => {
  const { receiver, seen } = keeping()
  const receive = receiver.fetch()
  const app = new Hono()
  app.post('/', async (context) => {
    await context.req.json()
    return receive(context.req.raw, context)
  })
  const response = await app.request('/', { method: 'POST', body: joined({ id: 'h' }), headers: HEADERS })
  assert.deepEqual([response.status, seen], [200, ['h']])
})

test('fetch: where no bytes are left the answer is 500 and the reason is told', async () => {
  const { receiver, errors } = keeping()
  const request = new Request('http://a.example/', { method: 'POST', body: joined(), headers: HEADERS })
  await request.json()
  assert.equal((await receiver.fetch()(request)).status, 500)
  assert.match(errors[0][0].message, /has been read already/)
})

test('Fastify: where something else has parsed the body the answer is 500 and the reason is told', async () => {
  const { receiver, errors } = keeping()
  const app = fastify()
  app.addHook('preHandler', async (request) => {
    request.body = JSON.parse(request.body)
  })
  app.register(receiver.fastify({ path: '/hook' }))
  const { statusCode } = await app.inject({ method: 'POST', url: '/hook', payload: joined(), headers: HEADERS })
  assert.equal(statusCode, 500)
  assert.match(errors[0][0].message, /something else has parsed it/)
})

/** Servers of each kind. `hung` resolves when a request of it was dropped. */
const SERVERS = {
  'node:http': (receiver) => listening(createServer(receiver.express())),
  Express: (receiver) => listening(createServer(express().post('/', receiver.express()))),
  Fastify: async (receiver) => {
    const app = fastify()
    app.register(receiver.fastify({ path: '/' }))
    after(() => app.close())
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
}

/** Send the head of a request and a part of its body; gives the socket. */
function sending(url, headers, part) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const lines = Object.entries({ host: 'a', 'content-type': 'application/json', ...headers }).flatMap(
    ([name, values]) => [values].flat().map((value) => `${name}: ${value}\r\n`),
  )
  socket.write(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${part}`)
  return socket
}

for (const [name, start] of Object.entries(SERVERS)) {
  test(`${name}: a sender without the secret is refused before its body came`, async () => {
    const { receiver } = keeping()
    const socket = sending(await start(receiver), { 'x-webhook-secret': 'wrong', 'content-length': 1_000_000 }, '{')
    const [data] = await once(socket, 'data')
    assert.match(String(data), /^HTTP\/1\.1 401 /)
    socket.destroy()
  })

  test(`${name}: a sender that hangs up in the middle of its body is no error`, async () => {
    const { receiver, errors } = keeping()
    const url = await start(receiver)
    const failures = []
    const failed = (error) => failures.push(error)
    process.on('uncaughtException', failed).on('unhandledRejection', failed)
    const socket = sending(url, { 'x-webhook-secret': SECRET, 'content-length': 500 }, '{"id": ')
    await once(socket, 'connect')
    socket.resetAndDestroy()
    // The server has seen it when it has handled a later one.
    assert.deepEqual((await post(url))[0], 200)
    process.off('uncaughtException', failed).off('unhandledRejection', failed)
    assert.deepEqual([errors, failures], [[], []])
  })

  test(`${name}: a secret header that comes twice is refused`, async () => {
    for (const header of ['x-webhook-secret', 'authorization']) {
      const receiver = new webhooks.Receiver({ headers: { [header]: SECRET } }).fallback(() => {})
      const url = await start(receiver)
      const text = joined()
      for (const values of [[SECRET], [SECRET, SECRET], [SECRET, 'wrong'], ['wrong', SECRET]]) {
        const socket = sending(url, { [header]: values, 'content-length': text.length, connection: 'close' }, text)
        const [data] = await once(socket, 'data')
        socket.destroy()
        const status = values.length === 1 ? 200 : 401
        assert.ok(String(data).startsWith(`HTTP/1.1 ${status} `), `${header} ${values}`)
      }
    }
  })
}

test('handle refuses a secret header that comes twice, in whatever form headers are given', async () => {
  const { receiver } = keeping()
  for (const headers of [
    { 'x-webhook-secret': [SECRET, SECRET] },
    { 'x-webhook-secret': SECRET, 'X-Webhook-Secret': 'wrong' },
    [
      ['x-webhook-secret', SECRET],
      ['x-webhook-secret', SECRET],
    ],
  ]) {
    assert.equal((await receiver.handle(joined(), headers)).status, 401)
  }
  assert.equal((await receiver.handle(joined(), { 'X-Webhook-Secret': [SECRET] })).status, 200)
})

test('fetch: a sender without the secret is refused before its body came', async () => {
  let pulled = 0
  const never = new ReadableStream({ pull: () => new Promise(() => (pulled += 1)) }, { highWaterMark: 0 })
  const options = { method: 'POST', duplex: 'half', body: never }
  const request = (headers) => new Request('http://a.example/hook', { ...options, headers })
  const refused = await new webhooks.Receiver({ headers: { 'x-s': 'k' } }).fetch()(request({ 'x-s': 'wrong' }))
  assert.deepEqual([refused.status, pulled], [401, 0])
})

test('fetch and Lambda refuse a secret header that comes twice', async () => {
  for (const values of [
    [SECRET, SECRET],
    [SECRET, 'wrong'],
    ['wrong', SECRET],
  ]) {
    const { receiver, seen } = keeping()
    const headers = new Headers([['content-type', 'application/json'], ...values.map((it) => ['x-webhook-secret', it])])
    const request = new Request('http://a.example/', { method: 'POST', body: joined(), headers })
    assert.equal((await receiver.fetch()(request)).status, 401)
    // A gateway joins them, or gives all beside the last.
    for (const given of [
      { headers: { 'x-webhook-secret': values.join(',') } },
      { headers: { 'x-webhook-secret': values[1] }, multiValueHeaders: { 'x-webhook-secret': values } },
      { multiValueHeaders: { 'x-webhook-secret': values } },
    ]) {
      const event = { body: joined(), httpMethod: 'POST', requestContext: {}, ...given }
      assert.equal((await receiver.lambda()(event)).statusCode, 401)
    }
    assert.deepEqual(seen, [])
  }
})

test('what a handler returns is looked at without harm: a then that throws is a failed handler', async () => {
  for (const result of [
    Object.defineProperty({}, 'then', {
      get() {
        throw new Error('the getter')
      },
    }),
    Object.defineProperty({}, 'then', {
      value() {
        throw new Error('the call')
      },
    }),
  ]) {
    const errors = []
    const receiver = new webhooks.Receiver({
      headers: { 'x-webhook-secret': SECRET },
      onError: (error) => errors.push(error.message),
    })
    receiver.fallback(() => result)
    const { status } = await receiver.handle(joined({ id: 'then' }), HEADERS)
    assert.equal(status, 500)
    assert.match(errors.join(), /^the (getter|call)$/)
    receiver.idle()
  }
})

test('an onError or onVerificationError whose promise is rejected ends no process and changes no answer', async (context) => {
  const printed = context.mock.method(console, 'error', () => {})
  const fails = async () => {
    throw new Error('and later')
  }
  const receiver = new webhooks.Receiver({
    headers: { 'x-webhook-secret': SECRET },
    onError: fails,
    onVerificationError: fails,
  })
  receiver.fallback(fails)
  assert.equal((await receiver.handle(joined(), HEADERS)).status, 500)
  assert.equal((await receiver.handle(joined(), {})).status, 401)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(printed.mock.callCount(), 2)
})

test('an event shows what is known when it is logged, and the rest by name alone; JSON keeps all of it', () => {
  const { receiver } = keeping()
  const body = JSON.parse(joined({ id: 'logged' }))
  const text = JSON.stringify({ ...body, beside: 'hushed-1', data: { ...body.data, unheard_of: 'hushed-2' } })
  const event = receiver.receive(text, HEADERS)
  for (const options of [{}, { depth: 20, showHidden: true, getters: true }]) {
    const shown = inspect(event, options)
    assert.doesNotMatch(shown, /hushed/)
    assert.match(shown, /WebhookEvent \{.*id: 'logged'.*peer_id: /s)
    assert.match(shown, /beside/)
    assert.match(shown, /unheard_of: \[not shown\]/)
  }
  const unknown = webhooks.parse('{"id":"1","type":"some.thing","data":{"key":"hushed-3"}}')
  assert.doesNotMatch(inspect(unknown), /hushed/)
  assert.deepEqual(JSON.parse(JSON.stringify(event)).extra, { beside: 'hushed-1' })
})
