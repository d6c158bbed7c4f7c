// What imports of the package say where it cannot run as imported.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Run code in `program`, and return what it prints. */
function printed(program, words, code, env = {}) {
  const file = here('.program-refused.mjs')
  writeFileSync(file, code)
  const options = { cwd: here('.'), env: { ...process.env, ...env }, encoding: 'utf8' }
  const { stdout, stderr, status } = spawnSync(program, [...words, file], options)
  assert.equal(status, 0, stderr)
  return stdout + stderr
}

const IMPORT = "await import('hundredms').catch((error) => console.log(String(error)))\n"
const REQUIRE = `import { createRequire } from 'node:module'
try { createRequire(import.meta.url)('hundredms') } catch (error) { console.log(String(error)) }
`
// The way in which Supabase's runtime differs from Deno.
const AS_SUPABASE = `Object.defineProperty(navigator, 'userAgent', { value: 'Deno/2.1.4 (variant; SupabaseEdgeRuntime/1.69.0)' })
Deno.permissions.querySync = () => ({ state: 'granted' })
const { Client } = await import('hundredms')
new Client({ accessKey: 'key', secret: 'secret' })
console.log('a client without the addon')
`

const WITHOUT_CREDENTIALS = `import { Client } from 'hundredms/edge'
try { new Client() } catch (error) { console.log(String(error)) }
`

/** Check what Deno says where it does not load the addon; and Node with the condition of browsers, as in Jest with jsdom. */
export function refusals() {
  const deno = here('node_modules/.bin/deno')
  const words = ['run', '--quiet', '--no-prompt']
  const advice = /ConfigurationError: .*import `npm:hundredms\/edge`.*Requires (env|read|ffi) access to /
  const addon = here('.program-addon.node')
  writeFileSync(addon, 'no addon, which is not looked at')
  const withAddon = { HUNDREDMS_ADDON: addon }
  assert.match(printed(deno, [...words, '--allow-env', '--allow-read'], REQUIRE, withAddon), advice)
  assert.equal(printed(deno, words, AS_SUPABASE), 'a client without the addon\n')
  assert.match(
    printed(deno, [...words, '--allow-ffi'], IMPORT),
    /^hundredms runs as WebAssembly, .*Requires env access to /,
  )
  assert.match(
    printed(deno, [...words, '--allow-all'], IMPORT, withAddon),
    /^hundredms runs as WebAssembly, .*HUNDREDMS_ADDON/,
  )
  const set = { HMS_ACCESS_KEY: 'key', HMS_SECRET: 'secret' }
  assert.match(
    printed(deno, words, WITHOUT_CREDENTIALS, set),
    /no credentials: .*, which Deno shows to programs with --allow-env/,
  )
  assert.equal(printed(deno, [...words, '--allow-env'], WITHOUT_CREDENTIALS, set), '')
  assert.match(printed(process.execPath, ['--conditions', 'browser'], IMPORT), /^Error: hundredms is for servers: /)
  console.log('where the package cannot run, it says so')
}
