// Builds the addon for this machine and makes the package of its platform: npm/<platform>/. `npm run build:addon -- dev` builds it
// unoptimized, in less time.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { host } from './host.mjs'
import { platformPackage } from './platform.mjs'

const root = new URL('../../', import.meta.url)

const artifacts = execFileSync(
  'cargo',
  [
    'build',
    '--profile',
    process.argv[2] ?? 'dist',
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

platformPackage(host, library)
