// Each operation as a call in each language: the calls are run, and must have the arguments that the request was made from.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { OPERATIONS } from '../../crates/hundredms-sandbox/dashboard/operations.js'
import { curl, python, rust, snippetsOf, typescript } from '../../crates/hundredms-sandbox/dashboard/snippets.js'

const folder = new URL('../fixtures/', import.meta.url)

/** The calls in Rust, which are compiled with the tests of the core. */
const compiledFile = new URL('../../crates/hundredms/tests/suite/dashboard_calls.rs', import.meta.url)
const compiled = readFileSync(compiledFile, 'utf8')
const FIRST = 'async fn calls(client: &Client) -> Result<()> {\n'

/** The request of each fixture, as the log of the sandbox has it, with the arguments that it was made from. */
const requests = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  .filter(({ operation }) => operation in OPERATIONS)
  .map(({ operation, arguments: given, request }) => ({
    given,
    request: { ...request, operation, path: `/v2${request.path}`, token: 'management' },
  }))

/** The arguments of a path are passed by position. Returns all by name. */
function named(operation, args) {
  const [template] = OPERATIONS[operation]
  const names = [...template.matchAll(/\{(.+?)\}/g)].map((match) => match[1])
  return { ...Object.fromEntries(names.map((name, place) => [name, args[place]])), ...args[names.length] }
}

/** What a request does not tell: which page was asked for by default, and values that it carries in its header. */
function comparable(args) {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'limit' && name !== 'auth_token'))
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

test('there is a fixture for every operation', () => {
  assert.deepEqual(new Set(requests.map(({ request }) => request.operation)), new Set(Object.keys(OPERATIONS)))
})

/** Run a call in TypeScript, and return the name of its method and its arguments. */
async function runTypescript(text) {
  let called
  const resource = (name) =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args) => {
            called = [`${snake(name)}.${snake(method)}`, args]
          },
      },
    )
  const client = new Proxy({}, { get: (_, name) => resource(name) })
  await new Function('client', `return (async () => { ${text} \n})()`)(client)
  return called
}

/** Run calls in Python, and return the same. */
function runPython(texts) {
  const recorder = `
import json, sys
from datetime import datetime as real

class datetime:
    def fromisoformat(text):
        assert real.fromisoformat(text).tzinfo
        return text

class Recorder:
    def __init__(self, path=()):
        self.path = path
    def __getattr__(self, name):
        return Recorder((*self.path, name))
    def __call__(self, *args, **names):
        if self.path[-1] != "first_page":
            called.append([".".join(self.path), [*args, names]])
        return self

called = []
client = Recorder()
for call in json.load(sys.stdin):
    eval(call)
print(json.dumps(called))
`
  return JSON.parse(execFileSync('python3', ['-c', recorder], { input: JSON.stringify(texts), encoding: 'utf8' }))
}

