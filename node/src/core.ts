// Runs calls: passes arguments to the addon, and turns its outcome into a value or an error.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Alone, checkObject, checkText, encode, join, type Time } from './arguments'
import { refuseWithin } from './asking'
import { type CallScope, type Outcome, reportTo, run, runAbortable, takeExtra, takeText } from './bridge'
import { isDate, ownOf, wrongObject } from './checks'
import { CancelledError, detailsOf, failed, HundredmsError, InvalidRequestError } from './errors'
import { inMap } from './in-map'
import { jobOptions, reporter } from './jobs'
import { withArguments } from './names'
import { type CallContext, Kind, type NativeClient } from './native'
import type { Observer } from './observe'
import { type CallOptions, checkCallOptions, type JobOptions } from './options'
import { ApiResponse, RawResponse } from './raw-response'
import { refused } from './refused'
import { beginTrace, type CallSpan, openSpans, type Target, type Traced } from './trace'

/** One page, and the cursor of the following one. */
export interface Fetched<Page> {
  readonly page: Page
  readonly cursor: string | undefined
}

type QueryValue = string | number | boolean | Time

/** Query parameters. A list repeats the parameter. */
export type Query = Readonly<Record<string, QueryValue | undefined | readonly QueryValue[]>>

/** The parts of a request without a method. */
export interface RequestContent {
  /** Query parameters. A list repeats the parameter. */
  readonly query?: Query | undefined
  /** What is sent as JSON. */
  readonly body?: unknown
}

/** Starts a call with what its options say, as the addon takes it. */
type Start = (id: number, context: CallContext | undefined) => void

type Unsure = WeakMap<object, { readonly operation: string; readonly text: string }>

/** The calls whose errors say that they may have taken effect, of all copies of the package, so that any of them can reconcile. */
const UNSURE = Symbol.for('hundredms.unsure')
const shared = globalThis as { [UNSURE]?: Unsure }
shared[UNSURE] ??= new WeakMap()
const unsure: Unsure = shared[UNSURE]

/** Reads the file of an asset. */
export interface AssetReader {
  /** Read the next bytes, or null at the end. A read that is aborted ends the transfer. */
  readonly next: (signal: AbortSignal) => Promise<Uint8Array | null>
  /** End the transfer. */
  readonly close: () => void
}

/** Makes the calls of the resources. */
export class Core {
  readonly #native: NativeClient
  readonly #observer: Observer
  /** The token callback, if there is one. */
  readonly #token: unknown
  /** Why no call can be made, if credentials are missing. */
  readonly #missing: Error | undefined
  /** Whether calls return an `ApiResponse`. */
  readonly #responds: boolean

  constructor(native: NativeClient, observer: Observer, token: unknown, missing: Error | undefined, responds = false) {
    this.#native = native
    this.#observer = observer
    this.#token = token
    this.#missing = missing
    this.#responds = responds
  }

  /** The same, for calls that return an `ApiResponse`. */
  responding(): Core {
    return new Core(this.#native, this.#observer, this.#token, this.#missing, true)
  }

  // The methods await, so that the stack of an error contains the line of the caller.

  /** Make a call. */
  async call<Answer>(operation: string, alone: Alone, options?: CallOptions, params?: object): Promise<Answer> {
    const text = written(operation, params === undefined ? alone : join(operation, alone, params), alone)
    const outcome = await this.#run(operation, options, (id, context) => {
      if (this.#responds) this.#native.callWithResponse(id, operation, text, context)
      else this.#native.call(id, operation, text, context)
    })
    // The response of an operation that returns nothing is null.
    if (outcome.kind === Kind.answer) return (JSON.parse(takeText(outcome)) ?? undefined) as Answer
    if (outcome.kind === Kind.responded) return new ApiResponse(outcome) as Answer
    throw remembered(errorOf(operation, outcome, alone), operation, text)
  }

