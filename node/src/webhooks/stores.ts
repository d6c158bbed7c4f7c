// Stores: which events were handled already, and which are being handled.
import { misconfigured } from '../errors'
import { addon, type NativeMemoryStore } from '../native'

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

/** Remembers handled events within one process. More than one process need a common store: see `RedisStore`. */
export class MemoryStore implements DedupeStore {
  readonly #native: NativeMemoryStore

  /** Make an empty store that holds so many ids; those that would be forgotten first are forgotten when there are more. */
  constructor({ capacity = 100_000 }: { readonly capacity?: number | undefined } = {}) {
    if (!(Number.isInteger(capacity) && capacity > 0 && capacity < 2 ** 32)) {
      throw misconfigured('capacity: must be a whole number, 1 or more')
    }
    this.#native = new addon.MemoryStore(capacity)
  }

  claim(id: string, owner: string, leaseMs: number): Claim {
    return this.#native.claim(id, owner, leaseMs)
  }

  done(id: string, ttlMs: number): void {
    this.#native.done(id, ttlMs)
  }

  release(id: string, owner: string): void {
    this.#native.release(id, owner)
  }
}

/** Refuse a time that is none. */
export function positive(name: string, milliseconds: number): number {
  if (typeof milliseconds === 'number' && milliseconds > 0 && milliseconds < 2 ** 53) return milliseconds
  throw misconfigured(`${name}: must be more than 0 milliseconds`)
}
