// The sandbox in process: start, controls, stop, and the command.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Client, ConfigurationError, ConnectionError, Sandbox, SandboxError, webhooks } from 'hundredms'
import { collect } from './memory.mjs'
import { sandboxed } from './sandbox-client.mjs'

test('sandboxes run side by side, with credentials of their own', async () => {
  const one = await Sandbox.start({ accessKey: 'one', secret: 'first' })
  const other = await Sandbox.start()
  assert.notEqual(one.baseUrl, other.baseUrl)
  assert.equal(one.accessKey, 'one')
  await one.client().rooms.create({ name: 'a' })
  assert.equal((await one.stats()).rooms, 1)
  assert.equal((await other.stats()).rooms, 0)
  await Promise.all([one.stop(), other.stop()])
  await other.stop()
})

test('its variables make a client use it', async () => {
  const sandbox = await Sandbox.start({ secret: 'of-this-sandbox' })
  const before = { ...process.env }
  Object.assign(process.env, sandbox.env())
  try {
    const client = new Client()
    const { id } = await client.rooms.create({ name: 'a' })
    const { code } = await client.roomCodes.createForRole(id, 'host')
    assert.ok((await client.roomCodes.authToken({ code })).token)
  } finally {
    for (const name of Object.keys(sandbox.env())) delete process.env[name]
    Object.assign(process.env, before)
  }
  assert.equal((await sandbox.requests()).length, 3)
  await sandbox.stop()
})

test('the dashboard is at its URL and nowhere else', async () => {
  const sandbox = await Sandbox.start()
  const page = await fetch(sandbox.dashboardUrl)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal((await fetch(sandbox.dashboardUrl.split('?')[0])).status, 403)
  assert.ok(!inspect(sandbox).includes('token='))
  await sandbox.stop()
})

test('an undefined option of its client leaves the calls in the sandbox', async () => {
  const sandbox = await Sandbox.start()
  process.env.HMS_BASE_URL = 'http://127.0.0.1:9/v2'
  try {
    const options = {
      baseUrl: undefined,
      authUrl: undefined,
      accessKey: undefined,
      secret: undefined,
      token: undefined,
    }
    const room = await sandbox.client({ ...options, maxRetries: 0 }).rooms.create({ name: 'a' })
    assert.equal(room.name, 'a')
  } finally {
    delete process.env.HMS_BASE_URL
    await sandbox.stop()
  }
})

test('a sandbox of which only a client is left goes on', async () => {
  const client = await Sandbox.start().then((sandbox) => sandbox.client())
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
  assert.equal((await client.rooms.create({ name: 'a' })).name, 'a')
})

test('a sandbox that is stopped refuses connections', async () => {
  const sandbox = await Sandbox.start()
  await sandbox[Symbol.asyncDispose]()
  await assert.rejects(sandbox.client({ maxRetries: 0 }).rooms.list().firstPage(), ConnectionError)
})

test('a sandbox that is stopped refuses every control', async () => {
  const sandbox = await Sandbox.start()
  await sandbox.stop()
  for (const control of [() => sandbox.advanceClock(5), () => sandbox.stats(), () => sandbox.requests()]) {
    await assert.rejects(control, (error) => {
      assert.ok(error instanceof SandboxError)
      assert.equal(error.reason, 'the sandbox is stopped')
      return true
    })
  }
})

test('a port that is taken is a SandboxError, a port that is none a ConfigurationError', async () => {
  const sandbox = await Sandbox.start()
  await assert.rejects(Sandbox.start({ port: Number(new URL(sandbox.baseUrl).port) }), SandboxError)
  await assert.rejects(Sandbox.start({ port: 70_000 }), ConfigurationError)
  for (const options of [
    { prot: 1 },
    { accessKey: 5 },
    { secret: 5 },
    { secret: '\ud800' },
    null,
    Promise.resolve({ port: 0 }),
  ]) {
    await assert.rejects(Sandbox.start(options), ConfigurationError)
  }
  await sandbox.stop()
})

