// Tokens: created, decoded, verified, and requested from a callback.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mock, test } from 'node:test'
import { AuthenticationError, Client, ConfigurationError, InvalidRequestError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

const { sandbox, client } = await sandboxed()
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))

test('an auth token says what it was told', () => {
  const token = client.tokens.auth('room', 'host', { userId: 'ada', validForSeconds: 60 })
  const said = claims(token)
  assert.equal(said.room_id, 'room')
  assert.equal(said.role, 'host')
  assert.equal(said.user_id, 'ada')
  assert.equal(said.type, 'app')
  assert.equal(said.exp - said.iat, 70)
  assert.equal(client.tokens.verify(token).user_id, 'ada')
  assert.equal(client.tokens.decode(token).kind, 'auth')
})

test('a token is valid for 24 hours unless told otherwise, and may begin later', () => {
  const said = claims(client.tokens.auth('room', 'host'))
  assert.equal(said.exp - said.iat, 86_410)
  const begin = new Date(Date.now() + 3_600_000)
  assert.equal(claims(client.tokens.auth('room', 'host', { notBefore: begin })).nbf, Math.floor(begin / 1000))
  assert.equal(
    claims(client.tokens.auth('room', 'host', { notBefore: begin.toISOString() })).nbf,
    Math.floor(begin / 1000),
  )
})

for (const [what, act] of [
  ['no room', () => client.tokens.auth('', 'host')],
  ['no role', () => client.tokens.auth('room', undefined)],
  ['no user', () => client.tokens.auth('room', 'host', { userId: '' })],
  ['a validity of 0', () => client.tokens.auth('room', 'host', { validForSeconds: 0 })],
  ['a validity that is no number', () => client.tokens.management({ validForSeconds: Number.NaN })],
  ['a begin that is no time', () => client.tokens.auth('room', 'host', { notBefore: 'tomorrow' })],
  ['a begin without an hour', () => client.tokens.auth('room', 'host', { notBefore: '2034-02-01' })],
  ['a begin that is a number', () => client.tokens.auth('room', 'host', { notBefore: Date.now() })],
  ['half of a surrogate pair in a room', () => client.tokens.auth('\ud800r', 'host')],
  ['half of a surrogate pair in a user', () => client.tokens.auth('room', 'host', { userId: '\udc00' })],
  ['a Promise in place of options', () => client.tokens.auth('room', 'host', Promise.resolve({ userId: 'ada' }))],
  ['options that are null', () => client.tokens.auth('room', 'host', null)],
  ['an option that is none', () => client.tokens.auth('room', 'host', { user_id: 'ada' })],
  ['a token that is none', () => client.tokens.decode('a.b.c')],
]) {
  test(`${what} is refused`, () => assert.throws(act, InvalidRequestError))
}

test('a token of another secret does not pass the check', () => {
  const other = sandbox.client({ secret: 'another' })
  assert.throws(() => client.tokens.verify(other.tokens.auth('room', 'host')), AuthenticationError)
})

test('a ready token is sent, and mints none', async () => {
  const ready = sandbox.client({ token: client.tokens.management() })
  assert.ok(Array.isArray((await ready.rooms.list().firstPage()).data))
  assert.throws(() => ready.tokens.auth('room', 'host'), ConfigurationError)
})

test('a token callback is asked once for many calls', async () => {
  let asked = 0
  const asking = sandbox.client({
    token: async () => {
      asked += 1
      return client.tokens.management()
    },
  })
  await Promise.all(Array.from({ length: 20 }, () => asking.rooms.list().firstPage()))
  assert.equal(asked, 1)
})

test('the failure of a token callback ends the call and is told', async () => {
  const failing = sandbox.client({
    token: () => {
      throw new Error('the vault is shut')
    },
  })
  await assert.rejects(failing.rooms.list().firstPage(), /the vault is shut/)
  const odd = sandbox.client({
    token: () => {
      throw Object.create(null)
    },
  })
  await assert.rejects(odd.rooms.list().firstPage(), /cannot be printed/)
  const mute = new Client({ baseUrl: sandbox.baseUrl, token: () => undefined })
  await assert.rejects(mute.rooms.list().firstPage(), /did not return a string/)
})

test('tokens follow the clock that a test freezes', () => {
  const now = Date.parse('2030-01-01T00:00:00Z')
  mock.timers.enable({ apis: ['Date'], now })
  try {
    const tokens = [client.tokens.auth('room', 'host'), client.tokens.management()]
    for (const token of tokens) {
      assert.equal(claims(token).iat, now / 1000 - 10)
      assert.equal(client.tokens.verify(token).issued_at, '2029-12-31T23:59:50Z')
    }
    mock.timers.setTime(now + 86_399_000)
    client.tokens.verify(tokens[0])
    for (const other of [now + 86_400_000, now - 60_000]) {
      mock.timers.setTime(other)
      for (const token of tokens) assert.throws(() => client.tokens.verify(token), AuthenticationError)
    }
  } finally {
    mock.timers.reset()
  }
})

test('a client takes its own tokens after the sandbox has moved its clock', async () => {
  const { sandbox, client } = await sandboxed()
  const room = await client.rooms.create()
  for (const hours of [25, 24 * 40]) {
    await sandbox.advanceClock(hours * 3600)
    // Before any call, and by a client that is made then.
    for (const one of [client, sandbox.client()]) {
      const token = one.tokens.auth(room.id, 'host')
      assert.equal(one.tokens.verify(token).room_id, room.id)
      await sandbox.joinPeer({ token })
    }
    assert.equal((await client.rooms.get(room.id)).id, room.id)
    const token = client.tokens.auth(room.id, 'host')
    assert.equal(client.tokens.verify(token).room_id, room.id)
    await sandbox.joinPeer({ token })
  }
})

