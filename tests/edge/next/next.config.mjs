import { fileURLToPath } from 'node:url'

// The package is installed in the folder above.
export default { turbopack: { root: fileURLToPath(new URL('..', import.meta.url)) } }
