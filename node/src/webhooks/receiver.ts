// The receiver: from requests to handlers.
import {
  guess,
  type Options,
  ownOf,
  told,
  wrongCount,
  wrongFunction,
  wrongObject,
  wrongText,
  wrongTime,
} from '../checks'
import { misconfigured } from '../errors'
import { addon, type NativeReceiver } from '../native'
import { guard } from '../tokens'
import { type Event, type EventOf, type EventType, eventOf } from './event'
import { EVENT_TYPES } from './events'
import { type ExpressHandler, express } from './express'
import { type FastifyOptions, type FastifyPlugin, fastify } from './fastify'
import { type FetchHandler, type FetchOptions, fetchHandler } from './fetch'
import { type LambdaHandler, lambda } from './lambda'
import { Refusal, refusing } from './refusal'
import { type Body, bytesOf, type HeadersInput, pick } from './request'
import { type DedupeStore, MemoryStore } from './stores'

/** How a receiver verifies and what it remembers. Everything that is set must hold; something must be set. */
export interface ReceiverOptions {
  /** Headers that the service was told to send, with their values; a list of values takes any of them, for rotation. */
  readonly headers?: { readonly [name: string]: string | readonly string[] } | undefined
  /** Ranges of addresses that may send, `10.0.0.0/8`; the word `published` stands for those that the service published. */
  readonly allowList?: string | readonly string[] | undefined
  /** The key of the signature in `x-100ms-signature`, or several of which any is good. HIPAA workspaces have one. */
  readonly hmacKey?: string | readonly string[] | undefined
  /**
   * Number of trusted proxies in front of the server: the sender is that many entries from the right in `X-Forwarded-For`. Defaults to 0.
   */
  readonly trustedProxies?: number | undefined
  /** Maximum size of a body in bytes. Defaults to 1 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * Refuse events whose timestamp is older than so many milliseconds; only with `hmacKey`, since anybody else writes any timestamp.
   * Replays, which the service marks with `is_replay`, are accepted at any age. Set it to more than the time over which the service
   * retries: an hour is a good value. Defaults to no limit.
   */
  readonly maxAgeMs?: number | undefined
  /** Take requests from anybody when nothing else is set. Only for development. */
  readonly openForDevelopment?: boolean | undefined
  /** Remembers which events were handled. Defaults to a `MemoryStore`. */
  readonly store?: DedupeStore | undefined
  /**
   * How long a handler may take, in milliseconds. After that the event may be given to another handler. Defaults to 60,000. In the
   * background it is an hour, unless this is longer.
   */
  readonly leaseMs?: number | undefined
  /** How long it is remembered that an event was handled, in milliseconds. Defaults to 31 days. */
  readonly ttlMs?: number | undefined
  /**
   * Told when a handler, also one in the background, or the store fails, or data does not fit its handler; and, without an event, when a
   * request cannot be handled as the server is set up. Defaults to `console.error`.
   */
  readonly onError?: ((error: unknown, event: Event | undefined) => void) | undefined
  /** Told of requests that are refused. */
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined
}

/** Handles an event. When it throws or rejects, the service is asked to send the event again. */
export type Handler<Handled = Event> = (event: Handled) => unknown

/** How a handler is run. */
export interface HandlerOptions {
  /**
   * Answer 200 at once, and do the work behind it. When it fails, `onError` is told, with the event; the service does not send it again,
   * so keep it: `receiver.dispatch(event)` handles it again.
   */
  readonly background?: boolean | undefined
}

/** How one request is handled. */
export interface HandleOptions {
  /** Takes the work of a handler in the background, which goes on after the answer: platforms that freeze a process wait for it. */
  readonly waitUntil?: ((work: Promise<void>) => unknown) | undefined
}

/** What came of a delivery. */
export type Reply =
  | 'handled'
  | 'taken'
  | 'handled_before'
  | 'in_progress'
  | 'no_handler'
  | 'malformed'
  | 'failed'
  | 'refused'

/** What to answer. */
export interface Answer {
  /** What came of the delivery: handled, taken into the background, handled before, and so on. */
  readonly reply: Reply
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON text. It says nothing secret. */
  readonly body: string
}

interface Route {
  readonly handler: Handler<never>
  readonly background: boolean
}

