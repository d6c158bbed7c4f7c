// Recovery of events that were not delivered.

import { setTimeout } from 'node:timers/promises'
import type { Time } from '../arguments'
import type { Client } from '../client'
import { millisecondsOf } from '../milliseconds'
import type { CallOptions } from '../options'
import { refused } from '../refused'
import type { AnalyticsWebhookEvent, AnalyticsWebhookReplay, WebhookEventName } from '../resources'
import { known } from '../tokens'
import { parse, type Receiver } from './receiver'

const NAME = 'webhooks.recover'

/** Which deliveries to recover. */
export interface RecoverOptions {
  /** Start of the range. The service keeps the last 30 days. */
  readonly from: Time
  /** End of the range. Defaults to now. */
  readonly to?: Time | undefined
  /** Only events of this room. */
  readonly room_id?: string | undefined
  /** Only events of these types. */
  readonly event_names?: readonly WebhookEventName[] | undefined
}

/** The result of feeding failed deliveries to a receiver. */
export interface Recovered {
  /** Events that a handler handled, or accepted. */
  readonly handled: number
  /** Events that had been handled before. */
  readonly duplicates: number
  /** Events that are being handled, or whose handler died less than a lease ago: recover again to be sure of them. */
  readonly in_progress: number
  /** Events without a handler. */
  readonly unhandled: number
  /** Events whose handler failed. */
  readonly failed: number
}

const LONGEST = 14 * 24 * 60 * 60 * 1000
/** Maximum number of webhooks of one replay. */
const MOST_REPLAYED = 50_000
/** The states of a replay that is over. */
const OVER = new Set<string>(['completed', 'completed_with_failures', 'failed', 'Canceled', 'Terminated'])

const COUNTED = {
  handled: 'handled',
  accepted: 'handled',
  duplicate: 'duplicates',
  in_progress: 'in_progress',
  no_handler: 'unhandled',
  malformed: 'failed',
  failed: 'failed',
  refused: 'failed',
} as const

/**
 * Find failed deliveries, for example after an outage of your server.
 *
 * The service keeps its log for 30 days, and accepts at most 14 days per request: longer ranges are split. It lists only some event
 * types.
 *
 * ```js
 * const missed = webhooks.recover(client, { from: new Date(Date.now() - 86_400_000) })
 * const { handled, failed } = await missed.feed(receiver) // or: await missed.replay()
 * ```
 *
 * @throws InvalidRequestError if the range is missing or empty.
 */
export function recover(client: Client, missed: RecoverOptions): Recovery {
  if (typeof client?.analytics !== 'object') throw refused(NAME, 'client', 'must be a Client')
  const range = missed ?? {}
  known(NAME, range, ['from', 'to', 'room_id', 'event_names'])
  return new Recovery(client, range)
}

/** Failed deliveries that can be listed, replayed or fed to a receiver. */
export class Recovery {
  readonly #client: Client
  readonly #filters: readonly Filters[]

  /** @internal */
  constructor(client: Client, { from, to = new Date(), room_id, event_names }: RecoverOptions) {
    this.#client = client
    this.#filters = windows(millisecondsOf(NAME, 'from', from), millisecondsOf(NAME, 'to', to)).map(
      ([start_time, end_time]) => ({
        start_time,
        end_time,
        room_id,
        event_names,
        status: 'failed',
      }),
    )
  }

  /** List the failed deliveries, each event once, oldest first. */
  async *list(options?: CallOptions): AsyncGenerator<AnalyticsWebhookEvent, void, undefined> {
    const failed = new Map<string, AnalyticsWebhookEvent>()
    for (const filters of this.#filters) {
      for await (const delivery of this.#client.analytics.listWebhookEvents(filters, options)) {
        if (!failed.has(delivery.event_id)) failed.set(delivery.event_id, delivery)
      }
    }
    yield* [...failed.values()].sort(byTime)
  }

  /**
   * Ask the service to send the failed deliveries again, as replays: one workflow for each 14 days, or more if more than 50,000 failed.
   * Each starts when the previous one is over, at ten deliveries a second. This does not wait for the last one.
   */
  async replay(options?: CallOptions): Promise<AnalyticsWebhookReplay[]> {
    const { analytics } = this.#client
    const replays: AnalyticsWebhookReplay[] = []
    for (const filters of this.#filters) {
      const { pagination } = await analytics.listWebhookEvents(filters, options).firstPage()
      for (let offset = 0; offset < pagination.total_items; offset += MOST_REPLAYED) {
        const part = offset === 0 ? filters : { ...filters, offset }
        const before = replays.at(-1)
        if (before !== undefined) await this.#untilOver(before.workflow_id, options)
        replays.push(await analytics.replayWebhookEvents(part, options))
      }
    }
    return replays
  }

  /** Wait until a replay is over, successful or not. */
  async #untilOver(workflow: string, options?: CallOptions): Promise<void> {
    for (let pause = 250; ; pause = Math.min(2 * pause, 5000)) {
      const state = await this.#client.analytics.getWebhookReplay(workflow, options)
      if (state.completed_at !== undefined && state.completed_at !== null) return
      if (OVER.has(state.status)) return
      await setTimeout(pause, undefined, { signal: options?.signal })
    }
  }

  /**
   * Pass the failed deliveries to the handlers of a receiver, as replays, oldest first. Events that were handled meanwhile are not handled
   * again. Failures of handlers are not errors: they are counted.
   */
  async feed(receiver: Receiver, options?: CallOptions): Promise<Recovered> {
    const fed = { handled: 0, duplicates: 0, in_progress: 0, unhandled: 0, failed: 0 }
    for await (const delivery of this.list(options)) {
      const { outcome } = await receiver.dispatch(parse(JSON.stringify(bodyOf(delivery))))
      fed[COUNTED[outcome]] += 1
    }
    return fed
  }
}

interface Filters {
  readonly start_time: Date
  readonly end_time: Date
  readonly room_id: string | undefined
  readonly event_names: readonly WebhookEventName[] | undefined
  readonly status: 'failed'
}

/** The oldest first; times of the same millisecond are told apart by what is finer. */
function byTime({ event_timestamp: one = '' }: AnalyticsWebhookEvent, other: AnalyticsWebhookEvent): number {
  const { event_timestamp: two = '' } = other
  return (Date.parse(one) || 0) - (Date.parse(two) || 0) || (one < two ? -1 : Number(one > two))
}

/** The body of the event of a delivery. */
function bodyOf({ event_id, event_timestamp, room_id, payload }: AnalyticsWebhookEvent): object {
  return {
    id: event_id,
    type: payload.original_event_name,
    timestamp: event_timestamp,
    is_replay: true,
    data: { room_id, ...payload.event_data },
  }
}

/** The range in parts that the service accepts, oldest first. */
function windows(from: number, to: number): [start: Date, end: Date][] {
  if (from >= to) throw refused(NAME, 'to', 'the range ends before it begins')
  const windows: [Date, Date][] = []
  for (let start = from; start < to; start += LONGEST) {
    windows.push([new Date(start), new Date(Math.min(start + LONGEST, to))])
  }
  return windows
}
