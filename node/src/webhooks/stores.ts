// Stores: which events were handled already, and which are being handled.
import { createHash } from 'node:crypto'
import { wrongTime } from '../checks'
import { misconfigured } from '../errors'

/** What a store says to somebody who wants to handle an event: it is yours, somebody else has it, or it was handled. */
export type Claim = 'new' | 'in_progress' | 'done'

/** Remembers which events were handled, so that each is handled once although the service may send it several times. */
export interface DedupeStore {
  /** Ask for the event `id`. A claim of which nothing more is heard ends after the lease. `owner` is new for each claim. */
  claim(id: string, owner: string, leaseMs: number): Claim | Promise<Claim>
  /** Say that the event was handled; remember that for `ttlMs`. */
  done(id: string, ttlMs: number): unknown
  /** Give the event back, if `owner` still has it: the next claim is new. */
  release(id: string, owner: string): unknown
}

/**
 * Remembers handled events within one process. More than one process need a common store: see `RedisStore`.
 *
 * Of ids longer than 128 characters it holds a digest, so that its memory is bounded too.
 *
 * It is not that of the core: a call into the addon takes longer than what it does.
 */
export class MemoryStore implements DedupeStore {
  readonly #capacity: number
  readonly #claimed = new Map<string, { readonly owner: string; readonly until: number }>()
  /** When what is done is forgotten. */
  readonly #done = new Map<string, number>()
  /** Goes on over what is done; a new one would have to skip all that was deleted. */
  #oldest: Iterator<string> = this.#done.keys()

  /** Make an empty store that holds so many ids. When there are more, the oldest of those that are done are forgotten first. */
  constructor({ capacity = 100_000 }: { readonly capacity?: number | undefined } = {}) {
    if (!(Number.isInteger(capacity) && capacity > 0 && capacity < 2 ** 32)) {
      throw misconfigured('capacity: must be a whole number, 1 or more')
    }
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

/** The longest id that is held as it is, in UTF-16 units. Those of the service have 36. */
const LONGEST_ID = 128

/** Give what stands for an id: of a long one a digest, so that memory is bounded too. */
function short(id: string): string {
  return id.length <= LONGEST_ID ? id : `${id.length}:${createHash('sha256').update(id).digest('base64')}`
}

/** Refuse a time that is none. */
export function positive(name: string, milliseconds: number): number {
  const wrong = wrongTime(milliseconds)
  if (wrong) throw misconfigured(`${name}: ${wrong}`)
  return milliseconds
}
