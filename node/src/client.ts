// The client, which makes the calls.

import { types } from 'node:util'
import { onceAtATime } from './asking'
import { bridge, type CallScope, newNumber, observe, provide, unobserve, withdraw } from './bridge'
import { type MapContext, type MapOptions, type MapResult, mapItems } from './bulk'
import { ownOf } from './checks'
import { Core, type RequestContent } from './core'
import { ConfigurationError, type HundredmsError } from './errors'
import { Links } from './links'
import { addon, type NativeClient } from './native'
import { Observer } from './observe'
import type { OperationName } from './operations'
import { type CallOptions, type ClientOptions, clientOptions } from './options'
import type { ApiResponse, RawResponse } from './raw-response'
import { misconfigured } from './refused'
import { coreOf, standIn } from './resource'
import { Resources } from './resources'
import { guard, Tokens } from './tokens'

const PROVIDERS = new FinalizationRegistry(withdraw)
const OBSERVERS = new FinalizationRegistry(unobserve)

/**
 * A client of the service. Create one and share it: its calls share connections and the management token.
 *
 * ```js
 * const client = new Client({ accessKey, secret })
 * const room = await client.rooms.create({ name: 'physics-7' })
 * const token = client.tokens.auth(room.id, 'host', { userId: 'ada' })
 * ```
 *
 * It needs no closing and does not keep the process alive.
 */
export class Client extends Resources {
  /** Create, decode and verify tokens. */
  readonly tokens: Tokens
  /** Create links at which people and recorders join rooms. */
  readonly links: Links
  /** The same operations, which return status, headers and attempts too: `client.withResponse.rooms.get(id)`. */
  declare readonly withResponse: WithResponse

  /**
   * Create a client. Sends nothing.
   *
   * @throws ConfigurationError if there are no credentials, a URL is invalid, or the CA file cannot be read. During `next build`, which
   * loads modules without running the server, missing credentials make the calls throw it instead.
   */
  constructor(given: ClientOptions = {}) {
    const number = newNumber()
    const { native, missing } = connect(given, number)
    const options = ownOf(given)
    const observer = new Observer(options)
    observe(number, telling(new WeakRef(observer)))
    OBSERVERS.register(native, number)
    const core = new Core(native, observer, options.token, missing)
    super(core)
    this.tokens = new Tokens(native)
    this.links = new Links(native)
    // Made when it is needed, and not shown.
    let responding: Responding | undefined
    Object.defineProperty(this, 'withResponse', {
      configurable: true,
      get: () => {
        responding ??= new Responding(core.responding())
        return responding
      },
    })
  }

  /** Call an operation by name and return the raw response: `client.callRaw('rooms.get', { room_id })`. */
  callRaw(operation: OperationName, args: object = {}, options?: CallOptions): Promise<RawResponse> {
    return coreOf(this).raw(operation, args, options)
  }

  /**
   * Send a request for which this version has no method, with the management token.
   *
   * `path` is relative to the base URL and sent unchanged, so encode the values in it. A GET is retried like any read. Other methods are
   * retried only if nothing was sent or the service answered 429.
   */
  request(method: string, path: string, content: RequestContent = {}, options?: CallOptions): Promise<RawResponse> {
    return coreOf(this).request(method, path, content, options)
  }

  /**
   * Find what a call with an unknown outcome made (`AmbiguousOutcomeError`, or `mayHaveApplied`). Return the object, as the service
   * lists it, or undefined while there is none; after undefined, you can repeat the call. After a timeout, a 408 or a 504 the service
   * may still be working on the request: wait longer than that takes, and check again, before you repeat it.
   *
   * ```js
   * const look = () => client.reconcile(error)
   * const made = (await look()) ?? (await setTimeout(30_000).then(look)) // of node:timers/promises
   * const recording = made ?? (await client.recordings.start(room.id))
   * ```
   *
   * `Made` is the type of the object: `client.reconcile<Room>(error)`.
   *
   * @throws InvalidRequestError if no operation of the service shows the effect. See `error.checkWith`.
   */
  reconcile<Made = unknown>(error: HundredmsError, options?: CallOptions): Promise<Made | undefined> {
    return coreOf(this).reconcile(error, options) as Promise<Made | undefined>
  }

