// Compiles the TypeScript to dist/.
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
rmSync(here('../dist'), { recursive: true, force: true })
execFileSync(process.execPath, [here('../node_modules/typescript/bin/tsc'), '--project', here('../tsconfig.json')], {
  stdio: 'inherit',
})
chmodSync(here('../dist/command.js'), 0o755)
