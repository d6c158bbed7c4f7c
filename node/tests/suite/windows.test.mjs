// Windows: a range is cut into parts that cover it once, and each session is in one of them, however the service reads its bounds.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { DecodeError, InvalidRequestError, sessionWindows } from 'hundredms'
import { json, sandboxed, served } from './sandbox-client.mjs'

const BOUNDS = {
  included: (start, after, before) => after <= start && start <= before,
  excluded: (start, after, before) => after < start && start < before,
  rounded: (start, after, before) => BOUNDS.included(...[start, after, before].map((time) => Math.floor(time / 1000))),
}

/** A client of a service with sessions that start at these times, five to a page. Their ids are their positions. */
async function serviceOf(starts, bounds) {
  const { client } = await served((request, response) => {
    const query = new URL(request.url, 'http://service').searchParams
    const [after, before] = ['after', 'before'].map((name) => Date.parse(query.get(name)))
    const found = [...starts.keys()]
      .slice(Number(query.get('start') ?? -1) + 1)
      .filter((index) => BOUNDS[bounds](starts[index], after, before))
      .slice(0, 5)
    const data = found.map((index) => ({
      id: String(index),
      room_id: 'r',
      customer_id: 'c',
      active: false,
      created_at: new Date(starts[index]).toISOString(),
    }))
    json(response, { data, last: found.length ? String(found.at(-1)) : null })
  })
  return client
}

/** Numbers that look random, the same in each run: from 0 up to `end`. */
function chances(seed) {
  let state = seed
  return (end) => {
    state = (state * 48271) % 2147483647
    return Math.floor((state / 2147483647) * end)
  }
}

for (const bounds of Object.keys(BOUNDS)) {
  test(`each session of a range is in exactly one window, with bounds ${bounds}`, async () => {
    const chance = chances(7)
    for (let round = 0; round < 6; round += 1) {
      const after = chance(1_900_000_000_000)
      const span = 8 + chance(round % 2 ? 100 : 1_000_000_000)
      const before = after + span
      const windows = sessionWindows(new Date(after), new Date(before), 1 + chance(8))
      const edges = [...windows.map((window) => Date.parse(window.after)), before]
      const starts = edges.flatMap((edge) => [edge - 1, edge, edge + 1])
      for (let more = 0; more < 20; more += 1) starts.push(after + chance(span))
      const expected = [...starts.keys()].filter((index) => after <= starts[index] && starts[index] < before)
      const client = await serviceOf(starts, bounds)
      const found = []
      for (const window of windows) {
        for await (const session of client.sessions.listWindow(window, { active: false }))
          found.push(Number(session.id))
      }
      assert.deepEqual(
        found.sort((one, other) => one - other),
        expected,
      )
    }
  })
}

test('pages and the first page have no other sessions either', async () => {
  const starts = Array.from({ length: 12 }, (_, index) => Date.parse('2026-01-01T00:00:00Z') + 100 * index)
  const client = await serviceOf(starts, 'included')
  const window = { after: new Date(starts[2]).toISOString(), before: new Date(starts[7]).toISOString() }
  const idsOf = ({ data }) => data.map((session) => session.id)
  const sessions = client.sessions.listWindow(window)
  assert.deepEqual(idsOf(await sessions), ['2', '3', '4'])
  assert.deepEqual(idsOf(await sessions.firstPage()), ['2', '3', '4'])
  const pages = sessions.pages()
  await pages.next()
  const rest = await sessions.resume(pages.cursor).all()
  assert.deepEqual(idsOf({ data: rest }), ['5', '6'])
  assert.deepEqual(idsOf((await pages.next()).value), ['5', '6'])
})

