// The examples that send recordings and lists to browsers, against a sandbox.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Client, Sandbox } from 'hundredms'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp as expressApp } from './examples/servers/express_streams.js'
import { createApp as honoApp } from './examples/servers/hono_streams.js'

const MISSING = '66a1c0de4b7f2a0019d3e5f8'

let sandbox: Sandbox
let client: Client
let video: { id: string; size?: number }
beforeAll(async () => {
  sandbox = await Sandbox.start()
  for (const [name, value] of Object.entries(sandbox.env())) vi.stubEnv(name, value)
  client = sandbox.client()
  const room = await client.rooms.create({ name: 'physics-7' })
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://lessons.example/physics-7' })
  await sandbox.advanceClock(60)
  await client.recordings.stop(recording.id)
  await client.recordings.wait(recording.id)
  await sandbox.seed({ sessions: 20 })
  const assets = await client.recordingAssets.wait({ recording_id: recording.id })
  video = assets.find(({ type }) => type === 'room-composite') ?? expect.fail('there is no video')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

/** Each example, as what answers a path. */
const EXAMPLES: Record<string, () => Promise<(path: string) => Promise<Response>>> = {
  Next: async () => {
    const route = await import('./examples/servers/next_recording.js')
    return (path) =>
      route.GET(new Request(`http://app${path}`), {
        params: Promise.resolve({ asset: path.split('/')[2] ?? '' }),
      })
  },
  Hono: async () => {
    const app = honoApp(client)
    return async (path) => app.request(path)
  },
  Express: async () => {
    const server = expressApp(client).listen(0)
    await once(server, 'listening')
    afterAll(() => server.close())
    const { port } = server.address() as AddressInfo
    return (path) => fetch(`http://127.0.0.1:${port}${path}`)
  },
}

describe.each(Object.entries(EXAMPLES))('%s', (_, start) => {
  let get: (path: string) => Promise<Response>
  beforeAll(async () => {
    get = await start()
  })

  test('a recording is sent whole', async () => {
    const response = await get(`/recordings/${video.id}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect((await response.arrayBuffer()).byteLength).toBe(video.size)
  })

  test('an asset that is not there, or no id, is answered with 404', async () => {
    for (const id of [MISSING, '%20']) expect((await get(`/recordings/${id}`)).status).toBe(404)
  })

  test('what the service says about the secret of the server does not reach the browser', async () => {
    await sandbox.addFault({ match: { operation: 'recording_assets.get' }, effect: { status: 401 } })
    const printed = vi.spyOn(console, 'error').mockReturnValue()
    const response = await get(`/recordings/${video.id}`)
    expect(response.status).toBe(502)
    expect(await response.text()).not.toMatch(/token|secret/)
    expect(printed).toHaveBeenCalledOnce()
    printed.mockRestore()
    await sandbox.clearFaults()
  })
})

test.each(['Hono', 'Express'])('%s: sessions are sent as lines of JSON', async (name) => {
  const get = await EXAMPLES[name]?.()
  const lines = (await (await get?.('/sessions'))?.text())?.trimEnd().split('\n') ?? []
  expect(lines.length).toBeGreaterThanOrEqual(20)
  for (const line of lines) expect(JSON.parse(line)).toHaveProperty('room_id')
})