/** Run a call of curl in a shell, and return the arguments that curl gets. */
function runCurl(text) {
  const script = `HMS_BASE_URL=base HMS_TOKEN=t; curl() { printf '%s\\0' "$@"; }; ${text}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

/** The arguments as Python names them. */
const inPython = (args) =>
  Object.fromEntries(Object.entries(args).map(([key, value]) => [snake(key === 'from' ? 'from_' : key), value]))

test('the calls in TypeScript have the arguments of the request', async () => {
  for (const { request, given } of requests) {
    const [name, args] = await runTypescript(typescript(request))
    assert.equal(name, request.operation)
    assert.deepEqual(comparable(named(request.operation, args)), comparable(given), typescript(request))
  }
})

test('the calls in Python have the arguments of the request', () => {
  const called = runPython(requests.map(({ request }) => python(request)))
  requests.forEach(({ request, given }, place) => {
    const [name, args] = called[place]
    assert.equal(name, request.operation)
    assert.deepEqual(comparable(named(name, args)), inPython(comparable(given)), python(request))
  })
  const times = ['2026-02-03T04:05:06.789Z', '2026-02-03T04:05:06+05:30', 'now', '2026-02-03"T04:05:06Z'].map((after) =>
    python(request({ query: [['after', after]] })),
  )
  assert.deepEqual(times, [
    'client.rooms.list(after=datetime.fromisoformat("2026-02-03T04:05:06.789Z")).first_page()',
    'client.rooms.list(after=datetime.fromisoformat("2026-02-03T04:05:06+05:30")).first_page()',
    'client.rooms.list(after="now").first_page()',
    'client.rooms.list(after="2026-02-03\\"T04:05:06Z").first_page()',
  ])
})

test('the calls of curl have the method, path, query and body of the request', () => {
  for (const { request } of requests) {
    const words = runCurl(curl(request))
    assert.equal(words[words.indexOf('-X') + 1], request.method)
    const url = words.find((word) => word.startsWith('base/'))
    assert.equal(url.split('?')[0], `base${request.path.slice(3)}`)
    assert.deepEqual([...new URLSearchParams(url.split('?')[1])], request.query)
    if (request.body !== null) assert.deepEqual(JSON.parse(words[words.indexOf('-d') + 1]), request.body)
  }
})

const HOSTILE_TEXTS = [
  `'; touch hit; '`,
  '"; touch hit; "',
  `\\'\\"\\\\`,
  '$(touch hit) `touch hit` ${touch} !!',
  '\\u0041 \\n \\x41 %41',
  'line\nline\rline\ttab\u0000\u0007\b\f\u007f\u0085\u2028\u2029',
  'Zoë 😀 \u202e\u200d\u{e0001}',
  '"# "## """ #"',
  '*/ // # -- <!-- </script>',
  '{a,b} [1-3]',
]

const request = (more) => ({
  operation: 'rooms.list',
  method: 'GET',
  path: '/v2/rooms',
  query: [],
  body: null,
  token: 'management',
  ...more,
})

/** Requests whose arguments are not of the types that the operation takes, and how they are called in Rust. */
const OF_OTHER_TYPES = [
  [{ query: [['name', '123']] }, 'client.rooms().list(ListRooms::new().name("123")).first_page().await?'],
  [{ query: [['name', 'true']] }, 'client.rooms().list(ListRooms::new().name("true")).first_page().await?'],
  [{ query: [['limit', 'many']] }, byName('rooms.list', { limit: 'many' })],
  [{ query: [['limit', '007']] }, byName('rooms.list', { limit: '007' })],
  [{ query: [['enabled', '1']] }, byName('rooms.list', { enabled: '1' })],
  [
    {
      query: [
        ['name', 'a'],
        ['name', 'b'],
      ],
    },
    byName('rooms.list', { name: ['a', 'b'] }),
  ],
  ...[
    { name: 5 },
    { size: 1.5 },
    { size: '5' },
    { size: 1e30 },
    { large_room: null },
    { polls: [] },
    { polls: 'a' },
  ].map((body) => [{ operation: 'rooms.create', method: 'POST', body }, byName('rooms.create', body)]),
  [
    { operation: 'room_codes.update', method: 'POST', path: '/v2/room-codes/code', body: { code: 'a-b-c' } },
    byName('room_codes.update', { code: 'a-b-c' }),
  ],
  [
    { operation: 'analytics.list_events', path: '/v2/analytics/events', query: [['type', 'peer.join.success']] },
    'client.analytics().list_events(ListAnalyticsEvents::new("").r#type(["peer.join.success"])).first_page().await?',
  ],
].map(([more, expected]) => [request(more), expected])

function byName(operation, args) {
  return `client.call("${operation}", br#"${JSON.stringify(args)}"#, &CallOptions::default()).await?`
}

test('calls in Rust have literals of the types of their arguments, or are by name', () => {
  for (const [call, expected] of OF_OTHER_TYPES) assert.equal(rust(call), expected)
})

/** The request with those arguments only that a call in Rust has methods for. */
function withMethods(request) {
  const [, , , , , types] = OPERATIONS[request.operation]
  const hasMethod = ([name]) => ['text', 'integer', 'boolean', 'texts'].includes(types[name])
  const body = Object.fromEntries(Object.entries(request.body ?? {}).filter(hasMethod))
  return { ...request, query: request.query.filter(hasMethod), body }
}

