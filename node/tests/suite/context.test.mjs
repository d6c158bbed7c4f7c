// Code of the user is called in the async context of the call that caused it; and each call is a span of OpenTelemetry.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { channel } from 'node:diagnostics_channel'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import fastify from 'fastify'
import { Client, webhooks } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'
import { joined, SECRET } from './webhook-events.mjs'

const storage = new AsyncLocalStorage()
const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
after(() => provider.shutdown())
const tracer = trace.getTracer('tests')

/** A service that fails once for each call, then answers. */
function failingOnce(options) {
  const failed = new Set()
  return served((request, response) => {
    const fails = !failed.has(request.url)
    failed.add(request.url)
    json(response, fails ? { message: 'no' } : roomOf('a'), fails ? 503 : 200, { 'retry-after': '0' })
  }, options)
}

test('hooks and diagnostics channels see the storage of their own call, calls side by side', async () => {
  const seen = []
  const keep = (what) => (view) => seen.push([what, view.call, storage.getStore()])
  const { client } = await failingOnce({
    onRequest: keep('onRequest'),
    onResponse: keep('onResponse'),
    onRetry: keep('onRetry'),
  })
  const names = ['request', 'response', 'retry']
  const listeners = names.map((name) => [channel(`hundredms:${name}`), keep(name)])
  for (const [told, listener] of listeners) told.subscribe(listener)
  const ids = ['one', 'two', 'three', 'four']
  await Promise.all(ids.map((id) => storage.run(id, () => client.rooms.get(id))))
  await storage.run('list', () => client.rooms.list().firstPage()).catch(() => {})
  for (const [told, listener] of listeners) told.unsubscribe(listener)
  const stores = new Map()
  for (const [, call, store] of seen) stores.set(call, new Set([...(stores.get(call) ?? []), store]))
  assert.deepEqual([...stores.values()].map((each) => [...each]).sort(), [
    ['four'],
    ['list'],
    ['one'],
    ['three'],
    ['two'],
  ])
  for (const what of [...names, 'onRequest', 'onResponse', 'onRetry']) {
    assert.ok(
      seen.some(([name, , store]) => name === what && store === 'one'),
      what,
    )
  }
})

test('what a hook does later still sees the storage', async () => {
  let later
  const { client } = await failingOnce({
    onResponse: () => {
      later = new Promise((resolve) => setImmediate(() => resolve(storage.getStore())))
    },
  })
  await storage.run('req-1', () => client.rooms.get('a'))
  assert.equal(await later, 'req-1')
})

test('a hook of a call that is given up sees the storage', async () => {
  const seen = []
  const { client } = await served(() => {}, { onRequest: () => seen.push(storage.getStore()) })
  const controller = new AbortController()
  const call = storage.run('given-up', () => client.rooms.get('a', { signal: controller.signal }))
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve))
  controller.abort()
  await assert.rejects(call, { name: 'AbortError' })
  assert.deepEqual(seen, ['given-up'])
})

test('token callbacks see the storage of the call that asks, sync and async', async () => {
  const { sandbox } = await sandboxed()
  const { baseUrl, authUrl } = sandbox
  const mint = sandbox.client()
  for (const wait of [() => undefined, () => new Promise((resolve) => setImmediate(resolve))]) {
    const seen = []
    const client = new Client({
      baseUrl,
      authUrl,
      token: () => {
        seen.push(storage.getStore())
        const waited = wait()
        const token = () => {
          seen.push(storage.getStore())
          return mint.tokens.management()
        }
        return waited ? waited.then(token) : token()
      },
    })
    await storage.run('req-9', () => client.rooms.list().firstPage())
    assert.deepEqual(seen, ['req-9', 'req-9'])
  }
})

