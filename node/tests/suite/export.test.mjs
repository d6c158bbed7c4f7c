// Lists as tables of Arrow and as lines of JSON.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { after, test } from 'node:test'
import { DataType, RecordBatchReader, Table, tableFromIPC } from 'apache-arrow'
import { Client, InvalidRequestError, ServerError } from 'hundredms'
import { json, roomOf, sandboxed, served } from './sandbox-client.mjs'

const require = createRequire(import.meta.url)
const columns = JSON.parse(readFileSync(process.env.HUNDREDMS_COLUMNS, 'utf8'))
const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())

function fixtureOf(operation) {
  return JSON.parse(readFileSync(join(process.env.HUNDREDMS_FIXTURES, `${operation}.json`), 'utf8'))
}

/** The list of an operation, with the arguments of its path. */
function listed(client, operation) {
  const [resource, method] = operation.split('.').map(camel)
  const call = client[resource][method]
  const { arguments: given } = fixtureOf(operation)
  const ids = ['room_id', 'poll_id', 'session_id'].filter((name) => given[name] !== undefined && call.length > 0)
  const alone = ids.slice(0, call.length).map((name) => given[name])
  return operation === 'analytics.list_events'
    ? client.analytics.listEvents({ room_id: given.room_id })
    : call.apply(client[resource], operation.startsWith('polls.') || operation === 'room_codes.list' ? alone : [])
}

/** A client of a server that answers with each page once, and with the last one from then on. */
async function paged(...pages) {
  const state = { asked: 0 }
  const { client } = await served(
    (_, response) => {
      const page = pages[Math.min(state.asked++, pages.length - 1)]
      if (page === undefined) json(response, { code: 500, message: 'no' }, 500)
      else json(response, page)
    },
    { maxRetries: 0 },
  )
  return { client, state }
}

function pagesOfRooms(count, size = 2) {
  return Array.from({ length: count }, (_, page) => ({
    data: Array.from({ length: size }, (_, at) => roomOf(`room-${page * size + at}`)),
    last: page < count - 1 ? String(page) : '',
  }))
}

/** A type in the words of Arrow, as in the file of columns. */
function inWords(type) {
  if (DataType.isUtf8(type)) return 'string'
  if (DataType.isInt(type)) return 'int64'
  if (DataType.isFloat(type)) return 'double'
  if (DataType.isBool(type)) return 'bool'
  if (DataType.isTimestamp(type)) return `timestamp[us, tz=${type.timezone}]`
  const inner = type.children.map((field) => `${field.name}: ${inWords(field.type)}`).join(', ')
  return DataType.isList(type) ? `list<${inner}>` : `struct<${inner}>`
}

/** Read a value by hand. Times are microseconds. */
function valueAt(data, at) {
  if (data.nullCount > 0 && !data.getValid(at)) return null
  const { type } = data
  if (DataType.isTimestamp(type)) return data.values[at]
  if (DataType.isStruct(type)) {
    return Object.fromEntries(type.children.map(({ name }, nth) => [name, valueAt(data.children[nth], at)]))
  }
  if (DataType.isList(type)) {
    const [start, end] = data.valueOffsets.subarray(at, at + 2)
    return Array.from({ length: end - start }, (_, nth) => valueAt(data.children[0], start + nth))
  }
  if (DataType.isUtf8(type)) {
    return Buffer.from(data.values.subarray(...data.valueOffsets.subarray(at, at + 2))).toString()
  }
  if (DataType.isBool(type)) return ((data.values[at >> 3] >> (at & 7)) & 1) === 1
  return DataType.isInt(type) ? Number(data.values[at]) : data.values[at]
}

function rowsOf(table) {
  return table.batches.flatMap(({ data }) => Array.from({ length: data.length }, (_, at) => valueAt(data, at)))
}

