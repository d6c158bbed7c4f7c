// Errors: real classes, what they know, and a stack that names the caller's line.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { unlinkSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import {
  AmbiguousOutcomeError,
  AuthenticationError,
  BadRequestError,
  Client,
  ConfigurationError,
  ConnectionError,
  DecodeError,
  HundredmsError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  TimeoutError,
} from 'hundredms'
import { heap } from './memory.mjs'
import { json, sandboxed, served } from './sandbox-client.mjs'

const { sandbox, client } = await sandboxed()
const failure = (call) =>
  call.then(
    () => assert.fail('there was no error'),
    (error) => error,
  )

test('a refusal of the service has its class and says what is known', async () => {
  const error = await failure(client.rooms.get('66b2d2105c803b002ae4f611'))
  assert.ok(error instanceof NotFoundError && error instanceof HundredmsError && error instanceof Error)
  assert.equal(error.name, 'NotFoundError')
  assert.equal(error.kind, 'not_found')
  assert.equal(error.operation, 'rooms.get')
  assert.equal(error.method, 'GET')
  assert.equal(error.route, '/rooms/{room_id}')
  assert.equal(error.status, 404)
  assert.equal(error.attempts, 1)
  assert.equal(error.mayHaveApplied, false)
  assert.ok(error.elapsedMs > 0)
  assert.match(error.message, /^rooms\.get: /)
  assert.match(String(error), /^NotFoundError: rooms\.get: /)
})

for (const [status, errorClass] of [
  [400, BadRequestError],
  [401, AuthenticationError],
  [404, NotFoundError],
  [429, RateLimitedError],
  [500, ServerError],
]) {
  test(`${status} is a ${errorClass.name}`, async () => {
    const { client } = await served((_, response) => json(response, { code: status, message: 'no' }, status), {
      maxRetries: 0,
    })
    const error = await failure(client.rooms.get('a'))
    assert.equal(error.constructor, errorClass)
    assert.equal(error.status, status)
  })
}

test('a wait that the service asks for is told in milliseconds', async () => {
  const { client } = await served((_, response) => response.writeHead(429, { 'retry-after': '120' }).end('{}'))
  const error = await failure(client.rooms.get('a'))
  assert.equal(error.retryAfterMs, 120_000)
})

test('a deadline that passes is a TimeoutError that names the phase', async () => {
  const { client } = await served(() => {})
  const error = await failure(client.rooms.get('a', { timeoutMs: 50 }))
  assert.equal(error.constructor, TimeoutError)
  assert.equal(error.phase, 'wait')
})

test('a refused connection is a ConnectionError with its cause', async () => {
  const client = new Client({ accessKey: 'key', secret: 'secret', baseUrl: 'http://127.0.0.1:1/v2', maxRetries: 0 })
  const error = await failure(client.rooms.get('a'))
  assert.equal(error.constructor, ConnectionError)
  assert.ok(error.cause instanceof Error)
  assert.match(error.message, /no connection to 127\.0\.0\.1:1 could be made/)
  assert.match(error.cause.message, /refused/)
})

test('a body that does not fit is a DecodeError that names the place', async () => {
  const { client } = await served((_, response) => json(response, { id: 'a', name: 'a', enabled: 'perhaps' }))
  const error = await failure(client.rooms.get('a'))
  assert.equal(error.constructor, DecodeError)
  assert.equal(error.field, 'enabled')
})

test('no secret shows in an error', async () => {
  const wrong = sandbox.client({ secret: 'a-secret-nobody-may-see' })
  const error = await failure(wrong.rooms.get('66b2d2105c803b002ae4f611'))
  assert.doesNotMatch(inspect(error, { depth: 9 }) + inspect(wrong, { depth: 9, showHidden: true }), /nobody-may-see/)
})

/** A client of a server that treats a POST like this. */
const posted = (answer, options = {}) =>
  served((request, response) => answer(response, request), { maxRetries: 0, ...options }).then(({ client }) => client)
const start = (client) => failure(client.recordings.start('a', { meeting_url: 'https://a.example' }))

