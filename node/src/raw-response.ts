// Raw responses, and values with the status and headers of their response.
import { type Outcome, takeExtra, takeText } from './bridge'

/** Names and values of headers. */
type Headers = readonly (readonly [name: string, value: string])[]

/** Return the first header of this name. */
function first(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return headers.find(([known]) => known === wanted)?.[1]
}

/** A raw response: status, headers and bytes. */
export class RawResponse {
  /** HTTP status, 2xx. */
  readonly status: number
  /** Names in lower case, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The body, byte for byte. */
  readonly body: Uint8Array

  /** @internal */
  constructor(outcome: Outcome) {
    const head = JSON.parse(takeText(outcome)) as Pick<RawResponse, 'status' | 'headers'>
    this.status = head.status
    this.headers = head.headers
    this.body = takeExtra(outcome) as Uint8Array
  }

  /** Return the first header of this name. */
  header(name: string): string | undefined {
    return first(this.headers, name)
  }

  /** Read the body as text. */
  text(): string {
    return new TextDecoder().decode(this.body)
  }

  /** Read the body as JSON. */
  json(): unknown {
    return JSON.parse(this.text())
  }
}

/** The value that a call returns, with status, headers and attempts. */
export class ApiResponse<Value> {
  /** The value that the call returns otherwise. */
  readonly value: Value
  /** HTTP status, 2xx. */
  readonly status: number
  /** Names in lower case, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** How often the request was sent. */
  readonly attempts: number
  /** How long the call took, over all attempts, in milliseconds. */
  readonly elapsedMs: number

  /** @internal */
  constructor(outcome: Outcome) {
    const { status, headers, attempts, elapsed } = JSON.parse(takeExtra(outcome) as string) as {
      readonly status: number
      readonly headers: Headers
      readonly attempts: number
      readonly elapsed: number
    }
    this.value = (JSON.parse(takeText(outcome)) ?? undefined) as Value
    this.status = status
    this.headers = headers
    this.attempts = attempts
    this.elapsedMs = elapsed * 1000
  }

  /** The service's id of the request. */
  get requestId(): string | undefined {
    return this.header('x-request-id')
  }

  /** Return the first header of this name. */
  header(name: string): string | undefined {
    return first(this.headers, name)
  }

  /** Values of headers are not shown. */
  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return { ...this, headers: this.headers.map(([name]) => name) }
  }
}
