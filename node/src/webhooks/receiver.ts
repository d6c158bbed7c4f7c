// The receiver: from requests to handlers.

import { convert, type Options, ownOf, wrongCount, wrongFunction, wrongObject, wrongText, wrongTime } from '../checks'
import { failed } from '../errors'
import { addon, type NativeReceiver } from '../native'
import { misconfigured } from '../refused'
import { guard } from '../tokens'
import { type Event, type EventOf, type EventType, eventOf } from './event'
import { EVENT_TYPES } from './events'
import { type ExpressHandler, express } from './express'
import { type FastifyOptions, type FastifyPlugin, fastify } from './fastify'
import { type FetchHandler, type FetchOptions, fetchHandler } from './fetch'
import { type LambdaHandler, lambda } from './lambda'
import { type Body, bytesOf, type HeadersInput, pick } from './request'
import { type DedupeStore, MemoryStore, wrongClaim } from './stores'
import { refusing, WebhookVerificationError } from './verification-error'

/** Options of a receiver. At least one verification method is required, and all that are set must pass. */
export interface ReceiverOptions {
  /** Required secret headers, with their values. Of a list of values any is accepted, for rotation. */
  readonly headers?: { readonly [name: string]: string | readonly string[] } | undefined
  /** Address ranges that may send requests, `10.0.0.0/8`. `published` means the ranges that the service publishes. */
  readonly allowList?: string | readonly string[] | undefined
  /** The key of the signature in `x-100ms-signature`, or several, of which any is accepted. HIPAA workspaces have one. */
  readonly hmacKey?: string | readonly string[] | undefined
  /**
   * Number of trusted proxies in front of the server: the sender is that many entries from the right in `X-Forwarded-For`. Defaults to 0.
   */
  readonly trustedProxies?: number | undefined
  /** Maximum size of a body in bytes. Defaults to 1 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * Maximum age of an event by its timestamp, in milliseconds. Requires `hmacKey`, since otherwise anybody can write any timestamp.
   * Replays, which the service marks with `is_replay`, are accepted at any age. Set it to more than the time over which the service
   * retries: an hour is a good value. Defaults to no limit.
   */
  readonly maxAgeMs?: number | undefined
  /** Accept requests from anybody if nothing else is set. Only for development. */
  readonly allowUnverified?: boolean | undefined
  /** Remembers which events were handled. Defaults to a `MemoryStore`. */
  readonly store?: DedupeStore | undefined
  /**
   * How long a handler may take, in milliseconds. After that the event may be given to another handler. Defaults to 60,000. In the
   * background it is an hour, unless this is longer.
   */
  readonly leaseMs?: number | undefined
  /** How long handled events are remembered, in milliseconds. Defaults to 31 days. */
  readonly ttlMs?: number | undefined
  /**
   * Called when a handler (including background handlers) or the store fails, or data does not match its type. Called without an event when
   * the server's setup prevents the handling of a request; in Express, the error handlers of the app are called instead. Defaults to
   * `console.error`.
   *
   * Each failure is reported, so an event comes twice if a handler fails and then the store's `release`. After a failed `done` the event was
   * handled, and nothing says so: to dispatch it after the end of its lease runs the handler again. If that matters, let the handler
   * remember the event's id together with its effect.
   */
  readonly onError?: ((error: unknown, event: Event | undefined) => void) | undefined
  /** Called for refused requests. */
  readonly onVerificationError?: ((refusal: WebhookVerificationError) => void) | undefined
}

/** Handles an event. If it throws or rejects, the service sends the event again. */
export type Handler<Handled = Event> = (event: Handled) => unknown

/** How a handler is run. */
export interface HandlerOptions {
  /**
   * Respond with 200 at once, and run the handler in the background. If it fails, `onError` is called with the event. The service does not
   * send it again, so store `event.raw`, its bytes: `receiver.dispatch(webhooks.parse(raw))` handles it again.
   */
  readonly background?: boolean | undefined
}

/** How one request is handled. */
export interface HandleOptions {
  /** Receives the work of a background handler, which continues after the response: platforms that freeze a process wait for it. */
  readonly waitUntil?: ((work: Promise<void>) => unknown) | undefined
}

/** The outcome of a delivery: handled, accepted by a background handler, handled before, and so on. */
export type DeliveryOutcome =
  | 'handled'
  | 'accepted'
  | 'duplicate'
  | 'in_progress'
  | 'no_handler'
  | 'malformed'
  | 'failed'
  | 'refused'