for (const [what, answer, also] of [
  ['500', (response) => json(response, { message: 'no' }, 500), ServerError],
  ['503', (response) => json(response, { message: 'no' }, 503), ServerError],
  ['502 of a gateway', (response) => response.writeHead(502).end('<html>'), ServerError],
  ['504 of a gateway', (response) => response.writeHead(504).end(), ServerError],
  ['408', (response) => json(response, { message: 'no' }, 408), undefined],
  ['an answer that cannot be read', (response) => response.writeHead(200).end('{"id"'), DecodeError],
  ['a connection that breaks', (response) => response.destroy(), ConnectionError],
  ['silence', () => {}, TimeoutError],
]) {
  test(`after ${what} a call that may have taken effect is asked about in one way`, async () => {
    const client = await posted(answer, { timeoutMs: what === 'silence' ? 100 : 5_000 })
    const error = await start(client)
    assert.equal(error.mayHaveApplied, true, String(error))
    assert.ok(error instanceof AmbiguousOutcomeError && error instanceof HundredmsError)
    const classes = [ServerError, DecodeError, ConnectionError, TimeoutError]
    assert.deepEqual(
      classes.filter((errorClass) => error instanceof errorClass),
      also ? [also] : [],
    )
    assert.equal(error.checkWith.operation, 'recordings.list')
    // What changes nothing is not ambiguous, and else of the same class.
    const read = await failure(client.rooms.get('a'))
    assert.ok(!read.mayHaveApplied && !(read instanceof AmbiguousOutcomeError), String(read))
    if (also) assert.ok(read instanceof also)
  })
}

