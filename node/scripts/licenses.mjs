// The licenses, which stand at the root of the repository and go into each package; those of the crates go with the addon.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const licenses = ['LICENSE-APACHE', 'LICENSE-MIT']
export const addonLicenses = [...licenses, 'THIRD-PARTY-LICENSES.txt']

export function copyLicenses(folder, names) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  for (const name of names) copyFileSync(join(root, name), join(folder, name))
}