/** Convert a value of JSON to what the column has. */
function expected(value, type, found) {
  if (value === undefined || value === null) return DataType.isList(type) && found !== null ? [] : null
  if (DataType.isTimestamp(type)) {
    const [, seconds, digits = ''] = /^(.{19})\.?(\d*)Z$/.exec(value)
    if (seconds.startsWith('0001')) return null
    return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(Math.round(Number(digits.padEnd(9, '0')) / 1000))
  }
  if (DataType.isStruct(type)) {
    return Object.fromEntries(
      type.children.map((field) => [field.name, expected(value[field.name], field.type, found?.[field.name])]),
    )
  }
  if (DataType.isList(type)) {
    const [{ type: inner }] = type.children
    const keyed = inner.children?.[0]?.name === 'key'
    const withKey = ([key, one]) => (inner.children[1].name === 'value' ? { key, value: one } : { ...one, key })
    // Maps have no order.
    const order = (one) => found.findIndex(({ key }) => key === one.key)
    const values = Array.isArray(value)
      ? value
      : keyed
        ? Object.entries(value)
            .map(withKey)
            .sort((one, other) => order(one) - order(other))
        : Object.values(value)
    return values.map((one, at) => expected(one, inner, found?.[at]))
  }
  return DataType.isUtf8(type) && typeof value !== 'string' ? JSON.stringify(value) : value
}

async function bytesOf(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

test('every list has its columns, in a table and in a stream', async () => {
  const client = new Client({ accessKey: 'key', secret: 'secret' })
  assert.equal(Object.keys(columns).length, 16)
  for (const [operation, wanted] of Object.entries(columns)) {
    const list = listed(client, operation)
    const table = await list.toArrow({ limit: 0 })
    const streamed = tableFromIPC(await bytesOf(list.toArrowStream({ limit: 0 })))
    for (const { numRows, schema } of [table, streamed]) {
      assert.equal(numRows, 0)
      assert.deepEqual(
        schema.fields.map(({ name, type }) => `${name}: ${inWords(type)}`),
        wanted,
        operation,
      )
    }
  }
})

test('the rows of every list are its items', async () => {
  for (const operation of Object.keys(columns)) {
    const { answer, value } = fixtureOf(operation)
    const [items] = Object.values(value).filter(Array.isArray)
    const { client, state } = await paged(answer.body)
    const limit = items.length
    const table = await listed(client, operation).toArrow({ limit })
    assert.ok(table instanceof Table)
    assert.equal(state.asked, 1)
    const found = rowsOf(table)
    assert.equal(found.length, items.length)
    for (const [at, item] of items.entries()) {
      const wanted = table.schema.fields.map(({ name, type }) => [name, expected(item[name], type, found[at][name])])
      assert.deepEqual(found[at], Object.fromEntries(wanted), operation)
    }
    const streamed = tableFromIPC(await bytesOf(listed(client, operation).toArrowStream({ limit })))
    assert.deepEqual(rowsOf(streamed), found)
    const lines = (await new Response(listed(client, operation).toNdjson({ limit })).text()).split('\n')
    assert.equal(lines.pop(), '')
    const page = await listed(client, operation).firstPage()
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      Object.values(page).find(Array.isArray),
    )
  }
})

