// Builds the app for Next, and serves what was built.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const cwd = fileURLToPath(new URL('next', import.meta.url))

/** Build it, and call `use` with where it is served. */
export async function withNextApp(variables, use) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  execFileSync(process.execPath, [next, 'build'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })

  const words = [next, 'start', '--hostname', '127.0.0.1', '--port', '0']
  const stdio = ['ignore', 'pipe', 'inherit']
  const server = spawn(process.execPath, words, { cwd, env: { ...env, ...variables }, stdio })
  try {
    const url = await new Promise((resolve, reject) => {
      let printed = ''
      server.stdout.on('data', (text) => {
        printed += text
        if (printed.includes('Ready')) resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(printed)[0])
      })
      server.on('exit', () => reject(new Error(`Next has ended: ${printed}`)))
    })
    await use(url)
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}