  /**
   * Make a call for each item, several at a time. Return an iterator of the results.
   *
   * An error of a call is a result; the other calls go on. Items are taken as calls end, so a generator of a million items needs no
   * memory. A pause that the service asks for with 429 delays the run, up to 10 minutes: waiting for its turn does not count against
   * the timeout of a call. Ending the iteration aborts the calls that run, if the function passes on its signal, and waits for them.
   *
   * ```js
   * const create = (name, { signal }) => client.rooms.create({ name }, { signal })
   * for await (const { item, error } of client.map(names, create, { journal: 'rooms.ndjson' })) {
   *   if (error) console.error(item, error)
   * }
   * ```
   *
   * @throws ConfigurationError for an invalid option, or, with the first result, if the journal is of another run.
   */
  map<Item, Value>(
    items: Iterable<Item> | AsyncIterable<Item>,
    call: (item: Item, context: MapContext) => PromiseLike<Value> | Value,
    options: MapOptions<Item> = {},
  ): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
    return mapItems(items, call, options)
  }
}

/** The names of the fields of each type of a union. */
type FieldsOf<Union> = Union extends unknown ? keyof Union : never

/** The name of a method that makes one call. Jobs, which take `onProgress`, and `edit` make several. */
type OneCall<Method, Args extends readonly unknown[]> =
  'onProgress' extends FieldsOf<NonNullable<Args[number]>> ? never : Exclude<Method, 'edit'>

/** The operations of a resource except lists, which return an `ApiResponse`. */
export type Responses<Of> = {
  readonly [Method in keyof Of as Of[Method] extends (...args: infer Args) => Promise<unknown>
    ? OneCall<Method, Args>
    : never]: Of[Method] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Promise<ApiResponse<Value>>
    : never
}

/** The resources of a client, whose operations return an `ApiResponse`. */
export type WithResponse = { readonly [Name in keyof Resources]: Responses<Resources[Name]> }

/** Tell an observer, which is not kept: a hook may refer to the client. Nor is what the functions of the constructor share. */
function telling(observer: WeakRef<Observer>) {
  return (seen: string, scope: CallScope | undefined) => observer.deref()?.tell(seen, scope)
}

class Responding extends Resources {}

standIn(Client, { tokens: Tokens.prototype, links: Links.prototype, withResponse: Responding.prototype })

/** A client of the core, and why its calls fail where it was made without credentials. */
interface Connected {
  readonly native: NativeClient
  readonly missing?: Error
}

function connect(options: ClientOptions, observer: number): Connected {
  const written = clientOptions(options)
  const make = (provider?: number) => guard(() => new addon.Client(bridge, written, provider, observer))
  const { token, accessKey, secret } = ownOf(options)
  if (typeof token !== 'function') {
    try {
      return { native: make() }
    } catch (error) {
      // `next build` loads the modules of a server where it does not run, and credentials may be missing: calls have them, or fail.
      if (process.env.NEXT_PHASE !== 'phase-production-build' || !isMissing(error)) throw error
      return { native: make(newNumber()), missing: error }
    }
  }
  if (accessKey ?? secret) {
    throw misconfigured('give either a token or an access key and a secret')
  }
  const provider = newNumber()
  const native = make(provider)
  // The provider must not keep the client alive, which would keep the provider.
  const client = new WeakRef(native)
  const ask = onceAtATime(token)
  provide(provider, (id) => void answer(ask, id, client))
  PROVIDERS.register(native, provider)
  return { native }
}

/** Whether it says that there are no credentials at all. */
function isMissing(error: unknown): error is ConfigurationError {
  return error instanceof ConfigurationError && error.reason.startsWith('no credentials')
}

async function answer(ask: () => Promise<unknown>, id: number, client: WeakRef<NativeClient>): Promise<void> {
  try {
    const token = await ask()
    if (typeof token !== 'string') throw new Error('the token callback did not return a string')
    client.deref()?.provideToken(id, token, undefined)
  } catch (error) {
    client.deref()?.provideToken(id, undefined, inWords(error))
  }
}

/** Describe what a callback threw, which may be anything. */
function inWords(error: unknown): string {
  try {
    return String((types.isNativeError(error) && error.message) || error)
  } catch {
    return 'what it threw cannot be printed'
  }
}
