// `node:crypto`, as far as the package uses it: the digest of a long id.
import { sha256 } from './native'

export function createHash(_algorithm: 'sha256') {
  let text = ''
  const hash = {
    update(more: string) {
      text += more
      return hash
    },
    digest: (_encoding: 'hex') => sha256(text),
  }
  return hash
}
