// After packing: takes the optional dependencies out again, which the registry need not know for a build from source.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
delete manifest.optionalDependencies
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
