// Traces, when OpenTelemetry is loaded: a span for each call, and the headers that go with its requests.
import type { ErrorDetails } from './errors'
import type { Seen } from './observe'

/** The headers of W3C Trace Context. */
export interface Trace {
  readonly traceparent?: string | undefined
  readonly tracestate?: string | undefined
}

/** What is used of a span. */
interface Span {
  isRecording(): boolean
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { code: number }): unknown
  end(): void
}

/** What is used of a context. */
interface Context {
  setValue(key: symbol, value: unknown): Context
}

interface SpanOptions {
  readonly kind: number
  readonly attributes: Readonly<Record<string, string | number>>
}

/** What is used of the API of OpenTelemetry, which all its versions keep in one place. */
interface OpenTelemetry {
  readonly trace?: {
    getTracer(name: string): { startSpan(name: string, options: SpanOptions, context: Context): Span }
  }
  readonly context?: { active(): Context }
  readonly propagation?: {
    inject(context: Context, carrier: object, setter: { set(carrier: object, name: string, value: string): void }): void
  }
}

const PLACE = Symbol.for('opentelemetry.js.api.1')
/** Where a context holds its span, in all versions of the API. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN')
const INTERNAL = 0
const CLIENT = 2
const ERROR = 2
const NONE: Trace = {}
const SETTER = {
  set(carrier: object, name: string, value: string): void {
    Object.assign(carrier, { [name]: value })
  },
}

/** A call as its span names it. A job has an operation only. */
export interface Target {
  readonly operation: string
  readonly method: string
  /** Path template. */
  readonly route: string
  readonly baseUrl: string
}

/** The trace of a call: what goes with its requests, and its span while it is recorded. */
export interface Traced extends Trace {
  readonly span?: CallSpan | undefined
}

/**
 * Begin the span of a call, whose parent is the span that is active now. There is none without OpenTelemetry, and no headers without a
 * propagator. No call depends on them: what they throw is ignored.
 */
export function beginTrace(target: () => Target | undefined): Traced {
  const { trace, context, propagation } = (globalThis as { [PLACE]?: OpenTelemetry })[PLACE] ?? (NONE as OpenTelemetry)
  if (context === undefined) return NONE
  try {
    let active = context.active()
    let span: Span | undefined
    const called = trace && target()
    if (called) {
      const { method, route } = called
      // A job has no route.
      const name = route === '' ? called.operation : `${method} ${route}`
      span = trace.getTracer('hundredms').startSpan(name, optionsOf(called), active)
      active = active.setValue(SPAN, span)
    }
    const carrier: { readonly [Name in keyof Trace]?: unknown } = {}
    propagation?.inject(active, carrier, SETTER)
    return {
      traceparent: textOf(carrier.traceparent),
      tracestate: textOf(carrier.tracestate),
      span: span?.isRecording() ? new CallSpan(span) : undefined,
    }
  } catch {
    return NONE
  }
}

function optionsOf({ operation, method, route, baseUrl }: Target): SpanOptions {
  if (route === '') return { kind: INTERNAL, attributes: { 'hundredms.operation': operation } }
  const { protocol, hostname, port } = new URL(baseUrl)
  return {
    kind: CLIENT,
    attributes: {
      'hundredms.operation': operation,
      'http.request.method': method,
      'url.template': route,
      'url.scheme': protocol.slice(0, -1),
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    },
  }
}

let open = 0

/** How many calls running have a span. */
export function spansOpen(): number {
  return open
}

/** The span of a call running. */
export class CallSpan {
  readonly #span: Span
  #attempt = 0
  #status: number | undefined

  constructor(span: Span) {
    this.#span = span
    open += 1
  }

  /** Note what is seen of the call. */
  saw({ event, attempt, status }: Seen): void {
    this.#attempt = attempt
    if (event === 'response') this.#status = status ?? undefined
  }

  /** The call ended: well, or with an error. A call that was refused before anything was sent has no span. */
  end(error?: Pick<ErrorDetails, 'kind' | 'status'>): void {
    open -= 1
    if (error?.kind === 'invalid_request' && this.#attempt === 0) return
    try {
      const status = error ? (error.status ?? undefined) : this.#status
      if (status !== undefined) this.#span.setAttribute('http.response.status_code', status)
      if (this.#attempt > 1) this.#span.setAttribute('http.request.resend_count', this.#attempt - 1)
      if (error) {
        this.#span.setAttribute('error.type', error.kind)
        this.#span.setStatus({ code: ERROR })
      }
      this.#span.end()
    } catch {
      // No call depends on it.
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
