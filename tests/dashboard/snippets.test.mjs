// Each operation as a call in each language: the calls are run, and must have the arguments that the request was made from.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { OPERATIONS } from '../../crates/hundredms-sandbox/dashboard/operations.js'
import { curl, python, rust, typescript } from '../../crates/hundredms-sandbox/dashboard/snippets.js'

const folder = new URL('../fixtures/', import.meta.url)

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

test('the calls in TypeScript have the arguments of the request', async () => {
  for (const { request, given } of requests) {
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
    await new Function('client', `return (async () => { ${typescript(request)} })()`)(client)
    assert.equal(called[0], request.operation)
    assert.deepEqual(comparable(named(request.operation, called[1])), comparable(given), typescript(request))
  }
})

test('the calls in Python have the arguments of the request', () => {
  const recorder = `
import json, sys

class Recorder:
    def __init__(self, path=()):
        self.path = path
    def __getattr__(self, name):
        return Recorder((*self.path, name))
    def __call__(self, *args, **names):
        if self.path[-1] != "first_page":
            called.append([".".join(self.path), *args, names])
        return self

called = []
client = Recorder()
for call in json.load(sys.stdin):
    eval(call)
print(json.dumps(called))
`
  const calls = JSON.stringify(requests.map(({ request }) => python(request)))
  const called = JSON.parse(execFileSync('python3', ['-c', recorder], { input: calls, encoding: 'utf8' }))
  requests.forEach(({ request, given }, place) => {
    const [name, ...args] = called[place]
    assert.equal(name, request.operation)
    const inPython = Object.entries(comparable(given)).map(([key, value]) => [
      snake(key === 'from' ? 'from_' : key),
      value,
    ])
    assert.deepEqual(comparable(named(name, args)), Object.fromEntries(inPython), python(request))
  })
})

test('the calls in Rust name the type of the request, and curl its path and body', () => {
  for (const { request } of requests) {
    const [resource, method] = request.operation.split('.')
    const [, type] = OPERATIONS[request.operation]
    const call = rust(request)
    const isByName = call.startsWith(`client.call("${request.operation}", br#`)
    assert.ok(isByName || call.startsWith(`client.${resource}().${method}(${type === '' ? '' : `${type}::new(`}`), call)
    const script = `HMS_BASE_URL=base HMS_TOKEN=t; curl() { printf '%s\\0' "$@"; }; ${curl(request)}`
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0')
    assert.ok(words[2].startsWith(`base${request.path.slice(3)}`), words[2])
    if (request.body !== null) assert.deepEqual(JSON.parse(words[words.indexOf('-d') + 1]), request.body)
  }
})
