// Links to rooms, and jobs about people and rooms.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, InvalidRequestError, Sandbox, ServerError } from 'hundredms'

const { links } = new Client({ accessKey: 'key', secret: 'secret' })

test('links look as the service documents them', () => {
  assert.equal(links.join('acme', 'abc-defg-hij'), 'https://acme.app.100ms.live/meeting/abc-defg-hij')
  assert.equal(
    links.join('acme', 'abc', { name: 'Ada & Ben', userId: 'u/1' }),
    'https://acme.app.100ms.live/meeting/abc?name=Ada%20%26%20Ben&userId=u%2F1',
  )
  assert.equal(links.preview('acme.app.100ms.live', 'abc'), 'https://acme.app.100ms.live/preview/abc')
  assert.equal(
    links.recorder('acme', '64d2f0a17c3be91f5a08d412', 'a/b'),
    'https://acme.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/a%2Fb?skip_preview=true',
  )
})

test('what is no part of a link is refused', () => {
  for (const subdomain of ['', 'a.b', 'acme/', 'https://acme', 'acme@evil.example', '-a']) {
    assert.throws(
      () => links.join(subdomain, 'abc'),
      (error) =>
        error instanceof InvalidRequestError && error.field === 'subdomain' && error.operation === 'links.join',
    )
  }
  for (const [make, field] of [
    [() => links.preview('acme', ''), 'code'],
    [() => links.recorder('acme', 'room', '..'), 'role'],
    [() => links.recorder('acme', 'room', undefined), 'role'],
    [() => links.join('acme', 'abc', { name: 7 }), 'name'],
    [() => links.join('acme', 'abc', { nmae: 'Ada' }), 'nmae'],
  ]) {
    assert.throws(make, (error) => error instanceof InvalidRequestError && error.field === field)
  }
})

test('the error between two calls has the id of the room, and the job can be run again', async (t) => {
  const sandbox = await Sandbox.start()
  t.after(() => sandbox.stop())
  const client = sandbox.client({ maxRetries: 0 })
  const room = await client.rooms.create({ name: 'physics-7' })
  await sandbox.addFault({ match: { operation: 'room_codes.create' }, on: { nth: 1 }, effect: { status: 500 } })
  await assert.rejects(
    client.rooms.createWithCodes({ name: 'physics-7' }),
    (error) => error instanceof ServerError && error.reason.includes(`the room "${room.id}" exists`),
  )
  const created = await client.rooms.createWithCodes({ name: 'physics-7' })
  assert.equal(created.room.id, room.id)
  assert.ok(created.codes.host && created.codes.guest)
  const { stream_key: key, rtmp_url: url } = await client.streamKeys.getOrCreate(room.id)
  assert.equal(url, `${key.url}/${key.key}`)
})
