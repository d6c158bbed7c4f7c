// Runs the table in a route of Next with `runtime = 'edge'`: builds the app, and serves what was built.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const cwd = fileURLToPath(new URL('next', import.meta.url))
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
execFileSync(process.execPath, [next, 'build'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })

const words = [next, 'start', '--hostname', '127.0.0.1', '--port', '0']
const server = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
try {
  let printed = ''
  for await (const text of server.stdout) {
    printed += text
    if (printed.includes('Ready')) break
  }
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)
  const answer = await fetch(`${url}/table`, { method: 'POST', body: process.argv[2] })
  console.log(await answer.text())
} finally {
  server.kill()
  await once(server, 'exit')
}
