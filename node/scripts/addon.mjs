// Builds the addon for this machine and makes the package of its platform: npm/<platform>/. `npm run build:addon -- dev` builds it
// unoptimized, in less time.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { copyLicenses, licenses } from './licenses.mjs'

const root = new URL('../../', import.meta.url)
const { version, license, repository, engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url)))

const artifacts = execFileSync(
  'cargo',
  [
    'build',
    '--profile',
    process.argv[2] ?? 'addon',
    '--locked',
    '--package',
    'hundredms-node',
    '--message-format',
    'json-render-diagnostics',
  ],
  { cwd: fileURLToPath(root), stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28, encoding: 'utf8' },
)
const library = artifacts
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))
  .filter((message) => message.reason === 'compiler-artifact' && message.target.name === 'hundredms_node')
  .flatMap((message) => message.filenames)
  .find((name) => /\.(so|dylib|dll)$/.test(name))
if (!library) throw new Error('cargo built no library')

const libc =
  process.platform === 'linux' ? [process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'] : undefined
const suffix = { linux: libc?.[0] === 'glibc' ? '-gnu' : '-musl', win32: '-msvc' }[process.platform] ?? ''
const platform = `${process.platform}-${process.arch}${suffix}`
const folder = new URL(`../npm/${platform}/`, import.meta.url)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const main = `hundredms.${platform}.node`
copyFileSync(library, new URL(main, folder))
const manifest = {
  name: `hundredms-${platform}`,
  version,
  description: `The native part of hundredms for ${platform}`,
  license,
  repository,
  engines,
  os: [process.platform],
  cpu: [process.arch],
  ...(libc && { libc }),
  main,
  files: [main, ...licenses],
}
copyLicenses(fileURLToPath(folder))
writeFileSync(new URL('package.json', folder), `${JSON.stringify(manifest, undefined, 2)}\n`)
console.log(`built npm/${platform}/${main}`)
