// Before packing: packs the package of the platform built here beside, and names the packages of all platforms as optional dependencies.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { platforms } from '../dist/platforms.js'
import { copyLicenses, licenses } from './licenses.mjs'

const here = fileURLToPath(new URL('..', import.meta.url))
// As npm reads it: from where it was called.
const destination = resolve(process.env.INIT_CWD ?? here, process.env.npm_config_pack_destination ?? '.')
const built = new URL('../npm/', import.meta.url)
if (existsSync(built)) {
  for (const platform of readdirSync(built)) {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', destination], {
      cwd: fileURLToPath(new URL(`${platform}/`, built)),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
}

// Last, so that nothing that fails before leaves it so.
const file = new URL('../package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
manifest.optionalDependencies = Object.fromEntries(platforms.map((name) => [`hundredms-${name}`, manifest.version]))
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
copyLicenses(here, licenses)
