// Runs the code of the guides as it stands there: every block of JavaScript and TypeScript in them. HUNDREDMS_DOCS is their folder.
// Writes what belongs to Jest, Vitest and the compiler into files of theirs, which run after this.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { http as cloudFunction } from '@google-cloud/functions-framework'
import { getTestServer } from '@google-cloud/functions-framework/testing'
import { transform } from 'esbuild'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { Client, NotFoundError, Sandbox, webhooks } from 'hundredms'

const require = createRequire(import.meta.url)
const here = (path) => join(import.meta.dirname, path)

const sandbox = await Sandbox.start()
after(() => sandbox.stop())
Object.assign(process.env, {
  HMS_BASE_URL: sandbox.baseUrl,
  HMS_AUTH_URL: sandbox.authUrl,
  HMS_ACCESS_KEY: sandbox.accessKey,
  HMS_SECRET: sandbox.secret,
  HMS_WEBHOOK_SECRET: 'secret',
})
const { accessKey, secret } = sandbox

/** The blocks of a guide, each under its heading and its number there. */
function blocksOf(file) {
  const blocks = new Map()
  let heading = ''
  let counted = 0
  for (const [, title, language, code] of readFileSync(join(process.env.HUNDREDMS_DOCS, file), 'utf8').matchAll(
    /^#+ (.+)$|^```(\w*)\n([\s\S]*?)^```$/gm,
  )) {
    if (title) {
      heading = title
      counted = 0
    } else if (language === 'js' || language === 'ts') {
      counted += 1
      blocks.set(`${heading} ${counted}`, code)
    }
  }
  return blocks
}

/** Run a block with these names in scope; gives what it exports, and its variables that are wanted. */
async function run(code, scope = {}, { wanted = [], modules = {} } = {}) {
  const imported = code.replaceAll(/^import (.+?) from '([^']+)'/gm, (_, names, module) => {
    const known = names.replaceAll(' as ', ': ')
    return `const ${known.startsWith('{') ? known : `{ default: ${known} }`} = await $import('${module}')`
  })
  const exported = []
  const plain = imported.replaceAll(/^export (const|class) (\w+)/gm, (_, kind, name) => {
    exported.push(name)
    return `${kind} ${name}`
  })
  const tsconfigRaw = { compilerOptions: { experimentalDecorators: true, verbatimModuleSyntax: true } }
  const gives = `$gave({ ${[...exported, ...wanted].join()} })`
  const { code: written } = await transform(`${plain}\n;${gives}`, { loader: 'ts', tsconfigRaw })
  const all = { $import: async (name) => modules[name] ?? import(name), ...scope }
  const AsyncFunction = run.constructor
  let gave
  const body = new AsyncFunction(...Object.keys(all), '$gave', `{${written}}`)
  await body(...Object.values(all), (values) => {
    gave = values
  })
  return gave
}

const HEADERS = { 'content-type': 'application/json', 'x-webhook-secret': secret }
const joined = (id) =>
  JSON.stringify({
    id,
    type: 'peer.join.success',
    version: '2.0',
    data: { room_id: 'r', session_id: 's', peer_id: 'p', joined_at: '2025-09-18T13:30:04Z' },
  })

/** A receiver that keeps the ids of what it handled. */
function receiving() {
  const handled = []
  const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': secret } })
  receiver.on('peer.join.success', ({ id }) => void handled.push(id))
  return { receiver, handled }
}

