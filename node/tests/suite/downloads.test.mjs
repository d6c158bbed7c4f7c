// Downloads of the files of assets, and streams of them.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { FileError, NotFoundError, Sandbox } from 'hundredms'

const SIZE = 3_000_000

let sandbox
let client
let folder
let assetId

beforeEach(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client()
  folder = await mkdtemp(join(tmpdir(), 'hundredms-downloads-'))
  const room = await client.rooms.create({ name: 'physics-7' })
  await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://meet.example/stage' })
  await sandbox.advanceClock(60)
  await client.recordings.stop(recording.id)
  await sandbox.advanceClock(60)
  for await (const asset of client.recordingAssets.list({ type: 'room-composite' })) assetId = asset.id
  await sandbox.resizeAsset(assetId, SIZE)
})

afterEach(async () => {
  await sandbox.stop()
  await rm(folder, { recursive: true })
})

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex')
const file = async (path) => digest(await readFile(path))
const fault = (effect) => sandbox.addFault({ match: { operation: 'storage.get' }, on: { nth: 1 }, effect })

test('a download that breaks has the same bytes', async () => {
  const [whole, path] = [join(folder, 'whole.mp4'), join(folder, 'a.mp4')]
  await client.recordingAssets.download(assetId, whole)
  await fault({ cut_body: 1_234_567 })
  const seen = []
  const done = await client.recordingAssets.download(assetId, path, {}, { onProgress: (report) => seen.push(report) })
  assert.deepEqual([done.path, done.size, done.received], [path, SIZE, SIZE])
  assert.equal(await file(path), await file(whole))
  assert.deepEqual((await readdir(folder)).sort(), ['a.mp4', 'whole.mp4'])
  assert.deepEqual([seen.at(-1).bytes_done, seen.at(-1).bytes_total], [SIZE, SIZE])
})

test('a stream that breaks has the same bytes', async () => {
  const path = join(folder, 'a.mp4')
  await client.recordingAssets.download(assetId, path)
  await fault({ cut_body: 1_234_567 })
  const stream = client.recordingAssets.stream(assetId)
  assert.ok(stream instanceof Readable)
  const read = createHash('sha256')
  for await (const piece of stream) read.update(piece)
  assert.equal(read.digest('hex'), await file(path))
  const missing = client.recordingAssets.stream('0123456789abcdef01234567')
  await assert.rejects(missing.toArray(), (error) => error instanceof NotFoundError)
})

test('a stream that is destroyed or aborted ends at once', async () => {
  await sandbox.addFault({
    match: { operation: 'storage.get' },
    effect: { drip: { bytes: 100_000, every_ms: 100 } },
  })
  const began = performance.now()
  for await (const piece of client.recordingAssets.stream(assetId)) {
    assert.ok(piece.length <= SIZE)
    break
  }
  const giving = new AbortController()
  const aborted = client.recordingAssets.stream(assetId, { signal: giving.signal }).toArray()
  setTimeout(() => giving.abort(), 200)
  await assert.rejects(aborted, { name: 'AbortError' })
  assert.ok(performance.now() - began < 2500)
})

test('destroying a stream closes its connection, also while nothing is read', async () => {
  const sockets = []
  const storage = createServer((socket) => {
    const closed = new Promise((resolve) => socket.on('close', resolve))
    sockets.push(closed)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n')
      const more = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65536)));
      }
      socket.on('drain', more)
      more()
    })
  })
  storage.listen(0, '127.0.0.1')
  await once(storage, 'listening')
  const url = `http://127.0.0.1:${storage.address().port}/file`
  await sandbox.addFault({
    match: { operation: 'recording_assets.presigned_url' },
    effect: { body: { id: assetId, path: 's3://b/a.mp4', url, expiry: 60 } },
  })
  const stream = client.recordingAssets.stream(assetId)
  await once(stream, 'readable')
  // Its buffer is full, so nothing is read.
  await pause(200)
  stream.destroy()
  await once(stream, 'close')
  assert.equal(sockets.length, 1)
  await Promise.race([sockets[0], pause(5000).then(() => assert.fail('the connection is still open'))])
  storage.close()
})

test('the error of a file names it', async () => {
  const path = join(folder, 'none', 'a.mp4')
  await assert.rejects(client.recordingAssets.download(assetId, path), (error) => {
    assert.ok(error instanceof FileError)
    assert.deepEqual([error.kind, error.path], ['file', join(folder, 'none')])
    return true
  })
})

test('what a killed process left behind is continued', async () => {
  const [whole, path, part] = ['whole.mp4', 'a.mp4', 'a.mp4.part'].map((name) => join(folder, name))
  await client.recordingAssets.download(assetId, whole)
  await fault({ drip: { bytes: 100_000, every_ms: 50 } })
  const source = `import { Client } from 'hundredms'
await new Client().recordingAssets.download(${JSON.stringify(assetId)}, ${JSON.stringify(path)})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...sandbox.env() },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  try {
    const until = performance.now() + 60_000
    while (((await stat(part).catch(() => undefined))?.size ?? 0) < 1_000_000) {
      assert.ok(performance.now() < until, 'it has not begun')
      await pause(5)
    }
  } finally {
    child.kill('SIGKILL')
    await ended
  }
  const done = await client.recordingAssets.download(assetId, path)
  assert.ok(done.received > 0 && done.received < SIZE, String(done.received))
  assert.equal(await file(path), await file(whole))
})

test('all files of a session are downloaded, and not a second time', async () => {
  const { session_id } = await client.recordingAssets.get(assetId)
  const first = await client.recordingAssets.downloadAll(join(folder, 'files'), { session_id })
  assert.deepEqual(first.files.map(({ type }) => type).sort(), ['chat', 'room-composite'])
  const again = await client.recordingAssets.downloadAll(join(folder, 'files'), { session_id })
  assert.deepEqual(
    again.files.map(({ received }) => received),
    [0, 0],
  )
})
