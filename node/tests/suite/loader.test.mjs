// Loading the addon where there is none: one error that says why and what to do.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'hundredms-loader-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'no-addon.node')
writeFileSync(file, 'no addon')

const PACKAGE = createRequire(import.meta.url).resolve('hundredms')

function load(prelude, env = {}, cwd = import.meta.dirname) {
  const script = `${prelude}; require(${JSON.stringify(PACKAGE)})`
  const { stderr } = spawnSync(process.execPath, ['--eval', script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return stderr
}

test('an unsupported platform is named, with the platforms there are and what to do', () => {
  const stderr = load(`Object.defineProperty(process, 'arch', { value: 'mips' })`)
  assert.match(
    stderr,
    /ConfigurationError: the addon of hundredms does not load on linux mips \((glibc [\d.]+|musl)\), Node v\d/,
  )
  assert.match(stderr, /there is no build for linux-mips-(gnu|musl), only for .*linux-x64-gnu/)
  assert.match(stderr, /build bindings\/node from source and set HUNDREDMS_ADDON/)
})

test('a package that is not installed is named, with what to do and the cause', () => {
  const stderr = load(`Object.defineProperty(process, 'arch', { value: process.arch === 'x64' ? 'arm64' : 'x64' })`)
  assert.match(stderr, /the package hundredms-linux-[\w-]+ is not installed; install without --omit=optional/)
  assert.match(stderr, /package-lock\.json was written on another platform: delete node_modules and package-lock\.json/)
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

test('HUNDREDMS_ADDON is a path from where the program runs', () => {
  copyFileSync(
    createRequire(import.meta.url).resolve(`hundredms-${process.env.HUNDREDMS_TEST_PLATFORM}`),
    join(folder, 'own.node'),
  )
  assert.equal(load('', { HUNDREDMS_ADDON: './own.node' }, folder), '')
  assert.equal(load('', { HUNDREDMS_ADDON: 'own.node' }, folder), '')
  assert.match(load('', { HUNDREDMS_ADDON: './own.node' }), /the file in HUNDREDMS_ADDON is not there/)
})

test('a system that is too old for the addon is told so, with its glibc', {
  skip: !process.env.HUNDREDMS_TEST_PLATFORM.endsWith('-gnu'),
}, () => {
  const addon = readFileSync(createRequire(import.meta.url).resolve(`hundredms-${process.env.HUNDREDMS_TEST_PLATFORM}`))
  const newer = join(folder, 'newer.node')
  writeFileSync(newer, addon.toString('latin1').replaceAll('GLIBC_2.', 'GLIBC_9.'), 'latin1')
  const stderr = load('', { HUNDREDMS_ADDON: newer })
  assert.match(stderr, /\(glibc 2\.\d+\), Node v/)
  assert.match(
    stderr,
    /HUNDREDMS_ADDON needs a newer glibc than this system has; use a newer system, or build bindings\/node/,
  )
  assert.match(stderr, /\(configuration\): .*GLIBC_9[\d.]+' not found/)
})

test('import fails with the same error as require', () => {
  const script = `import('hundredms').catch(({ name, message }) => console.log(name, message))`
  const { stdout } = spawnSync(process.execPath, ['--eval', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, HUNDREDMS_ADDON: file },
    encoding: 'utf8',
  })
  assert.match(stdout, /^ConfigurationError the addon of hundredms does not load .* is there but does not load/)
})

test('browsers are told that the package is for servers', () => {
  for (const name of ['hundredms', 'hundredms/webhooks', 'hundredms/edge']) {
    const script = `import('${name}').catch(({ message }) => console.log(message))`
    const words = ['--conditions=browser', '--eval', script]
    const printed = execFileSync(process.execPath, words, { cwd: import.meta.dirname, encoding: 'utf8' })
    assert.match(printed, /^hundredms is for servers: .*could read the access key and the secret/)
  }
})
