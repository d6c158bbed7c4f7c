// Runs the table in workerd.
import { fileURLToPath } from 'node:url'
import { startWorker } from './workers.mjs'

const worker = await startWorker(fileURLToPath(new URL('worker.mjs', import.meta.url)))
try {
  const answer = await worker.dispatchFetch('http://worker/', { method: 'POST', body: process.argv[2] })
  console.log(await answer.text())
} finally {
  await worker.dispose()
}
