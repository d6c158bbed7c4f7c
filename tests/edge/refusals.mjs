// What imports of the package say where it cannot run as imported.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Import the package in `program`, and return what it prints. */
function imported(program, words, env = {}) {
  const file = here('.program-refused.mjs')
  writeFileSync(file, `await import('hundredms').catch((error) => console.log(String(error)))\n`)
  const options = { cwd: here('.'), env: { ...process.env, ...env }, encoding: 'utf8' }
  const { stdout, stderr, status } = spawnSync(program, [...words, file], options)
  assert.equal(status, 0, stderr)
  return stdout
}

/** Check what Deno says without permissions, and without the one for addons; and Node with the condition of browsers, as in Jest with jsdom. */
export function refusals() {
  const deno = here('node_modules/.bin/deno')
  const words = ['run', '--quiet', '--no-prompt']
  const advice = /^ConfigurationError: .*import `npm:hundredms\/edge`.*Requires (env|ffi) access to /
  assert.match(imported(deno, words), advice)
  const addon = here('.program-addon.node')
  writeFileSync(addon, 'no addon, which is not looked at')
  assert.match(imported(deno, [...words, '--allow-env', '--allow-read'], { HUNDREDMS_ADDON: addon }), advice)
  assert.match(imported(process.execPath, ['--conditions', 'browser']), /^Error: hundredms is for servers: /)
  console.log('where the package cannot run, it says so')
}