test('every list of the sandbox becomes a table', async () => {
  const { sandbox, client } = await sandboxed()
  const room = await client.rooms.create({ name: 'physics-7' })
  await client.roomCodes.create(room.id)
  const quiz = await client.polls.create({
    title: 'Optics',
    type: 'quiz',
    start: 'manual',
    questions: [
      {
        text: 'What does a prism do?',
        type: 'single-choice',
        options: [
          { index: 1, text: 'It bends light' },
          { index: 2, text: 'No' },
        ],
        answer: { options: [1] },
      },
    ],
  })
  const ada = await sandbox.joinPeer({ room_id: room.id, role: 'host', user_id: 'ada' })
  await sandbox.publishTrack({ peer_id: ada.id, type: 'audio' })
  const meeting_url = 'https://example.com'
  await client.recordings.start(room.id, { meeting_url })
  await client.liveStreams.start(room.id, { meeting_url })
  await client.externalStreams.start(room.id, { meeting_url, rtmp_urls: ['rtmp://example.com/live/key'] })
  const run = await sandbox.startPoll(room.id, quiz.id)
  await sandbox.answerPoll({ poll_id: quiz.id, question: 1, peer_id: ada.id, option: 1 })
  await sandbox.stopPoll(room.id, quiz.id)
  await sandbox.advanceClock(120)
  await client.recordings.stopAll(room.id)
  await sandbox.advanceClock(120)
  await sandbox.recordFailedDelivery({ room_id: room.id, event_name: 'peer.leave.success' })
  const lists = {
    'rooms.list': client.rooms.list(),
    'room_codes.list': client.roomCodes.list(room.id),
    'sessions.list': client.sessions.list(),
    'recordings.list': client.recordings.list(),
    'recording_assets.list': client.recordingAssets.list(),
    'live_streams.list': client.liveStreams.list(),
    'external_streams.list': client.externalStreams.list(),
    'analytics.list_events': client.analytics.listEvents({ room_id: room.id }),
    'analytics.list_webhook_events': client.analytics.listWebhookEvents(),
    'polls.list_sessions': client.polls.listSessions(quiz.id),
    'polls.get_session': client.polls.getSession(quiz.id, run.session_id),
    'polls.list_responses': client.polls.listResponses(quiz.id),
    'polls.list_session_responses': client.polls.listSessionResponses(quiz.id, run.session_id),
    'polls.list_results': client.polls.listResults(quiz.id),
    'polls.list_session_results': client.polls.listSessionResults(quiz.id, run.session_id),
    'templates.list': client.templates.list(),
  }
  assert.deepEqual(Object.keys(lists).sort(), Object.keys(columns).sort())
  for (const [operation, list] of Object.entries(lists)) {
    const items = await list.all()
    assert.ok(items.length > 0, operation)
    const table = await list.toArrow()
    const key = ['id', 'code', 'event_id'].find((name) => name in items[0])
    assert.deepEqual(
      rowsOf(table).map((row) => row[key]),
      items.map((item) => item[key]),
    )
    assert.deepEqual(rowsOf(tableFromIPC(await bytesOf(list.toArrowStream()))), rowsOf(table))
    for (const { name, type } of table.schema.fields) {
      if (!DataType.isList(type)) continue
      const rows = rowsOf(await list.toArrow({ explode: name }))
      const count = rowsOf(table).reduce((sum, row) => sum + (row[name]?.length ?? 0), 0)
      assert.equal(rows.length, count, `${operation} ${name}`)
    }
  }
})

test('the windows of a range become tables', async () => {
  const { sandbox, client } = await sandboxed()
  await sandbox.seed({ rooms: 2, sessions: 60, peers: 2 })
  const whole = await client.sessions.list({ active: false }).toArrow()
  const ids = (table) => table.toArray().map((row) => row.id)
  const sessions = []
  for await (const session of client.sessions.list({ active: false })) sessions.push(session)
  const times = sessions.map((session) => Date.parse(session.created_at))
  const windows = client.sessions.windows(new Date(Math.min(...times)), new Date(Math.max(...times) + 1), 4)
  const found = []
  for (const window of windows)
    found.push(...ids(await client.sessions.listWindow(window, { active: false }).toArrow()))
  assert.equal(found.length, 60)
  assert.deepEqual(found.sort(), ids(whole).sort())
})