  /** Make a call and return its result as JSON text. */
  async text(operation: string, args: object, options?: CallOptions, alone: Alone = {}): Promise<string> {
    const text = written(operation, args, alone)
    const outcome = await this.#run(operation, options, (id, context) => {
      this.#native.call(id, operation, text, context)
    })
    if (outcome.kind === Kind.answer) return takeText(outcome)
    throw errorOf(operation, outcome, alone)
  }

  /** Fetch a page. */
  async page<Page>(operation: string, args: object, options?: CallOptions, alone: Alone = {}): Promise<Fetched<Page>> {
    const text = written(operation, args, alone)
    const outcome = await this.#run(operation, options, (id, context) => {
      this.#native.call(id, operation, text, context)
    })
    if (outcome.kind !== Kind.answer) throw errorOf(operation, outcome, alone)
    return { page: JSON.parse(takeText(outcome)) as Page, cursor: outcome.extra as string | undefined }
  }

  /** Make a call and return the raw response. */
  async raw(operation: string, args: object, options?: CallOptions): Promise<RawResponse> {
    checkText(undefined, 'operation', operation)
    checkObject(operation, 'the arguments', args)
    const written = encode(operation, args)
    const outcome = await this.#run(operation, options, (id, context) => {
      this.#native.callRaw(id, operation, written, context)
    })
    if (outcome.kind === Kind.raw) return new RawResponse(outcome)
    throw remembered(errorOf(operation, outcome), operation, written)
  }

  /** Find what a call with an unknown outcome made. */
  async reconcile(error: HundredmsError, options?: CallOptions): Promise<unknown> {
    if (!(error instanceof HundredmsError)) throw refused('reconcile', 'error', 'must be an error of this package')
    if (!error.mayHaveApplied)
      throw refused('reconcile', 'error', 'is of a call that has changed nothing, so there is nothing to find')
    const call = unsure.get(error)
    if (call === undefined) {
      throw refused(
        'reconcile',
        'error',
        'does not belong to a method call of this process; after a job, make the call that checkWith names, or run the job again',
      )
    }
    if (ownOf(options).extra !== undefined) throw refused('reconcile', 'extra', 'is only for calls')
    const since = error.checkWith?.since
    const start: Start = (id, context) => {
      this.#native.reconcile(id, call.operation, call.text, since, context)
    }
    const target = () => this.#target(error.checkWith?.operation ?? '')
    const outcome = await this.#run('reconcile', options, start, target)
    if (outcome.kind === Kind.answer) return JSON.parse(takeText(outcome)) ?? undefined
    throw errorOf('reconcile', outcome)
  }

  /** Run a job. */
  async runJob<Answer, Progress>(
    job: string,
    alone: Alone,
    options?: JobOptions<Progress>,
    params?: object,
  ): Promise<Answer> {
    if (this.#responds)
      throw refused(job, '', 'a job makes several calls, so it has no single response: call it without withResponse')
    const text = written(job, params === undefined ? alone : join(job, alone, params), alone)
    const { callOptions, onProgress, abort } = jobOptions(job, options)
    const outcome = await this.#run(job, callOptions, (id, context) => {
      if (onProgress !== undefined) reportTo(id, reporter(onProgress, abort))
      this.#native.runJob(id, job, text, onProgress !== undefined, context)
    })
    if (outcome.kind === Kind.answer) return (JSON.parse(takeText(outcome)) ?? undefined) as Answer
    throw errorOf(job, outcome, alone)
  }

  /** Open the file of an asset. Return what reads its next piece, which is null at the end. */
  openAsset(name: string, assetId: string, options: CallOptions = {}): AssetReader {
    if (this.#missing) throw this.#missing
    checkText(name, 'assetId', assetId)
    checkCallOptions(name, options)
    const { timeoutMs, maxRetries, extra } = ownOf(options)
    if (extra !== undefined) throw refused(name, 'extra', 'is for calls alone')
    const timeout = timeoutMs === undefined ? undefined : timeoutMs / 1000
    const reader = this.#native.assetReader(assetId, { timeout, maxRetries })
    const next = async (signal: AbortSignal) => {
      const outcome = await this.#run(name, { signal }, (id, context) => {
        reader.next(id, context)
      })
      if (outcome.kind === Kind.raw) return takeExtra(outcome) as Uint8Array
      if (outcome.kind === Kind.answer) return null
      throw errorOf(name, outcome, { asset_id: assetId })
    }
    return { next, close: () => reader.close() }
  }

  /** Send a request without an operation. */
  async request(method: string, path: string, content: RequestContent, options?: CallOptions): Promise<RawResponse> {
    checkText('request', 'method', method)
    checkText('request', 'path', path)
    const name = `${method} request`
    checkObject(name, 'the content of the request', content)
    for (const key of Object.keys(content)) {
      if (key !== 'query' && key !== 'body') throw refused(name, key, 'is unknown; known are query and body')
    }
    const { query = {}, body } = ownOf(content)
    const pairs = JSON.stringify(pairsOf(name, query))
    const written = body === undefined ? undefined : encode(name, body, 'body')
    const start: Start = (id, context) => {
      this.#native.request(id, method, path, pairs, written, context)
    }
    const outcome = await this.#run(name, options, start, () => this.#target('request', method))
    if (outcome.kind === Kind.raw) return new RawResponse(outcome)
    throw errorOf(name, outcome)
  }

  #run(
    operation: string,
    options: CallOptions | undefined,
    start: Start,
    target: () => Target | undefined = () => this.#target(operation),
  ): Promise<Outcome> {
    if (this.#missing) throw this.#missing
    if (typeof this.#token === 'function') refuseWithin(this.#token)
    if (options === undefined || options === null) {
      const trace = beginTrace(target)
      const { traceparent, tracestate } = trace
      const mapped = inMap()
      const context = traceparent === undefined && !mapped ? undefined : { traceparent, tracestate, inMap: mapped }
      const begin = (id: number) => start(id, context)
      return ended(trace, run(begin, this.#scope(trace)))
    }
    checkCallOptions(operation, options)
    const { signal, timeoutMs, maxRetries, extra } = ownOf(options)
    const timeout = timeoutMs === undefined ? undefined : timeoutMs / 1000
    const fields = extra === undefined ? undefined : encode(operation, extra, 'extra')
    const trace = beginTrace(target)
    const { traceparent, tracestate } = trace
    const abortable = signal !== undefined
    const context = { timeout, maxRetries, traceparent, tracestate, extra: fields, abortable, inMap: inMap() }
    const begin = (id: number) => start(id, context)
    const scope = this.#scope(trace)
    return ended(trace, signal === undefined ? run(begin, scope) : runAbortable(signal, begin, scope))
  }

  /** Return what is kept while a call runs: its async context if it runs code of the user, and its span. */
  #scope({ span }: Traced): CallScope | undefined {
    const { wanted } = this.#observer
    const observed = wanted || openSpans() > 0
    if (observed !== this.#observer.observed) {
      this.#observer.observed = observed
      this.#native.observe(observed)
    }
    if (!wanted && typeof this.#token !== 'function') return span && { span }
    return { inContext: AsyncLocalStorage.snapshot(), span }
  }

  /** Set by how many seconds the service's clock is ahead. */
  setClockOffset(seconds: number): void {
    this.#native.setClockOffset(seconds)
  }

  #target(operation: string, method?: string): Target | undefined {
    const target = this.#native.target(operation)
    if (target === null) return undefined
    const [known = '', route = '', baseUrl = ''] = target
    return { operation, method: method ?? known, route, baseUrl }
  }
}

/** End the span of a call, if it has one, with its outcome. */
function ended({ span }: Traced, call: Promise<Outcome>): Promise<Outcome> {
  return span === undefined ? call : endedWith(span, call)
}

async function endedWith(span: CallSpan, call: Promise<Outcome>): Promise<Outcome> {
  try {
    const outcome = await call
    if (outcome.kind === Kind.failure) span.end(detailsOf(outcome.text))
    else span.end(outcome.kind === Kind.dropped ? { kind: 'cancelled' } : undefined)
    return outcome
  } catch (error) {
    // Aborted by its signal.
    span.end({ kind: 'cancelled' })
    throw error
  }
}

/** Remember the call behind an error if it may have taken effect, so that `reconcile` can find its effect. */
function remembered(error: Error, operation: string, text: string): Error {
  if (error instanceof HundredmsError && error.mayHaveApplied) unsure.set(error, { operation, text })
  return error
}

/** Write the arguments of a call. `alone` has those that were passed by themselves. */
function written(operation: string, args: object, alone: Alone): string {
  try {
    return encode(operation, args)
  } catch (error) {
    if (!(error instanceof InvalidRequestError) || !error.field) throw error
    const path = withArguments(error.field, alone)
    if (path === error.field) throw error
    throw refused(operation, path, withArguments(error.reason.slice(error.field.length + 2), alone))
  }
}

/** The error of an outcome without a response. `alone` has the arguments that were passed by themselves. */
export function errorOf(operation: string, outcome: Outcome, alone?: object): Error {
  if (outcome.kind === Kind.failure) return failed(outcome.text, alone)
  const message = 'the call was dropped before it ended'
  return new CancelledError({ kind: 'cancelled', message, operation }, `${operation}: ${message} (cancelled)`)
}

function pairsOf(operation: string, query: Query): [name: string, value: string][] {
  const pairs: [string, string][] = []
  const wrong = wrongObject(query)
  if (wrong) throw refused(operation, 'query', wrong)
  for (const [name, value] of Object.entries(query)) {
    checkText(operation, 'query', name)
    const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
    for (const one of values) pairs.push([name, queryText(operation, `query.${name}`, one)])
  }
  return pairs
}

function queryText(operation: string, path: string, value: unknown): string {
  if (typeof value === 'string') checkText(operation, path, value)
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return String(value)
  if (isDate(value) && !Number.isNaN(value.getTime())) return value.toISOString()
  throw refused(operation, path, 'must be text, a number, a boolean, a valid Date, or a list of such')
}
