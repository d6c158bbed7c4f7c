// Checks of arguments and options. A check returns what is wrong with a value, and never shows the value.
import { misconfigured } from './refused'

/** Returns what is wrong with a value, if anything. */
export type Check = (value: unknown) => string | undefined

/** Return whether a value is a Date, which may be of another realm. */
export function isDate(value: unknown): value is Date {
  return tagOf(value) === 'Date'
}

/** Return the kind of a value, for a message that refuses it. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  const tag = tagOf(value)
  return tag === 'Promise' ? 'Promise: was an await forgotten?' : tag
}

/** Return the name of the builtin class of a value, which may be of another realm. */
export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

export function wrongObject(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object'
  const tag = tagOf(value)
  // A module is the result of `import * as`.
  return tag === 'Object' || tag === 'Module' ? undefined : `must be plain data, not ${kindOf(value)}`
}

export function wrongText(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string'
  // The types of ES2023 do not have it; Node 20 does.
  if ((value as string & { isWellFormed(): boolean }).isWellFormed()) return undefined
  return 'must be well-formed text: it contains half of a surrogate pair'
}

export function wrongCount(value: unknown, end = 2 ** 32): string | undefined {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < end) return undefined
  return 'must be a whole number, 0 or more'
}

export function wrongTime(value: unknown): string | undefined {
  if (typeof value !== 'number') return `must be a number of milliseconds, not ${kindOf(value)}`
  if (value > 0 && value < 2 ** 53) return undefined
  return 'must be more than 0 milliseconds'
}

export function wrongFunction(value: unknown): string | undefined {
  return typeof value === 'function' ? undefined : 'must be a function'
}

/** The options: the name in the core, if the core has it; the check; and a conversion, if it is needed. */
export type Options<Of> = {
  readonly [Name in keyof Of]-?: readonly [known: string | undefined, check: Check, write?: (value: unknown) => unknown]
}

/** Check options and convert them for the core. Unknown and invalid ones are refused. `undefined` and `absent` mean that one is missing. */
export function convert<Of extends object>(options: Of, known: Options<Of>, absent?: null): Record<string, unknown> {
  const none = wrongObject(options)
  if (none) throw misconfigured(`the options ${none}`)
  const converted: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, name))
      throw misconfigured(`${name}: there is no such option${guess(name, Object.keys(known))}`)
    if (value === undefined || value === absent) continue
    const [written, check, write] = known[name as keyof Of]
    const wrong = check(value)
    if (wrong) throw misconfigured(`${name}: ${wrong}`)
    if (written) converted[written] = write ? write(value) : value
  }
  return converted
}

/** Own options only: a program, or an attack, may have put properties on the prototype of all objects. */
export function ownOf<Of extends object>(options: Of | null | undefined): Of {
  return Object.assign(Object.create(null), options)
}

/** Suggest a known name, if one is similar. */
export function guess(name: string, known: readonly string[]): string {
  const plain = (word: string) => word.replaceAll(/[_.-]/g, '').toLowerCase()
  // `secretKey` for `secret`.
  const start = known.find((word) => word.length > 3 && plain(name).startsWith(plain(word)))
  if (start !== undefined) return `; did you mean ${start}?`
  const near = known
    .map((word) => ({ word, distance: distanceOf(plain(word), plain(name)) }))
    .sort((one, other) => one.distance - other.distance)[0]
  if (near === undefined || near.distance > Math.min(2, Math.floor(name.length / 3))) return ''
  return `; did you mean ${near.word}?`
}

/** The edit distance of two words: how many letters must be changed, added, removed or swapped. */
function distanceOf(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    rows.push(line)
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
  }
  return at(one.length, other.length)
}