test('the calls in Rust are those that a test of the core compiles', () => {
  const all = [
    ...requests.flatMap(({ request }) => [request, withMethods(request)]),
    ...OF_OTHER_TYPES.map(([call]) => call),
    ...HOSTILE_TEXTS.flatMap((text) => [
      request({ query: [['name', text]] }),
      request({ query: [[text, text]] }),
      request({ operation: 'rooms.create', method: 'POST', body: { polls: [text] } }),
      request({ operation: 'rooms.create', method: 'POST', body: { webhook: { url: text } } }),
      request({ operation: 'rooms.get', path: `/v2/rooms/${encodeURIComponent(text)}` }),
    ]),
    request({ query: [['name', '\ud83d']] }),
  ]
  const calls = [...new Set(all.map((call) => `    ${rust(call).replace('\n', '\n    ')};\n`))]
  const before = compiled.slice(0, compiled.indexOf(FIRST) + FIRST.length)
  const expected = `${before}${calls.join('')}    Ok(())\n}\n`
  // After a change of the snippets: DASHBOARD_CALLS=write node --test tests/dashboard/snippets.test.mjs
  if (process.env.DASHBOARD_CALLS === 'write') writeFileSync(compiledFile, expected)
  else assert.equal(compiled, expected)
})

test('methods, paths, queries and bodies are one word each in the shell', () => {
  const calls = [
    request({ method: 'GET|hit', operation: null }),
    request({ method: "GET'$(hit)`hit`", operation: null }),
    request({ path: '/v2/rooms/;hit;$(hit)`hit`\'"', operation: null }),
    request({ path: '/v2@other.example/rooms', operation: null }),
    request({ path: '/v2/rooms/{a,b}[1-3]', operation: null }),
    request({ path: '/v2/rooms/\u202eüz', operation: null }),
    ...HOSTILE_TEXTS.map((text) => request({ query: [[text, text]] })),
    ...HOSTILE_TEXTS.map((text) => request({ method: 'POST', operation: 'rooms.create', body: { [text]: [text] } })),
  ]
  for (const call of calls) {
    const words = runCurl(curl(call))
    const globoff = words[0] === '--globoff' ? words.shift() : undefined
    const [flag, method, url, ...rest] = words
    assert.deepEqual([flag, method], ['-X', call.method])
    const path = call.path.replace('/v2/', '/').replace('\u202e', '%E2%80%AE')
    assert.equal(url.split('?')[0], `base${path}`)
    assert.equal(globoff !== undefined, /[[\]{}]/.test(url), url)
    assert.deepEqual([...new URLSearchParams(url.split('?')[1])], call.query)
    const body = ['-H', 'content-type: application/json', '-d']
    const expected = ['-H', 'authorization: Bearer t', ...(call.body === null ? [] : body)]
    assert.deepEqual(rest.slice(0, expected.length), expected)
    assert.deepEqual(rest.slice(expected.length).map(JSON.parse), call.body === null ? [] : [call.body])
  }
})