test('the answer of a token callback goes to all calls that wait for it, though it is no JWT', async () => {
  let asked = 0
  let letGo
  const given = new Promise((resolve) => {
    letGo = resolve
  })
  const token = () => {
    asked += 1
    return given
  }
  const asking = sandbox.client({ token, maxRetries: 0 })
  const calls = Array.from({ length: 50 }, () => asking.rooms.list().firstPage())
  const hasty = sandbox.client({ token, maxRetries: 0, timeoutMs: 50 })
  for (let call = 0; call < 2; call += 1) {
    await assert.rejects(hasty.rooms.list().firstPage(), { phase: 'queue' })
  }
  assert.equal(asked, 2, 'once for each client, although one has given up')
  letGo('opaque')
  for (const call of await Promise.allSettled(calls)) assert.equal(call.reason.status, 401)
  assert.ok(asked < 50)
})

test('a token callback that calls its own client is refused at once', async () => {
  let asked = 0
  const own = sandbox.client({
    token: async () => {
      asked += 1
      return (await own.rooms.list().firstPage()).data[0].id
    },
  })
  await assert.rejects(own.rooms.list().firstPage(), (error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.match(String(error.message), /let it use another client/)
    return true
  })
  assert.equal(asked, 1)
})

test('a client may be called once its token callback is over, by what that has begun', async () => {
  let later
  let letGo
  const over = new Promise((resolve) => {
    letGo = resolve
  })
  const asking = sandbox.client({
    token: async () => {
      later ??= over.then(() => asking.rooms.list().firstPage())
      return client.tokens.management()
    },
  })
  await asking.rooms.list().firstPage()
  letGo()
  assert.ok(await later)
})

for (const header of [
  { alg: 'HS256', crit: ['exp'] },
  { alg: 'HS256', crit: ['b64'], b64: true },
  { alg: 'HS256', b64: false },
  { alg: 'HS256', zip: 'DEF' },
  { alg: 'none' },
  { alg: 'HS512' },
]) {
  test(`a token with the header ${JSON.stringify(header)} is refused`, () => {
    const { tokens } = new Client({ accessKey: 'key', secret: 'secret' })
    const signed = (header) => {
      const said = { access_key: 'key', type: 'management', exp: 9_999_999_999 }
      const text = [header, said].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
      return `${text}.${createHmac('sha256', 'secret').update(text).digest('base64url')}`
    }
    assert.equal(tokens.verify(signed({ alg: 'HS256' })).kind, 'management')
    assert.throws(() => tokens.verify(signed(header)), InvalidRequestError)
    assert.throws(() => tokens.decode(signed(header)), InvalidRequestError)
  })
}

const DAY = 86_400

/** A service that refuses tokens with dates so many seconds ahead of this machine's, or without one, and takes them at 200. */
function refusing(answers, options) {
  return served((_, response) => {
    const next = answers.shift()
    if (next === 200) return json(response, roomOf('a'))
    response.sendDate = false
    const date = next === undefined ? {} : { date: new Date(Date.now() + next * 1000).toUTCString() }
    json(response, { code: 401, message: 'no' }, 401, date)
  }, options)
}

/** The seconds that the tokens of a client are ahead of this machine's clock, by its own check. */
function ahead({ tokens }) {
  return Date.parse(tokens.verify(tokens.auth('room', 'host')).issued_at) / 1000 + 10 - Date.now() / 1000
}

function near(seconds, expected) {
  assert.ok(Math.abs(seconds - expected) < 10, `${seconds} seconds ahead, not ${expected}`)
}

test('a client takes its own tokens by the clock that a 401 has told', async () => {
  for (const seconds of [120, -90_000, 30 * DAY, 365 * DAY]) {
    const { client } = await refusing([seconds, 200])
    await client.rooms.get('a')
    near(ahead(client), seconds)
  }
})

test('a clock more than a year away is not learnt', async () => {
  for (const seconds of [367 * DAY, -367 * DAY, 70 * 365 * DAY]) {
    const { client } = await refusing([seconds, 200])
    await client.rooms.get('a')
    near(ahead(client), 0)
  }
})

test('a learnt clock is forgotten when the next token is refused too', async () => {
  const answers = [7_200, 7_200]
  const { client } = await refusing(answers)
  await assert.rejects(client.rooms.get('a'), AuthenticationError)
  near(ahead(client), 0)
  // Also when it has been good in between.
  answers.push(7_200, 200)
  await client.rooms.get('a')
  near(ahead(client), 7_200)
  answers.push(undefined, 200)
  await client.rooms.get('a')
  near(ahead(client), 0)
})

test('a clock is not learnt from another machine without TLS', async () => {
  const asked = []
  const answers = [7_200, 200]
  const { server, baseUrl } = await refusing(answers)
  server.on('request', ({ url }) => asked.push(url))
  // The proxy stands for whoever is on the way.
  const address = 'http://api.service.test/v2'
  const proxy = baseUrl.replace('/v2', '')
  const client = new Client({ accessKey: 'key', secret: 'secret', baseUrl: address, authUrl: address, proxy })
  await client.rooms.get('a')
  near(ahead(client), 0)
  assert.deepEqual(asked, [`${address}/rooms/a`, `${address}/rooms/a`])
})
