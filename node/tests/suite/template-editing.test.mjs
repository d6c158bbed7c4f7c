// `templates.edit`, and templates as code: what is written, what is refused, and when.
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ConflictError, InvalidRequestError, Sandbox } from 'hundredms'

const BODY = {
  name: 'stage',
  weather: { sun: [1, 2.5, 'x'] },
  roles: { viewer: { colour: 'red', priority: 7 }, host: {} },
  settings: { region: 'eu', gravity: 9.81 },
}

let sandbox
let client
let id

beforeEach(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client()
  const made = await client.request('POST', '/templates', { body: BODY })
  id = made.json().id
})

afterEach(() => sandbox.stop())

async function stored() {
  const { updatedAt, ...found } = (await client.request('GET', `/templates/${id}`)).json()
  return found
}

const indian = (template) => ({ ...template, settings: { ...template.settings, region: 'in' } })

test('an edited template is else as it was', async () => {
  const before = await stored()
  const edited = await client.templates.edit(id, indian)
  assert.equal(edited.settings.region, 'in')
  before.settings.region = 'in'
  assert.deepEqual(await stored(), before)
  await client.templates.edit(id, async (template) => {
    await pause(1)
    delete template.roles.host
  })
  delete before.roles.host
  assert.deepEqual(await stored(), before)
})

test('what is not changed is not written', async () => {
  await sandbox.clearRequests()
  await client.templates.edit(id, () => undefined)
  const operations = (await sandbox.requests()).map(({ operation }) => operation)
  assert.deepEqual(operations, ['templates.get'])
})

test('a template that somebody else changed meanwhile is not written', async () => {
  const change = async (template) => {
    await client.templates.putRole(id, 'assistant')
    return indian(template)
  }
  await assert.rejects(client.templates.edit(id, change), (error) => {
    assert.ok(error instanceof ConflictError)
    assert.equal(error.operation, 'templates.edit')
    return true
  })
  const template = await client.templates.get(id)
  assert.equal(template.settings.region, 'eu')
  assert.ok('assistant' in template.roles)
})

test('a callback that fails or does not fit writes nothing', async () => {
  const before = await stored()
  const fail = () => {
    throw new RangeError('no')
  }
  await assert.rejects(client.templates.edit(id, fail), RangeError)
  await assert.rejects(client.templates.edit(id, undefined), InvalidRequestError)
  await assert.rejects(
    client.templates.edit(id, () => 5),
    /must return a template/,
  )
  await assert.rejects(
    client.templates.edit(id, () => ({ roles: {} })),
    InvalidRequestError,
  )
  const aborter = new AbortController()
  const leave = (template) => {
    aborter.abort()
    return indian(template)
  }
  await assert.rejects(client.templates.edit(id, leave, { signal: aborter.signal }), { name: 'AbortError' })
  assert.deepEqual(await stored(), before)
})

test('a description is applied once', async () => {
  const desired = { name: 'stage', roles: { host: { priority: 2 }, guest: {}, viewer: null } }
  const seen = []
  const planned = await client.templates.apply(desired, { dry_run: true })
  const applied = await client.templates.apply(desired, {}, { onProgress: (progress) => seen.push(progress) })
  assert.deepEqual(planned.changes, applied.changes)
  assert.deepEqual([planned.applied, applied.applied, applied.template_id], [false, true, id])
  const paths = applied.changes.map(({ path }) => path)
  assert.deepEqual(paths, ['roles.guest', 'roles.host.priority', 'roles.viewer'])
  assert.deepEqual(
    seen.map(({ done, total }) => [done, total]),
    [
      [0, 3],
      [1, 3],
      [2, 3],
    ],
  )
  assert.deepEqual((await client.templates.diff(id, desired)).changes, [])
  assert.equal((await client.templates.apply(desired)).applied, false)
  assert.deepEqual((await client.templates.diff(id, { ...(await client.templates.get(id)) })).changes, [])
})
