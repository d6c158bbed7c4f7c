// On a single core, JavaScript is woken when the thread that makes the calls is idle, not before.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'

const PROGRAM = `
import { availableParallelism } from 'node:os'
import { Sandbox } from 'hundredms'
await run(await Sandbox.start())
async function run(sandbox) {
  const seen = []
  const client = sandbox.client({ onResponse: ({ call }) => seen.push(call) })
  const create = (_, number) => client.rooms.create({ name: 'room-' + number })
  const names = new Set((await Promise.all(Array.from({ length: 200 }, create))).map((room) => room.name))
  const one = await client.rooms.create({ name: 'one' })
  const controller = new AbortController()
  const aborted = client.rooms.get(one.id, { signal: controller.signal }).catch((error) => error.name)
  controller.abort()
  const pages = await Promise.all([client.rooms.list({ limit: 100 }), client.rooms.list({ limit: 10 }), client.rooms.get(one.id)])
  const bytes = JSON.stringify(pages[0]).length
  const lengths = [pages[0].data.length, pages[1].data.length, pages[2].name, bytes > 16384]
  console.log(JSON.stringify([availableParallelism(), names.size, new Set(seen).size >= 204, await aborted, ...lengths]))
  await sandbox.stop()
}`

test('calls side by side, large pages, hooks and aborted calls', { skip: process.platform !== 'linux' }, async () => {
  const [, core] = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))
  const words = ['--cpu-list', core, process.execPath, '--input-type=module', '--eval', PROGRAM]
  const options = { cwd: import.meta.dirname, timeout: 60_000 }
  const { stdout } = await promisify(execFile)('taskset', words, options)
  assert.deepEqual(JSON.parse(stdout), [1, 200, true, 'AbortError', 100, 10, 'one', true])
})
