// Observation of calls: the hooks of a client, and channels of node:diagnostics_channel.
import { channel } from 'node:diagnostics_channel'
import { types } from 'node:util'
import type { CallScope } from './bridge'
import type { ErrorKind } from './errors'
import { asCalled } from './names'

/** An attempt that is sent. Views contain no secret, path argument or body. */
export interface RequestView {
  /** The number of the call within the client. It distinguishes the requests, responses and retries of concurrent calls. */
  readonly call: number
  /** The operation, such as `rooms.create`; `request` for `client.request`. */
  readonly operation: string
  /** HTTP method. */
  readonly method: string
  /** Path template, such as `/rooms/{room_id}`. */
  readonly route: string
  /** Number of the attempt, starting at 1. */
  readonly attempt: number
  /** What is unusual about the arguments: values and fields that this version does not know, sent unchanged. */
  readonly hint?: string
  /**
   * What a process warning says: a value of an argument is probably misspelt, or the Redis of the rate limit cannot be reached, or can
   * be again. A client says the same of an operation's arguments once, with the first attempt of a call, and at most 64 such things.
   */
  readonly warning?: string
}

/** An attempt that ended. An aborted call has none. */
export interface ResponseView extends RequestView {
  /** HTTP status, if the service answered. */
  readonly status: number | undefined
  /** The error, if there is one. */
  readonly error: ErrorKind | undefined
  /** Duration of the attempt in milliseconds. */
  readonly elapsedMs: number
}

/** A pause before a retry. */
export interface RetryView extends RequestView {
  /** HTTP status, if the service answered. */
  readonly status: number | undefined
  /** The error. */
  readonly error: ErrorKind | undefined
  /** Duration of the pause in milliseconds. */
  readonly pauseMs: number
}

/**
 * Hooks of calls. Called shortly after each event, and before the call ends. Hooks are not awaited. A hook that throws, or whose promise
 * rejects, causes a process warning and does not change the call.
 */
export interface Hooks {
  /** Called for every attempt that is sent. */
  readonly onRequest?: ((view: RequestView) => void) | undefined
  /** Called for every attempt that ended. */
  readonly onResponse?: ((view: ResponseView) => void) | undefined
  /** Called for every pause before a retry. */
  readonly onRetry?: ((view: RetryView) => void) | undefined
}

/** As the core tells it. */
export interface Seen {
  readonly event: 'request' | 'response' | 'retry'
  readonly call: number
  readonly operation: string
  readonly method: string
  readonly route: string
  readonly attempt: number
  readonly status?: number | null
  readonly error?: ErrorKind | null
  readonly elapsed?: number
  readonly pause?: number
  readonly hint?: string
  readonly warning?: string
}

const CHANNELS = {
  request: channel('hundredms:request'),
  response: channel('hundredms:response'),
  retry: channel('hundredms:retry'),
}

/** The observers of a client's calls. */
export class Observer {
  readonly #hooks: Readonly<Record<Seen['event'], ((view: never) => unknown) | undefined>>
  readonly #hooked: boolean
  /** Whether the addon reports the calls of the client, and not only their warnings. */
  observed = false

  constructor({ onRequest, onResponse, onRetry }: Hooks) {
    this.#hooks = { request: onRequest, response: onResponse, retry: onRetry }
    this.#hooked = Object.values(this.#hooks).some((hook) => typeof hook === 'function')
  }

  /** Whether there are hooks or subscribers now. */
  get wanted(): boolean {
    const { request, response, retry } = CHANNELS
    return this.#hooked || request.hasSubscribers || response.hasSubscribers || retry.hasSubscribers
  }

  /** Pass on a report of the core, in the async context of its call. */
  tell(text: string, scope: CallScope | undefined): void {
    const seen = JSON.parse(text) as Seen
    scope?.span?.record(seen)
    if (seen.warning !== undefined) {
      process.emitWarning(asCalled(`hundredms: ${seen.operation}: ${seen.warning}`), { code: 'HUNDREDMS_WARNING' })
    }
    const hook = this.#hooks[seen.event]
    if (!hook && !CHANNELS[seen.event].hasSubscribers) return
    const tell = () => publish(seen, hook)
    if (scope?.inContext) scope.inContext(tell)
    else tell()
  }
}

function publish(seen: Seen, hook: ((view: never) => unknown) | undefined): void {
  const view = viewOf(seen)
  CHANNELS[seen.event].publish(view)
  try {
    const result: unknown = hook?.(view as never)
    // Of any realm; else its rejection would end the process.
    if (types.isPromise(result)) Promise.resolve(result).catch(warn)
  } catch (error) {
    warn(error)
  }
}

/** Warn of a value that a hook threw, which may be anything. */
function warn(error: unknown): void {
  let text = 'a hook failed, and what it threw cannot be printed'
  try {
    text = String(error)
    if (error instanceof Error) {
      // Node prints these later: what throws then would end the process.
      const { stack, code } = error as NodeJS.ErrnoException
      void `${stack} ${code}`
      process.emitWarning(error)
      return
    }
  } catch {
    // It is no error to Node: one of another realm, as in Jest, or one that cannot be printed.
  }
  process.emitWarning(text)
}

function viewOf(seen: Seen): RequestView | ResponseView | RetryView {
  const { call, operation, method, route, attempt, hint, warning } = seen
  const plain = { call, operation, method, route, attempt }
  const hinted: RequestView = hint === undefined ? plain : { ...plain, hint: asCalled(hint) }
  const request: RequestView = warning === undefined ? hinted : { ...hinted, warning: asCalled(warning) }
  if (seen.event === 'request') return request
  const outcome = { ...request, status: seen.status ?? undefined, error: seen.error ?? undefined }
  if (seen.event === 'response') return { ...outcome, elapsedMs: (seen.elapsed ?? 0) * 1000 }
  return { ...outcome, pauseMs: (seen.pause ?? 0) * 1000 }
}
