// Tokens: created, decoded, verified, and requested from a callback.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { AuthenticationError, Client, ConfigurationError, InvalidRequestError } from 'hundredms'
import { sandboxed } from './sandbox-client.mjs'

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
