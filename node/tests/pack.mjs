// Packing, as a maintainer does it: from anywhere, and when it fails.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('..', import.meta.url))

/** Pack into a folder beside `folder` that is named from there, and try to pack into one that is not there. */
export function pack(folder) {
  const manifest = readFileSync(`${here}package.json`, 'utf8')
  mkdirSync(`${folder}/relative`)
  const words = ['pack', '--silent', here, '--pack-destination']
  execFileSync('npm', [...words, 'relative'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const packed = readdirSync(`${folder}/relative`)
  assert.equal(packed.length, 2, packed.join())
  for (const name of packed) {
    const files = execFileSync('tar', ['--list', '--file', `${folder}/relative/${name}`], { encoding: 'utf8' })
    assert.match(files, /LICENSE-APACHE/)
    assert.match(files, /LICENSE-MIT/)
    // What the addon is linked with, and nothing of it in the package without machine code.
    assert.equal(/THIRD-PARTY-LICENSES/.test(files), /\.node$/m.test(files), files)
  }
  assert.equal(readFileSync(`${here}package.json`, 'utf8'), manifest)
  assert.notEqual(spawnSync('npm', [...words, 'nowhere'], { cwd: folder }).status, 0)
  assert.equal(readFileSync(`${here}package.json`, 'utf8'), manifest)
  console.log('npm pack: as expected')
}