test('a session without a start is an error', async () => {
  const page = {
    data: [{ id: '1', room_id: 'r', customer_id: 'c', active: false, created_at: '0001-01-01T00:00:00Z' }],
  }
  const { client } = await served((_, response) => json(response, page))
  const [window] = sessionWindows('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 1)
  await assert.rejects(client.sessions.listWindow(window).all(), (error) => {
    assert.ok(error instanceof DecodeError)
    assert.equal(error.field, 'data[0].created_at')
    assert.match(error.message, /^sessions\.list: .* belongs to no window \(decode\)$/)
    return true
  })
})

test('windows are those of the other languages', async () => {
  const { client } = await sandboxed()
  const cases = `${process.env.HUNDREDMS_CONFORMANCE}/windows.json`
  for (const { after, before, n, edges, refused } of JSON.parse(await readFile(cases, 'utf8'))) {
    const cut = () => client.sessions.windows(after, before, n)
    if (refused) {
      assert.throws(cut, (error) => error instanceof InvalidRequestError && error.field === refused)
      continue
    }
    const windows = edges.slice(1).map((edge, index) => ({ after: edges[index], before: edge }))
    assert.deepEqual(cut(), windows)
    assert.deepEqual(sessionWindows(new Date(after), new Date(before), n), windows)
  }
})

test('other arguments are refused', async () => {
  const [after, before] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z']
  const refusals = [
    [['2026-01-01T00:00:00', before, 1], 'after'],
    [[after, '2026-01-02', 1], 'before'],
    [[new Date(Number.NaN), before, 1], 'after'],
    [[after, 1767312000000, 1], 'before'],
    [[after, undefined, 1], 'before'],
    [[null, before, 1], 'after'],
    [[[5], before, 1], 'after'],
    [[{}, before, 1], 'after'],
    [[5n, before, 1], 'after'],
    [['2026', before, 1], 'after'],
    [['on T 2025-01-01 Z', before, 1], 'after'],
    [['2025-02-30T00:00:00Z', before, 1], 'after'],
    [['2025-02-29T00:00:00+01:00', before, 1], 'after'],
    [['2025-01-01T24:00:00Z', before, 1], 'after'],
    [['2025-01-01T00:00:00.0009999999Z', before, 1], 'after'],
    [['-000001-01-01T00:00:00Z', before, 1], 'after'],
    [['0000-01-01T00:00:00+01:00', before, 1], 'after'],
    [[after, new Date(Date.UTC(10_000, 0)), 1], 'before'],
    [[after, { toJSON: () => null }, 1], 'before'],
    [[after, before, 1.5], 'n'],
    [[after, before, '3'], 'n'],
  ]
  for (const [given, field] of refusals) {
    assert.throws(
      () => sessionWindows(...given),
      (error) => error instanceof InvalidRequestError && error.field === field,
      String(given),
    )
  }
  const { client } = await sandboxed()
  for (const window of [undefined, 'window', []]) {
    assert.throws(() => client.sessions.listWindow(window), InvalidRequestError)
  }
  const wrong = [
    [{ after, before: 'later' }, 'window.before'],
    [{ after: '2026-01-01T00:00:00', before }, 'window.after'],
    [{ after, before: '2026-02-30T00:00:00Z' }, 'window.before'],
    [{ after: null, before }, 'window.after'],
    [{ after }, 'window.before'],
    [{ after, before: after }, 'window.before'],
    [{ after: before, before: after }, 'window.before'],
  ]
  for (const [window, field] of wrong) {
    assert.throws(
      () => client.sessions.listWindow(window),
      (error) => error instanceof InvalidRequestError && error.operation === 'sessions.list' && error.field === field,
      JSON.stringify(window),
    )
  }
  const twice = () => client.sessions.listWindow({ after, before }, { after })
  assert.throws(twice, /given twice/)
})

test('times are those that other arguments take', async () => {
  const edges = { after: '2026-01-01T00:00:00.123Z', before: '2026-01-02T00:00:00.000Z' }
  const times = [
    runInNewContext(`new Date('${edges.after}')`),
    // As a time of Moment, Luxon or Day.js.
    { toJSON: () => edges.after },
    '2026-01-01t01:00:00.123999999+01:00',
  ]
  for (const time of times) assert.deepEqual(sessionWindows(time, edges.before, 1), [edges])
  const starts = [122, 123, 124].map((milliseconds) => Date.UTC(2026, 0, 1, 0, 0, 0, milliseconds))
  const client = await serviceOf(starts, 'included')
  for (const after of times) {
    const sessions = await client.sessions.listWindow({ after, before: new Date(edges.before) }).all()
    assert.deepEqual(
      sessions.map((session) => session.id),
      ['1', '2'],
    )
  }
})

test('a window may end with time', async () => {
  const asked = []
  const { client } = await served((request, response) => {
    const query = new URL(request.url, 'http://service').searchParams
    asked.push([query.get('after'), query.get('before')].map((time) => new Date(time).toISOString()))
    json(response, { data: [], last: null })
  })
  const [first, last] = ['1969-12-31T23:59:59.000Z', '9999-01-01T00:00:01.000Z']
  const ends = [
    ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', first, last],
    ['0001-01-01T00:00:00Z', '1960-01-01T00:00:00Z', first, '1970-01-01T00:00:01.000Z'],
    ['9999-10-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '9998-12-31T23:59:59.000Z', last],
  ]
  for (const [after, before] of ends) {
    const [window] = sessionWindows(after, before, 1)
    await client.sessions.listWindow(window).all()
  }
  assert.deepEqual(
    asked,
    ends.map(([, , after, before]) => [after, before]),
  )
})
