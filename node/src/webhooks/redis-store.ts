// A store in Redis, for more than one process.
import type { Claim, DedupeStore } from './stores'

/** A connected client of the packages `redis` or `ioredis`. */
export interface RedisClient {
  get(key: string): Promise<unknown>
  set(...args: never[]): Promise<unknown>
  eval(...args: never[]): Promise<unknown>
}

/** Where the two packages differ. */
interface Commands {
  claim(key: string, owner: string, leaseMs: number): Promise<unknown>
  get(key: string): Promise<unknown>
  done(key: string, ttlMs: number): Promise<unknown>
  release(key: string, owner: string): Promise<unknown>
}

const DONE = 'done'
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/**
 * Remembers handled events in Redis. Receivers in any language that have the same Redis and prefix share the memory.
 *
 * ```js
 * const store = new webhooks.RedisStore(await createClient({ url }).connect()) // or: new Redis(url) of ioredis
 * ```
 */
export class RedisStore implements DedupeStore {
  readonly #commands: Commands
  readonly #prefix: string

  /** Use a client, which stays yours: connect and close it yourself. Keys are the prefix and the id of the event. */
  constructor(client: RedisClient, { prefix = 'hundredms:webhook:' }: { readonly prefix?: string | undefined } = {}) {
    this.#commands = 'defineCommand' in client ? ofIoredis(client) : ofRedis(client)
    this.#prefix = prefix
  }

  async claim(id: string, owner: string, leaseMs: number): Promise<Claim> {
    const key = this.#prefix + id
    if ((await this.#commands.claim(key, owner, whole(leaseMs))) !== null) return 'new'
    return String(await this.#commands.get(key)) === DONE ? 'done' : 'in_progress'
  }

  async done(id: string, ttlMs: number): Promise<void> {
    await this.#commands.done(this.#prefix + id, whole(ttlMs))
  }

  async release(id: string, owner: string): Promise<void> {
    await this.#commands.release(this.#prefix + id, owner)
  }
}

function ofRedis(client: RedisClient): Commands {
  const { set, eval: run } = client as unknown as Record<'set' | 'eval', (...words: unknown[]) => Promise<unknown>>
  return {
    claim: (key, owner, leaseMs) => set.call(client, key, owner, { NX: true, PX: leaseMs }),
    get: (key) => client.get(key),
    done: (key, ttlMs) => set.call(client, key, DONE, { PX: ttlMs }),
    release: (key, owner) => run.call(client, RELEASE, { keys: [key], arguments: [owner] }),
  }
}

function ofIoredis(client: RedisClient): Commands {
  const { set, eval: run } = client as unknown as Record<'set' | 'eval', (...words: unknown[]) => Promise<unknown>>
  return {
    claim: (key, owner, leaseMs) => set.call(client, key, owner, 'PX', leaseMs, 'NX'),
    get: (key) => client.get(key),
    done: (key, ttlMs) => set.call(client, key, DONE, 'PX', ttlMs),
    release: (key, owner) => run.call(client, RELEASE, 1, key, owner),
  }
}

/** Redis takes whole milliseconds, at least one. */
function whole(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds))
}
