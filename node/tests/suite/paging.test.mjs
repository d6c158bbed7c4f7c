// Lists: over all pages, by the cursor alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DecodeError, InvalidRequestError, ServerError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

const { sandbox, client } = await sandboxed()
await sandbox.seed({ rooms: 250 })
await sandbox.clearRequests()

/** A service whose pages are told by the cursor that asks for them. */
async function paged(pages) {
  const asked = []
  const { client } = await served((request, response) => {
    const start = new URL(request.url, 'http://sandbox').searchParams.get('start') ?? ''
    asked.push(start)
    const page = typeof pages[start] === 'function' ? pages[start](asked) : pages[start]
    json(response, page.status ? {} : page, page.status)
  })
  return { client, asked }
}

test('a list goes over all pages, a hundred items each', async () => {
  const ids = new Set()
  for await (const room of client.rooms.list()) ids.add(room.id)
  assert.equal(ids.size, 250)
  const requests = await sandbox.requests()
  assert.deepEqual(
    requests.map((request) => Object.fromEntries(request.query).limit),
    ['100', '100', '100', '100'],
  )
})

test('pages come one by one, with the cursor behind each, and a later list goes on there', async () => {
  const pages = client.rooms.list({ limit: 60 }).pages()
  const first = await pages.next()
  assert.equal(first.value.data.length, 60)
  const { cursor } = pages
  assert.equal(typeof cursor, 'string')
  const rest = await client.rooms.list({ limit: 60 }).resume(cursor).all()
  assert.equal(rest.length, 190)
  const sizes = []
  for await (const page of client.rooms.list().pages()) sizes.push(page.data.length)
  assert.deepEqual(sizes, [100, 100, 50, 0])
})

test('the first page comes alone', async () => {
  await sandbox.clearRequests()
  const page = await client.rooms.list().firstPage()
  assert.equal(page.data.length, 100)
  assert.equal((await sandbox.requests()).length, 1)
})

test('a loop that is left asks for no more', async () => {
  await sandbox.clearRequests()
  for await (const room of client.rooms.list()) {
    assert.ok(room.id)
    break
  }
  assert.equal((await sandbox.requests()).length, 1)
})

test('the parameters of the caller are not written to, and each loop starts anew', async () => {
  const params = Object.freeze({ limit: 100 })
  const list = client.rooms.list(params)
  assert.equal((await list.all()).length, 250)
  assert.equal((await list.all()).length, 250)
})

test('an empty page with a cursor goes on', async () => {
  const { client } = await paged({ '': { data: [], last: 'a' }, a: { data: [roomOf('1')], last: '' } })
  assert.equal((await client.rooms.list().all()).length, 1)
})

test('the same cursor twice is an error, after the page that had it first', async () => {
  const { client, asked } = await paged({
    '': { data: [roomOf('1')], last: 'a' },
    a: { data: [roomOf('2')], last: 'a' },
  })
  const seen = []
  await assert.rejects(async () => {
    for await (const { id } of client.rooms.list()) seen.push(id)
  }, DecodeError)
  assert.deepEqual(seen, ['1'])
  assert.deepEqual(asked, ['', 'a'])
})

test('pages asked for at once come one behind the other, also after one that fails', async () => {
  const { client, asked } = await paged({
    '': { data: [roomOf('1')], last: 'a' },
    a: (asked) => (asked.length < 3 ? { status: 501 } : { data: [roomOf('2')], last: '' }),
  })
  const pages = client.rooms.list({}, { maxRetries: 0 }).pages()
  const came = await Promise.allSettled([pages.next(), pages.next(), pages.next(), pages.next()])
  assert.deepEqual(
    came.map(({ value, reason }) => reason?.constructor ?? value.value?.data[0].id),
    ['1', ServerError, '2', undefined],
  )
  assert.deepEqual(asked, ['', 'a', 'a'])
})

test('after an error the same page is fetched again', async () => {
  const { client } = await paged({
    '': { data: [roomOf('1')], last: 'a' },
    a: (asked) => (asked.length < 3 ? { status: 501 } : { data: [roomOf('2')], last: '' }),
  })
  const pages = client.rooms.list({}, { maxRetries: 0 }).pages()
  await pages.next()
  await assert.rejects(pages.next(), ServerError)
  const { value } = await pages.next()
  assert.equal(value.data[0].id, '2')
  assert.deepEqual(await pages.next(), { done: true, value: undefined })
})

test('numbered pages are followed by their numbers', async () => {
  const { room_id } = await client.rooms.create({ name: 'webhooks' }).then(({ id }) => ({ room_id: id }))
  for (let at = 0; at < 5; at += 1) await sandbox.recordFailedDelivery({ room_id, event_name: 'peer.leave.success' })
  const list = client.analytics.listWebhookEvents({ room_id, limit: 2 })
  const events = await list.all()
  assert.equal(events.length, 5)
})

for (const [what, list] of [
  ['a list', client.rooms.list()],
  ['a list of numbered pages', client.analytics.listWebhookEvents({})],
]) {
  test(`${what} does not go on where there is no cursor`, () => {
    for (const cursor of [list.pages().cursor, null, '']) {
      assert.throws(
        () => list.resume(cursor),
        (error) => {
          assert.ok(error instanceof InvalidRequestError)
          assert.equal(error.reason, 'there is no cursor: nothing has been read yet, or the list has ended')
          return true
        },
      )
    }
  })
}

test('numbered pages do not go on behind what is no number', () => {
  const list = client.analytics.listWebhookEvents({})
  assert.throws(() => list.resume('next'), /the cursor of this list is the number of a page/)
})

test('a list that is given up ends with the reason of the signal', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  await assert.rejects(
    async () => {
      for await (const { id } of client.rooms.list({ limit: 100 }, { signal: controller.signal })) {
        assert.ok(id)
        controller.abort(reason)
      }
    },
    (error) => error === reason,
  )
})

test('awaiting a list gives its first page, fetched once; a loop over it gives all items', async () => {
  const { sandbox, client } = await sandboxed()
  await sandbox.seed({ rooms: 25 })
  const list = client.rooms.list({ limit: 10 })
  const { data } = await list
  assert.equal(data.length, 10)
  assert.equal(await list, await list)
  assert.deepEqual(await list.then((page) => page.data.length), 10)
  const listed = async () => (await sandbox.requests()).filter(({ operation }) => operation === 'rooms.list').length
  assert.equal(await listed(), 1)
  let items = 0
  for await (const room of list) items += room.id ? 1 : 0
  assert.equal(items, 25)
  const [page] = await Promise.all([client.rooms.list({ limit: 10 }), client.rooms.list()])
  assert.equal(page.data.length, 10)
  let last = false
  await client.rooms.list().finally(() => {
    last = true
  })
  assert.equal(last, true)
})

test('awaiting a list that fails is rejected, as its first page is', async () => {
  const { client } = await sandboxed()
  await assert.rejects(async () => client.rooms.list({ limit: 0 }), { kind: 'invalid_request' })
  assert.equal(await client.rooms.list({ limit: 0 }).catch((error) => error.field), 'limit')
})