test('an operation is named in a message as it is called, and for programs as the service has it', async () => {
  const { client } = await served((_, response) => json(response, { code: 404, message: 'room_codes: none' }, 404))
  for (const error of [
    await failure(client.roomCodes.createForRole('room', 'host')),
    await failure(client.callRaw('room_codes.create_for_role', { room_id: 'room', role: 'host' })),
  ]) {
    assert.match(error.message, /^roomCodes\.createForRole: room_codes: none \(not_found/)
    assert.equal(error.operation, 'room_codes.create_for_role')
  }
  const refused = await failure(client.activeRooms.updatePeer('room', 'peer', { rloe: 'host' }))
  assert.match(refused.message, /^activeRooms\.updatePeer: rloe: unknown field `rloe`; did you mean `role`\?/)
  assert.match((await failure(client.roomCodes.createForRole('a', 5))).message, /^roomCodes\.createForRole: role: /)
  assert.match((await failure(client.request('GET', '/room_codes'))).message, /^request: /)
})

test('tokens name their arguments as they are given', () => {
  const mint =
    (...args) =>
    () =>
      client.tokens.auth(...args)
  for (const [act, field] of [
    [mint(undefined, 'host'), 'roomId'],
    [mint('', 'host'), 'roomId'],
    [mint('room', ''), 'role'],
    [mint('room', 'host', { userId: 5 }), 'userId'],
    [mint('room', 'host', { validForSeconds: 0 }), 'validForSeconds'],
    [mint('room', 'host', { validForSeconds: 91 * 86_400 }), 'validForSeconds'],
    [() => client.tokens.management({ validForSeconds: 91 * 86_400 }), 'validForSeconds'],
    [mint('room', 'host', { notBefore: 'tomorrow' }), 'notBefore'],
  ]) {
    assert.throws(act, (error) => {
      assert.equal(error.field, field)
      assert.match(error.message, new RegExp(`^tokens\\.\\w+: ${field}: `))
      assert.ok(error.reason.startsWith(`${field}: `))
      return true
    })
  }
})

const here = /errors\.test\.mjs:\d+:\d+/

async function looksUpARoom(id) {
  return await client.rooms.get(id)
}

test('the stack names the line that awaited the call', async () => {
  const error = await failure(looksUpARoom('66b2d2105c803b002ae4f611'))
  assert.match(error.stack, /looksUpARoom/)
  assert.match(error.stack, here)
})

test('the stack names the line also under Promise.all, for a refusal before sending, and in a loop over a list', async () => {
  const all = async () => await Promise.all([client.rooms.get('66b2d2105c803b002ae4f611')])
  assert.match((await failure(all())).stack, here)
  const early = async () => await client.rooms.create({ nmae: 'x' })
  assert.match((await failure(early())).stack, here)
  const loop = async () => {
    for await (const room of client.rooms.list({ limit: 1000 })) assert.fail(room)
  }
  assert.match((await failure(loop())).stack, here)
})

test('errors of construction and tokens name the line as well', () => {
  for (const act of [
    () => new Client({ accessKey: 'key', secret: '', baseUrl: 'ftp://x' }),
    () => client.tokens.auth('', 'host'),
    () => client.tokens.decode('x'),
  ]) {
    assert.throws(act, (error) => error instanceof HundredmsError && here.test(error.stack))
  }
})

for (const [what, options] of [
  ['an unknown option', { accessKey: 'k', secret: 's', timeout: 5 }],
  ['a key without its secret', { accessKey: 'k' }],
  ['a token and a key', { accessKey: 'k', secret: 's', token: 't' }],
  ['a token callback and a key', { accessKey: 'k', secret: 's', token: () => 't' }],
  ['a bad URL', { accessKey: 'k', secret: 's', baseUrl: 'not a url' }],
  ['a CA file that is not there', { accessKey: 'k', secret: 's', caFile: '/nonexistent.pem' }],
  ['a CA file without a certificate', { accessKey: 'k', secret: 's', caFile: fileURLToPath(import.meta.url) }],
  ['a timeout of nothing', { accessKey: 'k', secret: 's', timeoutMs: 0 }],
  ['a function in place of a URL', { accessKey: 'k', secret: 's', baseUrl: () => 'http://a.example' }],
  ['a function in place of a timeout', { accessKey: 'k', secret: 's', timeoutMs: () => 1 }],
  ['a BigInt in place of a number', { accessKey: 'k', secret: 's', maxRetries: 1n }],
  ['null in place of options', null],
  ['a Promise in place of options', Promise.resolve({ accessKey: 'k', secret: 's' })],
  ['a Map in place of options', new Map()],
]) {
  test(`${what} is a ConfigurationError`, () => {
    assert.throws(() => new Client(options), ConfigurationError)
  })
}

test('options may be what a module exports', async () => {
  const settings = await import('data:text/javascript,export const accessKey = "k", secret = "s"')
  assert.ok(new Client(settings).tokens.management())
})

test('a file keeps its name, which may look like that of an option', (t) => {
  const path = `base_url_${process.pid}.json`
  writeFileSync(path, '[]')
  t.after(() => unlinkSync(path))
  assert.throws(
    () => new Client({ cassette: { path, mode: 'replay' } }),
    (error) => error instanceof ConfigurationError && error.message.includes(`the file ${path} is not a cassette`),
  )
})

for (const [name, value, must] of [
  ['accessKey', Number.NaN, 'be a string'],
  ['secret', Buffer.from('hushed'), 'be a string'],
  ['secret', 'hushed\ud800', 'be well-formed text'],
  ['baseUrl', Number.NaN, 'be a string'],
  ['baseUrl', 5, 'be a string'],
  ['baseUrl', 'ftp://x', 'begin with https'],
  ['authUrl', Number.POSITIVE_INFINITY, 'be a string'],
  ['timeoutMs', Number.NaN, 'be more than 0 milliseconds'],
  ['connectTimeoutMs', '5', 'be a number of milliseconds, not String'],
  ['maxRetries', Number.NaN, 'be a whole number'],
  ['maxRetries', Number.POSITIVE_INFINITY, 'be a whole number'],
  ['maxRetries', '2', 'be a whole number'],
  ['maxRetries', -1, 'be a whole number'],
  ['proxy', Number.NaN, 'be a string, or false'],
  ['caFile', Number.NaN, 'be a string'],
  ['userAgent', 5, 'be a string'],
  ['cassette', Number.NaN, 'be an object with a path'],
  ['cassette', { path: 'a.json', mode: 'play' }, 'be an object with a path'],
  ['onRequest', 5, 'be a function'],
]) {
  test(`${inspect(value)} as ${name} is refused under that name, and not shown`, () => {
    assert.throws(
      () => new Client({ accessKey: 'k', secret: 's', [name]: value }),
      (error) => {
        assert.ok(error instanceof ConfigurationError)
        assert.ok(error.message.startsWith(`${name}: must ${must}`), error.message)
        assert.doesNotMatch(error.message, /hushed/)
        return true
      },
    )
  })
}

test('an object where its id belongs is refused with the id to pass', async () => {
  const room = await client.rooms.create({ name: 'physics' })
  const said = 'roomId: expected a string, found the whole object: pass its id, room.id'
  for (const call of [client.rooms.get(room), client.roomCodes.create(room)]) {
    assert.equal((await failure(call)).reason, said)
  }
  assert.throws(() => client.tokens.auth(room, 'host'), /roomId: must be a string: pass its id, room\.id/)
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://a.example' })
  assert.throws(() => client.tokens.auth(recording, 'host'), /roomId: must be a string: pass its room_id/)
  assert.match((await failure(client.rooms.get(recording))).reason, /found the whole object: pass its room_id/)
})

test('a token that is neither text nor a function is refused', () => {
  assert.throws(() => new Client({ token: Number.NaN }), /^ConfigurationError: token: must be a string, or a function/)
})

test('clients that cannot be made leave nothing behind', async () => {
  const make = () => {
    for (let made = 0; made < 5_000; made += 1) {
      assert.throws(() => new Client({ accessKey: 'key' }), ConfigurationError)
      assert.throws(() => new Client({ token: () => 'token', baseUrl: 'ftp://x' }), ConfigurationError)
    }
  }
  make()
  const before = await heap()
  make()
  const grown = (await heap()) - before
  assert.ok(grown < 256 * 1024, `the heap grew by ${grown} bytes`)
})

test('a worker with an environment of its own has only that', async () => {
  const set = { HMS_ACCESS_KEY: 'key', HMS_SECRET: 'secret', HMS_BASE_URL: 'ftp://x' }
  Object.assign(process.env, set)
  try {
    const told = async (env) => {
      const source = `
        const { Client } = require('hundredms')
        const { parentPort } = require('node:worker_threads')
        try { new Client(); parentPort.postMessage('made') } catch (error) { parentPort.postMessage(error.message) }`
      const [message] = await once(new Worker(source, { eval: true, env }), 'message')
      return message
    }
    assert.match(await told({}), /^no credentials/)
    assert.match(await told({ HMS_SECRET: 'own' }), /^HMS_SECRET is set but HMS_ACCESS_KEY is not/)
    assert.equal(await told({ APP_ACCESS_KEY: 'own', APP_SECRET: 'own' }), 'made')
    assert.match(await told({ ...set }), /^baseUrl/)
  } finally {
    for (const name of Object.keys(set)) delete process.env[name]
  }
})

test('credentials and addresses come from the environment where nothing is said', async () => {
  const set = sandbox.env()
  Object.assign(process.env, set)
  try {
    const client = new Client()
    assert.ok(Array.isArray((await client.rooms.list().firstPage()).data))
  } finally {
    for (const name of Object.keys(set)) delete process.env[name]
  }
  assert.throws(() => new Client(), ConfigurationError)
})

test('an error is of its class and the classes above, and of no class that extends them', async () => {
  const { client } = await sandboxed()
  class OwnError extends NotFoundError {}
  const error = await client.rooms.get('66b2d2105c803b002ae4f611').catch((caught) => caught)
  assert.ok(error instanceof NotFoundError && error instanceof HundredmsError && error instanceof Error)
  assert.ok(!(error instanceof OwnError) && !(error instanceof ServerError))
  const own = new OwnError({ kind: 'not_found', message: 'mine' })
  assert.ok(own instanceof OwnError && own instanceof NotFoundError)
})

test('an access key or a secret alone takes the other from the environment', () => {
  const { accessKey, secret } = { accessKey: 'key-of-the-environment', secret: 'secret' }
  process.env.HMS_ACCESS_KEY = accessKey
  try {
    const { tokens } = new Client({ secret })
    assert.equal(tokens.decode(tokens.management()).access_key, accessKey)
    process.env.HMS_SECRET = secret
    const other = new Client({ accessKey: 'mine' }).tokens
    assert.equal(other.decode(other.management()).access_key, 'mine')
  } finally {
    delete process.env.HMS_ACCESS_KEY
    delete process.env.HMS_SECRET
  }
  assert.throws(() => new Client({ secret }), /the secret needs its access key/)
})

const FORGED = 'a\\r\\nERROR forged\\u{1b}[2J'

for (const [answer, code, message, details] of [
  ['{"code":[4],"message":"no"}', undefined, 'no', []],
  ['{"code":"x1","message":"no","details":["a"]}', undefined, 'no', ['a']],
  ['{"code":1e300,"message":"no"}', undefined, 'no', []],
  ['{"code":"400","message":"no"}', 400, 'no', []],
  ['{"code":400,"message":["x"],"error":"no"}', 400, 'no', []],
  ['{"message":"n\\ud83do"}', undefined, 'n\ufffdo', []],
  ['{"message":"a\\r\\nERROR forged\\u001b[2J","details":["b\\nc"]}', undefined, FORGED, ['b\\nc']],
  ['a\r\nERROR forged\x1b[2J', undefined, FORGED, []],
]) {
  test(`a refusal that says ${JSON.stringify(answer)} keeps what can be read, on one line`, async () => {
    const { client } = await served((_, response) => response.writeHead(400).end(answer))
    const error = await failure(client.rooms.get('a'))
    assert.ok(error instanceof BadRequestError)
    assert.deepEqual([error.code, error.reason, [...error.details]], [code, message, details])
    assert.ok(error.message.includes(message))
    assert.doesNotMatch(String(error), /\p{Cc}/u)
  })
}

test('an error of a free request holds nothing of its path', async () => {
  const id = '66b2d2105c803b002ae4f611'
  const error = await failure(client.request('GET', `/rooms/${id}/none`, { query: { user: 'ada-lovelace' } }))
  assert.ok(error instanceof NotFoundError)
  assert.equal(error.route, '/{path}')
  const shown = [String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true, getters: true })]
  shown.push(serialize(error).toString('latin1'), inspect(structuredClone(error)))
  for (const text of shown) assert.doesNotMatch(text, new RegExp(`${id}|ada-lovelace`))
})
