// Loading the addon where there is none: one error that says why and what to do.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'hundredms-loader-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'no-addon.node')
writeFileSync(file, 'no addon')

function load(prelude, env = {}) {
  const { stderr } = spawnSync(process.execPath, ['--eval', `${prelude}; require('hundredms')`], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return stderr
}

test('an unsupported platform is named, with the platforms there are and what to do', () => {
  const stderr = load(`Object.defineProperty(process, 'arch', { value: 'mips' })`)
  assert.match(
    stderr,
    /ConfigurationError: the addon of hundredms does not load on linux mips \((gnu|musl)\), Node v\d/,
  )
  assert.match(stderr, /there is no build for linux-mips-(gnu|musl), only for .*linux-x64-gnu/)
  assert.match(stderr, /build bindings\/node from source and set HUNDREDMS_ADDON/)
})

test('a package that is not installed is named, with what to do and the cause', () => {
  const stderr = load(`Object.defineProperty(process, 'arch', { value: process.arch === 'x64' ? 'arm64' : 'x64' })`)
  assert.match(stderr, /the package hundredms-linux-[\w-]+ is not installed; install without --omit=optional/)
  assert.match(stderr, /Cannot find module 'hundredms-linux-/)
})

test('a file that is no addon is told apart, with the cause of the system', () => {
  const stderr = load('', { HUNDREDMS_ADDON: file })
  assert.match(stderr, /the file in HUNDREDMS_ADDON is there but does not load/)
  assert.match(stderr, /\(configuration\): .*no-addon\.node: /)
})

test('a file that is not there is told apart', () => {
  const stderr = load('', { HUNDREDMS_ADDON: `${file}-gone` })
  assert.match(stderr, /the file in HUNDREDMS_ADDON is not there; name one built with `npm run build:addon`/)
})
