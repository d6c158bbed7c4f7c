// `WebhookVerificationError`: why a request is refused.
import { taggedBy } from '../errors'

/** Why a request is refused. */
export type VerificationErrorReason =
  | 'missing_header'
  | 'wrong_header'
  | 'missing_signature'
  | 'wrong_signature'
  | 'address_not_allowed'
  | 'too_large'
  | 'not_json'
  | 'too_old'

/** A refused request. Contains no header value and nothing of the body. */
export class WebhookVerificationError extends Error {
  static {
    Object.defineProperty(WebhookVerificationError.prototype, 'name', {
      value: 'WebhookVerificationError',
      configurable: true,
      writable: true,
    })
  }

  /** Why it is refused. */
  readonly reason: VerificationErrorReason
  /** The HTTP status to respond with: 401, 403, 413 or 400. */
  readonly status: number
  /** The text to respond with. It does not help an attacker; `message` is for your own log. */
  readonly publicMessage: string

  /** @internal */
  constructor(facts: { reason: VerificationErrorReason; status: number; message: string; public_message: string }) {
    super(facts.message)
    this.reason = facts.reason
    this.status = facts.status
    this.publicMessage = facts.public_message
  }
}

/** Throw an error of the core's verification as a `WebhookVerificationError`. */
export function refusing<T>(native: () => T): T {
  try {
    return native()
  } catch (error) {
    const facts = taggedBy(error)
    throw facts === undefined ? error : new WebhookVerificationError(JSON.parse(facts))
  }
}