/** Send a webhook to a server that listens, and one that is not from the service. */
async function delivered(server, handled, path = '/webhooks') {
  if (!server.listening) await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}${path}`
  const post = (headers) => fetch(url, { method: 'POST', body: joined('1'), headers }).then(({ status }) => status)
  assert.deepEqual([await post(HEADERS), await post({ ...HEADERS, 'x-webhook-secret': 'wrong' })], [200, 401])
  assert.deepEqual(handled, ['1'])
  server.closeAllConnections()
  server.close()
}

/** Something that notes how it is called. */
function noting() {
  const calls = []
  const note =
    (name) =>
    (...args) =>
      void calls.push([name, ...args])
  return { calls, note }
}

const room = await sandbox.client().rooms.create({ name: 'guide' })

/** A program for the bundlers. */
function server() {
  const made = `import { Client } from 'hundredms'
    import { EVENT_TYPES } from 'hundredms/webhooks'
    new Client().rooms.get('${room.id}').then(({ name }) => console.log(name, EVENT_TYPES.length))\n`
  writeFileSync(here('server.js'), made)
}

const bundled = (file) => {
  assert.doesNotMatch(readFileSync(here(file), 'utf8'), /mayHaveApplied/, `${file} holds the package`)
  assert.equal(execFileSync(process.execPath, [here(file)], { encoding: 'utf8' }), 'guide 32\n')
}

/** Run a configuration file of a bundler. */
async function configured(name, code) {
  server()
  writeFileSync(here(name), code)
  return (await import(here(name))).default
}

const guide = {
  'ESM, CommonJS, TypeScript 1': async (code) => {
    const [imported, required] = code.split('\n')
    assert.equal((await run(imported, {}, { wanted: ['Client'] })).Client, Client)
    assert.equal((await run(required, { require }, { wanted: ['Client'] })).Client, Client)
  },
  'Clients 1': async (code) => {
    const { client } = await run(code, { Client, accessKey, secret }, { wanted: ['client'] })
    assert.equal((await client.rooms.get(room.id)).id, room.id)
  },
  'Clients 2': async (code) => {
    const client = sandbox.client()
    const { updatePeer } = client.activeRooms
    const { calls, note } = noting()
    client.activeRooms.updatePeer = note('updatePeer')
    const { room } = await run(code.replace('physics-7', 'clients'), { client, peerId: 'p' }, { wanted: ['room'] })
    assert.equal(room.max_duration_seconds, 3600)
    const [[, ...args]] = calls
    await assert.rejects(updatePeer.apply(client.activeRooms, args), NotFoundError)
  },
  'Change a template 1': async (code) => {
    const client = sandbox.client()
    const { id } = (await client.templates.list()).data[0]
    await run(code, { client, id })
    assert.equal((await client.templates.get(id)).roles.guest.permissions.mute, true)
  },
  'Lists 1': async (code) => {
    const own = await Sandbox.start()
    await own.seed({ rooms: 150 })
    const client = own.client()
    const pages = client.rooms.list().pages()
    await pages.next()
    const { calls, note } = noting()
    const scope = { client, console: { log: note('log') }, keep: async (...args) => note('keep')(...args) }
    const { data } = await run(code, { ...scope, cursor: pages.cursor }, { wanted: ['data'] })
    assert.equal(data.length, 20)
    assert.deepEqual(
      calls.flatMap(([name, page]) => (name === 'keep' && page.length > 0 ? [page.length] : [])),
      [100, 50],
    )
    // All of them, and once more those behind the first page.
    assert.equal(calls.filter(([name]) => name === 'log').length, 150 + 50)
    await own.stop()
  },
  'Cancel a call 1': (code) => run(code, { client: sandbox.client(), id: room.id }),
  'Errors 1': async (code) => {
    for (const apply of [true, false]) {
      const { id } = await sandbox.client().rooms.create()
      await sandbox.joinPeer({ room_id: id, role: 'host' })
      const waited = []
      const modules = { 'node:timers/promises': { setTimeout: async (milliseconds) => void waited.push(milliseconds) } }
      const effect = { status: 504, apply }
      await sandbox.addFault({ match: { operation: 'recordings.start' }, on: { nth: 1 }, effect })
      const scope = { client: sandbox.client(), room: { id }, meeting_url: 'https://a.example/meet' }
      const { recording } = await run(code, scope, { wanted: ['recording'], modules })
      assert.equal((await sandbox.client().recordings.list({ room_id: id })).data.length, 1)
      assert.ok(recording.id)
      assert.deepEqual(waited, apply ? [] : [30_000])
      await sandbox.clearFaults()
    }
  },
  'Hooks, channels and traces 1': async (code) => {
    const { calls, note } = noting()
    const scope = { Client, log: { debug: note('debug'), warn: note('warn') }, histogram: { record: note('record') } }
    const { client } = await run(code, scope, { wanted: ['client'] })
    await sandbox.addFault({ on: { nth: 1 }, effect: { status: 503, retry_after: 0 } })
    await client.rooms.get(room.id)
    assert.deepEqual(
      calls.map(([name]) => name),
      ['debug', 'record', 'warn', 'debug', 'record'],
    )
    await sandbox.clearFaults()
  },
  'Cassettes 1': async (code) => {
    mkdirSync(here('tests'), { recursive: true })
    const { client } = await run(code, { Client }, { wanted: ['client'] })
    const recorded = await client.rooms.get(room.id)
    const replayed = await run(code.replace("'record'", "'replay'"), { Client }, { wanted: ['client'] })
    assert.deepEqual(await replayed.client.rooms.get(room.id), recorded)
  },
  'Tokens 1': async (code) => {
    const { role } = await run(code, { client: sandbox.client(), room }, { wanted: ['role'] })
    assert.equal(role, 'host')
  },
  'Webhooks 1': async (code) => {
    const { calls, note } = noting()
    const scope = { secret, transcode: note('transcode'), attendance: { join: note('join') } }
    const { receiver } = await run(code, scope, { wanted: ['receiver'] })
    assert.equal((await receiver.handle(joined('1'), HEADERS)).outcome, 'handled')
    assert.deepEqual(calls, [['join', 'p', '2025-09-18T13:30:04Z']])
    assert.equal((await receiver.handle(joined('1'), HEADERS)).outcome, 'duplicate')
  },
  'Webhooks 2': async (code) => {
    const lines = code.trim().split('\n')
    assert.equal(lines.length, 7)
    const of = (word) => lines.find((line) => line.includes(word))
    {
      const { receiver, handled } = receiving()
      const app = express()
      await run(of('// Express'), { app, receiver })
      await delivered(createServer(app), handled)
    }
    {
      const { receiver, handled } = receiving()
      await delivered(createServer(receiver.express()), handled)
    }
    {
      const { receiver, handled } = receiving()
      const app = fastify()
      await run(of('// Fastify'), { app, receiver })
      await app.listen({ port: 0, host: '127.0.0.1' })
      await delivered(app.server, handled)
      await app.close()
    }
    {
      const { receiver, handled } = receiving()
      const app = new Hono()
      await run(of('// Hono'), { app, receive: receiver.fetch() })
      assert.equal(
        (await app.request('/webhooks', { method: 'POST', body: joined('1'), headers: HEADERS })).status,
        200,
      )
      assert.deepEqual(handled, ['1'])
    }
    {
      const { receiver, handled } = receiving()
      const { POST } = await run(of('POST ='), { receiver })
      const request = new Request('http://x/', { method: 'POST', body: joined('1'), headers: HEADERS })
      assert.deepEqual([(await POST(request)).status, handled], [200, ['1']])
    }
    {
      const { receiver, handled } = receiving()
      const { handler } = await run(of('AWS Lambda'), { receiver })
      const event = { headers: HEADERS, body: btoa(joined('1')), isBase64Encoded: true }
      assert.deepEqual([(await handler(event)).statusCode, handled], [200, ['1']])
    }
    {
      const { receiver, handled } = receiving()
      await run(of('functions.http'), { functions: { http: cloudFunction }, receiver })
      await delivered(getTestServer('webhooks'), handled, '/')
    }
    {
      const { receiver, handled } = receiving()
      const request = { headers: HEADERS, socket: { remoteAddress: '127.0.0.1' } }
      const scope = { receiver, request, bytes: Buffer.from(joined('1')) }
      const { status } = await run(of('receiver.handle'), scope, { wanted: ['status'] })
      assert.deepEqual([status, handled], [200, ['1']])
    }
  },
  'Webhooks 3': async (code) => {
    await import('reflect-metadata')
    const { Controller, Module, Post, Req, Res } = await import('@nestjs/common')
    const { NestFactory } = await import('@nestjs/core')
    const { receiver, handled } = receiving()
    const [controller, start] = code.split(/\n(?=const app)/)
    const names = { Controller, Post, Req, Res, receiver }
    const { WebhooksController } = await run(controller, names)
    class AppModule {}
    Module({ controllers: [WebhooksController] })(AppModule)
    const quiet = start.replace('{ rawBody: true }', '{ rawBody: true, logger: false }')
    const { app } = await run(quiet, { NestFactory, AppModule }, { wanted: ['app'] })
    await app.listen(0, '127.0.0.1')
    await delivered(app.getHttpServer(), handled)
    await app.close()
  },
  'Webhooks 4': async (code) => {
    const { createClient } = await import('redis')
    const port = await freePort()
    const redis = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', ''], { stdio: 'pipe' })
    for await (const printed of redis.stdout) if (String(printed).includes('eady to accept')) break
    const url = `redis://127.0.0.1:${port}`
    const { note, calls } = noting()
    const scope = {
      webhooks,
      createClient,
      url,
      headers: { 'x-webhook-secret': secret },
      log: { error: note('error') },
    }
    let client
    scope.createClient = (options) => {
      client = createClient(options)
      return client
    }
    const { receiver } = await run(code, scope, { wanted: ['receiver'] })
    receiver.fallback(() => {})
    const deliver = async () => (await receiver.handle(joined('1'), HEADERS)).outcome
    assert.deepEqual([await deliver(), await deliver(), calls], ['handled', 'duplicate', []])
    client.destroy()
    redis.kill()
    await once(redis, 'exit')
  },
  'Webhooks 5': async (code) => {
    const client = sandbox.client()
    const data = { room_id: room.id, session_id: 's', peer_id: 'p', duration: 1 }
    await sandbox.recordFailedDelivery({ room_id: room.id, event_name: 'peer.leave.success', data })
    const { receiver } = receiving()
    receiver.fallback(() => {})
    // By the clock of the sandbox, what failed just now may lie ahead.
    await new Promise((resolve) => setTimeout(resolve, 5))
    const { handled } = await run(code, { webhooks, client, receiver }, { wanted: ['handled'] })
    assert.equal(handled, 1)
  },
  'The sandbox 1': async (code) => {
    const own = await Sandbox.start()
    const made = await own.client().rooms.create({})
    const scope = { Sandbox: { start: async () => own }, token: own.client().tokens.auth(made.id, 'host') }
    const { peer } = await run(code, scope, { wanted: ['peer'] })
    assert.equal(peer.role, 'host')
  },
  'Jest and Vitest 1': async (code) => {
    writeFileSync(here('vitest-guide.test.mjs'), code)
    const words = code.replaceAll(/^import (.+?) from '(.+?)'.*$/gm, (_, names, module) =>
      module === 'vitest' ? '' : `const ${names} = require('${module}')`,
    )
    writeFileSync(here('jest-guide.test.cjs'), words)
  },
  'Jest and Vitest 2': async (code) => {
    const words = `const { Client } = require('hundredms')
      test('a method is replaced', async () => {
        const client = new Client({ accessKey: 'k', secret: 's' })
        ${code}
        expect((await client.rooms.create({ name: 'physics' })).id).toBe('mocked')
        expect(create).toHaveBeenCalledWith({ name: 'physics' })
      })`
    writeFileSync(here('jest-guide-spies.test.cjs'), words)
  },
  'Jest and Vitest 3': async (code) => {
    const words = `import type { Client, Rooms } from 'hundredms'\ndeclare const fakeRooms: Rooms\n${code}\nexport { client }\n`
    writeFileSync(here('src/guide.ts'), words)
  },
  'Builds without credentials 1': async (code) => {
    const { hundredms } = await run(code, { Client })
    assert.equal(hundredms(), hundredms())
    assert.equal((await hundredms().rooms.get(room.id)).id, room.id)
  },
  'Bundlers 1': async (code) => {
    server()
    await run(code)
    bundled('out.cjs')
    await run(code.replace("'out.cjs'", "'out-esm.mjs', format: 'esm'"))
    bundled('out-esm.mjs')
  },
  'Bundlers 2': async (code) => {
    const { default: webpack } = await import('webpack')
    const settings = { context: import.meta.dirname, mode: 'production' }
    const configuration = await configured('webpack.config.cjs', code)
    const output = { ...configuration.output, path: here('webpack') }
    const stats = await new Promise((resolve, reject) => {
      webpack({ ...settings, ...configuration, output }, (error, stats) => (error ? reject(error) : resolve(stats)))
    })
    assert.equal(stats.hasErrors(), false, String(stats))
    bundled('webpack/out.cjs')
  },
  'Bundlers 3': async (code) => {
    const { rollup } = await import('rollup')
    const configuration = await configured('rollup.config.mjs', code)
    const bundle = await rollup(configuration)
    await bundle.write({ ...configuration.output, file: here('rollup.mjs') })
    bundled('rollup.mjs')
  },
  'Bundlers 4': async (code) => {
    const vite = await import('vite')
    const configuration = await configured('vite.config.mjs', code)
    const outDir = here('vite')
    await vite.build({
      ...configuration,
      configFile: false,
      logLevel: 'error',
      build: { ...configuration.build, outDir, emptyOutDir: true },
    })
    bundled('vite/server.js')
  },
  'Bundlers 5': async (code) => {
    // The app of the tests of Next is built with it.
    const [, setting] = /export default \{ (.+) \}/.exec(code)
    assert.ok(readFileSync(process.env.HUNDREDMS_NEXT_CONFIG, 'utf8').includes(setting))
  },
}

