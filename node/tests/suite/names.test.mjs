// Errors and warnings name operations, arguments, options and controls as a program in Node does.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import * as hundredms from 'hundredms'

const { Client, FileError, HundredmsError, NotFoundError, Sandbox, webhooks } = hundredms
const require = createRequire(import.meta.url)
const snake = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const dashed = (name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

let sandbox
let client
before(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client({ maxRetries: 0 })
})
after(() => sandbox.stop())

/** The methods that a file declares, each with the names of its parameters. */
function declared(file) {
  const text = readFileSync(join(dirname(require.resolve('hundredms')), file), 'utf8').replaceAll(
    /\/\*[\s\S]*?\*\//g,
    '',
  )
  const methods = [...text.matchAll(/^ {4}(?!constructor)(\w+)(?:<.*?>)?\(([\s\S]*?)\): .*;$/gm)]
  const names = (list) =>
    [...list.replaceAll(/<[^<>]*>|\([^()]*\)|\{[^{}]*\}/g, '').matchAll(/(\w+)\??: /g)].map(([, name]) => name)
  return methods.map(([, name, list]) => [name, names(list)])
}

/** The files of what resources inherit: methods that are written by hand. */
const BASES = {
  AssetStreaming: 'asset-streaming',
  SessionWindows: 'session-windows',
  TemplateEditing: 'template-editing',
}

/** The methods of a resource, also those that it inherits. */
function methodsOf(resource) {
  const { name: base } = Object.getPrototypeOf(client[resource].constructor)
  const inherited = base in BASES ? declared(`${BASES[base]}.d.ts`) : []
  return [...declared(`resources/${dashed(resource)}.d.ts`), ...inherited]
}

/** The first warning of this package from now on. */
function warning() {
  return new Promise((resolve) => {
    const take = (warning) => {
      if (warning.code !== 'HUNDREDMS_WARNING') return
      process.off('warning', take)
      resolve(warning)
    }
    process.on('warning', take)
  })
}

