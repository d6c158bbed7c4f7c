// The errors of calls: one class for each kind.
//
// HundredmsError
//   ConfigurationError      the client cannot be built
//   InvalidRequestError     refused before anything was sent
//   BadRequestError         400, 422, or a 4xx without a kind of its own
//   AuthenticationError     401; or a token callback failed
//   PermissionDeniedError   403
//   NotFoundError           404
//   ConflictError           409
//   RateLimitedError        429
//   ServerError             5xx
//   TimeoutError            the deadline passed
//   ConnectionError         no connection, or it broke
//   AmbiguousOutcomeError   the call failed and may have taken effect
//   DecodeError             a 2xx whose body does not match its type
//   JobFailedError          what a job waited for ended in another state
//   FileError               a file cannot be written
//   CancelledError          the call was dropped before it ended
//   SandboxError            a control of the sandbox was refused
//
// Every error of a call that may have taken effect, so that `mayHaveApplied` is true, is an AmbiguousOutcomeError for `instanceof`. It also
// has its usual class: a 5xx is a ServerError, an unreadable response a DecodeError, a timeout a TimeoutError, a broken connection a
// ConnectionError. One clause catches all of them.

import { aroundAnswer, asCalled, withArguments, withOptions } from './names'

/** The kind of an error. */
export type ErrorKind =
  | 'configuration'
  | 'invalid_request'
  | 'bad_request'
  | 'authentication'
  | 'permission_denied'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'server'
  | 'timeout'
  | 'connection'
  | 'ambiguous_outcome'
  | 'decode'
  | 'job_failed'
  | 'file'
  | 'cancelled'
  | 'sandbox'

/** The phase in which the call timed out or the connection broke. */
export type Phase = 'queue' | 'connect' | 'send' | 'wait' | 'body'

/** The operation that shows whether a call with an unknown outcome took effect. */
export interface CheckWith {
  /** The operation that shows it, such as `recordings.list`. */
  readonly operation: string
  /** Its arguments. */
  readonly arguments: { readonly [name: string]: unknown }
  /** When the call began. Its effect is not older. */
  readonly since: string | undefined
}

/** The data of an error. */
export interface ErrorDetails {
  readonly kind: ErrorKind
  readonly message: string
  readonly operation?: string | null
  readonly method?: string | null
  readonly route?: string | null
  readonly status?: number | null
  readonly code?: number | null
  readonly details?: readonly string[]
  readonly request_id?: string | null
  readonly field?: string | null
  readonly phase?: Phase | null
  readonly state?: string | null
  readonly path?: string | null
  readonly attempts?: number
  readonly elapsed?: number
  readonly retry_after?: number | null
  readonly may_have_applied?: boolean
  readonly timed_out?: boolean
  readonly cause?: string | null
  readonly check_with?: (Omit<CheckWith, 'since'> & { readonly since: string | null }) | null
}

/** The kinds whose classes an error is of, known to all copies of the package in a process. */
const KINDS = Symbol.for('hundredms.error.kinds')

/** The base class of all errors of this package. Message and fields contain no secret, path argument or body. */
export class HundredmsError extends Error {
  /** The kind; the class says the same. */
  readonly kind: ErrorKind
  /** What happened, without operation and status. */
  readonly reason: string
  /** The operation, such as `rooms.create`. */
  readonly operation: string | undefined
  /** HTTP method. */
  readonly method: string | undefined
  /** Path template, such as `/rooms/{room_id}`. */
  readonly route: string | undefined
  /** HTTP status, if the service answered. */
  readonly status: number | undefined
  /** Code in the body of the response. */
  readonly code: number | undefined
  /** More specific causes in the body of the response. */
  readonly details: readonly string[]
  /** The service's id of the request. */
  readonly requestId: string | undefined
  /** The argument that was refused, or the path of the response field that does not match. */
  readonly field: string | undefined
  /** The phase in which the call timed out or the connection broke. */
  readonly phase: Phase | undefined
  /** The last state that a job saw of what it waited for, such as `post_processing`. */
  readonly state: string | undefined
  /** The file that could not be written. */
  readonly path: string | undefined
  /** How often the request was sent. 0 if never. */
  readonly attempts: number
  /** Milliseconds since the start of the call. */
  readonly elapsedMs: number
  /** Milliseconds that the service asked to wait. */
  readonly retryAfterMs: number | undefined
  /** Whether the request may have taken effect although the call failed. */
  readonly mayHaveApplied: boolean
  /** The operation that shows whether it has, if there is one. `client.reconcile(error)` calls it. */
  readonly checkWith: CheckWith | undefined

