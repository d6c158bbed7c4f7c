// What was read is changed and written back, and nothing else changes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvalidRequestError } from 'hundredms'
import { sandboxed } from './sandbox-client.mjs'

const { client } = await sandboxed()

const TEMPLATE = {
  name: 'stage',
  weather: { sun: [1, 2.5, 'x'] },
  roles: {
    viewer: {
      publishParams: { allowed: [], hologram: { depth: 3 } },
      subscribeParams: { subscribeToRoles: ['host'], smell: true },
      permissions: { teleport: true, mute: false },
      colour: 'red',
      priority: 7,
    },
    host: { publishParams: { allowed: ['audio', 'odour'] } },
  },
  settings: { region: 'eu', gravity: 9.81, roomState: { messageInterval: 15, tempo: 2 } },
  destinations: { rtmpDestinations: { a: { name: 'a', rtmpUrls: [], shape: 'round' } }, beacon: { b: {} } },
  plugins: { whiteboard: { permissions: { admin: [], chalk: ['host'] } }, abacus: {} },
}

async function made(name) {
  const answer = await client.request('POST', '/templates', { body: { ...TEMPLATE, name } })
  return answer.json().id
}

async function stored(id) {
  const { updatedAt: _, ...template } = (await client.request('GET', `/templates/${id}`)).json()
  return template
}

test('a template that was read is written back as it is', async () => {
  const id = await made('whole')
  const before = await stored(id)
  await client.templates.update(id, await client.templates.get(id))
  assert.deepEqual(await stored(id), before)
})

test('a template with one permission changed is else as it was', async () => {
  const id = await made('changed')
  const before = await stored(id)
  const template = await client.templates.get(id)
  const viewer = template.roles.viewer
  assert.deepEqual(viewer.publishParams.allowed, [])
  const roles = { ...template.roles, viewer: { ...viewer, permissions: { ...viewer.permissions, mute: true } } }
  await client.templates.update(id, { ...template, roles })
  before.roles.viewer.permissions.mute = true
  assert.deepEqual(await stored(id), before)
})

test('a role, settings and destinations are written back as they were read', async () => {
  const id = await made('parts')
  const before = await stored(id)
  await client.templates.putRole(id, 'viewer', await client.templates.getRole(id, 'viewer'))
  await client.templates.updateSettings(id, await client.templates.getSettings(id))
  await client.templates.updateDestinations(id, await client.templates.getDestinations(id))
  assert.deepEqual(await stored(id), before)
})

test('another spelling of a field is refused, and said to be one', async () => {
  const id = await made('slip')
  await assert.rejects(
    client.templates.putRole(id, 'viewer', { publish_params: { allowed: [] } }),
    (error) => error instanceof InvalidRequestError && /did you mean `publishParams`/.test(error.message),
  )
})
