// What comes beside an answer, and fields that this version does not know.
import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { InvalidRequestError, NotFoundError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

test('withResponse gives status, headers and attempts beside the value', async () => {
  let asked = 0
  const { client } = await served((_, response) => {
    asked += 1
    json(response, roomOf('a'), asked === 1 ? 503 : 200, { 'retry-after': '0', 'x-request-id': 'r-1', 'x-limit': 'ü' })
  })
  const answer = await client.withResponse.rooms.get('a')
  assert.deepEqual(answer.value, await client.rooms.get('a'))
  assert.deepEqual([answer.status, answer.attempts, answer.requestId], [200, 2, 'r-1'])
  assert.match(answer.header('Content-Type'), /^application\/json/)
  assert.ok(answer.elapsedMs > 0)
  assert.equal(client.withResponse, client.withResponse)
  assert.ok(!Object.keys(client).includes('withResponse'))
})

test('withResponse takes arguments and options, fails as the method does, and has undefined for nothing', async () => {
  const { client } = await sandboxed()
  const made = await client.withResponse.rooms.create({ name: 'beside' }, { timeoutMs: 5_000 })
  assert.equal(made.value.name, 'beside')
  assert.equal((await client.withResponse.rooms.disable(made.value.id)).value.enabled, false)
  await assert.rejects(client.withResponse.rooms.get('66b2d2105c803b002ae4f611'), NotFoundError)
  await assert.rejects(client.withResponse.rooms.create({ nmae: 'a' }), InvalidRequestError)
  const { client: empty } = await served((_, response) => response.writeHead(204).end())
  const gone = await empty.withResponse.polls.deleteOption('poll', '1', '2')
  assert.deepEqual([gone.value, gone.status], [undefined, 204])
})

test('withResponse tells hooks, and asks for tokens, as the client does', async () => {
  const { sandbox, client } = await sandboxed()
  const seen = []
  const asking = sandbox.client({
    onResponse: ({ operation }) => seen.push(operation),
    token: () => {
      seen.push('token')
      return client.tokens.management()
    },
  })
  await asking.withResponse.rooms.create({})
  assert.deepEqual(seen, ['token', 'rooms.create'])
})

test('channels see calls of both kinds, whoever listened before', async () => {
  const { client } = await served((_, response) => json(response, roomOf('a')))
  const seen = []
  const keep = ({ call }) => seen.push(call)
  const request = channel('hundredms:request')
  request.subscribe(keep)
  await client.rooms.get('a')
  await client.withResponse.rooms.get('a')
  request.unsubscribe(keep)
  await client.rooms.get('a')
  request.subscribe(keep)
  await client.withResponse.rooms.get('a')
  request.unsubscribe(keep)
  assert.equal(seen.length, 3)
})

test('the values of headers are not shown', async () => {
  const { client } = await served((_, response) => json(response, roomOf('a'), 200, { 'set-cookie': 'canary' }))
  const answer = await client.withResponse.rooms.get('a')
  assert.match(inspect(answer), /set-cookie/)
  assert.doesNotMatch(inspect(answer), /canary/)
})

const echo = (request, response, body) => json(response, { ...roomOf('a'), description: request.url + body })

test('extra fields go into the body of what is posted, else into the query, with a hint', async () => {
  const hints = []
  const { client } = await served(echo, { onRequest: ({ hint }) => hints.push(hint) })
  const posted = await client.rooms.create({ name: 'n' }, { extra: { new_field: [1, { a: 'ü' }] } })
  assert.deepEqual(JSON.parse(posted.description.slice('/v2/rooms'.length)), { name: 'n', new_field: [1, { a: 'ü' }] })
  const read = await client.rooms.get('a', { extra: { flag: true, many: ['x', 2] } })
  assert.equal(read.description, '/v2/rooms/a?flag=true&many=x&many=2')
  const { value } = await client.withResponse.rooms.get('a', { extra: { flag: 'x y' } })
  assert.equal(value.description, '/v2/rooms/a?flag=x%20y')
  assert.equal(hints.length, 3)
  for (const hint of hints) assert.match(hint, /new_field|flag/)
})

test('extra fields go with each page of a list', async () => {
  const asked = []
  const { client } = await served((request, response) => {
    asked.push(new URL(request.url, 'http://x').searchParams.get('flag'))
    json(response, { data: [roomOf('a')], limit: 1, ...(asked.length < 2 && { last: 'next' }) })
  })
  assert.equal((await client.rooms.list({}, { extra: { flag: 'on' } }).all()).length, 2)
  assert.deepEqual(asked, ['on', 'on'])
})

for (const [what, call, field] of [
  ['is an argument', (client) => client.rooms.create({}, { extra: { name: 'n' } }), 'extra.name'],
  ['is an argument of a list', (client) => client.rooms.list({}, { extra: { limit: 5 } }).firstPage(), 'extra.limit'],
  ['is an object in a query', (client) => client.rooms.get('a', { extra: { a: {} } }), 'extra.a'],
  ['is a function', (client) => client.rooms.create({}, { extra: { a: () => {} } }), 'extra.a'],
  ['is no plain object', (client) => client.rooms.create({}, { extra: new Map() }), 'extra'],
]) {
  test(`an extra field that ${what} is refused, and nothing is sent`, async () => {
    const { sandbox, client } = await sandboxed()
    await assert.rejects(
      () => call(client),
      (error) => {
        assert.ok(error instanceof InvalidRequestError)
        assert.equal(error.field, field)
        assert.match(error.message, new RegExp(`: ${field.replace('.', '\\.')}: `))
        return true
      },
    )
    assert.deepEqual(await sandbox.requests(), [])
  })
}
