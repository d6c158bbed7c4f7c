/** Reads a time. */

import { encode, type Time } from './arguments'
import { refused } from './refused'

/** RFC 3339. `Date` misreads more digits. */
const WRITTEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** The milliseconds of the text, or of what writes itself as such text, as a Date does. */
export function millisecondsOf(operation: string, field: string, time: Time): number {
  const refuse = (reason: string) => refused(operation, field, reason)
  if (time === undefined || time === null) throw refuse('is missing; give a Date, or RFC 3339 text with a zone')
  const text = String(JSON.parse(encode(operation, { [field]: time }))[field]).toUpperCase()
  const day = text.slice(0, 19)
  // A `Date` takes 30 February for 2 March. The text of a year that has more digits is longer.
  const exists = WRITTEN.test(text) && new Date(`${day}Z`).toJSON()?.startsWith(day)
  if (!exists || new Date(text).toJSON()?.length !== 24)
    throw refuse('must be a valid date, or RFC 3339 text with a zone')
  return Date.parse(text)
}
