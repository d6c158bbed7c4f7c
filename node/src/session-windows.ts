// Windows: parts of a range of time, for reading its sessions with several processes, each session exactly once.

import { checkObject, type Time } from './arguments'
import type { Fetched } from './core'
import { DecodeError } from './errors'
import { List } from './list'
import { millisecondsOf } from './milliseconds'
import type { CallOptions } from './options'
import { refused } from './refused'
import { coreOf, Resource } from './resource'
import type { Session, SessionList, SessionsListParams } from './resources/sessions'

/** A part of a range of time, as plain data, the same in all languages. A session belongs to the window in which it started. */
export interface SessionWindow {
  /** Start, as RFC 3339 text. A session that starts at this time belongs to the window. */
  readonly after: string
  /** End. A session that starts at this time belongs to the next window. */
  readonly before: string
}

const NAME = 'sessions.windows'
const LIST = 'sessions.list'

/** The maximum number of windows. */
const MOST = 1_000_000

/**
 * How many milliseconds more than a window are requested on either side. What lies outside of the window is left out, so it does not matter
 * whether the service includes bounds, or rounds them.
 */
const MARGIN = 1000

/** The last time that is requested; the service takes none much later. */
const END = Date.UTC(9999, 0)

/** The start of a range, and its length. */
function rangeOf(operation: string, prefix: string, after: Time, before: Time): [start: number, span: number] {
  const start = millisecondsOf(operation, `${prefix}after`, after)
  const span = millisecondsOf(operation, `${prefix}before`, before) - start
  if (span >= 1) return [start, span]
  throw refused(operation, `${prefix}before`, `must be later than \`${prefix}after\`, by a millisecond or more`)
}

/**
 * Cut a range of time into `n` windows of the same length, earliest first. It needs no client.
 *
 * Each time of the range is in exactly one window, `after` in the first one; `before` is in none. Windows begin and end at whole
 * milliseconds, in which the service counts: finer parts of the arguments are dropped.
 *
 * @param n Number of windows. Between 1 and 1,000,000, and at most one per millisecond.
 * @throws InvalidRequestError if `before` is not after `after`, a time has no zone, or `n` is out of range.
 */
export function sessionWindows(after: Time, before: Time, n: number): SessionWindow[] {
  const [start, span] = rangeOf(NAME, '', after, before)
  if (!Number.isInteger(n) || n < 1 || n > MOST) throw refused(NAME, 'n', `must be between 1 and ${MOST}`)
  if (n > span) throw refused(NAME, 'n', `must be at most ${span}, the number of milliseconds of the range`)
  // Whole numbers that are exact: the product of the range and an index might not be.
  const edge = (index: number) =>
    new Date(start + Math.floor(span / n) * index + Math.floor(((span % n) * index) / n)).toISOString()
  return Array.from({ length: n }, (_, index) => ({ after: edge(index), before: edge(index + 1) }))
}

/** What is written by hand of the sessions of a client. */
export abstract class SessionWindows extends Resource {
  /**
   * Cut a range of time into `n` windows, so that several processes can read its sessions, each exactly once. The same as
   * `sessionWindows`. Sends nothing.
   *
   * ```js
   * for (const window of client.sessions.windows('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', 31)) {
   *   for await (const session of client.sessions.listWindow(window, { active: false })) console.log(session.id)
   * }
   * ```
   *
   * @param n Number of windows. Between 1 and 1,000,000, and at most one per millisecond.
   * @throws InvalidRequestError if `before` is not after `after`, a time has no zone, or `n` is out of range.
   */
  windows(after: Time, before: Time, n: number): SessionWindow[] {
    return sessionWindows(after, before, n)
  }

  /**
   * List the sessions that started within a window.
   *
   * Requests one second more on either side, and leaves out the sessions that started outside of the window. A page may therefore be
   * shorter, or empty. A session without a start time causes a `DecodeError`, because it belongs to no window.
   *
   * A session that starts or ends meanwhile may be missing. Read ranges that ended more than 12 hours ago, the maximum length of a
   * session: reading a window again then returns the same sessions.
   *
   * @throws InvalidRequestError if `before` is not after `after`, or a time has no zone.
   */
  listWindow(
    window: SessionWindow,
    params: Omit<SessionsListParams, 'after' | 'before'> = {},
    options?: CallOptions,
  ): List<Session, SessionList> {
    checkObject(LIST, 'the window', window)
    const core = coreOf(this)
    const [after, span] = rangeOf(LIST, 'window.', window.after, window.before)
    const before = after + span
    const startsWithin = ({ created_at }: Session, index: number) => {
      const start = Date.parse(created_at ?? '')
      if (!Number.isNaN(start)) return after <= start && start < before
      const field = `data[${index}].created_at`
      const message = `${field} cannot be decoded: is missing, so the session belongs to no window`
      throw new DecodeError({ kind: 'decode', message, operation: LIST, field }, `${LIST}: ${message} (decode)`)
    }
    const page = async <Page>(operation: string, args: object, options?: CallOptions): Promise<Fetched<Page>> => {
      const { page, cursor } = await core.page<SessionList>(operation, args, options)
      return { page: { ...page, data: page.data.filter(startsWithin) } as Page, cursor }
    }
    const asked = (time: number, margin: number) => new Date(Math.min(Math.max(time, 0), END) + margin)
    const bounds = { after: asked(after, -MARGIN), before: asked(before, MARGIN) }
    return new List({ page }, { operation: LIST, items: 'data', param: 'start' }, bounds, options, params)
  }
}
