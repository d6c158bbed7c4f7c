// The licenses, which stand at the root of the repository and go into each package.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const licenses = ['LICENSE-APACHE', 'LICENSE-MIT']

export function copyLicenses(folder) {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  for (const name of licenses) copyFileSync(join(root, name), join(folder, name))
}