test('callbacks see the storage of their call, whatever kind of call it is', async () => {
  const { sandbox } = await sandboxed()
  const mint = sandbox.client()
  const { id } = await mint.rooms.create({ name: 'any' })
  const seen = []
  const see = (what) => () => seen.push([what, storage.getStore()])
  const hooks = { onRequest: see('onRequest'), onResponse: see('onResponse'), onRetry: see('onRetry'), maxRetries: 0 }
  const token = async () => {
    see('token')()
    await null
    see('token')()
    return mint.tokens.management()
  }
  const unsure = async (client) => {
    await sandbox.addFault({ on: { nth: 1 }, match: { operation: 'rooms.create' }, effect: { status: 504 } })
    const error = await client.rooms.create({ name: 'unsure' }).catch((caught) => caught)
    await client.reconcile(error)
  }
  for (const [name, act] of Object.entries({
    call: (client) => client.rooms.get(id),
    'a list that is awaited': (client) => client.rooms.list({ limit: 10 }),
    'a list that is looped over': (client) => client.rooms.list({ limit: 10 }).all(),
    pages: (client) => client.rooms.list({ limit: 10 }).pages().next(),
    callRaw: (client) => client.callRaw('rooms.get', { room_id: id }),
    request: (client) => client.request('GET', '/rooms'),
    'a room code': (client) => client.roomCodes.list(id).all(),
    'a call that fails': (client) => client.rooms.get('66b2d2105c803b002ae4f611').catch(() => {}),
    reconcile: unsure,
    'a call within a timer': (client) => new Promise((resolve) => setTimeout(() => resolve(client.rooms.get(id)), 1)),
    'a call within an emitter': (client) => {
      const emitter = new EventEmitter()
      const called = new Promise((resolve) => emitter.once('event', () => resolve(client.rooms.get(id))))
      emitter.emit('event')
      return called
    },
  })) {
    seen.length = 0
    await storage.run(name, () => act(sandbox.client({ ...hooks, token })))
    assert.deepEqual([...new Set(seen.map(([, store]) => store))], [name])
    assert.deepEqual([...new Set(seen.map(([what]) => what))].sort(), ['onRequest', 'onResponse', 'token'], name)
  }
})

test('a token that is asked for anew after a 401 is asked for by the call that got it', async () => {
  const { sandbox } = await sandboxed()
  const seen = []
  const mint = sandbox.client()
  const client = sandbox.client({
    token: () => {
      seen.push(storage.getStore())
      return mint.tokens.management()
    },
  })
  await storage.run('first', () => client.rooms.list())
  await sandbox.addFault({ on: { nth: 1 }, effect: { expire_tokens: true } })
  await storage.run('second', () => client.rooms.list())
  assert.deepEqual(seen, ['first', 'second'])
})

test('hooks of a call that its caller has left, and of one without storage, see their own', async () => {
  const seen = []
  const { client } = await failingOnce({ onResponse: () => seen.push(storage.getStore()) })
  const left = storage.run('left', () => client.rooms.get('left'))
  await storage.run('other', async () => {
    await left
    await storage.exit(() => client.rooms.get('none'))
  })
  assert.deepEqual(seen, ['left', 'left', undefined, undefined])
})

test('after a call its storage is that of the caller, also between the pages of a list', async () => {
  const { sandbox, client } = await sandboxed()
  await sandbox.seed({ rooms: 25 })
  await storage.run('pages', async () => {
    for await (const page of client.rooms.list({ limit: 10 }).pages())
      assert.ok(page.data && storage.getStore() === 'pages')
    for await (const room of client.rooms.list({ limit: 10 })) assert.ok(room.id && storage.getStore() === 'pages')
  })
})

