// The events of a receiver.
import { inspect } from 'node:util'
import { type EventDataByType, SHOWN_FIELDS } from './events'

/** The types of events that this version knows, such as `peer.join.success`. */
export type EventType = keyof EventDataByType

declare const other: unique symbol

/** The name of a type that this version does not know; a string. It is apart from the names that are known. */
export type OtherType = `${string}.${string}` & { readonly [other]: true }

/** The fields of every event. */
interface Envelope {
  /** Id of the event. It is the same if the service sends the event again. Empty if the service sent none. */
  readonly id: string
  /** When the event was created, RFC 3339. */
  readonly timestamp: string | undefined
  /** Whether this is a requested replay. */
  readonly is_replay: boolean
  /** Version of the format, `2.0`. */
  readonly version: string | undefined
  /** Account that owns the room. */
  readonly account_id: string | undefined
  /** App (workspace) inside the account. Many events lack it. */
  readonly app_id: string | undefined
  /** Template of the room. Most events have it in their data only. */
  readonly template_id: string | undefined
  /** Fields that the service sent beside the data and this version does not know. */
  readonly extra: { readonly [name: string]: unknown }
  /** The unchanged body. It is not shown when the event is logged. */
  readonly raw: Uint8Array
}

/** An event of one type: `EventOf<'peer.join.success'>`. */
export type EventOf<Type extends EventType> = {
  [Known in Type]: Envelope & {
    /** Type of the event. */
    readonly type: Known
    /** What happened. */
    readonly data: EventDataByType[Known]
    readonly problem: undefined
  }
}[Type]

/** An event of a type that this version does not know. */
export interface UnknownEvent extends Envelope {
  readonly type: OtherType
  /** The unchanged data. */
  readonly data: { readonly [name: string]: unknown }
  readonly problem: undefined
}

/** An event of a known type whose data does not match it, or without id or type. */
export interface MalformedEvent extends Envelope {
  readonly type: EventType | OtherType
  /** The unchanged data. */
  readonly data: unknown
  /** Where and why it does not match. Never quotes a value. */
  readonly problem: string
}

/**
 * One event, as the service sent it.
 *
 * Check `problem` first. Then `type` determines `data`:
 *
 * ```ts
 * if (event.problem === undefined && event.type === 'peer.join.success') console.log(event.data.peer_id)
 * ```
 */
export type Event = EventOf<EventType> | UnknownEvent | MalformedEvent

/** An event as JSON: what the service left out is null, or not there. */
type Written = { readonly [Name in keyof Envelope | 'type' | 'data' | 'problem']: never }

class WebhookEvent {
  readonly id: string
  readonly type: string
  readonly timestamp: string | undefined
  readonly is_replay: boolean
  readonly version: string | undefined
  readonly account_id: string | undefined
  readonly app_id: string | undefined
  readonly template_id: string | undefined
  readonly problem: string | undefined
  readonly extra: object
  readonly data: unknown
  readonly #raw: Uint8Array

  constructor(written: Written, raw: Uint8Array) {
    this.id = written.id
    this.type = written.type
    this.timestamp = written.timestamp ?? undefined
    this.is_replay = written.is_replay ?? false
    this.version = written.version ?? undefined
    this.account_id = written.account_id ?? undefined
    this.app_id = written.app_id ?? undefined
    this.template_id = written.template_id ?? undefined
    this.problem = written.problem ?? undefined
    this.extra = written.extra ?? {}
    this.data = written.data
    this.#raw = raw
  }

  get raw(): Uint8Array {
    return this.#raw
  }

  /** Show the known fields, for a log. Unknown fields may be secret, so their values are not shown. */
  [inspect.custom](_depth: number, options: object): string {
    const { extra, data, ...known } = this
    const shown = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
    const names = Object.keys(extra)
    const rest = { data: shownData(data), ...(names.length > 0 && { extra: names }) }
    return `WebhookEvent ${inspect({ ...shown, ...rest }, options)}`
  }
}

/** Data with the values of fields that are known; the others are there by name. */
function shownData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SHOWN_FIELDS.has(name) ? shownData(inner) : NOT_SHOWN]),
  )
}

/** Stands for a value that is not shown. */
const NOT_SHOWN = { [inspect.custom]: () => '[not shown]' }

/** Create the event from what the core returns: JSON, or null if that is the body unchanged. */
export function eventOf(told: string | null, raw: Uint8Array): Event {
  return new WebhookEvent(JSON.parse(told ?? textOf(raw)), raw) as Event
}

function textOf(bytes: Uint8Array): string {
  return (bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString()
}
