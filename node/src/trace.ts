// The trace that a call belongs to, when OpenTelemetry is loaded.

/** The headers of W3C Trace Context. */
export interface Trace {
  readonly traceparent?: string
  readonly tracestate?: string
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

/** The trace that is active now; none without OpenTelemetry, or without its propagator. */
export function activeTrace(): Trace {
  const { context, propagation } = (globalThis as { [PLACE]?: OpenTelemetry })[PLACE] ?? (NONE as OpenTelemetry)
  if (context === undefined || propagation === undefined) return NONE
  const carrier: Trace = {}
  propagation.inject(context.active(), carrier, SETTER)
  return carrier
}
