// After packing: takes out again what the registry need not know for a build from source, and what is kept elsewhere.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { licenses } from './licenses.mjs'

const file = new URL('../package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
delete manifest.optionalDependencies
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
for (const name of licenses) rmSync(new URL(`../${name}`, import.meta.url), { force: true })