/** The names of operations, jobs and controls that are written otherwise in Node. */
function foreign() {
  const index = readFileSync(join(process.env.HUNDREDMS_CONTRACT, '../../docs/api.md'), 'utf8')
  const calls = [...index.matchAll(/\| `(\w+\.\w+)\(/g)].map(([, name]) => name)
  const controls = process.env.HUNDREDMS_CONTROLS.split(',')
  return [...calls, ...controls].filter((name) => name.includes('_'))
}

const FOREIGN = foreign()

/** Everything that an error says, except the service's own words. */
function said(error) {
  const { message, reason, field, details, kind } = error
  const own = ['configuration', 'invalid_request', 'job_failed', 'file', 'sandbox', 'timeout'].includes(kind)
  return own ? [message, reason, field, ...(details ?? [])].join('\n') : message.split(': ')[0]
}

/** Run what fails, and check how the error names things. `alone` has the parameters that are passed by themselves. */
async function check(what, call, alone = []) {
  try {
    const made = await call()
    if (made instanceof Readable) await made.toArray()
  } catch (error) {
    assert.ok(error instanceof HundredmsError, `${what}: ${error.stack}`)
    const text = said(error)
    for (const name of FOREIGN)
      assert.ok(!new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(text), `${what}: ${text}`)
    for (const name of alone.map(snake).filter((name) => name.includes('_'))) {
      assert.doesNotMatch(text, new RegExp(`\\b${name}\\b`), `${what}: ${text}`)
    }
    return 1
  }
  return 0
}

test('errors of calls and jobs name them and their arguments as they are called', async () => {
  assert.ok(FOREIGN.length > 60, FOREIGN.length)
  let count = 0
  const byHand = new Set()
  for (const resource of Object.keys(client).filter((name) => !['tokens', 'links'].includes(name))) {
    for (const [method, parameters] of methodsOf(resource)) {
      if (['edit', 'listWindow', 'stream', 'windows'].includes(method)) byHand.add(method)
      const alone = parameters.filter((name) => name !== 'params' && name !== 'options')
      const makes = (...args) => client[resource][method](...args)
      const each = (value) => alone.map(() => value)
      for (const args of [
        [],
        each(''),
        each({}),
        each(7),
        each('nope'),
        [...each('nope'), { nope: 1 }],
        [...each('nope'), {}, { nope: 1 }],
      ]) {
        count += await check(`${resource}.${method}(${JSON.stringify(args)})`, () => makes(...args), alone)
      }
      // One after the other is wrong.
      for (const index of alone.keys()) {
        const args = alone.map((_, at) => (at === index ? '' : 'nope'))
        count += await check(`${resource}.${method}(${JSON.stringify(args)})`, () => makes(...args), alone)
      }
    }
  }
  assert.ok(count > 300, count)
  assert.equal(byHand.size, 4)
  for (const [call, method, field] of [
    [() => client.rooms.get(''), 'rooms.get', 'roomId'],
    [() => client.templates.edit('', () => {}), 'templates.edit', 'templateId'],
    [() => client.templates.edit(7, () => {}), 'templates.edit', 'templateId'],
    [() => client.recordingAssets.stream('').toArray(), 'recordingAssets.stream', 'assetId'],
    [async () => client.recordingAssets.stream(7), 'recordingAssets.stream', 'assetId'],
  ]) {
    const error = await call().then(null, (error) => error)
    assert.deepEqual([error.field, error.reason.split(':')[0]], [field, field])
    assert.ok(error.message.startsWith(`${method}: ${field}: `), error.message)
  }
})

test('errors about what a job waits for name the calls that help', async () => {
  const room = await client.rooms.create({ name: 'names' })
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://x.example' })
  await sandbox.advanceClock(5)
  await client.recordings.stop(recording.id)
  await sandbox.advanceClock(12)
  const transcript = () => client.recordings.transcript({ recording_id: recording.id })
  assert.equal(await check('transcript', transcript), 1)
  await sandbox.addFault({ match: { operation: 'room_codes.create' }, effect: { status: 400 } })
  const withCodes = client.rooms.createWithCodes({ name: 'codes' }).then(null, (error) => error)
  assert.match(`${(await withCodes).message}`, /roomCodes\.create/)
  await sandbox.clearFaults()
  await sandbox.addFault({ match: { operation: 'storage.get' }, effect: { status: 403 } })
  const all = () => client.recordingAssets.downloadAll(tmpdir(), { recording_id: recording.id }, { timeoutMs: 3000 })
  const failed = await all().then(null, (error) => error)
  assert.equal(await check('downloadAll', () => Promise.reject(failed)), 1)
  await sandbox.clearFaults()
})

test('errors of tokens, links and options name the options of Node', async () => {
  const { accessKey, secret } = sandbox
  const of = (options) => () => new Client({ accessKey, secret, ...options })
  const tokens = client.tokens
  for (const [call, name] of [
    [() => tokens.auth('r', 'host', { userId: '' }), 'userId'],
    [() => tokens.auth('', 'host'), 'roomId'],
    [() => tokens.auth('r', 'host', { validForSeconds: 1e12 }), 'validForSeconds'],
    [() => tokens.auth('r', 'host', { notBefore: 'tomorrow' }), 'notBefore'],
    [() => client.links.recorder('acme', '', 'host'), 'roomId'],
    [of({ rateLimitRedis: 'redis://127.0.0.1:1' }), 'rateLimit'],
    [of({ rateLimitRedis: 'http://x', rateLimit: 1 }), 'rateLimitRedis'],
    [of({ maxInFlight: 0 }), 'maxInFlight'],
    [of({ maxConnections: 0 }), 'maxConnections'],
    [of({ baseUrl: 'nope' }), 'baseUrl'],
    [of({ authUrl: 'ftp://x' }), 'authUrl'],
    [of({ caFile: '/does/not/exist' }), 'CA file'],
    [() => new webhooks.Receiver({ hmacKey: '' }), 'hmacKey'],
    [() => new webhooks.Receiver({ hmacKey: 'x', maxAgeMs: 0 }), 'maxAgeMs'],
    [() => new webhooks.Receiver({ hmacKey: [''] }), 'hmacKey'],
  ]) {
    try {
      call()
      assert.fail(name)
    } catch (error) {
      assert.ok(error instanceof HundredmsError, `${name}: ${error}`)
      const text = [error.message, error.reason, error.field].join('\n')
      assert.match(text, new RegExp(`\\b${name}\\b`))
      assert.doesNotMatch(text, /\b(?!invalid_request)[a-z]+_[a-z_]+\b/, text)
    }
  }
})

test('paths, URLs and quoted values of the user stay as they are', async () => {
  const { accessKey, secret } = sandbox
  const client = (options) => () => new Client({ accessKey, secret, ...options })
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  const empty = join(folder, 'ca_file.pem')
  writeFileSync(empty, '')
  for (const [call, kept] of [
    [client({ caFile: '/x/ca_file.pem' }), 'the CA file /x/ca_file.pem cannot be read'],
    [client({ caFile: '/x/with ca_file/use base_url.pem' }), 'the CA file /x/with ca_file/use base_url.pem cannot'],
    [client({ caFile: empty }), `the CA file ${empty} `],
    [client({ rateLimit: { 'set max_retries: rooms.by_day': 1 } }), '"set max_retries: rooms.by_day"'],
  ]) {
    assert.throws(call, (error) => {
      assert.ok(error.message.includes(kept) && error.reason.includes(kept), error.message)
      return true
    })
  }
  rmSync(folder, { recursive: true })

  // As the core gives them.
  for (const path of ['recordings.day_one/x.mp4', 'rooms.by_day.csv', 'recordings.day_one', '/x/rooms.by_day']) {
    const said = `${path} cannot be written`
    const error = new FileError({ kind: 'file', path, message: said }, `recordings.to_file: ${said} (file)`)
    assert.equal(error.message, `recordings.toFile: ${said} (file)`)
    assert.equal(error.reason, said)
  }
  for (const text of ['rooms.by_day.csv', 'recordings.day_one/x.mp4', 'http://x/?q=rooms.by_day', '"rooms.by_day"']) {
    assert.equal(new FileError({ kind: 'file', message: text }).message, text)
  }
  const answer = { status: 404, body: { code: 404, message: 'rooms.by_day: no', details: ['rooms.by_day'] } }
  await sandbox.addFault({ match: { operation: 'room_codes.create' }, effect: answer })
  const refused = await sandbox
    .client({ maxRetries: 0 })
    .roomCodes.create('x')
    .then(null, (error) => error)
  await sandbox.clearFaults()
  assert.ok(refused instanceof NotFoundError, refused)
  assert.ok(refused.message.startsWith('roomCodes.create: rooms.by_day: no'), refused.message)
  assert.deepEqual([refused.reason, refused.details], ['rooms.by_day: no', ['rooms.by_day']])

  const named = { match: { operation: 'join_peer' }, effect: { status: 400 } }
  for (const [call, text] of [
    [() => sandbox.addFault(named), 'addFault: match.operation: there is no operation "join_peer"'],
    [() => sandbox.rateLimit(1, 'per_second'), 'rateLimit: resource: there is no resource per_second'],
    [() => sandbox.joinPeer({ join_peer: 1 }), 'joinPeer: join_peer: unknown field `join_peer`, '],
    [() => sandbox.rateLimit(-1), 'rateLimit: perSecond'],
  ]) {
    const error = await call().then(null, (error) => error)
    assert.ok(error.message.startsWith(text), error.message)
  }
})

test('errors of controls name them and their arguments as they are called', async () => {
  let count = 0
  for (const [method, parameters] of declared('sandbox-controls.d.ts')) {
    const alone = parameters.filter((name) => snake(name) !== name)
    for (const args of [[-1], [''], [{ nope: 1 }], ['nope', 'nope', 'nope'], [{}, {}, {}]]) {
      count += await check(`${method}(${JSON.stringify(args)})`, () => sandbox[method](...args), alone)
    }
  }
  assert.ok(count > 60, count)
  const wait = sandbox.settleWebhooks(-1).then(null, (error) => error)
  assert.match((await wait).message, /^settleWebhooks: timeoutSeconds /)
  const send = sandbox.sendWebhook({ type: 'peer.join.success' }).then(null, (error) => error)
  assert.match((await send).message, /setWebhook/)
})

test('warnings and hints name operations as they are called', async () => {
  const hints = []
  const observed = sandbox.client({ onRequest: ({ hint, warning }) => hints.push(hint, warning) })
  const warned = warning()
  const { id } = await client.templates.create({ name: 'warned', roles: { host: {} } })
  await observed.templates.putRole(id, 'host', { publishParams: { allowed: ['aduio'] } })
  const { message } = await warned
  assert.match(message, /^hundredms: templates\.putRole: publishParams/)
  assert.ok(
    hints.every((hint) => !hint?.includes('put_role')),
    hints,
  )
})

test('what is probably a mistake in a description causes a process warning, and is in the plan', async () => {
  const description = {
    name: 'doubtful',
    roles: { host: { subscribeParams: { subscribeToRoles: ['ghost'] } } },
    recordings: [{ name: 'r', role: 'host', compositeRecording: { browserRecording: {} } }],
  }
  const said = [
    '`roles.host.subscribeParams.subscribeToRoles`: the template has no role "ghost"',
    '`recordings[0].compositeRecording.browserRecording` is not a field that this version knows: sent as it is',
  ]
  const planned = await client.templates.apply(description, { dry_run: true })
  assert.deepEqual([...planned.warnings].sort(), [...said].sort())
  const warned = warning()
  await client.templates.apply(description)
  const { message } = await warned
  for (const text of said) assert.ok(message.includes(text), message)
})
