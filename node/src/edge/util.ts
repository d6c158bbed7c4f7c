// `node:util`, as far as the package uses it.
import { builtin } from './builtin'

interface Inspect {
  (value: unknown, options?: object): string
  readonly custom: symbol
}

const custom = Symbol.for('nodejs.util.inspect.custom')
const plain: Inspect = Object.assign((value: unknown) => String(value), { custom })

export const inspect: Inspect = builtin<{ readonly inspect?: Inspect }>('node:util')?.inspect ?? plain

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1)

export const types = {
  isNativeError: (value: unknown): value is Error => tagOf(value) === 'Error',
  isPromise: (value: unknown): value is Promise<unknown> => tagOf(value) === 'Promise',
}
