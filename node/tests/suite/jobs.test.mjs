// Jobs: several calls that do one thing, with progress, one deadline, and an end at once.
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { InvalidRequestError, JobFailedError, Sandbox, TimeoutError } from 'hundredms'

let sandbox
let client

beforeEach(async () => {
  sandbox = await Sandbox.start()
  client = sandbox.client()
})

afterEach(() => sandbox.stop())

/** Start a recording, and let it run. With people in the room it does not end by itself. */
async function recorded({ people = false } = {}) {
  const room = await client.rooms.create({ name: 'physics-7' })
  if (people) await sandbox.joinPeer({ room_id: room.id, role: 'host' })
  const recording = await client.recordings.start(room.id, { meeting_url: 'https://meet.example/stage' })
  await sandbox.advanceClock(people ? 600 : 5)
  return recording.id
}

test('a wait takes no real time in a sandbox, and reports in the context of its caller', async () => {
  const id = await recorded()
  await client.recordings.stop(id)
  const context = new AsyncLocalStorage()
  const seen = []
  const onProgress = (progress) => seen.push([progress, context.getStore()])
  const began = performance.now()
  const recording = await context.run('7', () => client.recordings.wait(id, {}, { onProgress }))
  assert.ok(performance.now() - began < 3000)
  assert.equal(recording.status, 'completed')
  assert.equal(seen[0][0].state, 'stopping')
  assert.equal(seen.at(-1)[0].state, 'completed')
  assert.ok(seen.every(([, store]) => store === '7'))
})

test('a job that cannot end well has an error of its own', async () => {
  const id = await recorded()
  await sandbox.failJob(id)
  await assert.rejects(client.recordings.wait(id), (error) => {
    assert.ok(error instanceof JobFailedError)
    assert.deepEqual([error.kind, error.state, error.operation], ['job_failed', 'failed', 'recordings.wait'])
    return true
  })
})

test('the error of a timeout has the last state', async () => {
  const id = await recorded({ people: true })
  const began = performance.now()
  await assert.rejects(client.recordings.wait(id, {}, { timeoutMs: 400 }), (error) => {
    assert.ok(error instanceof TimeoutError)
    assert.equal(error.state, 'running')
    return true
  })
  assert.ok(performance.now() - began < 3000)
})

test('what the callback throws ends the job', async () => {
  const id = await recorded({ people: true })
  const enough = new Error('enough')
  for (const onProgress of [
    () => {
      throw enough
    },
    () => Promise.reject(enough),
  ]) {
    await assert.rejects(client.recordings.wait(id, {}, { onProgress }), enough)
  }
  const seen = (await sandbox.requests()).length
  await pause(1500)
  assert.equal((await sandbox.requests()).length, seen)
})

test('an aborted signal ends a job at once, with and without a callback', async () => {
  const id = await recorded({ people: true })
  for (const options of [{}, { onProgress: () => {} }]) {
    const giving = new AbortController()
    setTimeout(() => giving.abort(new Error('over')), 200)
    const began = performance.now()
    await assert.rejects(client.recordings.wait(id, {}, { ...options, signal: giving.signal }), /over/)
    assert.ok(performance.now() - began < 1000)
  }
})

test('unknown and invalid options are refused before anything is sent', async () => {
  const id = '0123456789abcdef01234567'
  for (const [options, message] of [
    [{ onProgressed: () => {} }, /onProgressed: there is no such option.*onProgress/],
    [{ onProgress: 'text' }, /onProgress: must be a function/],
    [{ extra: {} }, /extra: there is no such option/],
  ]) {
    await assert.rejects(client.recordings.wait(id, {}, options), (error) => {
      assert.ok(error instanceof InvalidRequestError)
      assert.match(error.message, message)
      return true
    })
  }
  assert.deepEqual(await sandbox.requests(), [])
})
