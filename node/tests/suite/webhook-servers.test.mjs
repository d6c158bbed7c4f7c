// The receiver in real servers, over loopback.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { webhooks } from 'hundredms'
import { joined, SECRET } from './webhook-events.mjs'

const PATH = '/webhooks/100ms'
const errors = []

/** A receiver whose handler keeps the ids of the events, and fails for those that say so. */
function keeping(options = {}) {
  const seen = []
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET }, onError: () => {}, ...options })
  receiver.on('peer.join.success', async (event) => {
    if (event.data.peer_id === 'fails') throw new Error('on purpose')
    seen.push(event.id)
  })
  return { receiver, seen }
}

async function listening(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${server.address().port}`
}

const SERVERS = {
  'node:http': (receiver) => listening(createServer(receiver.express())),
  Express: (receiver) => {
    const app = express()
    app.post(PATH, receiver.express())
    // What comes later does not matter.
    app.use(express.json())
    app.post('/echo', (request, response) => response.json(request.body))
    return listening(createServer(app))
  },
  'Express with express.raw()': (receiver) => {
    const app = express()
    app.use(express.raw({ type: '*/*' }))
    app.post(PATH, receiver.express())
    return listening(createServer(app))
  },
  Fastify: async (receiver) => {
    const app = fastify()
    app.register(receiver.fastify({ path: PATH }))
    app.post('/echo', async (request) => request.body)
    after(() => app.close())
    return app.listen({ host: '127.0.0.1', port: 0 })
  },
  Hono: async (receiver) => {
    const app = new Hono()
    const receive = receiver.fetch({ peer: (_, context) => getConnInfo(context).remote.address })
    app.post(PATH, (context) => receive(context.req.raw, context))
    app.post('/echo', async (context) => context.json(await context.req.json()))
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    after(() => server.close())
    return `http://127.0.0.1:${server.address().port}`
  },
}

const post = (url, body, headers = { 'x-webhook-secret': SECRET }) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

for (const [name, start] of Object.entries(SERVERS)) {
  test(`${name}: events are handled once, and what is not from the service is refused`, async () => {
    const { receiver, seen } = keeping({ maxBytes: 10_000, allowList: '127.0.0.1' })
    const url = (await start(receiver)) + PATH
    const answers = []
    for (const [body, headers] of [
      [joined({ id: '1' })],
      [joined({ id: '1' })],
      [joined({ id: '2', peer: 'fails' })],
      [joined({ id: '3' }), {}],
      [joined({ id: '4' }), { 'x-webhook-secret': 'wrong' }],
      ['no JSON'],
      [joined({ id: '5' }), { 'x-webhook-secret': SECRET, 'content-type': 'text/plain' }],
      [joined({ id: '6', padding: 'x'.repeat(20_000) })],
    ]) {
      const response = await post(url, body, headers)
      await response.text()
      answers.push(response.status)
    }
    assert.deepEqual(answers, [200, 200, 500, 401, 401, 400, 200, 413])
    assert.deepEqual(seen, ['1', '5'])
    const got = await fetch(url)
    await got.text()
    assert.ok([404, 405].includes(got.status))
    const other = await fetch(url.replace(PATH, '/echo'), {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    const echoed = await other.text()
    if (other.status === 200) assert.equal(echoed, '{"a":1}')
  })

  test(`${name}: an address that is not allowed is refused with 403`, async () => {
    const { receiver, seen } = keeping({ allowList: '192.0.2.0/24' })
    const response = await post((await start(receiver)) + PATH, joined())
    assert.equal(response.status, 403)
    assert.deepEqual(seen, [])
  })
}

/** A sender that hangs up when its event is being handled. */
async function hangingUp(url) {
  const { port, hostname, pathname } = new URL(url)
  const text = joined({ id: 'hung-up' })
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\nx-webhook-secret: ${SECRET}\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  )
  return () => {
    socket.destroy()
    return once(socket, 'close')
  }
}

for (const [name, start] of Object.entries(SERVERS)) {
  test(`${name}: work goes on and is noted when the sender hangs up`, async () => {
    const { promise: begun, resolve: begin } = deferred()
    const { promise: gone, resolve: go } = deferred()
    const done = []
    const { promise: noted, resolve: note } = deferred()
    const memory = new webhooks.MemoryStore()
    const store = {
      claim: (...claim) => memory.claim(...claim),
      release: () => assert.fail('released'),
      done: (...what) => {
        memory.done(...what)
        note()
      },
    }
    const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET }, store })
    receiver.on('peer.join.success', async ({ id }) => {
      begin()
      await gone
      done.push(id)
    })
    const url = (await start(receiver)) + PATH
    const hangUp = await hangingUp(url)
    await begun
    await hangUp()
    go()
    await noted
    const again = await post(url, joined({ id: 'hung-up' }))
    assert.equal(again.status, 200)
    assert.deepEqual(done, ['hung-up'])
  })

  test(`${name}: long work is answered before it is done, and done once`, async () => {
    const { promise: gate, resolve: open } = deferred()
    const done = []
    const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': SECRET } })
    const work = async ({ id }) => {
      await gate
      done.push(id)
    }
    receiver.on('peer.join.success', work, { background: true })
    const url = (await start(receiver)) + PATH
    const answers = []
    for (let sent = 0; sent < 2; sent += 1) answers.push((await post(url, joined({ id: 'long' }))).status)
    assert.deepEqual([answers, done], [[200, 503], []])
    open()
    await receiver.idle()
    assert.equal((await post(url, joined({ id: 'long' }))).status, 200)
    assert.deepEqual(done, ['long'])
  })
}

function deferred() {
  let resolve
  const promise = new Promise((given) => {
    resolve = given
  })
  return { promise, resolve }
}

test('Express: a JSON body parser that ran before is told, with what to do', async () => {
  const { receiver } = keeping()
  const app = express()
  app.use(express.json())
  app.post(PATH, receiver.express())
  app.use((error, _request, response, _next) => {
    errors.push(error)
    response.status(500).end()
  })
  const response = await post((await listening(createServer(app))) + PATH, joined())
  assert.equal(response.status, 500)
  assert.match(errors.pop().message, /a body parser has read it; mount receiver\.express\(\) before express\.json\(\)/)
})

test('a sender that never ends its body gets its answer when it is too large, and the connection is closed', async () => {
  const { receiver } = keeping({ maxBytes: 1000 })
  const url = new URL(await listening(createServer(receiver.express())))
  const socket = connect(Number(url.port), '127.0.0.1')
  socket.write(
    `POST ${PATH} HTTP/1.1\r\nhost: a\r\nx-webhook-secret: ${SECRET}\r\ntransfer-encoding: chunked\r\n\r\nfff\r\n${'x'.repeat(0xfff)}\r\n`,
  )
  let answer = ''
  for await (const part of socket) answer += part
  assert.match(answer, /^HTTP\/1\.1 413 .*connection: close/is)
})