  /** `text` is the message; the rest comes from `facts`. */
  constructor(facts: ErrorDetails, text: string = facts.message) {
    const { status, path } = facts
    const named = (said: string, operation?: string | null) =>
      status ? aroundAnswer(said, operation ?? '') : asCalled(said, path)
    super(named(text, facts.operation), facts.cause ? { cause: new Error(facts.cause) } : undefined)
    this.kind = facts.kind
    this.reason = named(facts.message)
    this.operation = facts.operation ?? undefined
    this.method = facts.method ?? undefined
    this.route = facts.route ?? undefined
    this.status = facts.status ?? undefined
    this.code = facts.code ?? undefined
    this.details = facts.details?.map((detail) => named(detail)) ?? []
    this.requestId = facts.request_id ?? undefined
    this.field = facts.field ?? undefined
    this.phase = facts.phase ?? undefined
    this.state = facts.state ?? undefined
    this.path = facts.path ?? undefined
    this.attempts = facts.attempts ?? 0
    this.elapsedMs = (facts.elapsed ?? 0) * 1000
    this.retryAfterMs = typeof facts.retry_after === 'number' ? facts.retry_after * 1000 : undefined
    this.mayHaveApplied = facts.may_have_applied ?? false
    this.checkWith = facts.check_with ? { ...facts.check_with, since: facts.check_with.since ?? undefined } : undefined
    Object.defineProperty(this, KINDS, { value: kindsOf(facts) })
    // What is not known would only fill logs, which show what is enumerable.
    for (const [name, value] of Object.entries(this)) {
      if (value === undefined) Object.defineProperty(this, name, { enumerable: false })
    }
  }
}

/** The client cannot be built: missing credentials, an invalid base URL, an unreadable CA file, an addon that does not load. */
export class ConfigurationError extends HundredmsError {}

/** The call was refused before anything was sent; `field` names the argument. */
export class InvalidRequestError extends HundredmsError {}

/** The service answered 400 or 422, or another 4xx without its own class. */
export class BadRequestError extends HundredmsError {}

/**
 * The service answered 401: the token is missing, expired, or signed with another secret. Or, without a `status`, a token callback failed,
 * so that nothing was sent, or a token that was checked is not valid.
 */
export class AuthenticationError extends HundredmsError {}

/** The service answered 403: the credentials do not allow this, or the room is disabled. */
export class PermissionDeniedError extends HundredmsError {}

/** The service answered 404. */
export class NotFoundError extends HundredmsError {}

/** The service answered 409, or somebody else changed what was edited. */
export class ConflictError extends HundredmsError {}

/** 429 on every attempt. See `retryAfterMs`. */
export class RateLimitedError extends HundredmsError {}

/** The service answered 5xx, or sent an unrecognised response. */
export class ServerError extends HundredmsError {}

/** The deadline passed, or a connection could not be opened in time. See `phase`. */
export class TimeoutError extends HundredmsError {}

/** No connection, or a broken one: DNS, refused, TLS, reset. */
export class ConnectionError extends HundredmsError {}

/**
 * The call failed and may have taken effect. Check before you repeat it. Every error with `mayHaveApplied` is one for `instanceof`, in
 * addition to its usual class.
 */
export class AmbiguousOutcomeError extends HundredmsError {}

/** A 2xx response whose body does not match its type. `field` says where. */
export class DecodeError extends HundredmsError {}

/** A job cannot reach its end: what it waited for ended in another state. `state` says which. */
export class JobFailedError extends HundredmsError {}

