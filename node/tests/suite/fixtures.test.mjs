// The fixtures that all languages share: arguments to requests, answers to values.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { served } from './sandbox-client.mjs'

const folder = process.env.HUNDREDMS_FIXTURES
const camel = (name) => name.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())

let fixture
let seen
const { client } = await served((request, response, body) => {
  seen = { request, body }
  const { status, body: answer } = fixture.answer
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(answer === undefined ? undefined : JSON.stringify(answer))
})

/** A value as it compares: without nulls, which say nothing. */
function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const said = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(said.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/** The arguments as the method takes them: those in front by the names of its parameters, then the rest. */
function positioned(method, given) {
  const signature = /\(([^)]*)\)/.exec(method.toString())[1]
  const names = signature.split(',').map((name) => name.split('=')[0].trim())
  const left = { ...given }
  const values = []
  for (const name of names.filter((name) => name !== 'options' && name !== 'params')) {
    const wire = Object.keys(left).find((key) => camel(key) === name)
    values.push(left[wire])
    delete left[wire]
  }
  if (names.includes('params')) values.push(left)
  else assert.deepEqual(left, {}, 'every argument has its place')
  return values
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  test(`${file.slice(0, -5)} sends what its fixture says and reads what comes`, async () => {
    fixture = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const [resource, name] = fixture.operation.split('.').map(camel)
    const method = client[resource][name]
    const called = method.apply(client[resource], positioned(method, fixture.arguments))
    const value = 'firstPage' in called ? await called.firstPage() : await called
    const url = new URL(seen.request.url, 'http://sandbox')
    assert.equal(seen.request.method, fixture.request.method)
    assert.equal(url.pathname, `/v2${fixture.request.path}`)
    assert.deepEqual([...url.searchParams], fixture.request.query)
    assert.deepEqual(withoutNulls(seen.body ? JSON.parse(seen.body) : undefined), withoutNulls(fixture.request.body))
    assert.deepEqual(withoutNulls(value), withoutNulls(fixture.value))
  })
}