test('what is empty, null or left out keeps its type', async () => {
  const webhook = { url: 'https://example.com', headers: { x: '1' } }
  const rooms = [
    { ...roomOf('a'), webhook: null, polls: null },
    { ...roomOf('b'), webhook, size: 5, shiny: { new: true } },
  ]
  const { client } = await paged({ data: rooms, last: '' })
  const [first, second] = rowsOf(await client.rooms.list().toArrow())
  assert.deepEqual([first.webhook, first.polls, first.size], [null, [], null])
  assert.deepEqual(second.webhook, { url: webhook.url, headers: [{ key: 'x', value: '1' }] })
  assert.equal(second.size, 5)
  assert.equal('shiny' in second, false)
  const empty = await paged({ data: [], last: '' })
  const table = await empty.client.rooms.list().toArrow()
  assert.equal(table.numRows, 0)
  assert.equal(table.schema.fields.length, columns['rooms.list'].length)
})

test('times have microseconds, rounded', async () => {
  const times = [
    ['2024-02-29T08:00:00Z', 1709193600000000n],
    ['2024-02-29T08:00:00.1Z', 1709193600100000n],
    ['2024-02-29T08:00:00.123456Z', 1709193600123456n],
    ['2024-02-29T08:00:00.123456499Z', 1709193600123456n],
    ['2024-02-29T08:00:00.1234565Z', 1709193600123457n],
    ['2024-02-29T08:00:59.999999999Z', 1709193660000000n],
    ['2024-02-29T08:00:00.123+05:30', 1709173800123000n],
    ['1970-01-01T00:00:00.000001Z', 1n],
    ['2950-01-01T00:00:00.123456Z', 30925843200123456n],
    ['0001-01-01T00:00:00Z', null],
    ['', null],
  ]
  const { client } = await paged({ data: times.map(([created_at]) => ({ ...roomOf('a'), created_at })), last: '' })
  const rows = rowsOf(await client.rooms.list().toArrow())
  assert.deepEqual(
    rows.map((row) => row.created_at),
    times.map(([, micros]) => micros),
  )
})

test('events of every kind have their common columns', async () => {
  const event = (type, data) => ({ version: '2.0', id: type, timestamp: '2024-02-29T08:00:00Z', type, data })
  const events = [
    event('track.add.success', { room_id: 5 }),
    event('beam.started.shiny', { a: [1, 2.5] }),
    { type: 'of.another.shape', timestamp: 7, data: 'x', version: null },
  ]
  const { client } = await paged({ limit: 4, total: 3, next: '', events })
  const rows = rowsOf(await client.analytics.listEvents({ room_id: '1' }).toArrow())
  assert.deepEqual(rows, [
    { ...events[0], timestamp: 1709193600000000n, data: '{"room_id":5}' },
    { ...events[1], timestamp: 1709193600000000n, data: '{"a":[1,2.5]}' },
    { type: 'of.another.shape', id: null, version: null, timestamp: null, data: '"x"' },
  ])
})

test('a limit counts items and reads no page more', async () => {
  for (const [limit, asked, count] of [
    [0, 0, 0],
    [1, 1, 1],
    [2, 1, 2],
    [3, 2, 3],
    [100, 3, 6],
    [undefined, 3, 6],
  ]) {
    const { client, state } = await paged(...pagesOfRooms(3))
    assert.equal((await client.rooms.list().toArrow({ limit })).numRows, count)
    assert.equal(state.asked, asked)
    state.asked = 0
    const text = await new Response(client.rooms.list().toNdjson({ limit })).text()
    assert.equal(text.split('\n').length - 1, count)
    assert.equal(state.asked, asked)
  }
})

test('an exploded list has a row for each of its items', async () => {
  const session = (id, ...peers) => ({
    id,
    room_id: 'r',
    customer_id: 'c',
    active: false,
    peers: Object.fromEntries(peers.map((peer) => [peer, { id: peer, session_id: id, name: 'n', role: 'host' }])),
  })
  const { client } = await paged({ data: [session('1', 'a', 'b'), session('2'), session('3', 'c')], last: '' })
  const rows = rowsOf(await client.sessions.list().toArrow({ explode: 'peers' }))
  assert.deepEqual(
    rows.map((row) => [row.id, row.peers_id, row.peers_session_id]),
    [
      ['1', 'a', '1'],
      ['1', 'b', '1'],
      ['3', 'c', '3'],
    ],
  )
  const rooms = await paged({ data: [{ ...roomOf('a'), polls: ['p', 'q'] }, roomOf('b')], last: '' })
  const polls = rowsOf(await rooms.client.rooms.list().toArrow({ explode: 'polls' }))
  assert.deepEqual(
    polls.map((row) => [row.id, row.polls]),
    [
      ['a', 'p'],
      ['a', 'q'],
    ],
  )
})