test('the controls drive what a media server and time would do', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  const template = await client.templates.create({
    name: 't',
    roles: { host: { name: 'host', publishParams: { allowed: ['audio', 'video', 'screen'] } } },
    destinations: { hlsDestinations: { main: { name: 'main' } } },
  })
  const room = await client.rooms.create({ name: 'a', template_id: template.id })

  const snapshot = await sandbox.snapshot()
  const peer = await sandbox.joinPeer({ room_id: room.id, role: 'host', user_id: 'ada', name: 'Ada' })
  assert.equal(peer.user_id, 'ada')
  const track = await sandbox.publishTrack({ peer_id: peer.id, type: 'audio' })
  assert.equal((await sandbox.muteTrack(track.id)).mute, true)
  assert.equal((await sandbox.unmuteTrack(track.id)).mute, false)
  await sandbox.unpublishTrack(track.id)
  await client.activeRooms.sendMessage(room.id, { message: 'hello' })
  assert.deepEqual((await sandbox.messages(room.id))[0].recipients, [peer.id])
  await sandbox.reportClientError({ room_id: room.id, type: 'client.publish.failed', peer_id: peer.id })
  assert.match(
    (await sandbox.recordFailedDelivery({ room_id: room.id, event_name: 'peer.leave.success' })).event_id,
    /-/,
  )
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://a.example' })
  assert.equal((await sandbox.failJob(recording.id)).status, 'failed')
  await assert.rejects(sandbox.failTranscription(recording.id), SandboxError)
  await client.streamKeys.create(room.id)
  const fed = await sandbox.startRtmpIn({ room_id: room.id })
  assert.equal((await sandbox.stopRtmpIn({ room_id: room.id })).id, fed.id)
  await sandbox.startRtmpIn({ room_id: room.id })
  await sandbox.failRtmpIn({ room_id: room.id })
  const poll = await client.polls.create({
    title: 'p',
    questions: [
      {
        text: 'q',
        type: 'single-choice',
        options: [
          { index: 1, text: 'a' },
          { index: 2, text: 'b' },
        ],
      },
    ],
  })
  assert.equal((await sandbox.startPoll(room.id, poll.id)).poll_id, poll.id)
  await sandbox.answerPoll({ poll_id: poll.id, peer_id: peer.id, question: 1, option: 1 })
  assert.equal((await sandbox.stopPoll(room.id, poll.id)).total_responses, 1)
  const before = await sandbox.clock()
  const later = await sandbox.advanceClock(60)
  assert.equal(Math.round(later.advanced_seconds - before.advanced_seconds), 60)
  await sandbox.leavePeer(peer.id, 'websocket closed')
  await assert.rejects(sandbox.leavePeer(peer.id), (error) => error instanceof SandboxError && error.status === 404)

  await sandbox.restore(snapshot)
  assert.equal((await sandbox.stats()).sessions, 0)
  assert.ok((await sandbox.requests()).length > 0)
  await sandbox.reset()
  assert.equal((await sandbox.seed({ rooms: 5 })).rooms, 5)
  await assert.rejects(sandbox.control('unheard_of'), (error) => /no control/.test(error.message))
  await sandbox.stop()
})

test('what a fault says goes wrong, and is counted', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  const match = { operation: 'rooms.list' }
  const fault = await sandbox.addFault({ match, on: { nth: 1 }, effect: { status: 503, retry_after: 0 } })
  await client.rooms.list().firstPage()
  const [report] = await sandbox.faults()
  assert.deepEqual([report.id, report.matched, report.fired], [fault, 2, 1])
  assert.deepEqual(report.fault.effect, { status: 503, retry_after: 0 })
  const injected = (await sandbox.requests()).map(({ status, faults }) => [status, faults])
  assert.deepEqual(injected, [
    [503, [fault]],
    [200, []],
  ])
  await sandbox.clearFaults()
  assert.deepEqual(await sandbox.faults(), [])
  await sandbox.refuseConnections(0)
  await client.rooms.list().firstPage()
  await assert.rejects(sandbox.addFault({ effect: {} }), SandboxError)
  await sandbox.stop()
})

test('every control of the sandbox has its method', async () => {
  const { HUNDREDMS_CONTROLS } = process.env
  const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())
  for (const name of HUNDREDMS_CONTROLS.split(',')) {
    assert.equal(typeof Sandbox.prototype[camel(name)], 'function', name)
  }
})

const command = join(dirname(createRequire(import.meta.url).resolve('hundredms')), 'command.js')

