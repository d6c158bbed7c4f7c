// An empty project outside the repository with the packed packages installed in it, as a user would have it.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { host } from './host.mjs'

const here = fileURLToPath(new URL('..', import.meta.url))

/** Run a command in `folder`, with its output on the terminal; fail when it fails. */
export function run(folder, command, ...words) {
  execFileSync(command, words, { cwd: folder, stdio: 'inherit' })
}

/** Pack this package and the one of its platform into `folder`; gives the paths. */
function pack(folder) {
  mkdirSync(folder)
  run(here, 'npm', 'pack', '--silent', '--pack-destination', folder)
  return installable(folder)
}

/**
 * The packed packages in `folder` that a machine installs: that of its platform, then the one that asks for it. Those of other platforms,
 * which are packed too if `dist` has built for them, are left out: npm refuses them.
 */
export function installable(folder, platform = host) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  return [`hundredms-${platform}`, 'hundredms'].map((packed) => {
    const name = names.find((name) => name.startsWith(`${packed}-`) && /^\d/.test(name.slice(packed.length + 1)))
    if (!name) throw new Error(`${folder} has no package ${packed}; build it by \`npm run build\``)
    return join(folder, name)
  })
}

/** Install what the lock file in `folder` says. */
export function install(folder) {
  run(folder, 'npm', 'ci', '--no-audit', '--no-fund', '--silent')
}

/** Make a project from the files in `template`, or an empty one, and give its folder and the tarballs installed in it to `use`. */
export async function project(template, use, ready) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hundredms-project-')))
  try {
    if (template) {
      cpSync(join(here, template), folder, { recursive: true, filter: (path) => !path.includes('node_modules') })
      install(folder)
    } else {
      writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    }
    cpSync(join(here, 'examples'), join(folder, 'examples'), { recursive: true })
    const tarballs = ready ?? pack(join(folder, 'packed'))
    run(folder, 'npm', 'install', '--no-save', '--no-audit', '--no-fund', '--silent', '--no-package-lock', ...tarballs)
    await use(folder, tarballs)
  } finally {
    // Again if it is not empty: Vite writes its cache when its tests have ended.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
