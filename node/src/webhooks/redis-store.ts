// A store in Redis, for more than one process.

import { convert, kindOf, type Options, ownOf, wrongText, wrongTime } from '../checks'
import { misconfigured } from '../refused'
import type { Claim, DedupeStore } from './stores'

interface Client {
  get(key: string): Promise<unknown>
  set(...args: never[]): Promise<unknown>
  eval(...args: never[]): Promise<unknown>
  del(...args: never[]): Promise<unknown>
  pTTL?(key: string): Promise<unknown>
  pttl?(...args: never[]): Promise<unknown>
}

/** A connected client of the packages `redis` (4 and later) or `ioredis`, or of `iovalkey`, which is like it. */
export type RedisClient = Client & ({ readonly isOpen: boolean } | { defineCommand(...args: never[]): unknown })

/** Where the two packages differ. */
interface Commands {
  claim(key: string, owner: string, leaseMs: number): Promise<unknown>
  get(key: string): Promise<unknown>
  done(key: string, ttlMs: number): Promise<unknown>
  /** Delete the key if it has this value, in one step. */
  release(key: string, owner: string): Promise<unknown>
  delete(key: string): Promise<unknown>
  /** Milliseconds until the key ends. */
  left(key: string): Promise<unknown>
}

/** Options of a store in Redis. */
export interface RedisStoreOptions {
  /** Prefix of the keys. Defaults to `hundredms:webhook:`. */
  readonly prefix?: string | undefined
  /** Timeout of one Redis command in milliseconds. Defaults to 2,000. */
  readonly timeoutMs?: number | undefined
}

const OPTIONS: Options<RedisStoreOptions> = { prefix: [undefined, wrongText], timeoutMs: [undefined, wrongTime] }
const DONE = 'done'
/** What servers say that have no scripts, or do not allow them. */
const NO_SCRIPTS = /unknown command|NOPERM|not (?:allowed|supported|permitted)|disabled/i
/** A claim is deleted without a script only if it lasts this much longer than the timeout of a response, in milliseconds. */
const MARGIN = 1_000
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/**
 * Remembers handled events in Redis. Receivers in any language with the same Redis and prefix share the store.
 *
 * ```js
 * const store = new webhooks.RedisStore(await createClient({ url }).connect()) // or: new Redis(url) of ioredis
 * ```
 */
export class RedisStore implements DedupeStore {
  readonly #commands: Commands
  readonly #prefix: string
  readonly #timeoutMs: number
  #noScripts = false

  /** Use a client. You connect and close it yourself. Keys are the prefix and the id of the event. */
  constructor(client: RedisClient, options: RedisStoreOptions = {}) {
    convert(options, OPTIONS)
    const { prefix = 'hundredms:webhook:', timeoutMs = 2_000 } = ownOf(options)
    const wrong = wrongClient(client)
    if (wrong) throw misconfigured(`client: ${wrong}`)
    this.#commands = has(client, 'defineCommand') ? ofIoredis(client) : ofRedis(client)
    this.#prefix = prefix
    this.#timeoutMs = timeoutMs
  }

  claim(id: string, owner: string, leaseMs: number): Promise<Claim> {
    return this.#inTime(this.#claim(this.#prefix + id, owner, whole(leaseMs)))
  }

  async done(id: string, ttlMs: number): Promise<void> {
    await this.#inTime(this.#commands.done(this.#prefix + id, whole(ttlMs)))
  }

  async release(id: string, owner: string): Promise<void> {
    await this.#inTime(this.#release(this.#prefix + id, owner))
  }

