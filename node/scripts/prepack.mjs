// Before packing: names the packages of the platforms as optional dependencies, and packs the one built here beside.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = new URL('../package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
const { platforms } = await import('../dist/platforms.js')
manifest.optionalDependencies = Object.fromEntries(platforms.map((name) => [`hundredms-${name}`, manifest.version]))
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)

const built = new URL('../npm/', import.meta.url)
if (existsSync(built)) {
  for (const platform of readdirSync(built)) {
    const destination = process.env.npm_config_pack_destination ?? fileURLToPath(new URL('..', import.meta.url))
    execFileSync('npm', ['pack', '--silent', '--pack-destination', destination], {
      cwd: fileURLToPath(new URL(`${platform}/`, built)),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
}
