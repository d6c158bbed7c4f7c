// Read the sessions of a range of time with workers of BullMQ, into a folder of files with one session per line.
//
// Start workers with `node bullmq.mjs work`, then `node bullmq.mjs AFTER BEFORE FOLDER`; the times are as 2026-01-01T00:00:00+00:00. It
// needs bullmq and ioredis.
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { argv, env } from 'node:process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Queue, QueueEvents, Worker } from 'bullmq'
import { Client, sessionWindows } from 'hundredms'

// --8<-- [start:bullmq]
const redis = env.REDIS_URL ?? 'redis://localhost:6379'
const connection = { url: redis, maxRetriesPerRequest: null }
const queue = 'sessions'

/** Run jobs until the process ends. */
export function work() {
  const client = new Client({
    rateLimit: Number(env.RATE_LIMIT ?? 50),
    rateLimitRedis: redis,
    timeoutMs: 300_000, // waiting for the rate limit counts
  })

  // A job of a worker that was lost is run again by another one, once its lock has expired.
  const lockDuration = Number(env.LOCK_MS ?? 30_000)
  const options = { connection, concurrency: 2, lockDuration, stalledInterval: lockDuration, maxStalledCount: 5 }
  return new Worker(
    queue,
    async ({ data: { window, path } }) => {
      async function* lines() {
        for await (const session of client.sessions.listWindow(window, { active: false })) {
          yield `${JSON.stringify(session)}\n`
        }
      }
      const temporary = `${path}.${randomUUID()}`
      await pipeline(Readable.from(lines()), createWriteStream(temporary))
      await rename(temporary, path) // the file appears when it is complete
    },
    options,
  )
}

/** Write a file for each window, and wait for them. */
export async function exportSessions(after = '', before = '', folder = '.') {
  await mkdir(folder, { recursive: true })
  const jobs = sessionWindows(after, before, 48).map((window, number) => ({
    name: 'window',
    data: { window, path: join(folder, `part-${String(number).padStart(5, '0')}.ndjson`) },
    opts: { attempts: 5, backoff: { type: 'exponential', delay: 1000 } },
  }))
  const [windows, events] = [new Queue(queue, { connection }), new QueueEvents(queue, { connection })]
  await events.waitUntilReady()
  for (const job of await windows.addBulk(jobs)) await job.waitUntilFinished(events)
  await Promise.all([windows.close(), events.close()])
}
// --8<-- [end:bullmq]

const [, , after = '', before = '', folder = ''] = argv
if (after === 'work') work()
else await exportSessions(after, before, resolve(folder))