test('what cannot be exported is refused before anything is sent', async () => {
  const { client, state } = await paged({ data: [], last: '' })
  const sessions = client.sessions.list()
  const wrong = [
    [{ explode: 'peer' }, /did you mean `peers`/],
    [{ explode: 'id' }, /must be a column that is a list: peers/],
    [{ explode: 5 }, /must be a column that is a list/],
    [{ limit: -1 }, /limit: must be a whole number/],
    [{ limit: '5' }, /limit: must be a whole number/],
    [{ batch: 5 }, /batch: is unknown/],
    [null, /must be an object/],
  ]
  for (const [options, message] of wrong) {
    const refused = (error) => error instanceof InvalidRequestError && message.test(error.message)
    await assert.rejects(async () => sessions.toArrow(options), refused)
    assert.throws(() => sessions.toArrowStream(options), refused)
  }
  assert.throws(() => sessions.toNdjson({ limit: -1 }), /limit/)
  assert.throws(() => client.roomCodes.list('1').toArrowStream({ explode: 'x' }), /no columns that are lists/)
  assert.equal(state.asked, 0)
})

test('a stream reads pages as it is read', async () => {
  for (const make of [(list) => list.toNdjson(), (list) => list.toArrowStream()]) {
    const { client, state } = await paged(...pagesOfRooms(5, 10_000))
    const stream = make(client.rooms.list())
    assert.equal(state.asked, 0)
    let pieces = 0
    for await (const piece of stream) {
      if (piece.length > 1_000_000) pieces += 1
      // One page may wait in the stream while another one is read.
      assert.ok(state.asked <= pieces + 2, `${state.asked} pages asked for after ${pieces}`)
      await new Promise((later) => setTimeout(later, 10))
    }
    assert.equal(pieces, 5)
    assert.equal(state.asked, 5)
  }
})

test('a stream of small pages reads one ahead', async () => {
  const { client, state } = await paged(...pagesOfRooms(50, 10))
  const pieces = client.rooms.list({ limit: 10 }).toNdjson()[Symbol.asyncIterator]()
  for (const taken of [1, 2, 3]) {
    const { value } = await pieces.next()
    assert.equal(value.toString().trim().split('\n').length, 10)
    await new Promise((later) => setTimeout(later, 100))
    assert.ok(state.asked <= taken + 1, `${state.asked} pages asked for after ${taken}`)
  }
  await pieces.return()
})

