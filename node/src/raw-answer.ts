// An answer as it came.
import type { Outcome } from './bridge'

/** An answer as it came: status, headers, bytes. */
export class RawAnswer {
  /** HTTP status, 2xx. */
  readonly status: number
  /** Names in lower case, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The body, byte for byte. */
  readonly body: Uint8Array

  /** @internal */
  constructor(outcome: Outcome) {
    const head = JSON.parse(outcome.text) as Pick<RawAnswer, 'status' | 'headers'>
    this.status = head.status
    this.headers = head.headers
    this.body = outcome.extra as Uint8Array
  }

  /** Give the first header of this name. */
  header(name: string): string | undefined {
    const wanted = name.toLowerCase()
    return this.headers.find(([known]) => known === wanted)?.[1]
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