test('texts are the same in each language, whatever they contain', async () => {
  for (const text of HOSTILE_TEXTS) {
    const calls = [
      [request({ query: [['name', text]] }), { name: text }],
      [
        request({
          operation: 'rooms.create',
          method: 'POST',
          body: {
            name: text,
            webhook: { url: text, headers: JSON.parse(JSON.stringify({ [text]: text, x: [text] })) },
          },
        }),
        { name: text, webhook: { url: text, headers: { [text]: text, x: [text] } } },
      ],
      [request({ operation: 'rooms.get', path: `/v2/rooms/${encodeURIComponent(text)}` }), { room_id: text }],
    ]
    const inPython = runPython(calls.map(([call]) => python(call)))
    for (const [place, [call, expected]] of calls.entries()) {
      const [name, args] = await runTypescript(typescript(call))
      assert.equal(name, call.operation)
      assert.deepEqual(named(name, args), expected, typescript(call))
      assert.equal(inPython[place][0], call.operation)
      assert.deepEqual(named(call.operation, inPython[place][1]), expected, python(call))
      assert.doesNotMatch(`${typescript(call)}${python(call)}${rust(call)}${curl(call).replaceAll('\n', '')}`, HIDDEN)
      const written = rust(call)
      if (call.operation === 'rooms.create') {
        const [, hashes, bytes] =
          /^client\.call\("rooms\.create", br(#+)"(.*)"\1, &CallOptions::default\(\)\)\.await\?$/.exec(written)
        assert.match(bytes, /^[ -~]*$/, 'byte strings are ASCII')
        assert.ok(!bytes.includes(`"${hashes}`), 'it ends at its end')
        assert.deepEqual(JSON.parse(bytes), expected)
      } else {
        const [, literal] =
          /^client\.rooms\(\)\.(?:list\(ListRooms::new\(\)\.name|get)\((".*")\)+(?:\.first_page\(\))?\.await\?$/.exec(
            written,
          )
        assert.equal(fromRust(literal), text)
      }
    }
  }
})

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Read a string literal of Rust. */
function fromRust(literal) {
  const escapes = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }
  assert.match(literal, /^"(?:[^"\\]|\\u\{[0-9a-f]{1,6}\}|\\[nrt"\\])*"$/)
  return literal
    .slice(1, -1)
    .replace(/\\u\{(\w+)\}|\\(.)/g, (_, code, short) =>
      code ? String.fromCodePoint(Number.parseInt(code, 16)) : escapes[short],
    )
}

test('only arguments of the operation are written, and the others are named in a comment', async () => {
  const names = [
    `x=__import__('os').system('id'),y`,
    'x\n__import__("os").system("id")',
    'x\u2028process.exit(1)\u2029\r\u0085',
    '*/ process.exit(1)',
    '__proto__',
    'constructor',
    'toString',
    'room_id',
    '',
  ]
  for (const name of names) {
    const calls = [
      request({
        query: [
          [name, 'a'],
          ['limit', '20'],
        ],
      }),
      request({
        operation: 'rooms.create',
        method: 'POST',
        body: JSON.parse(`{${JSON.stringify(name)}: {"a": 1}, "name": "b"}`),
      }),
      request({ operation: 'rooms.get', path: '/v2/rooms/r', query: [[name, 'a']] }),
    ]
    const expected = [{ limit: 20 }, { name: 'b' }, { room_id: 'r' }]
    const inPython = runPython(calls.map(python))
    assert.equal(inPython.length, calls.length)
    for (const [place, call] of calls.entries()) {
      const [typescriptName, args] = await runTypescript(typescript(call))
      assert.equal(typescriptName, call.operation)
      assert.deepEqual(named(call.operation, args), expected[place])
      assert.deepEqual(named(call.operation, inPython[place][1]), expected[place])
      const inRust = [
        'client.rooms().list(ListRooms::new().limit(20)).first_page().await?',
        'client.rooms().create(CreateRoom::new().name("b")).await?',
        'client.rooms().get("r").await?',
      ]
      for (const [write, comment] of [
        [typescript, '//'],
        [python, '#'],
        [rust, '//'],
      ]) {
        const [first, second, ...more] = write(call).split(/[\n\r\u0085\u2028\u2029]/)
        assert.ok(first.startsWith(`${comment} Not arguments of ${call.operation}, so left out: "`), first)
        assert.match(second, /^(await )?client\./)
        assert.deepEqual(more, [])
        if (write === rust) assert.equal(second, inRust[place])
      }
    }
  }
  const odd = request({ operation: 'rooms.create', method: 'POST', body: ['a'] })
  assert.equal(python(odd), '# Not arguments of rooms.create, so left out: "the body"\nclient.rooms.create()')
})

test('fields that are called __proto__ are fields', async () => {
  const webhook = JSON.parse('{"url": "http://a", "headers": {"__proto__": "b"}}')
  const call = request({ operation: 'rooms.create', method: 'POST', body: { webhook } })
  const [, [args]] = await runTypescript(typescript(call))
  assert.deepEqual(Object.keys(args.webhook.headers), ['__proto__'])
})

test('a path that cannot be decoded is written as it is', () => {
  const call = request({ operation: 'rooms.get', path: '/v2/rooms/%FF%' })
  assert.equal(python(call), 'client.rooms.get("%FF%")')
  assert.equal(rust(call), 'client.rooms().get("%FF%").await?')
  assert.equal(typescript(call), "await client.rooms.get('%FF%')")
})

test('a request that is no operation is shown for curl only', () => {
  for (const operation of [null, 'constructor', 'toString']) {
    assert.deepEqual(
      snippetsOf(request({ operation })).map(([name]) => name),
      ['curl'],
    )
  }
})
