// The events of the service's own history as they come, for programs without a public URL.
import type { Alone, Time } from '../arguments'
import type { Client } from '../client'
import { refused } from '../refused'
import { coreOf } from '../resource'
import type { WebhookEventName } from '../resources'
import { known } from '../tokens'
import type { Event } from './event'
import { parse } from './receiver'

/** Where a tail starts, and which events it yields. */
export interface TailOptions {
  /** Where to start. At most 30 days ago. Defaults to now. */
  readonly since?: Time | undefined
  /** Where to continue, instead of `since`: the cursor of an earlier tail. */
  readonly cursor?: string | undefined
  /** Only events of this room. */
  readonly room_id?: string | undefined
  /** Only events of these types. */
  readonly event_names?: readonly WebhookEventName[] | undefined
  /** Ends it: the loop over it throws the reason. */
  readonly signal?: AbortSignal | undefined
}

interface Look {
  /** The new events, each as the text of a body. */
  readonly events: readonly string[]
  readonly before: string
  readonly after: string
  readonly state: object
}

/** A cursor as the core writes it. */
interface Cursor {
  readonly since: string
  readonly seen: Record<string, string>
}

const JOB = 'webhooks.tail'

/** Counts as later than all others, for an event without a time. */
const LATEST = '9999-12-30T00:00:00Z'

/**
 * Yield the events of the service's history as they come, without a public URL.
 *
 * Looks at the history again and again, with pauses of 1 s that grow to 10 s while nothing happens. Each event comes once, by its id,
 * oldest first within a look. The history lists an event after its delivery was attempted, so a webhook URL must be configured, even one
 * that nobody answers, and an event that is listed more than five minutes after its time may be missed. It lists only some event types
 * and has less data than the webhooks, so some events are malformed. It reaches back 30 days. An event that is replayed more than five
 * minutes later comes again.
 *
 * Looks that fail because of the network or the service are repeated: at first five in a row, and after a successful one for about ten
 * minutes. After an error, `next` continues where it was.
 *
 * ```js
 * for await (const event of webhooks.tail(client)) {
 *   if (event.problem !== undefined) continue
 *   if (event.type === 'peer.join.success') console.log(event.data.peer_id)
 * }
 * ```
 *
 * @throws InvalidRequestError if an option is unknown or invalid.
 */
export function tail(client: Client, options: TailOptions = {}): Tail {
  if (typeof client?.analytics !== 'object') throw refused(JOB, 'client', 'must be a Client')
  known(JOB, options, ['since', 'cursor', 'room_id', 'event_names', 'signal'])
  if (options.since !== undefined && options.cursor !== undefined) {
    throw refused(JOB, 'cursor', 'must not be given together with since')
  }
  return new Tail(client, options)
}

/** The events of the service's history, without end. `return` ends it at once, as leaving a `for await` loop does. */
export class Tail implements AsyncIterableIterator<Event> {
  readonly #client: Client
  readonly #ended = new AbortController()
  readonly #signal: AbortSignal
  #arguments: Alone
  #events: Event[] = []
  #cursor: Cursor | undefined
  #given: string | undefined
  #after = ''
  /** The calls of `next` wait for each other. */
  #last: Promise<unknown> = Promise.resolve()

  /** @internal */
  constructor(client: Client, { since, cursor, room_id, event_names, signal }: TailOptions) {
    this.#client = client
    this.#arguments = { since, cursor, room_id, event_names }
    this.#given = cursor
    this.#signal = signal ? AbortSignal.any([signal, this.#ended.signal]) : this.#ended.signal
  }

  /**
   * The place after the last event, to continue there with the option `cursor`. Undefined before the first event. It contains the ids of
   * the events of the last ten minutes.
   */
  get cursor(): string | undefined {
    return this.#cursor === undefined ? this.#given : JSON.stringify(this.#cursor)
  }

  /** Wait for the next event. */
  next(): Promise<IteratorResult<Event, undefined>> {
    const next = this.#last.then(() => this.#next())
    this.#last = next.catch(() => undefined)
    return next
  }

  /** End it. An event that is waited for does not come any more. */
  return(): Promise<IteratorResult<Event, undefined>> {
    this.#ended.abort()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #next(): Promise<IteratorResult<Event, undefined>> {
    while (!this.#ended.signal.aborted) {
      const value = this.#events.shift()
      if (value !== undefined) {
        this.#passed(value)
        return { done: false, value }
      }
      try {
        await this.#look()
      } catch (error) {
        if (!this.#ended.signal.aborted) throw error
      }
    }
    return { done: true, value: undefined }
  }

  async #look(): Promise<void> {
    const core = coreOf(this.#client.analytics)
    const look = await core.runJob<Look, never>(JOB, this.#arguments, { signal: this.#signal })
    this.#events = look.events.map((body) => parse(body))
    this.#arguments = { ...this.#arguments, cursor: look.after, state: look.state }
    this.#after = look.after
    this.#cursor = JSON.parse(this.#events.length > 0 ? look.before : look.after) as Cursor
  }

  /** Move the cursor behind an event. */
  #passed({ id, timestamp }: Event): void {
    if (this.#events.length === 0) this.#cursor = JSON.parse(this.#after) as Cursor
    else if (this.#cursor !== undefined) this.#cursor.seen[id] = timestamp ?? LATEST
  }
}