test('handlers of webhooks, and what is told of them, see the storage of the request', async () => {
  const seen = []
  const see = (what) => seen.push([what, storage.getStore(), trace.getActiveSpan()?.spanContext().traceId])
  const receiver = new webhooks.Receiver({
    headers: { 'x-webhook-secret': SECRET },
    onError: () => see('onError'),
    onVerificationError: () => see('onVerificationError'),
    store: {
      claim: async (id) => {
        see('claim')
        return id === 'again' ? 'done' : 'new'
      },
      done: async () => see('done'),
      release: async () => see('release'),
    },
  })
  receiver.on('peer.join.success', async ({ data }) => {
    see('handler')
    await null
    if (data.peer_id === 'fails') throw new Error('on purpose')
  })
  const handle = receiver.express()
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    tracer.startActiveSpan(`request ${requests}`, (span) => {
      storage.run(`request ${requests} of ${span.spanContext().traceId}`, () => handle(request, response))
      span.end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  const url = `http://127.0.0.1:${server.address().port}/`
  const post = (body, secret) =>
    fetch(url, { method: 'POST', body, headers: { 'x-webhook-secret': secret, connection: 'close' } })
  for (const [body, secret] of [
    [joined({ id: '1' }), SECRET],
    [joined({ id: '2', peer: 'fails' }), SECRET],
    [joined({ id: '3' }), 'wrong'],
  ]) {
    await (await post(body, secret)).text()
  }
  const told = seen.map(([what, store]) => [what, store?.split(' of ')[0]])
  assert.deepEqual(told, [
    ['claim', 'request 1'],
    ['handler', 'request 1'],
    ['done', 'request 1'],
    ['claim', 'request 2'],
    ['handler', 'request 2'],
    ['onError', 'request 2'],
    ['release', 'request 2'],
    ['onVerificationError', 'request 3'],
  ])
  for (const [what, store, traceId] of seen) assert.equal(store.split(' of ')[1], traceId, what)
})

test('in every adapter handlers see the storage of the request, also in the background, and so does what they are told by', async () => {
  const request = (id) => [joined({ id }), { 'x-webhook-secret': SECRET }]
  const seen = []
  const see = (what) => void seen.push([what, storage.getStore()])
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET }, onError: () => see('onError') })
  receiver.on(
    'peer.join.success',
    async ({ id }) => {
      see('handler')
      await new Promise((resolve) => setImmediate(resolve))
      see('handler')
      if (id.endsWith('fails')) throw new Error('on purpose')
    },
    { background: true },
  )
  const lambda = receiver.lambda()
  const fetched = receiver.fetch({ peer: () => see('peer'), waitUntil: () => see('waitUntil') })
  const app = fastify()
  app.addHook('onRequest', (request, _, done) => storage.run(request.headers['x-name'], done))
  app.register(receiver.fastify({ path: '/' }))
  for (const [name, deliver] of Object.entries({
    handle: (id) => receiver.handle(...request(id)),
    dispatch: (id) => receiver.dispatch(webhooks.parse(request(id)[0])),
    lambda: (id) => lambda({ body: request(id)[0], headers: request(id)[1] }),
    fetch: (id) => {
      const [body, headers] = request(id)
      return fetched(new Request('http://x/', { method: 'POST', body, headers }))
    },
    fastify: (id) => {
      const [payload, headers] = request(id)
      return app.inject({ method: 'POST', url: '/', payload, headers: { ...headers, 'x-name': id } })
    },
  })) {
    for (const id of [name, `${name} fails`]) {
      seen.length = 0
      await storage.run(id, () => deliver(id))
      await receiver.idle()
      const own = name === 'fetch' ? ['peer', 'waitUntil'] : []
      const whats = ['handler', ...(id === name ? [] : ['onError']), ...own]
      assert.deepEqual([...new Set(seen.map(([what]) => what))].sort(), whats.sort(), id)
      assert.deepEqual([...new Set(seen.map(([, store]) => store))], [id])
    }
  }
  await app.close()
})

test('handlers that are fed what was missed see the storage of who feeds them', async () => {
  const { sandbox, client } = await sandboxed()
  const { id } = await client.rooms.create({ name: 'missed' })
  const data = { room_id: id, session_id: 's', peer_id: 'p', duration: 1 }
  await sandbox.recordFailedDelivery({ room_id: id, event_name: 'peer.leave.success', data })
  const seen = []
  const receiver = new webhooks.Receiver({ allowUnverified: true }).fallback(() => seen.push(storage.getStore()))
  const { now } = await sandbox.clock()
  const missed = webhooks.recover(client, {
    from: new Date(Date.parse(now) - 60_000),
    to: new Date(Date.parse(now) + 1000),
  })
  await storage.run('recovery', () => missed.feed(receiver))
  assert.deepEqual(seen, ['recovery'])
})