  async #release(key: string, owner: string): Promise<void> {
    if (!this.#noScripts) {
      try {
        await this.#commands.release(key, owner)
        return
      } catch (error) {
        if (!NO_SCRIPTS.test(String((error as Error | undefined)?.message))) throw error
        this.#noScripts = true
      }
    }
    // Without a script the key may end, and be another's, between these two. Where that is near, it is left to end.
    if (String(await this.#commands.get(key)) !== owner) return
    if (Number(await this.#commands.left(key)) > this.#timeoutMs + MARGIN) await this.#commands.delete(key)
  }

  async #claim(key: string, owner: string, leaseMs: number): Promise<Claim> {
    const claimed = await this.#commands.claim(key, owner, leaseMs)
    if (claimed !== null) {
      if (String(claimed) === 'OK') return 'new'
      throw new Error('the client of Redis does not answer SET with OK; give one of redis (4 or later) or ioredis')
    }
    const held = String(await this.#commands.get(key))
    if (held === DONE) return 'done'
    // The client sent the claim twice, because the connection broke before the reply.
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

const KNOWN = 'as await createClient({ url }).connect() of redis (4 or later) or new Redis(url) of ioredis'

/** Say what is wrong with a client. What other clients make of the same calls would be wrong without an error. */
function wrongClient(client: unknown): string | undefined {
  const known = has(client, 'defineCommand') || typeof (client as { isOpen?: unknown } | null)?.isOpen === 'boolean'
  if (known && !has(client, 'v4') && ['get', 'set', 'del', 'eval'].every((name) => has(client, name))) return undefined
  const other = otherClient(client)
  if (other) return `must be a client, ${KNOWN}, not one of ${other}`
  return `must be a client, ${KNOWN}, not ${kindOf(client)}`
}

/** The package of a client that is known to speak otherwise, and what to do. */
function otherClient(client: unknown): string | undefined {
  const own = 'or write a store with the methods claim, done and release'
  if (has(client, 'createScript')) {
    return `@upstash/redis or @vercel/kv, which speaks HTTP: connect redis or ioredis to the rediss:// address of the same database, ${own}`
  }
  if (has(client, 'internal_send_command')) return 'redis 3, which gives no promises: use redis 4 or later'
  if (has(client, 'v4')) return 'redis in its legacy mode: give client.v4'
  if (has(client, 'customCommand')) return `@valkey/valkey-glide: use iovalkey, redis or ioredis, ${own}`
  if (has(client, 'send') && has(client, 'get')) return `Bun: use redis or ioredis, ${own}`
  return undefined
}

/** Whether a client, which may be a Proxy, has a method or an object of this name. */
function has(client: unknown, name: string): boolean {
  const member = (client as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return typeof member === 'function' || (typeof member === 'object' && member !== null)
}

function ofRedis(client: RedisClient): Commands {
  const { set, eval: run } = client as unknown as Record<'set' | 'eval', (...words: unknown[]) => Promise<unknown>>
  return {
    claim: (key, owner, leaseMs) => set.call(client, key, owner, { NX: true, PX: leaseMs }),
    get: (key) => client.get(key),
    done: (key, ttlMs) => set.call(client, key, DONE, { PX: ttlMs }),
    release: (key, owner) => run.call(client, RELEASE, { keys: [key], arguments: [owner] }),
    delete: (key) => (client.del as (key: string) => Promise<unknown>).call(client, key),
    left: async (key) => client.pTTL?.(key),
  }
}

function ofIoredis(client: RedisClient): Commands {
  const { set, eval: run } = client as unknown as Record<'set' | 'eval', (...words: unknown[]) => Promise<unknown>>
  return {
    claim: (key, owner, leaseMs) => set.call(client, key, owner, 'PX', leaseMs, 'NX'),
    get: (key) => client.get(key),
    done: (key, ttlMs) => set.call(client, key, DONE, 'PX', ttlMs),
    release: (key, owner) => run.call(client, RELEASE, 1, key, owner),
    delete: (key) => (client.del as (key: string) => Promise<unknown>).call(client, key),
    left: async (key) => (client.pttl as ((key: string) => Promise<unknown>) | undefined)?.call(client, key),
  }
}

/** Redis takes whole milliseconds, at least one. */
function whole(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds))
}
