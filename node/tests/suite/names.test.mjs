// Errors and warnings name operations, arguments, options and controls as a program in Node does.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import * as hundredms from 'hundredms'

const { Client, HundredmsError, Sandbox, webhooks } = hundredms
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
    await call()
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
  for (const resource of Object.keys(client).filter((name) => !['tokens', 'links'].includes(name))) {
    for (const [method, parameters] of declared(`resources/${dashed(resource)}.d.ts`)) {
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
  const named = client.rooms.get('').then(null, (error) => error)
  assert.deepEqual([(await named).field, (await named).reason.split(':')[0]], ['roomId', 'roomId'])
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
  const warned = once(process, 'warning')
  const { id } = await client.templates.create({ name: 'warned', roles: { host: {} } })
  await observed.templates.putRole(id, 'host', { publishParams: { allowed: ['aduio'] } })
  const [{ message }] = await warned
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
  const warned = once(process, 'warning')
  await client.templates.apply(description)
  const [{ message, code }] = await warned
  assert.equal(code, 'HUNDREDMS_WARNING')
  for (const text of said) assert.ok(message.includes(text), message)
})
