// Stores: which events were handled already, and which are being handled.
import { convert, type Options, ownOf } from '../checks'

/** The result of a claim: you may handle the event, it is being handled, or it was handled. */
export type Claim = 'new' | 'in_progress' | 'done'

/**
 * Remembers which events were handled, so that each is handled once although the service may send it several times.
 *
 * Each method must be atomic: of two processes that claim an event at once, one gets `new`. What a method throws is passed to `onError`. If
 * `claim` throws, the response is 500, and the service sends the event again. Nothing limits how long a method may take, so set a timeout of
 * about 2 seconds.
 */
export interface DedupeStore {
  /**
   * Claim the event `id`: `new` if it is free, or its claim has expired; `in_progress` if another owner has it; `done` if it was handled. An
   * abandoned claim expires after the lease. `owner` is different for each claim: a store that repeats its request after a broken connection
   * recognises its own claim by it, and returns `new`.
   */
  claim(id: string, owner: string, leaseMs: number): Claim | Promise<Claim>
  /** Mark the event as handled, and remember it for `ttlMs`. */
  done(id: string, ttlMs: number): unknown
  /** Release the event, if `owner` still has it: the next claim is new. */
  release(id: string, owner: string): unknown
}

/** The error for what a store returned in place of a `Claim`. */
export function wrongClaim(store: DedupeStore, claim: unknown): TypeError {
  const got = typeof claim === 'string' ? `'${claim}'` : Array.isArray(claim) ? 'an array' : shownClaim(claim)
  return new TypeError(`${nameOf(store)}.claim must return 'new', 'in_progress' or 'done', not ${got}`)
}

function shownClaim(claim: unknown): string {
  if (typeof claim === 'object' && claim !== null) return 'an object'
  return typeof claim === 'function' ? 'a function' : String(claim)
}

function nameOf(store: DedupeStore): string {
  const name = (store as { constructor?: { name?: unknown } }).constructor?.name
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'store'
}

/** Options of a store in memory. */
export interface MemoryStoreOptions {
  /** How many ids it holds. Defaults to 100,000. */
  readonly capacity?: number | undefined
}

/** Longer ids are stored as a digest, so that the memory per id is limited. */
const LONGEST = 256

function short(id: string): string {
  if (id.length <= LONGEST) return id
  // Loaded when it is needed: it takes longer to load than the rest of the package.
  const { createHash } = require('node:crypto') as typeof import('node:crypto')
  return `sha256:${createHash('sha256').update(id).digest('hex')}`
}

const OPTIONS: Options<MemoryStoreOptions> = {
  capacity: [
    undefined,
    (value) =>
      Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 32
        ? undefined
        : 'must be a whole number, 1 or more',
  ],
}

/**
 * Remembers handled events within one process. Several processes need a shared store: see `RedisStore`.
 *
 * For ids longer than 256 characters it holds a digest, so that its memory is limited too.
 *
 * It does not use the core's store: a call into the addon takes longer than the work itself.
 */
export class MemoryStore implements DedupeStore {
  readonly #capacity: number
  readonly #claimed = new Map<string, { readonly owner: string; readonly until: number }>()
  /** When what is done is forgotten. */
  readonly #done = new Map<string, number>()
  /** Goes on over what is done; a new one would have to skip all that was deleted. */
  #oldest: Iterator<string> = this.#done.keys()

  /** Create an empty store that holds this many ids. If there are more, the oldest ids of handled events are dropped first. */
  constructor(options: MemoryStoreOptions = {}) {
    convert(options, OPTIONS)
    const { capacity = 100_000 } = ownOf(options)
    this.#capacity = capacity
  }

  claim(event: string, owner: string, leaseMs: number): Claim {
    const id = short(event)
    const now = performance.now()
    if ((this.#done.get(id) ?? 0) > now) return 'done'
    if ((this.#claimed.get(id)?.until ?? 0) > now) return 'in_progress'
    this.#forget(id)
    this.#claimed.set(id, { owner, until: now + leaseMs })
    return 'new'
  }

  done(event: string, ttlMs: number): void {
    const id = short(event)
    this.#forget(id)
    this.#done.set(id, performance.now() + ttlMs)
  }

  release(event: string, owner: string): void {
    const id = short(event)
    if (this.#claimed.get(id)?.owner === owner) this.#claimed.delete(id)
  }

  /** Forget what is known of an id, and others where there is no room for it. */
  #forget(id: string): void {
    if (!this.#claimed.delete(id)) this.#done.delete(id)
    while (this.#claimed.size + this.#done.size >= this.#capacity) {
      if (this.#done.size === 0) this.#claimed.delete(this.#claimed.keys().next().value as string)
      else this.#done.delete(this.#next())
    }
  }

  #next(): string {
    let oldest = this.#oldest.next()
    if (oldest.done) {
      this.#oldest = this.#done.keys()
      oldest = this.#oldest.next()
    }
    return oldest.value as string
  }
}
