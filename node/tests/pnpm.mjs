// A project of pnpm, where a package sees what it asks for and nothing else.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { platforms } from '../dist/platforms.js'

/** Install the tarballs by pnpm beside the project in `folder`, which has pnpm, and run a program there. */
export function pnpm(folder, tarballs) {
  const own = join(folder, 'pnpm')
  mkdirSync(own)
  const name = (tarball) => basename(tarball).replace(/-\d.*$/, '')
  const files = Object.fromEntries(tarballs.map((tarball) => [name(tarball), `file:${tarball}`]))
  // The packages of other platforms are in no registry here: they are left out, as where they do not fit.
  const others = Object.fromEntries(platforms.map((platform) => [`hundredms-${platform}`, '-']))
  const { hundredms, ...platform } = files
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { hundredms },
    pnpm: { overrides: { ...others, ...platform } },
  }
  writeFileSync(join(own, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(own, '.npmrc'), `hoist=false\nnode-linker=isolated\nstore-dir=${join(own, 'store')}\n`)
  const command = join(folder, 'node_modules/pnpm/bin/pnpm.cjs')
  const words = ['install', '--offline', '--ignore-workspace', '--silent']
  execFileSync(process.execPath, [command, ...words], { cwd: own, stdio: 'inherit' })
  for (const file of ['run.mjs', 'run.cjs']) {
    cpSync(join(folder, file), join(own, file))
    execFileSync(process.execPath, [file], { cwd: own, stdio: 'inherit' })
  }
  console.log('pnpm: as expected')
}