test('each call is a CLIENT span below the active one, named and described as HTTP clients are, and its requests carry it', async () => {
  exporter.reset()
  const sent = []
  const failed = new Set()
  const { client, baseUrl } = await served((request, response) => {
    sent.push(request.headers.traceparent)
    const fails = !failed.size
    failed.add(1)
    json(response, fails ? { message: 'no' } : roomOf('a'), fails ? 503 : 200, { 'retry-after': '0' })
  })
  const active = []
  const parent = tracer.startSpan('parent')
  await withSpan(parent, async () => {
    await client.rooms.get('a-secret-id')
    active.push(trace.getActiveSpan())
  })
  parent.end()
  assert.deepEqual(active, [parent])
  const [span, ...others] = exporter.getFinishedSpans().filter(({ name }) => name !== 'parent')
  assert.equal(others.length, 0)
  assert.equal(span.name, 'GET /rooms/{room_id}')
  assert.equal(span.kind, SpanKind.CLIENT)
  assert.equal(span.parentSpanContext.spanId, parent.spanContext().spanId)
  assert.equal(span.instrumentationScope.name, 'hundredms')
  assert.deepEqual(span.attributes, {
    'hundredms.operation': 'rooms.get',
    'http.request.method': 'GET',
    'url.template': '/rooms/{room_id}',
    'url.scheme': 'http',
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(baseUrl).port),
    'http.response.status_code': 200,
    'http.request.resend_count': 1,
  })
  assert.equal(span.status.code, SpanStatusCode.UNSET)
  const { traceId, spanId } = span.spanContext()
  assert.deepEqual(sent, [`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-01`])
})

test('a span says how its call failed, and a call that was never sent has none', async () => {
  exporter.reset()
  const { client } = await served((_, response) => json(response, { code: 404, message: 'not found' }, 404))
  await assert.rejects(client.rooms.get('a'))
  await assert.rejects(client.rooms.create({ nmae: 'a' }))
  const nobody = new Client({ accessKey: 'k', secret: 's', baseUrl: 'http://127.0.0.1:1/v2', maxRetries: 0 })
  await assert.rejects(nobody.rooms.list().firstPage())
  await assert.rejects(client.request('GET', '/any/secret-id'))
  const { client: silent } = await served(() => {})
  const controller = new AbortController()
  const call = silent.rooms.get('a', { signal: controller.signal })
  controller.abort()
  await assert.rejects(call)
  const spans = exporter.getFinishedSpans()
  assert.deepEqual(
    spans.map(({ name, attributes, status, parentSpanContext }) => [
      name,
      attributes['http.response.status_code'],
      attributes['error.type'],
      status.code,
      parentSpanContext,
    ]),
    [
      ['GET /rooms/{room_id}', 404, 'not_found', SpanStatusCode.ERROR, undefined],
      ['GET /rooms', undefined, 'connection', SpanStatusCode.ERROR, undefined],
      ['GET /{path}', 404, 'not_found', SpanStatusCode.ERROR, undefined],
      ['GET /rooms/{room_id}', undefined, 'cancelled', SpanStatusCode.ERROR, undefined],
    ],
  )
  assert.doesNotMatch(JSON.stringify(spans.map(({ attributes }) => attributes)), /secret/)
})

test('hooks see the span that is active where the call was made', async () => {
  const seen = []
  const { client } = await failingOnce({ onResponse: () => seen.push(trace.getActiveSpan()) })
  const parent = tracer.startSpan('parent')
  await withSpan(parent, () => client.rooms.get('b'))
  parent.end()
  assert.deepEqual(seen, [parent, parent])
})

function withSpan(span, act) {
  return context.with(trace.setSpan(ROOT_CONTEXT, span), act)
}
