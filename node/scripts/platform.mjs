// Makes the package of a platform, npm/<platform>/, around an addon built for it: node scripts/platform.mjs PLATFORM ADDON
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addonLicenses, copyLicenses } from './licenses.mjs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url)))
const { version, license, author, homepage, bugs, repository, engines } = manifest

const LIBC = { gnu: 'glibc', musl: 'musl' }

export function platformPackage(platform, addon) {
  const [os, cpu, abi] = platform.split('-')
  const folder = new URL(`../npm/${platform}/`, import.meta.url)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const main = `hundredms.${platform}.node`
  copyFileSync(addon, new URL(main, folder))
  const manifest = {
    name: `hundredms-${platform}`,
    version,
    description: `The native part of hundredms for ${platform}`,
    license,
    author,
    homepage,
    bugs,
    repository,
    engines,
    os: [os],
    cpu: [cpu],
    ...(LIBC[abi] && { libc: [LIBC[abi]] }),
    main,
    files: [main, ...addonLicenses, 'README.md'],
  }
  copyLicenses(fileURLToPath(folder), addonLicenses)
  writeFileSync(
    new URL('README.md', folder),
    `# ${manifest.name}\n\nThe native part of [hundredms](https://www.npmjs.com/package/hundredms) for ${platform}. Install \`hundredms\`, which brings it.\n`,
  )
  writeFileSync(new URL('package.json', folder), `${JSON.stringify(manifest, undefined, 2)}\n`)
  console.log(`built npm/${platform}/${main}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) platformPackage(...process.argv.slice(2))
