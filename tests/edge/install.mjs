// Installs the built package as users have it: the files that it is packed with.
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const folder = here('node_modules/hundredms')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const name of ['dist', 'package.json'])
  cpSync(here(`../../node/${name}`), `${folder}/${name}`, { recursive: true })
