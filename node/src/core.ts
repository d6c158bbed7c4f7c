// The road of a call: arguments to the addon, its outcome to a value or an error.
import { type Alone, encode, join } from './arguments'
import { type Outcome, run, runAbortable } from './bridge'
import { CancelledError, failed } from './errors'
import { Kind, type NativeClient } from './native'
import { type CallOptions, checkCallOptions } from './options'
import { RawAnswer } from './raw-answer'

/** One page, and the cursor of the following one. */
export interface Fetched<Page> {
  readonly page: Page
  readonly cursor: string | undefined
}

/** Query parameters; a list repeats the parameter. */
export type Query = Readonly<
  Record<string, string | number | boolean | Date | undefined | readonly (string | number)[]>
>

type Start = (id: number, timeout: number | undefined, maxRetries: number | undefined, abortable: boolean) => void

/** What the resources make their calls with. */
export class Core {
  readonly #native: NativeClient

  constructor(native: NativeClient) {
    this.#native = native
  }

  // The bodies await, so that the error is made where the stack can name the caller's line.

  /** Make a call. */
  async call<Answer>(operation: string, alone: Alone, options?: CallOptions, params?: object): Promise<Answer> {
    const text = encode(operation, params === undefined ? alone : join(operation, alone, params))
    const outcome = await this.#run(operation, options, (id, timeout, maxRetries, abortable) => {
      this.#native.call(id, operation, text, timeout, maxRetries, abortable)
    })
    // An operation that answers nothing answers null.
    if (outcome.kind === Kind.answer) return (JSON.parse(outcome.text) ?? undefined) as Answer
    throw errorOf(operation, outcome)
  }

  /** Fetch a page. */
  async page<Page>(operation: string, args: object, options?: CallOptions): Promise<Fetched<Page>> {
    const text = encode(operation, args)
    const outcome = await this.#run(operation, options, (id, timeout, maxRetries, abortable) => {
      this.#native.call(id, operation, text, timeout, maxRetries, abortable)
    })
    if (outcome.kind !== Kind.answer) throw errorOf(operation, outcome)
    return { page: JSON.parse(outcome.text) as Page, cursor: outcome.extra as string | undefined }
  }

  /** Make a call for its answer as it came. */
  async raw(operation: string, args: object, options?: CallOptions): Promise<RawAnswer> {
    const text = encode(operation, args)
    const outcome = await this.#run(operation, options, (id, timeout, maxRetries, abortable) => {
      this.#native.callRaw(id, operation, text, timeout, maxRetries, abortable)
    })
    if (outcome.kind === Kind.raw) return new RawAnswer(outcome)
    throw errorOf(operation, outcome)
  }

  /** Send a request that there is no operation for. */
  async request(method: string, path: string, query: Query, body: unknown, options?: CallOptions): Promise<RawAnswer> {
    const name = `${method} request`
    const pairs = encode(name, pairsOf(query))
    const text = body === undefined ? undefined : encode(name, body)
    const outcome = await this.#run(name, options, (id, timeout, maxRetries, abortable) => {
      this.#native.request(id, method, path, pairs, text, timeout, maxRetries, abortable)
    })
    if (outcome.kind === Kind.raw) return new RawAnswer(outcome)
    throw errorOf(name, outcome)
  }

  #run(operation: string, options: CallOptions | undefined, start: Start): Promise<Outcome> {
    if (options === undefined || options === null) return run((id) => start(id, undefined, undefined, false))
    checkCallOptions(operation, options)
    const { signal, timeoutMs, maxRetries } = options
    const timeout = timeoutMs === undefined ? undefined : timeoutMs / 1000
    if (signal === undefined) return run((id) => start(id, timeout, maxRetries, false))
    return runAbortable(signal, (id) => start(id, timeout, maxRetries, true))
  }
}

/** The error of an outcome that is no answer. */
export function errorOf(operation: string, outcome: Outcome): Error {
  if (outcome.kind === Kind.failure) return failed(outcome.text)
  const message = 'the call was dropped before it ended'
  return new CancelledError({ kind: 'cancelled', message, operation }, `${operation}: ${message} (cancelled)`)
}

function pairsOf(query: Query): [string, string][] {
  const pairs: [string, string][] = []
  for (const [name, value] of Object.entries(query)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const one of values) {
      if (one === undefined) continue
      pairs.push([name, one instanceof Date ? one.toISOString() : String(one)])
    }
  }
  return pairs
}
