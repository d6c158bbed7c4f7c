// Tokens: minted, read, checked, and asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
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
  assert.equal(client.tokens.check(token).user_id, 'ada')
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
  assert.throws(() => client.tokens.check(other.tokens.auth('room', 'host')), AuthenticationError)
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
  await assert.rejects(mute.rooms.list().firstPage(), /gave no string/)
})