/** The response. */
export interface WebhookResponse {
  /** The outcome of the delivery. */
  readonly outcome: DeliveryOutcome
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON text, without secrets. */
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
  allowUnverified: ['allow_unverified', (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean')],
  store: [undefined, wrongStore],
  leaseMs: [undefined, wrongTime],
  ttlMs: [undefined, wrongTime],
  onError: [undefined, wrongFunction],
  onVerificationError: [undefined, wrongFunction],
}
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function answer(
  outcome: DeliveryOutcome,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): WebhookResponse {
  return {
    outcome,
    status,
    headers: Object.freeze({ 'content-type': 'application/json', ...headers }),
    body: JSON.stringify({ message }),
  }
}

const HANDLED = answer('handled', 200, 'handled')
const ACCEPTED = answer('accepted', 200, 'accepted')
const DUPLICATE = answer('duplicate', 200, 'duplicate')
const NO_HANDLER = answer('no_handler', 200, 'no handler')
const IN_PROGRESS = answer('in_progress', 503, 'the event is being handled', { 'retry-after': '1' })
const MALFORMED = answer('malformed', 500, 'the data of the event cannot be decoded')
const FAILED = answer('failed', 500, 'the event could not be handled')

/**
 * Verifies webhooks, and runs the handler of each event once.
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
  readonly #onVerificationError: ((refusal: WebhookVerificationError) => void) | undefined
  readonly #routes = new Map<string, Route>()
  readonly #background = new Set<Promise<unknown>>()
  #fallback: Route | undefined

  /**
   * Create a receiver.
   *
   * @throws ConfigurationError if there is no verification method, or an option is invalid.
   */
  constructor(options: ReceiverOptions) {
    this.#native = connect(options)
    this.#headerNames = this.#native.headerNames()
    const { store, leaseMs, ttlMs, onError, onVerificationError } = ownOf(options)
    this.#store = store ?? new MemoryStore()
    this.#leaseMs = leaseMs ?? MINUTE
    this.#ttlMs = ttlMs ?? 31 * DAY
    this.#onError = onError ?? ((error) => console.error(error))
    this.#onVerificationError = onVerificationError
  }

  /** The maximum size of a body in bytes. */
  get maxBytes(): number {
    return this.#native.maxBytes()
  }

  /**
   * Verify a request and return its event. The body is not parsed before everything is verified.
   *
   * `peer` is the address at the other end of the connection. It is needed only with an allow list and without trusted proxies.
   *
   * @throws WebhookVerificationError if it is not from the service, too large, or not JSON.
   * @throws ConfigurationError if the body is not the unchanged bytes, or the headers are missing.
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
      throw error instanceof WebhookVerificationError && error.reason === 'not_json' ? hinted(error, bytes) : error
    }
  }

  /** Handle events of a type. Each type has one handler. Events whose data does not match the type go to the fallback. */
  on<Type extends EventType>(type: Type, handler: Handler<EventOf<Type>>, options?: HandlerOptions): this {
    if (!(EVENT_TYPES as readonly string[]).includes(type)) {
      throw failed(addon.unknownEventType(String(type)))
    }
    if (this.#routes.has(type)) throw misconfigured(`${type}: there is a handler for it already`)
    this.#routes.set(type, route(handler, options))
    return this
  }

  /**
   * Handle events without their own handler: other types, new types, and data that does not match its type. Without a fallback, events
   * without a handler get 200 and are dropped. Data that does not match the type of its handler gets 500, so that it stays in the log of
   * failed deliveries.
   */
  fallback(handler: Handler, options?: HandlerOptions): this {
    if (this.#fallback) throw misconfigured('there is a fallback already')
    this.#fallback = route(handler, options)
    return this
  }

  /**
   * Verify a request, handle its event, and return the response.
   *
   * @throws ConfigurationError if the body is not the unchanged bytes, or the headers are missing. It does not reject otherwise.
   */
  async handle(body: Body, headers: HeadersInput, peer?: string, options?: HandleOptions): Promise<WebhookResponse> {
    let event: Event
    try {
      event = this.receive(body, headers, peer)
    } catch (error) {
      return this.#refused(error)
    }
    return this.#dispatch(event, ownOf(options).waitUntil)
  }

  /**
   * Verify what can be verified before the body is read: address and secret headers. If this fails, return the response; then the body need
   * not be read. `handle` verifies it too.
   */
  refusalOf(headers: HeadersInput, peer?: string): WebhookResponse | undefined {
    const picked = pick(this.#headerNames, headers)
    try {
      refusing(() => this.#native.verifySender(picked, peer))
      return undefined
    } catch (error) {
      return this.#refused(error)
    }
  }

  /** Handle an event without verification, for example from your own queue. Each event is handled once. */
  async dispatch(event: Event, options?: HandleOptions): Promise<WebhookResponse> {
    return this.#dispatch(event, ownOf(options).waitUntil)
  }

  /** @internal Call `onError`. */
  report(error: unknown, event?: Event): void {
    tell(() => this.#onError(error, event))
  }

  /** Wait until all background work is done, before the process ends. */
  async idle(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background)
  }

  /**
   * A handler for Express and similar frameworks, or for `http.createServer`. It reads the raw body itself, or uses the bytes that an
   * earlier body parser kept (`request.rawBody`, or `request.body` of `express.raw()`).
   */
  express(): ExpressHandler {
    return express(this)
  }

  /** A plugin for Fastify: `app.register(receiver.fastify({ path: '/webhooks/100ms' }))`. */
  fastify(options: FastifyOptions): FastifyPlugin {
    return fastify(this, options)
  }

  /** A handler for fetch-style servers: `export const POST = receiver.fetch()` in Next, `receive(context.req.raw)` in Hono. */
  fetch(options: FetchOptions = {}): FetchHandler {
    return fetchHandler(this, options)
  }

  /** A handler for AWS Lambda: `export const handler = receiver.lambda()`. */
  lambda(): LambdaHandler {
    return lambda(this)
  }

  #refused(error: unknown): WebhookResponse {
    if (!(error instanceof WebhookVerificationError)) throw error
    tell(() => this.#onVerificationError?.(error))
    return answer('refused', error.status, error.publicMessage)
  }

  // From here on nothing is awaited that is there at once: half of the time of an event would go into that.

  #dispatch(event: Event, waitUntil: HandleOptions['waitUntil']): WebhookResponse | Promise<WebhookResponse> {
    const own = this.#routes.get(event.type)
    const route = (event.problem === undefined ? own : undefined) ?? this.#fallback
    if (route === undefined) {
      if (own === undefined || event.problem === undefined) return NO_HANDLER
      this.report(new Error(`${event.type}: ${event.problem}`), event)
      return MALFORMED
    }
    // An event without an id cannot be recognised.
    if (event.id === '') return this.#work(route, event, '', waitUntil)
    const owner = newOwner()
    // The service does not wait for background work, which may take longer.
    const leaseMs = route.background ? Math.max(this.#leaseMs, HOUR) : this.#leaseMs
    return after(
      () => this.#store.claim(event.id, owner, leaseMs),
      (claim) => {
        switch (claim) {
          case 'new':
            return this.#work(route, event, owner, waitUntil)
          case 'in_progress':
            return IN_PROGRESS
          case 'done':
            return DUPLICATE
          default:
            return this.#unclaimed(wrongClaim(this.#store, claim), event, owner)
        }
      },
      (error) => this.#unclaimed(error, event, owner),
    )
  }

  /** Report that the store could not claim an event. */
  #unclaimed(error: unknown, event: Event, owner: string): WebhookResponse {
    this.report(error, event)
    // It may have been claimed nevertheless. The response does not wait for the release, since the store may be down.
    void after(() => this.#store.release(event.id, owner), ignore, ignore)
    return FAILED
  }

  /** Handle a claimed event. */
  #work(
    route: Route,
    event: Event,
    owner: string,
    waitUntil: HandleOptions['waitUntil'],
  ): WebhookResponse | Promise<WebhookResponse> {
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
    return ACCEPTED
  }

  /** Report the result to the store. */
  #note(answer: WebhookResponse, event: Event, owner: string): WebhookResponse | Promise<WebhookResponse> {
    if (event.id === '') return answer
    return after(
      () => (answer === HANDLED ? this.#store.done(event.id, this.#ttlMs) : this.#store.release(event.id, owner)),
      () => answer,
      // After the effect the service must not send it again, whether or not the store can be updated.
      (error) => {
        this.report(error, event)
        return answer
      },
    )
  }
}

let thread: string | undefined
let claims = 0

/** A unique name for each claim: that of the process, or of the worker thread, and a number. */
function newOwner(): string {
  // Not of `node:crypto`, which takes longer to load than the rest of the package.
  thread ??= globalThis.crypto.randomUUID()
  claims += 1
  return `${thread}-${claims}`
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | null | undefined)?.then === 'function'
}

/** Continue with the result or the error of `make`: at once, unless it is a promise. */
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

/** Call a function whose own failure, at once or later, must not change the response. */
function tell(hear: () => unknown): void {
  void after(hear, ignore, (error) => console.error(error))
}

/**
 * Parse an event without verification: for bodies whose sender is known, for example from your own queue. Refuses bodies that are not a
 * JSON object.
 */
export function parse(body: Body): Event {
  const bytes = bytesOf(body)
  return eventOf(
    refusing(() => addon.Receiver.parse(bytes)),
    bytes,
  )
}

/** Report a body that is not JSON but the base64 of one, as from API gateways and queues. */
function hinted(refusal: WebhookVerificationError, bytes: Uint8Array): WebhookVerificationError {
  const text = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  if (!/^[a-z0-9+/=\s]+$/i.test(text) || !/^\s*\{\s*"/.test(Buffer.from(text, 'base64').toString())) return refusal
  const { reason, status, publicMessage, message } = refusal
  const hint = `${message}: it looks like base64, as where a gateway sets isBase64Encoded; hand over Buffer.from(body, 'base64')`
  return new WebhookVerificationError({
    reason,
    status,
    message: hint,
    public_message: `${publicMessage}; it looks like base64`,
  })
}

/** Options that are not set are not verified, so at least one is required. */
function connect(options: ReceiverOptions | undefined): NativeReceiver {
  const written = JSON.stringify(convert(options ?? {}, OPTIONS))
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