const OPTIONS: Options<ReceiverOptions> = {
  headers: ['headers', wrongHeaders],
  allowList: ['allow_list', wrongTexts],
  hmacKey: ['hmac_key', wrongTexts],
  trustedProxies: ['trusted_proxies', wrongCount],
  maxBytes: ['max_bytes', (value) => wrongCount(value, 2 ** 53)],
  maxAgeMs: ['max_age', wrongTime, (milliseconds) => (milliseconds as number) / 1000],
  openForDevelopment: [
    'open_for_development',
    (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean'),
  ],
  store: [undefined, wrongStore],
  leaseMs: [undefined, wrongTime],
  ttlMs: [undefined, wrongTime],
  onError: [undefined, wrongFunction],
  onRefusal: [undefined, wrongFunction],
}
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function answer(reply: Reply, status: number, message: string, headers: Record<string, string> = {}): Answer {
  return {
    reply,
    status,
    headers: Object.freeze({ 'content-type': 'application/json', ...headers }),
    body: JSON.stringify({ message }),
  }
}

const HANDLED = answer('handled', 200, 'handled')
const TAKEN = answer('taken', 200, 'taken')
const HANDLED_BEFORE = answer('handled_before', 200, 'handled before')
const NO_HANDLER = answer('no_handler', 200, 'no handler')
const IN_PROGRESS = answer('in_progress', 503, 'the event is being handled', { 'retry-after': '1' })
const MALFORMED = answer('malformed', 500, 'the data of the event does not fit')
const FAILED = answer('failed', 500, 'the event could not be handled')

/**
 * Verifies webhooks, and hands each event to its handler once.
 *
 * ```js
 * const receiver = new webhooks.Receiver({ headers: { 'x-webhook-secret': secret } })
 * receiver.on('peer.join.success', async ({ data }) => attendance.join(data.peer_id, data.joined_at))
 * app.post('/webhooks/100ms', receiver.express())
 * ```
 */
export class Receiver {
  readonly #native: NativeReceiver
  readonly #headerNames: readonly string[]
  readonly #store: DedupeStore
  readonly #leaseMs: number
  readonly #ttlMs: number
  readonly #onError: (error: unknown, event: Event | undefined) => unknown
  readonly #onRefusal: ((refusal: Refusal) => void) | undefined
  readonly #routes = new Map<string, Route>()
  readonly #background = new Set<Promise<unknown>>()
  #fallback: Route | undefined

  /**
   * Create a receiver.
   *
   * @throws ConfigurationError when there is nothing to verify by, or an option cannot be.
   */
  constructor(options: ReceiverOptions) {
    this.#native = connect(options)
    this.#headerNames = this.#native.headerNames()
    const { store, leaseMs, ttlMs, onError, onRefusal } = ownOf(options)
    this.#store = store ?? new MemoryStore()
    this.#leaseMs = leaseMs ?? MINUTE
    this.#ttlMs = ttlMs ?? 31 * DAY
    this.#onError = onError ?? ((error) => console.error(error))
    this.#onRefusal = onRefusal
  }

  /** The size of the largest body that is taken, in bytes. */
  get maxBytes(): number {
    return this.#native.maxBytes()
  }

  /**
   * Verify a request and give its event. Nothing of the body is read before everything is verified.
   *
   * `peer` is the address at the other end of the connection; it is needed only with an allow list and without trusted proxies.
   *
   * @throws Refusal when it is not from the service, too large, or no JSON.
   * @throws ConfigurationError when the body is not the bytes that came, or the headers are missing.
   */
  receive(body: Body, headers: HeadersInput, peer?: string): Event {
    const bytes = bytesOf(body)
    const picked = pick(this.#headerNames, headers)
    try {
      return eventOf(
        refusing(() => this.#native.receive(bytes, picked, peer, Date.now())),
        bytes,
      )
    } catch (error) {
      throw error instanceof Refusal && error.reason === 'not_json' ? hinted(error, bytes) : error
    }
  }

  /** Handle events of a type. There is one handler for each type; events whose data does not fit go to the fallback. */
  on<Type extends EventType>(type: Type, handler: Handler<EventOf<Type>>, options?: HandlerOptions): this {
    if (!(EVENT_TYPES as readonly string[]).includes(type)) {
      const hint = guess(String(type), EVENT_TYPES)
      throw misconfigured(`${type}: there is no such type of events${hint}; types that are new go to the fallback`)
    }
    if (this.#routes.has(type)) throw misconfigured(`${type}: there is a handler for it already`)
    this.#routes.set(type, route(handler, options))
    return this
  }

  /**
   * Handle what has no handler of its own: other types, new types, and events whose data does not fit. Without it, events without a
   * handler are answered with 200 and forgotten, but those whose data does not fit their handler with 500: so they stay in the log
   * of failed deliveries.
   */
  fallback(handler: Handler, options?: HandlerOptions): this {
    if (this.#fallback) throw misconfigured('there is a fallback already')
    this.#fallback = route(handler, options)
    return this
  }

  /**
   * Verify a request, let its event be handled, and say what to answer.
   *
   * @throws ConfigurationError when the body is not the bytes that came, or the headers are missing; it does not reject otherwise.
   */
  async handle(body: Body, headers: HeadersInput, peer?: string, options?: HandleOptions): Promise<Answer> {
    let event: Event
    try {
      event = this.receive(body, headers, peer)
    } catch (error) {
      return this.#refused(error)
    }
    return this.#dispatch(event, ownOf(options).waitUntil)
  }

  /**
   * Verify what can be verified before the body is read, address and secret headers, and say what to answer when that is not right:
   * then the body need not be read. `handle` verifies it as well.
   */
  refusalOf(headers: HeadersInput, peer?: string): Answer | undefined {
    const picked = pick(this.#headerNames, headers)
    try {
      refusing(() => this.#native.verifySender(picked, peer))
      return undefined
    } catch (error) {
      return this.#refused(error)
    }
  }

  /** Let an event be handled that needs no verification, such as one from a queue of your own. Each is handled once. */
  async dispatch(event: Event, options?: HandleOptions): Promise<Answer> {
    return this.#dispatch(event, ownOf(options).waitUntil)
  }

  /** @internal Tell `onError`. */
  report(error: unknown, event?: Event): void {
    tell(() => this.#onError(error, event))
  }

  /** Wait until the work in the background is done, before the process ends. */
  async idle(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background)
  }

  /**
   * A handler for Express and what is like it, or for `http.createServer`. It reads the raw body itself, or takes the bytes that a body
   * parser before it kept (`request.rawBody`, or `request.body` of `express.raw()`).
   */
  express(): ExpressHandler {
    return express(this)
  }

  /** A plugin for Fastify: `app.register(receiver.fastify({ path: '/webhooks/100ms' }))`. */
  fastify(options: FastifyOptions): FastifyPlugin {
    return fastify(this, options)
  }

  /** A handler for what speaks fetch: `export const POST = receiver.fetch()` in Next, `receive(context.req.raw)` in Hono. */
  fetch(options: FetchOptions = {}): FetchHandler {
    return fetchHandler(this, options)
  }

  /** A handler for AWS Lambda: `export const handler = receiver.lambda()`. */
  lambda(): LambdaHandler {
    return lambda(this)
  }

  #refused(error: unknown): Answer {
    if (!(error instanceof Refusal)) throw error
    tell(() => this.#onRefusal?.(error))
    return answer('refused', error.status, error.publicMessage)
  }

  // From here on nothing is awaited that is there at once: half of the time of an event would go into that.

  #dispatch(event: Event, waitUntil: HandleOptions['waitUntil']): Answer | Promise<Answer> {
    const own = this.#routes.get(event.type)
    const route = (event.problem === undefined ? own : undefined) ?? this.#fallback
    if (route === undefined) {
      if (own === undefined || event.problem === undefined) return NO_HANDLER
      this.report(new Error(`${event.type}: ${event.problem}`), event)
      return MALFORMED
    }
    // What has no id cannot be told from others.
    if (event.id === '') return this.#work(route, event, '', waitUntil)
    const owner = newOwner()
    // The service does not wait for work in the background, which may take its time.
    const leaseMs = route.background ? Math.max(this.#leaseMs, HOUR) : this.#leaseMs
    return after(
      () => this.#store.claim(event.id, owner, leaseMs),
      (claim) => {
        if (claim === 'done') return HANDLED_BEFORE
        return claim === 'in_progress' ? IN_PROGRESS : this.#work(route, event, owner, waitUntil)
      },
      (error) => {
        this.report(error, event)
        // It may have been claimed all the same. The answer does not wait for it, since the store may be away.
        void after(() => this.#store.release(event.id, owner), ignore, ignore)
        return FAILED
      },
    )
  }

  /** Do the work of an event that is claimed. */
  #work(route: Route, event: Event, owner: string, waitUntil: HandleOptions['waitUntil']): Answer | Promise<Answer> {
    const work = after(
      () => (route.handler as Handler)(event),
      () => this.#note(HANDLED, event, owner),
      (error) => {
        this.report(error, event)
        return this.#note(FAILED, event, owner)
      },
    )
    if (!route.background) return work
    if (isPromise(work)) {
      const kept: Promise<void> = work.then(() => {
        this.#background.delete(kept)
      })
      this.#background.add(kept)
      if (waitUntil) tell(() => waitUntil(kept))
    }
    return TAKEN
  }

  /** Tell the store what came of the work. */
  #note(answer: Answer, event: Event, owner: string): Answer | Promise<Answer> {
    if (event.id === '') return answer
    return after(
      () => (answer === HANDLED ? this.#store.done(event.id, this.#ttlMs) : this.#store.release(event.id, owner)),
      () => answer,
      // Once the effect is there the service must not send it again, whether or not the store can be told.
      (error) => {
        this.report(error, event)
        return answer
      },
    )
  }
}

let thread: string | undefined
let claims = 0

/** A name of its own for each claim: that of the process, or of the worker thread, and a number. */
function newOwner(): string {
  // Not of `node:crypto`, which takes longer to load than the rest of the package.
  thread ??= globalThis.crypto.randomUUID()
  claims += 1
  return `${thread}-${claims}`
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | null | undefined)?.then === 'function'
}

/** Go on with what `make` gives or how it fails: at once, unless it gives a promise. */
function after<T, Next>(
  make: () => T | PromiseLike<T>,
  next: (made: T) => Next | Promise<Next>,
  failed: (error: unknown) => Next | Promise<Next>,
): Next | Promise<Next> {
  let made: T | PromiseLike<T>
  let later: boolean
  try {
    made = make()
    // Looking may throw, too.
    later = isPromise(made)
  } catch (error) {
    return failed(error)
  }
  return later ? Promise.resolve(made).then(next, failed) : next(made as T)
}

function ignore(): void {}

/** Tell somebody whose own failure, at once or later, must not change the answer. */
function tell(hear: () => unknown): void {
  void after(hear, ignore, (error) => console.error(error))
}

/** Read an event, without verification: for bodies whose sender is known, such as a queue of your own. Refuses what is no JSON object. */
export function parse(body: Body): Event {
  const bytes = bytesOf(body)
  return eventOf(
    refusing(() => addon.Receiver.parse(bytes)),
    bytes,
  )
}

/** Say so where a body that is no JSON is the base64 of one, as API gateways and queues hand it over. */
function hinted(refusal: Refusal, bytes: Uint8Array): Refusal {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  if (!/^[a-z0-9+/=\s]+$/i.test(text) || !/^\s*\{\s*"/.test(Buffer.from(text, 'base64').toString())) return refusal
  const { reason, status, publicMessage, message } = refusal
  const hint = `${message}: it looks like base64, as where a gateway sets isBase64Encoded; hand over Buffer.from(body, 'base64')`
  return new Refusal({ reason, status, message: hint, public_message: `${publicMessage}; it looks like base64` })
}

/** What is not set is not verified, so there is nothing to verify by without options. */
function connect(options: ReceiverOptions | undefined): NativeReceiver {
  const written = JSON.stringify(told(options ?? {}, OPTIONS))
  return guard(() => new addon.Receiver(written))
}

function wrongHeaders(headers: unknown): string | undefined {
  if (wrongObject(headers)) return 'must be a plain object of names and values'
  for (const [name, value] of Object.entries(headers as object)) {
    const wrong = wrongTexts(value)
    if (wrong) return `${name}: ${wrong}`
  }
  return undefined
}

function wrongTexts(value: unknown): string | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.length > 0 && values.every((one) => one !== '' && !wrongText(one))) return undefined
  return 'must be text that is not empty, or a list of such'
}

function wrongStore(store: unknown): string | undefined {
  const { claim, done, release } = (store ?? {}) as Partial<DedupeStore>
  if ([claim, done, release].every((method) => typeof method === 'function')) return undefined
  return 'must have the methods claim, done and release, as a MemoryStore or a RedisStore does'
}

function route(handler: Handler<never>, options?: HandlerOptions): Route {
  const { background = false } = ownOf(options)
  if (typeof handler !== 'function') throw misconfigured('the handler must be a function')
  return { handler, background }
}
