// Tokens: create, decode and verify them, without the network.

import { checkObject, checkText, type Time } from './arguments'
import { guess, isDate, kindOf, ownOf } from './checks'
import { failed, taggedBy } from './errors'
import type { NativeClient } from './native'
import { refused } from './refused'

/** Options of an auth token, in addition to room and role. */
export interface AuthTokenOptions {
  /** Your own id for the user. It is returned in peers, sessions and webhooks. Not empty. */
  readonly userId?: string | undefined
  /** Validity of the token from its start, in seconds; defaults to 24 hours, at least one second. */
  readonly validForSeconds?: number | undefined
  /** When the token becomes valid. Defaults to now. */
  readonly notBefore?: Time | undefined
}

/** Options of a management token. */
export interface ManagementTokenOptions {
  /** Validity of the token in seconds; defaults to 24 hours, at least one second. */
  readonly validForSeconds?: number | undefined
}

/** The claims of a token. */
export interface Claims {
  /** `management` authorizes calls of the API and must stay on servers; `auth` lets one user join one room in one role. */
  readonly kind: 'management' | 'auth'
  /** Access key of the workspace. */
  readonly access_key: string
  /** Id of the token (`jti`). */
  readonly id: string | null
  /** Room that it is for; auth tokens only. */
  readonly room_id: string | null
  /** Role of the user; auth tokens only. */
  readonly role: string | null
  /** Your own id for the user; auth tokens only, and optional there. */
  readonly user_id: string | null
  /** When it was created (`iat`). */
  readonly issued_at: string | null
  /** When it becomes valid (`nbf`). */
  readonly not_before: string | null
  /** When it expires (`exp`). */
  readonly expires_at: string | null
}

// No private field, with which methods fail behind a Proxy.
const NATIVE = Symbol('native')

function nativeOf(tokens: Tokens | undefined): NativeClient {
  const native = (tokens as { readonly [NATIVE]?: NativeClient } | undefined)?.[NATIVE]
  if (native) return native
  throw new TypeError(
    'the method was taken off its object: call it as client.tokens.auth(...), or bind it with client.tokens.auth.bind(client.tokens)',
  )
}

/**
 * Create, decode and verify tokens. Uses `Date.now()`, including a time that a test freezes, corrected by the learnt offset of the service's
 * clock.
 */
export class Tokens {
  /** @internal */
  constructor(native: NativeClient) {
    Object.defineProperty(this, NATIVE, { value: native })
  }

  /**
   * Create a token with which one user joins a room in a role. It is dated 10 seconds back to allow for clock differences.
   *
   * @throws InvalidRequestError for an empty room id, role or user id, or a validity below one second.
   * @throws ConfigurationError when the client has no access key and secret.
   */
  auth(roomId: string, role: string, options?: AuthTokenOptions): string {
    checkText('tokens.auth', 'roomId', roomId)
    checkText('tokens.auth', 'role', role)
    if (options === undefined) {
      return guard(() => nativeOf(this).authToken(Date.now(), roomId, role, undefined, undefined, undefined))
    }
    known('tokens.auth', options, ['userId', 'validForSeconds', 'notBefore'])
    const { userId, validForSeconds, notBefore } = ownOf(options)
    if (userId !== undefined) checkText('tokens.auth', 'userId', userId)
    const validity = validityOf('tokens.auth', validForSeconds)
    const begin = notBefore === undefined ? undefined : timeOf(notBefore)
    return guard(() => nativeOf(this).authToken(Date.now(), roomId, role, userId, validity, begin))
  }

  /**
   * Create a management token for another tool. This client never sends it.
   *
   * @throws InvalidRequestError for a validity below one second.
   * @throws ConfigurationError when the client has no access key and secret.
   */
  management(options: ManagementTokenOptions = {}): string {
    known('tokens.management', options, ['validForSeconds'])
    const validity = validityOf('tokens.management', ownOf(options).validForSeconds)
    return guard(() => nativeOf(this).managementToken(Date.now(), validity))
  }

  /**
   * Read the claims of a token **without** checking its signature or times.
   *
   * @throws InvalidRequestError if it is not a token of the service.
   */
  decode(token: string): Claims {
    checkText('tokens.decode', 'token', token)
    return JSON.parse(guard(() => nativeOf(this).decodeToken(token))) as Claims
  }

  /**
   * Read the claims of a token after checking that this client's secret signed it and that it is valid now.
   *
   * @throws AuthenticationError if the signature, the access key or the times are wrong.
   * @throws InvalidRequestError if it is not a token of the service.
   * @throws ConfigurationError when the client has no access key and secret.
   */
  verify(token: string): Claims {
    checkText('tokens.verify', 'token', token)
    return JSON.parse(guard(() => nativeOf(this).verifyToken(Date.now(), token))) as Claims
  }
}

/** Throw the real class of a failure that the addon throws. */
export function guard<T>(native: () => T): T {
  try {
    return native()
  } catch (error) {
    const tagged = taggedBy(error)
    throw tagged === undefined ? error : failed(tagged)
  }
}

/** Refuse unknown options. */
export function known(operation: string, options: object, names: readonly string[]): void {
  checkObject(operation, 'the options', options)
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    throw refused(operation, name, `there is no such option; there is ${names.join(', ')}${guess(name, names)}`)
  }
}

function validityOf(operation: string, seconds: number | undefined): number | undefined {
  if (seconds === undefined) return seconds
  if (typeof seconds !== 'number') {
    throw refused(operation, 'validForSeconds', `must be a number of seconds, such as 3600, not ${kindOf(seconds)}`)
  }
  if (seconds >= 1 && Number.isFinite(seconds)) return seconds
  throw refused(operation, 'validForSeconds', 'must be at least one second')
}

function timeOf(time: Time): string {
  // Text is read by the core.
  if (typeof time === 'string') return time
  if (isDate(time) && !Number.isNaN(time.getTime())) return time.toISOString()
  throw refused('tokens.auth', 'notBefore', 'must be a valid Date, or RFC 3339 text with a zone')
}
