// Builds the app, serves it, and asks it over loopback, as the guide says: the package stays outside of the bundle.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sandbox } from 'hundredms'

const sandbox = await Sandbox.start()
const joined = { room_id: 'room', session_id: 'session', peer_id: 'peer' }
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const env = {
  ...process.env,
  ...sandbox.env(),
  NEXT_TELEMETRY_DISABLED: '1',
  WEBHOOK_SECRET: 'secret-of-the-webhooks',
}
// Where an image is built there are no credentials.
const { HMS_ACCESS_KEY, HMS_SECRET, ...building } = env
execFileSync(process.execPath, [next, 'build'], { env: building, stdio: ['ignore', 'ignore', 'inherit'] })
const built = readdirSync('.next/server', { recursive: true }).filter((name) => name.endsWith('.js'))
for (const name of built) {
  assert.doesNotMatch(readFileSync(`.next/server/${name}`, 'utf8'), /mayHaveApplied/, `${name} holds the package`)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

// The standalone output alone, somewhere else, as in an image: with all that it needs.
const image = realpathSync(mkdtempSync(join(tmpdir(), 'hundredms-next-')))
cpSync('.next/standalone', image, { recursive: true })
cpSync('.next/static', join(image, '.next/static'), { recursive: true })
const port = await freePort()
const server = spawn(process.execPath, ['server.js'], {
  cwd: image,
  env: { ...env, HOSTNAME: '127.0.0.1', PORT: port },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  for await (const printed of server.stdout) if (String(printed).includes('Ready')) break
  const url = `http://127.0.0.1:${port}`
  const created = await fetch(`${url}/rooms`, { method: 'POST', body: JSON.stringify({ name: 'next' }) })
  assert.equal(created.status, 201)
  const room = await created.json()
  assert.equal(room.name, 'next')
  assert.deepEqual(await (await fetch(`${url}/rooms?id=${room.id}`)).json(), room)
  assert.equal((await fetch(`${url}/rooms?id=66b2d2105c803b002ae4f611`)).status, 404)
  assert.match(await (await fetch(url)).text(), /<li>next<\/li>/)

  // The example, to which the tests of the package write a route.
  const join = (number, headers = {}) => fetch(`${url}/lessons/${number}/token`, { method: 'POST', headers })
  assert.equal((await join('7')).status, 401)
  assert.equal((await join('abc', { 'x-user-id': 'ada' })).status, 404)
  const { token } = await (await join('7', { 'x-user-id': 'ada' })).json()
  assert.equal((await sandbox.joinPeer({ token })).user_id, 'ada')

  const send = async (secret, { path = '/webhooks', name = 'Ada' } = {}) => {
    await sandbox.setWebhook({ url: url + path, headers: { 'x-webhook-secret': secret } })
    const { event_id } = await sandbox.sendWebhook({ type: 'peer.join.success', data: { ...joined, user_name: name } })
    await sandbox.settleWebhooks()
    const { attempts } = (await sandbox.webhookDeliveries()).find((delivery) => delivery.event_id === event_id)
    return attempts[0].status
  }
  assert.equal(await send('wrong'), 401)
  assert.equal(await send(env.WEBHOOK_SECRET, { path: '/webhooks/allowed' }), 403)
  assert.equal(await send(env.WEBHOOK_SECRET, { name: 'fails' }), 500)
  assert.equal(await send(env.WEBHOOK_SECRET), 200)
  assert.deepEqual(await (await fetch(`${url}/webhooks`)).json(), ['Ada'])
  assert.equal(await send(env.WEBHOOK_SECRET, { path: '/webhooks/background' }), 200)
  while ((await (await fetch(`${url}/webhooks/background`)).json()).length === 0) {}
  assert.equal(await send(env.WEBHOOK_SECRET, { path: '/api/raw' }), 200)
  assert.equal(await send('wrong', { path: '/api/raw' }), 401)
  assert.equal(await send(env.WEBHOOK_SECRET, { path: '/api/parsed' }), 500)
  console.log('Next: as expected')
} finally {
  server.kill()
  await once(server, 'exit')
  rmSync(image, { recursive: true, force: true })
}
