// Arguments on the way to the core: JSON text, with nothing lost on the way.

import { isDate, wrongObject, wrongText } from './checks'
import { refused } from './refused'
import { RECIPIENTS } from './resources/recipients'

/** A time that goes in: a Date, or RFC 3339 text, which may be finer than milliseconds. */
export type Time = Date | string

/** Write arguments as JSON. `undefined` means absent, except for a recipient; what JSON would drop or turn into null is refused. */
export function encode(operation: string, value: unknown, name = ''): string {
  checkRecipients(operation, value)
  inspect(operation, name, value, 0)
  return JSON.stringify(value)
}

/** Refuse a recipient that is there and undefined: without one the call reaches everybody. */
function checkRecipients(operation: string, value: unknown): void {
  if (!Object.hasOwn(RECIPIENTS, operation) || typeof value !== 'object' || value === null) return
  for (const name of RECIPIENTS[operation] ?? []) {
    if (name in value && (value as Record<string, unknown>)[name] === undefined) {
      throw refused(operation, name, 'must not be undefined; omit the argument instead')
    }
  }
}

/** Refuse what is no text. */
export function checkText(operation: string | undefined, name: string, value: unknown): void {
  const wrong = wrongText(value)
  if (wrong) throw refused(operation, name, `${wrong}${advice(name, value)}`)
}

/** Say which field to pass instead of the object that has it, as the core does: `DeserializeError::about_arguments`. */
function advice(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const has = (field: string) => typeof (value as Record<string, unknown>)[field] === 'string'
  const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (has(field)) return `: pass its ${field}`
  return field.endsWith('_id') && has('id') ? `: pass its id, ${field.slice(0, -'_id'.length)}.id` : ''
}

/** Refuse what is no object of plain data. */
export function checkObject(operation: string, name: string, value: unknown): void {
  const wrong = wrongObject(value)
  if (wrong) throw refused(operation, '', `${name} ${wrong}`)
}

/** What is nested deeper refers to itself. */
const DEEPEST = 100

function inspect(operation: string, path: string, value: unknown, depth: number): void {
  if (depth > DEEPEST) {
    throw refused(operation, /^[^.[]*/.exec(path)?.[0] ?? '', 'is nested too deeply, or refers to itself')
  }
  switch (typeof value) {
    case 'string':
      checkText(operation, path, value)
      return
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
          inspect(operation, `${path}[${at}]`, value[at], depth + 1)
        }
        return
      }
      inspectObject(operation, path, value, depth)
      return
    default:
  }
}

function inspectObject(operation: string, path: string, value: object, depth: number): void {
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    if (isDate(value) && Number.isNaN(value.getTime())) {
      throw refused(operation, path, 'must be a valid date')
    }
    const written: unknown = value.toJSON(path.slice(path.lastIndexOf('.') + 1))
    // As an invalid time of Moment, Luxon or Day.js does.
    if (written === undefined || written === null) {
      throw refused(operation, path, `must be a value that JSON can hold: its toJSON gives ${written}`)
    }
    // What it gives is written as it is, even if it has a toJSON again.
    if (typeof written !== 'object' || !('toJSON' in written)) inspect(operation, path, written, depth + 1)
    return
  }
  const wrong = wrongObject(value)
  if (wrong) throw refused(operation, path, wrong)
  // Own ones only, as JSON writes them.
  for (const key of Object.keys(value)) {
    checkText(operation, path, key)
    inspect(operation, path ? `${path}.${key}` : key, (value as Record<string, unknown>)[key], depth + 1)
  }
}

/** The arguments in front of the parameters, by their names on the wire. */
export type Alone = Readonly<Record<string, unknown>>

/** Put the arguments that stand alone and the parameters together; a parameter must not name one that stands alone. */
export function join(operation: string, alone: Alone, params: object): Record<string, unknown> {
  checkObject(operation, 'the parameters', params)
  for (const name of Object.keys(alone)) {
    if (Object.hasOwn(params, name)) throw refused(operation, name, 'is given twice: in front and among the parameters')
  }
  return { ...alone, ...params }
}
