// `npx hundredms sandbox` as a user runs it: from a project that has the package, and ended by Ctrl-C.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { on, once } from 'node:events'

const CREATES_A_ROOM = `
  import { Client } from 'hundredms'
  console.log((await new Client().rooms.create({ name: 'by-npx' })).name)`

/** Start the command in the project in `folder`, use what it prints, and end it. */
export async function command(folder) {
  // A group of its own, which is what Ctrl-C reaches in a terminal.
  const npx = spawn('npx', ['hundredms', 'sandbox', '--port', '0'], {
    cwd: folder,
    // What is not installed shall not be fetched.
    env: { ...process.env, npm_config_yes: 'false' },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // With its output closed every process of the group has ended.
  const ended = once(npx, 'close')
  let printed = ''
  try {
    for await (const [data] of on(npx.stdout, 'data', { close: ['end'] })) {
      printed += data
      if (/^export HMS_SECRET=.*\n/m.test(printed)) break
    }
    assert.match(printed, /^hundredms-sandbox listens on /)
    // The shell reads the exports, as it does when they are pasted.
    const exports = printed.slice(printed.indexOf('export'))
    const script = `${exports}\n"$NODE" --input-type=module --eval "$CREATES_A_ROOM"`
    const env = { ...process.env, NODE: process.execPath, CREATES_A_ROOM }
    assert.equal(execFileSync('sh', ['-c', script], { cwd: folder, env, encoding: 'utf8' }), 'by-npx\n')
  } finally {
    process.kill(-npx.pid, 'SIGINT')
  }
  npx.stdout.resume()
  await ended
  const [baseUrl] = /http:\S+(?=\.)/.exec(printed)
  await assert.rejects(fetch(baseUrl), /fetch failed/)
  console.log('npx hundredms sandbox: as expected')
}