const webhooksGuide = {
  'Node 1': async (code) => {
    const { calls, note } = noting()
    const app = express()
    const scope = { app, transcode: note('transcode'), console: { log: note('log') } }
    const { receiver } = await run(code, scope, { wanted: ['receiver'] })
    const own = { 'x-webhook-secret': process.env.HMS_WEBHOOK_SECRET }
    assert.equal((await receiver.handle(joined('1'), own)).outcome, 'handled')
    assert.deepEqual(calls, [['log', 'p came into r']])
  },
}

const readme = {
  'Node 1': async (code) => {
    const { calls, note } = noting()
    const { token } = await run(code, { console: { log: note('log') } }, { wanted: ['token'] })
    assert.equal(sandbox.client().tokens.verify(token).user_id, 'ada')
    assert.ok(calls.some(([, name]) => name === 'physics-7'))
  },
}

const ofThePackage = {
  'hundredms 1': async (code) => {
    const { token } = await run(code, { console: { log: () => {} } }, { wanted: ['token'] })
    assert.equal(sandbox.client().tokens.verify(token).user_id, 'ada')
  },
  'hundredms 2': async (code) => {
    const { sandbox: own, client } = await run(code, {}, { wanted: ['sandbox', 'client'] })
    assert.deepEqual((await client.rooms.list()).data, [])
    await own.stop()
  },
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

for (const [file, known] of Object.entries({
  'docs/node.md': guide,
  'docs/webhooks.md': webhooksGuide,
  'README.md': readme,
  'node/README.md': ofThePackage,
})) {
  const blocks = blocksOf(file)
  test(`${file}: every block of code is run`, () => {
    assert.deepEqual([...blocks.keys()], Object.keys(known))
  })
  for (const [name, act] of Object.entries(known)) {
    test(`${file}: ${name}`, () => act(blocks.get(name)))
  }
}
