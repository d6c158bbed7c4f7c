// Which of the packed packages a project installs.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { installable } from '../scripts/project.mjs'

const folder = mkdtempSync(join(tmpdir(), 'hundredms-packed-'))
after(() => rmSync(folder, { recursive: true }))

const PLATFORMS = ['darwin-arm64', 'linux-arm64-gnu', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']
for (const name of ['hundredms', ...PLATFORMS.map((platform) => `hundredms-${platform}`)]) {
  writeFileSync(join(folder, `${name}-1.2.3-rc.1.tgz`), '')
}

test('packages of other platforms beside that of this one are left out', () => {
  for (const platform of PLATFORMS) {
    const names = installable(folder, platform).map((path) => basename(path))
    assert.deepEqual(names, [`hundredms-${platform}-1.2.3-rc.1.tgz`, 'hundredms-1.2.3-rc.1.tgz'])
  }
})

test('a package that was not built is named', () => {
  assert.throws(() => installable(folder, 'linux-riscv64-gnu'), /no package hundredms-linux-riscv64-gnu; build it/)
})
