// Arguments on the way to the core: JSON text, with nothing lost on the way.
import { refused } from './errors'

/** A time that goes in: a Date, or RFC 3339 text, which may be finer than milliseconds. */
export type Time = Date | string

/** Write arguments as JSON. `undefined` means absent; what JSON would drop or turn into null is refused. */
export function encode(operation: string, value: unknown): string {
  inspect(operation, '', value)
  return JSON.stringify(value)
}

function inspect(operation: string, path: string, value: unknown): void {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw refused(operation, path, `must be a number, not ${value}`)
      return
    case 'bigint':
    case 'function':
    case 'symbol':
      throw refused(operation, path, `must not be a ${typeof value}`)
    case 'object':
      if (value === null) return
      if (Array.isArray(value)) {
        for (let at = 0; at < value.length; at += 1) {
          if (value[at] === undefined) throw refused(operation, `${path}[${at}]`, 'must not be undefined')
          inspect(operation, `${path}[${at}]`, value[at])
        }
        return
      }
      inspectObject(operation, path, value)
      return
    default:
  }
}

function inspectObject(operation: string, path: string, value: object): void {
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    if (Object.prototype.toString.call(value) === '[object Date]' && Number.isNaN(Number(value))) {
      throw refused(operation, path, 'must be a valid date')
    }
    return
  }
  const kind = Object.prototype.toString.call(value)
  if (kind !== '[object Object]') throw refused(operation, path, `must be plain data, not ${kind.slice(8, -1)}`)
  for (const key in value) {
    inspect(operation, path ? `${path}.${key}` : key, (value as Record<string, unknown>)[key])
  }
}

/** The arguments in front of the parameters, by their names on the wire. */
export type Alone = Readonly<Record<string, unknown>>

/** Put the arguments that stand alone and the parameters together; a parameter must not name one that stands alone. */
export function join(operation: string, alone: Alone, params: object): Record<string, unknown> {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw refused(operation, '', 'the parameters must be an object')
  }
  for (const name in alone) {
    if (name in params) throw refused(operation, name, 'is given twice: in front and among the parameters')
  }
  return { ...alone, ...params }
}