/** A file cannot be written: the disk is full, the folder is missing, no permission. `path` names it, and `cause` says why. */
export class FileError extends HundredmsError {}

/** The call was cancelled before it ended. A call aborted by a signal rejects with the reason of the signal instead. */
export class CancelledError extends HundredmsError {}

/** A control of the sandbox was refused, or the sandbox could not start. */
export class SandboxError extends HundredmsError {}

/** The class of each kind. */
export const errorClasses: Readonly<Record<ErrorKind, typeof HundredmsError>> = {
  configuration: ConfigurationError,
  invalid_request: InvalidRequestError,
  bad_request: BadRequestError,
  authentication: AuthenticationError,
  permission_denied: PermissionDeniedError,
  not_found: NotFoundError,
  conflict: ConflictError,
  rate_limited: RateLimitedError,
  server: ServerError,
  timeout: TimeoutError,
  connection: ConnectionError,
  ambiguous_outcome: AmbiguousOutcomeError,
  decode: DecodeError,
  job_failed: JobFailedError,
  file: FileError,
  cancelled: CancelledError,
  sandbox: SandboxError,
}

for (const errorClass of [HundredmsError, ...Object.values(errorClasses)]) {
  Object.defineProperty(errorClass, Symbol.hasInstance, { value: isOf })
  Object.defineProperty(errorClass.prototype, 'name', { value: errorClass.name, configurable: true, writable: true })
}

/** Whether it is an error of the class `this`, even if another copy of the package created it, as under Jest. */
function isOf(this: { readonly prototype: object }, error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if (Object.prototype.isPrototypeOf.call(this.prototype, error)) return true
  const kinds = (error as { readonly [KINDS]?: readonly ErrorKind[] })[KINDS]
  if (!Array.isArray(kinds)) return false
  return this === HundredmsError || kinds.some((kind: ErrorKind) => errorClasses[kind] === this)
}

/** The kinds whose classes an error is of: its own, what made its outcome ambiguous, and that it is. */
function kindsOf({ kind, may_have_applied, timed_out, phase, status }: ErrorDetails): readonly ErrorKind[] {
  if (!may_have_applied) return [kind]
  if (kind !== 'ambiguous_outcome') return [kind, 'ambiguous_outcome']
  if (timed_out) return [kind, 'timeout']
  if (phase) return [kind, 'connection']
  return status && status >= 500 ? [kind, 'server'] : [kind]
}

/** The text of an error of the addon that contains details; by its shape, since under Jest the addon makes errors of another realm. */
export function taggedBy(error: unknown): string | undefined {
  const message = (error as { readonly message?: unknown } | null | undefined)?.message
  return typeof message === 'string' && message.startsWith('{') ? message : undefined
}

/** The details of a tagged failure: JSON, a line break, the text. */
export function detailsOf(tagged: string): ErrorDetails {
  return JSON.parse(tagged.slice(0, tagged.indexOf('\n')))
}

/** The text of a tagged failure. */
export function textOf(tagged: string): string {
  return tagged.slice(tagged.indexOf('\n') + 1)
}

/** The error of a tagged failure. `alone` has the arguments that were passed by themselves, under the names of the core. */
export function failed(tagged: string, alone: object = {}): HundredmsError {
  const facts = detailsOf(tagged)
  const errorClass = errorClasses[facts.kind] ?? HundredmsError
  const { field, operation } = facts
  // Errors of calls name no options.
  const ofOptions = (facts.kind === 'configuration' && !operation) || /^(?:tokens|links)\./.test(operation ?? '')
  const renamed = (said: string) => (ofOptions ? withOptions(said) : withArguments(said, alone))
  const name = field && renamed(field).replace(/^extra_(?:body|query)\b/, 'extra')
  const named = (said: string) => {
    if (facts.kind !== 'configuration' && facts.kind !== 'invalid_request') return said
    return renamed(name ? said.replace(`${field}:`, `${name}:`) : said)
  }
  return new errorClass({ ...facts, field: name || null, message: named(facts.message) }, named(textOf(tagged)))
}
