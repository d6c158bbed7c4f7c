// A store in Redis, for more than one process.
import { kindOf } from '../checks'
import { misconfigured } from '../errors'
import { type Claim, type DedupeStore, positive } from './stores'

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

/** How a store in Redis is used. */
export interface RedisStoreOptions {
  /** What keys begin with. Default: `hundredms:webhook:`. */
  readonly prefix?: string | undefined
  /** How long Redis may take for one thing, in milliseconds: then it counts as away. Default: 2,000. */
  readonly timeoutMs?: number | undefined
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
  readonly #timeoutMs: number

  /** Use a client, which stays yours: connect and close it yourself. Keys are the prefix and the id of the event. */
  constructor(client: RedisClient, { prefix = 'hundredms:webhook:', timeoutMs = 2_000 }: RedisStoreOptions = {}) {
    if (![client?.get, client?.set, client?.eval].every((method) => typeof method === 'function')) {
      throw misconfigured(
        `client: must be a client, as await createClient({ url }).connect() of redis or new Redis(url) of ioredis, not ${kindOf(client)}`,
      )
    }
    this.#commands = 'defineCommand' in client ? ofIoredis(client) : ofRedis(client)
    this.#prefix = prefix
    this.#timeoutMs = positive('timeoutMs', timeoutMs)
  }

  claim(id: string, owner: string, leaseMs: number): Promise<Claim> {
    return this.#inTime(this.#claim(this.#prefix + id, owner, whole(leaseMs)))
  }

  async done(id: string, ttlMs: number): Promise<void> {
    await this.#inTime(this.#commands.done(this.#prefix + id, whole(ttlMs)))
  }

  async release(id: string, owner: string): Promise<void> {
    await this.#inTime(this.#commands.release(this.#prefix + id, owner))
  }

  async #claim(key: string, owner: string, leaseMs: number): Promise<Claim> {
    if ((await this.#commands.claim(key, owner, leaseMs)) !== null) return 'new'
    const held = String(await this.#commands.get(key))
    if (held === DONE) return 'done'
    // The client sent the claim twice, since the connection broke before its answer.
    return held === owner ? 'new' : 'in_progress'
  }

  async #inTime<Answer>(asked: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const fail = () => reject(new Error(`Redis has not answered within ${this.#timeoutMs} milliseconds`))
      timer = setTimeout(fail, this.#timeoutMs)
    })
    try {
      return await Promise.race([asked, late])
    } finally {
      clearTimeout(timer)
    }
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