test('the command prints what to paste, and SIGTERM ends it', async () => {
  const child = spawn(process.execPath, [command, 'sandbox', '--port', '0', '--secret', "it's"], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const data of child.stdout) {
    printed += data
    if (printed.includes('HMS_SECRET=')) break
  }
  assert.match(printed, /export HMS_SECRET='it'\\''s'/)
  const variables = Object.fromEntries(
    [...printed.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name, value]),
  )
  const client = new Client({
    baseUrl: variables.HMS_BASE_URL,
    authUrl: variables.HMS_AUTH_URL,
    accessKey: variables.HMS_ACCESS_KEY,
    secret: "it's",
  })
  assert.equal((await client.rooms.create({ name: 'a' })).name, 'a')
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

for (const source of ['flags', 'files', 'environment']) {
  test(`the command sends webhooks with secrets of its ${source}, and warns of what shows`, async (context) => {
    const came = deferred()
    const server = createServer(async (request, response) => {
      const parts = []
      for await (const part of request) parts.push(part)
      came.resolve([request.headers, Buffer.concat(parts)])
      response.end()
    })
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const [headers, key] = ['headers', 'key'].map((name) => join(folder, name))
    writeFileSync(headers, '\nx-secret: hush\n')
    writeFileSync(key, 'signing-key\n')
    const flags = {
      flags: ['--webhook-header', 'x-secret: hush', '--webhook-signing-key', 'signing-key'],
      files: ['--webhook-header-file', headers, '--webhook-signing-key-file', key],
      environment: ['--webhook-header-file', headers],
    }
    const variables = source === 'environment' ? { HMS_SANDBOX_WEBHOOK_SIGNING_KEY: 'signing-key' } : {}
    const url = `http://127.0.0.1:${server.address().port}`
    const child = spawn(process.execPath, [command, 'sandbox', '--port', '0', '--webhook-url', url, ...flags[source]], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...variables },
    })
    context.after(() => {
      child.kill()
      server.closeAllConnections()
      server.close()
    })
    let complained = ''
    child.stderr.on('data', (data) => {
      complained += data
    })
    const [printed] = await once(child.stdout, 'data')
    const [baseUrl] = /http:\S+(?=\/v2)/.exec(printed)
    const sent = await fetch(`${baseUrl}/_sandbox/send_webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'peer.join.success' }),
    })
    assert.equal(sent.status, 200)
    const [got, body] = await came.promise
    assert.equal(got['x-secret'], 'hush')
    assert.equal(got['x-100ms-signature'], createHmac('sha256', 'signing-key').update(body).digest('hex'))
    child.kill('SIGTERM')
    await once(child, 'close')
    const visible = source === 'flags' ? ['--webhook-header', '--webhook-signing-key'] : []
    const warning = (flag) => `hundredms: warning: ${flag} is visible in the process list; use ${flag}-file\n`
    assert.equal(complained, visible.map(warning).join(''))
  })
}

test('the command reads its secret from a file or the environment, and warns of one that shows', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'secret')
  writeFileSync(file, 'from-a-file\n')
  const printed = async (flags, env = {}) => {
    const child = spawn(process.execPath, [command, 'sandbox', '--port', '0', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    let complained = ''
    child.stderr.on('data', (data) => {
      complained += data
    })
    let said = ''
    for await (const data of child.stdout) {
      said += data
      if (/HMS_SECRET=.*\n/.test(said)) break
    }
    child.kill('SIGTERM')
    await once(child, 'close')
    return [/HMS_SECRET=(.*)/.exec(said)[1], complained]
  }
  assert.deepEqual(await printed(['--secret-file', file]), ['from-a-file', ''])
  assert.deepEqual(await printed([], { HMS_SANDBOX_SECRET: 'environmental' }), ['environmental', ''])
  const [secret, complained] = await printed(['--secret', 'hush'])
  assert.equal(secret, 'hush')
  assert.match(complained, /^hundredms: warning: --secret is visible in the process list; use --secret-file\n$/)
})

for (const [headers, status] of [
  [{}, 200],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ host: 'evil.example' }, 403],
  [{ 'content-type': 'text/plain' }, 415],
]) {
  test(`a control that comes with ${JSON.stringify(headers)} is answered ${status}`, async () => {
    const sandbox = await Sandbox.start()
    await sandbox.seed({ rooms: 1 })
    for (const control of ['stats', 'reset']) {
      const sent = request(sandbox.baseUrl.replace('/v2', `/_sandbox/${control}`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      })
      sent.end('{}')
      const [answer] = await once(sent, 'response')
      answer.resume()
      assert.equal(answer.statusCode, status)
      assert.equal((await sandbox.stats()).rooms, control === 'reset' && status === 200 ? 0 : 1)
    }
    await sandbox.stop()
  })
}

test('an allowed host is one by which the sandbox may be called', async () => {
  const statusOf = async ({ baseUrl }) => {
    const sent = request(baseUrl.replace('/v2', '/_sandbox/health'), { headers: { host: 'sandbox.test' } })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }
  const [open, other] = [await Sandbox.start({ allowHosts: ['sandbox.test'] }), await Sandbox.start()]
  assert.deepEqual([await statusOf(open), await statusOf(other)], [200, 403])
  await Promise.all([open.stop(), other.stop()])
})

test('a seed without measure is refused before it makes anything', async () => {
  const sandbox = await Sandbox.start()
  for (const rooms of [100_001, Number.MAX_SAFE_INTEGER]) {
    await assert.rejects(sandbox.seed({ rooms }), (error) => error instanceof SandboxError && error.status === 400)
  }
  assert.equal((await sandbox.stats()).rooms, 0)
  await sandbox.stop()
})

test('a rate limit answers 429 beyond it', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client({ maxRetries: 0 })
  await sandbox.rateLimit(1)
  await client.rooms.list().firstPage()
  await assert.rejects(client.rooms.list().firstPage(), { status: 429 })
  await sandbox.rateLimit(null)
  await client.rooms.list().firstPage()
  await sandbox.stop()
})

test('advancing the clock makes the retries of webhooks that are due', async () => {
  const sandbox = await Sandbox.start()
  const server = createServer((request, response) => {
    request.resume()
    response.statusCode = 500
    response.end()
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  await sandbox.setWebhook({ url: `http://127.0.0.1:${server.address().port}/` })
  await sandbox.sendWebhook({ type: 'beam.failure', data: { a: 1 } })
  await sandbox.settleWebhooks()
  await sandbox.advanceClock(15)
  const [delivery] = await sandbox.webhookDeliveries()
  assert.deepEqual([delivery.status, delivery.attempts.length], ['failed', 4])
  assert.deepEqual(JSON.parse(delivery.body).data, { a: 1 })
  server.closeAllConnections()
  server.close()
  await sandbox.stop()
})

test('a presigned link leads to a file of the size of its asset', async () => {
  const sandbox = await Sandbox.start()
  const client = sandbox.client()
  const room = await client.rooms.create({ name: 'r' })
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id)
  await sandbox.advanceClock(60)
  await client.recordings.stop(recording.id)
  await sandbox.advanceClock(120)
  for await (const asset of client.recordingAssets.list({ room_id: room.id })) {
    const { url } = await client.recordingAssets.presignedUrl(asset.id)
    const file = await fetch(url)
    assert.equal((await file.arrayBuffer()).byteLength, asset.size)
  }
  await sandbox.stop()
})

test('a snapshot can be dropped, and hosts be allowed', async () => {
  const sandbox = await Sandbox.start({ allowHosts: ['sandbox.test'] })
  const snapshot = await sandbox.snapshot()
  await sandbox.dropSnapshot(snapshot)
  await assert.rejects(sandbox.restore(snapshot), SandboxError)
  await sandbox.stop()
  await assert.rejects(Sandbox.start({ allowHosts: ['http://a'] }), /must be a name or an IP address/)
  await assert.rejects(async () => Sandbox.start({ allowHosts: 'a' }), ConfigurationError)
})

for (const [code, flags, complaint] of [
  [2, ['--port', '70000'], /^error: .*70000 is not in 0\.\.=65535/],
  [2, ['--webhook-signing-key', 'hush'], /^error: [\s\S]*--webhook-url <URL>/],
  [1, ['--secret-file', '/nowhere/at/all'], /^error: cannot read \/nowhere\/at\/all: .*\n$/],
  [2, ['--port', 'x'], /^error: .*invalid digit/],
  [2, ['--webhook-header', 'a: b'], /^error: [\s\S]*--webhook-url <URL>/],
  [3, ['--webhook-url', 'http://127.0.0.1:1', '--webhook-header', 'hush'], /--webhook-header must be 'name: value'/],
]) {
  test(`the command says what is wrong with ${flags[0]}`, async () => {
    const child = spawn(process.execPath, [command, 'sandbox', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
    let complained = ''
    for await (const data of child.stderr) complained += data
    assert.match(complained, complaint)
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], code)
  })
}

function deferred() {
  let resolve
  const promise = new Promise((given) => {
    resolve = given
  })
  return { promise, resolve }
}

test('the request of a webhook is handed to a receiver without a server', async () => {
  const { sandbox } = await sandboxed()
  const receiver = new webhooks.Receiver({ headers: { 'x-s': 'k' }, hmacKey: 'key' })
  const seen = []
  receiver.on('peer.join.success', ({ id, data }) => seen.push([id, data.user_name]))
  const event = { type: 'peer.join.success', fields: { user_name: 'Ada' } }
  const made = await sandbox.webhookRequest(event, { headers: { 'x-s': 'k' }, signing_key: 'key' })
  assert.equal((await receiver.handle(made.body, made.headers)).outcome, 'handled')
  assert.deepEqual(seen, [[made.event_id, 'Ada']])
  assert.equal(made.url, null)
  const other = await sandbox.webhookRequest(event, { headers: { 'x-s': 'k' }, signing_key: 'other' })
  assert.equal((await receiver.handle(other.body, other.headers)).status, 401)
  assert.deepEqual(await sandbox.webhookDeliveries(), [])
})
