// The receivers in the examples handle what the service sends, each in its framework.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { transform } from 'esbuild'
import { joined, SECRET } from './webhook-events.mjs'

const folder = new URL('../examples/receivers/', import.meta.url)
const PATH = '/webhooks/100ms'
const load = (name) => import(new URL(name, folder))
const headers = { 'content-type': 'application/json', 'x-webhook-secret': SECRET }

before(() => {
  process.env.HMS_WEBHOOK_SECRET = SECRET
})

async function listening(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${server.address().port}`
}

/** How each receiver is reached: a function that sends a body and gives the status. */
const RECEIVERS = {
  'express.mjs': async () => overHttp(await listening(createServer((await load('express.mjs')).app))),
  'fastify.mjs': async () => {
    const { app } = await load('fastify.mjs')
    after(() => app.close())
    return overHttp(await app.listen({ host: '127.0.0.1', port: 0 }))
  },
  'hono.mjs': async () => {
    const { app } = await load('hono.mjs')
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
    after(() => server.close())
    await new Promise((resolve) => server.on('listening', resolve))
    return overHttp(`http://127.0.0.1:${server.address().port}`)
  },
  'next.mjs': async () => {
    const { POST, runtime } = await load('next.mjs')
    assert.equal(runtime, 'nodejs')
    return async (body, sent) =>
      (await POST(new Request(`http://a${PATH}`, { method: 'POST', body, headers: sent }))).status
  },
  'lambda.mjs': async () => {
    const { handler } = await load('lambda.mjs')
    return async (body, sent) => {
      const requestContext = { http: { method: 'POST', path: PATH, sourceIp: '127.0.0.1' } }
      const event = { version: '2.0', rawPath: PATH, headers: sent, requestContext, body, isBase64Encoded: false }
      return (await handler(event)).statusCode
    }
  },
  'nest.ts': async () => {
    // Node 20 reads no TypeScript.
    const file = fileURLToPath(new URL('nest.built.mjs', folder))
    const source = readFileSync(new URL('nest.ts', folder), 'utf8')
    const tsconfigRaw = { compilerOptions: { experimentalDecorators: true, verbatimModuleSyntax: true } }
    const { code } = await transform(source, { loader: 'ts', tsconfigRaw })
    writeFileSync(file, code)
    const app = await (await import(file)).start()
    after(() => app.close())
    await app.listen(0, '127.0.0.1')
    return overHttp(await app.getUrl())
  },
}

const overHttp = (url) => async (body, sent) =>
  (await fetch(url + PATH, { method: 'POST', body, headers: sent })).status

for (const [name, reach] of Object.entries(RECEIVERS)) {
  test(`${name} handles each event once, and refuses other senders`, async (context) => {
    const send = await reach()
    const printed = context.mock.method(console, 'log', () => {})
    const event = JSON.parse(joined())
    event.data.user_id = 'ada'
    const body = JSON.stringify(event)
    assert.deepEqual([await send(body, headers), await send(body, headers)], [200, 200])
    assert.equal(await send(joined(), { ...headers, 'x-webhook-secret': 'another' }), 401)
    const lines = printed.mock.calls.map((call) => String(call.arguments[0]))
    assert.deepEqual(lines, [`ada joined ${event.data.room_id}`])
  })
}

test('every receiver of the examples is tested', () => {
  const names = readdirSync(folder).filter((name) => !name.includes('.built.'))
  assert.deepEqual(names.sort(), Object.keys(RECEIVERS).sort())
})
