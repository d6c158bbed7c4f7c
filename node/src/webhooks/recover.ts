// Gap recovery: events whose delivery failed while the receiver was away.
import type { Time } from '../arguments'
import type { Client } from '../client'
import { misconfigured } from '../errors'
import type { CallOptions } from '../options'
import type { AnalyticsWebhookEvent, AnalyticsWebhookReplay, WebhookEventName } from '../resources'
import { parse, type Receiver } from './receiver'

/** What to recover. */
export interface RecoverOptions {
  /** Begin of the time in which deliveries failed; the service knows the last 30 days. */
  readonly from: Time
  /** End of that time. Default: now. */
  readonly to?: Time | undefined
  /** Only events about this room. */
  readonly room_id?: string | undefined
  /** Only events of these types. */
  readonly event_names?: readonly WebhookEventName[] | undefined
  /**
   * Hand the events to the handlers of this receiver, each once. Without it the service is asked to send them again, which takes
   * it a tenth of a second for each, and brings them as they were: the log that is handed on has the data, but no account and no
   * template.
   */
  readonly receiver?: Receiver | undefined
  /** What holds for each call to the service. */
  readonly call?: CallOptions | undefined
}

/** What was recovered. */
export interface Recovered {
  /** Failed deliveries found. */
  readonly found: number
  /** Events that a handler took now. */
  readonly handled: number
  /** Events that had been handled before, or have no handler. */
  readonly passed: number
  /** Ids of events whose handler failed, or is at work on them; recover again later. */
  readonly failed: readonly string[]
  /** The replays that the service was asked for: `client.analytics.getWebhookReplay` tells how far they are. */
  readonly replays: readonly AnalyticsWebhookReplay[]
}

const LONGEST = 14 * 24 * 60 * 60 * 1000

/**
 * Recover events whose delivery failed, over any time, however often it runs: what was handled is not handled again.
 *
 * @throws InvalidRequestError and others, as the calls of `client.analytics` do.
 */
export async function recover(client: Client, options: RecoverOptions): Promise<Recovered> {
  const { from, to = new Date(), room_id, event_names, receiver, call } = options
  const failed: string[] = []
  const replays: AnalyticsWebhookReplay[] = []
  const seen = new Set<string>()
  let handled = 0
  let passed = 0
  for (const window of windows(from, to)) {
    const filters = { ...window, room_id, event_names, status: 'failed' } as const
    let fresh = 0
    for await (const logged of client.analytics.listWebhookEvents(filters, call)) {
      // Windows share the moment at which they meet.
      if (seen.has(logged.event_id)) continue
      seen.add(logged.event_id)
      fresh += 1
      if (receiver === undefined) continue
      const { status, body } = await receiver.dispatch(parse(JSON.stringify(eventOf(logged))))
      if (status !== 200) failed.push(logged.event_id)
      else if (body.includes('"handled"') || body.includes('"accepted"')) handled += 1
      else passed += 1
    }
    if (receiver === undefined && fresh > 0) {
      replays.push(await client.analytics.replayWebhookEvents(filters, call))
    }
  }
  return { found: seen.size, handled, passed, failed, replays }
}

/** The log's entry as the event that it was. */
function eventOf(logged: AnalyticsWebhookEvent): object {
  const { event_data, original_event_name } = logged.payload
  return {
    id: logged.event_id,
    type: original_event_name,
    timestamp: logged.event_timestamp,
    is_replay: true,
    data: { room_id: logged.room_id, ...event_data },
  }
}

/** The time in pieces that the service takes. */
function* windows(from: Time, to: Time): Generator<{ start_time: Time; end_time: Time }> {
  const end = moment('to', to)
  for (let start = moment('from', from); start < end; start += LONGEST) {
    yield { start_time: new Date(start), end_time: new Date(Math.min(start + LONGEST, end)) }
  }
}

function moment(name: string, time: Time): number {
  const at = new Date(time).getTime()
  if (Number.isNaN(at)) throw misconfigured(`${name}: must be a Date, or RFC 3339 text`)
  return at
}