test('a stream that is destroyed or aborted aborts its call', async () => {
  const open = new Set()
  const server = createServer((request) => {
    open.add(request)
    request.on('close', () => open.delete(request))
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => server.close())
  const baseUrl = `http://127.0.0.1:${server.address().port}/v2`
  const client = new Client({ accessKey: 'key', secret: 'secret', baseUrl })
  const until = async (condition) => {
    while (!condition()) await new Promise((later) => setTimeout(later, 5))
  }
  const folder = mkdtempSync(join(tmpdir(), 'hundredms-export-'))
  after(() => rmSync(folder, { recursive: true }))
  for (const make of [(list) => list.toNdjson(), (list) => list.toArrowStream()]) {
    const stream = make(client.rooms.list()).resume()
    await until(() => open.size === 1)
    stream.destroy()
    await until(() => open.size === 0)

    const ended = new AbortController()
    const file = createWriteStream(join(folder, 'rooms'))
    const written = pipeline(make(client.rooms.list()), file, { signal: ended.signal })
    await until(() => open.size === 1)
    ended.abort()
    await assert.rejects(written, { name: 'AbortError' })
    await until(() => open.size === 0)

    const { body } = new Response(make(client.rooms.list()))
    const reader = body.getReader()
    const read = (async () => {
      while (!(await reader.read()).done);
    })()
    await until(() => open.size === 1)
    await reader.cancel()
    await until(() => open.size === 0)
    await read

    const own = new AbortController()
    const aborted = new Response(make(client.rooms.list({}, { signal: own.signal }))).text()
    await until(() => open.size === 1)
    own.abort(new Error('enough'))
    await assert.rejects(aborted, /enough/)
    await until(() => open.size === 0)
  }
})

test('an error in the middle comes out as it is', async () => {
  for (const make of [(list) => list.toNdjson(), (list) => list.toArrowStream()]) {
    const [first, second] = pagesOfRooms(3)
    const { client } = await paged(first, second, undefined)
    await assert.rejects(make(client.rooms.list()).toArray(), ServerError)
  }
  const [first] = pagesOfRooms(2)
  const { client } = await paged(first, undefined)
  await assert.rejects(client.rooms.list().toArrow(), ServerError)
})

test('a large list comes in batches', async () => {
  const { client } = await paged(...pagesOfRooms(3, 6_000))
  const table = await client.rooms.list().toArrow()
  assert.deepEqual(
    table.batches.map((batch) => batch.numRows),
    [10_000, 8_000],
  )
  const reader = await RecordBatchReader.from(client.rooms.list().resume('0').toArrowStream())
  let rows = 0
  for await (const batch of reader) rows += batch.numRows
  assert.equal(rows, 6_000)
})

test('the example prints what its comment says', async () => {
  const example = process.env.HUNDREDMS_EXPORT_EXAMPLE
  const folder = mkdtempSync(join(tmpdir(), 'hundredms-export-'))
  try {
    const [, prints] = readFileSync(example, 'utf8').split('\n\n')[0].split('Prints:\n')
    const { NODE_TEST_CONTEXT, ...env } = process.env
    const printed = execFileSync(process.execPath, [example], { cwd: folder, env, encoding: 'utf8' })
    assert.equal(printed, `${prints.replaceAll(/^\/\/ */gm, '').trim()}\n`)
    assert.equal(tableFromIPC(readFileSync(join(folder, 'sessions.arrow'))).numRows, 500)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the code of tables is loaded when it is used, and says what to install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hundredms-export-'))
  try {
    const dist = dirname(require.resolve('hundredms'))
    mkdirSync(join(folder, 'node_modules/hundredms'), { recursive: true })
    cpSync(dist, join(folder, 'node_modules/hundredms/dist'), { recursive: true })
    cpSync(join(dist, '../package.json'), join(folder, 'node_modules/hundredms/package.json'))
    const platform = `hundredms-${process.env.HUNDREDMS_TEST_PLATFORM}`
    symlinkSync(dirname(require.resolve(`${platform}/package.json`)), join(folder, `node_modules/${platform}`))
    const script = `
      const { Client } = require('hundredms')
      const rooms = new Client({ accessKey: 'k', secret: 's' }).rooms.list()
      const loaded = () => Object.keys(require.cache).filter((path) => /export.js$|apache-arrow/.test(path)).length
      console.log(loaded())
      rooms.toNdjson()
      console.log(loaded())
      const failed = (error) => console.log(error.name, error.message)
      rooms.toArrow().catch(failed).then(() => rooms.toArrowStream().toArray()).catch(failed)`
    const printed = execFileSync(process.execPath, ['--eval', script], { cwd: folder, encoding: 'utf8' })
    assert.deepEqual(printed.trim().split('\n'), [
      '0',
      '1',
      'ConfigurationError toArrow needs apache-arrow, which is not installed: npm install apache-arrow (configuration)',
      'ConfigurationError toArrowStream needs apache-arrow, which is not installed: npm install apache-arrow (configuration)',
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
