// The trace that a call belongs to, when OpenTelemetry is loaded.

/** The headers of W3C Trace Context. */
export interface Trace {
  readonly traceparent?: string | undefined
  readonly tracestate?: string | undefined
}

/** What is used of the API of OpenTelemetry, which all its versions keep in one place. */
interface OpenTelemetry {
  readonly context?: { active(): unknown }
  readonly propagation?: {
    inject(context: unknown, carrier: object, setter: { set(carrier: object, name: string, value: string): void }): void
  }
}

const PLACE = Symbol.for('opentelemetry.js.api.1')
const NONE: Trace = {}
const SETTER = {
  set(carrier: object, name: string, value: string): void {
    Object.assign(carrier, { [name]: value })
  },
}

/** The trace that is active now; none without OpenTelemetry, without its propagator, or when they fail: no call depends on them. */
export function activeTrace(): Trace {
  try {
    const { context, propagation } = (globalThis as { [PLACE]?: OpenTelemetry })[PLACE] ?? (NONE as OpenTelemetry)
    if (context === undefined || propagation === undefined) return NONE
    const carrier: { readonly [Name in keyof Trace]?: unknown } = {}
    propagation.inject(context.active(), carrier, SETTER)
    return { traceparent: textOf(carrier.traceparent), tracestate: textOf(carrier.tracestate) }
  } catch {
    return NONE
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
