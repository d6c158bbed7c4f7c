// What a client and a call can be told.
import { misconfigured, refused } from './errors'
import type { Hooks } from './observe'

/** What holds for one call. */
export interface CallOptions {
  /** Gives the call up: the request is dropped at once and the call ends with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Time for the whole call, over all tries, in milliseconds; as the client has it unless set. */
  readonly timeoutMs?: number | undefined
  /** How often a failed try is repeated; as the client has it unless set. */
  readonly maxRetries?: number | undefined
}

/** What a client can be told. What is left out is taken from the environment, then from the defaults. */
export interface ClientOptions extends Hooks {
  /** Access key of the workspace; else `HMS_ACCESS_KEY`, else `APP_ACCESS_KEY`. */
  readonly accessKey?: string | undefined
  /** Secret of the access key; else `HMS_SECRET`, else `APP_SECRET`. */
  readonly secret?: string | undefined
  /**
   * A ready management token instead of access key and secret, or a function that gives one: it is asked at the first call,
   * five minutes before the token ends, and after a 401.
   */
  readonly token?: string | (() => string | Promise<string>) | undefined
  /** Where the API is; else `HMS_BASE_URL`, else `https://api.100ms.live/v2`. */
  readonly baseUrl?: string | undefined
  /** Where room codes are exchanged for tokens; else `HMS_AUTH_URL`, else `https://auth.100ms.live/v2`. */
  readonly authUrl?: string | undefined
  /** Time for a whole call, over all tries, in milliseconds. Default: 30,000. */
  readonly timeoutMs?: number | undefined
  /** Time for making a connection, in milliseconds. Default: 5,000. */
  readonly connectTimeoutMs?: number | undefined
  /** How often a failed try is repeated. Default: 2. */
  readonly maxRetries?: number | undefined
  /** A proxy for everything, or false for none; what `HTTP_PROXY` and its like say unless set. */
  readonly proxy?: string | false | undefined
  /** A PEM file with certificates to trust beside those of the system. */
  readonly caFile?: string | undefined
  /** A word of your own in the user agent. */
  readonly userAgent?: string | undefined
  /**
   * A file that answers are recorded in, or replayed from, for tests. Recording begins the file anew; it holds no secrets. Replaying
   * needs no credentials and no network, and refuses calls that were not recorded.
   */
  readonly cassette?: { readonly path: string; readonly mode: 'record' | 'replay' } | undefined
}

const CLIENT_OPTIONS: Readonly<Record<Exclude<keyof ClientOptions, keyof Hooks>, string>> = {
  accessKey: 'access_key',
  secret: 'secret',
  token: 'token',
  baseUrl: 'base_url',
  authUrl: 'auth_url',
  timeoutMs: 'timeout',
  connectTimeoutMs: 'connect_timeout',
  maxRetries: 'max_retries',
  proxy: 'proxy',
  caFile: 'ca_file',
  userAgent: 'user_agent',
  cassette: 'cassette',
}
const HOOKS: readonly string[] = ['onRequest', 'onResponse', 'onRetry'] satisfies (keyof Hooks)[]

/** Write the options of a client as the core reads them, with what the environment says. */
export function clientOptions(options: ClientOptions): string {
  const written: Record<string, unknown> = { user_agent: `node/${process.versions.node}` }
  for (const [name, value] of Object.entries(options)) {
    if (HOOKS.includes(name)) {
      if (value !== undefined && typeof value !== 'function') throw misconfigured(`${name}: must be a function`)
      continue
    }
    const known = CLIENT_OPTIONS[name as keyof typeof CLIENT_OPTIONS]
    if (known === undefined) throw misconfigured(`${name}: there is no such option`)
    if (value === undefined || value === null || (name === 'token' && typeof value === 'function')) continue
    if (['function', 'symbol', 'bigint'].includes(typeof value)) {
      throw misconfigured(`${name}: must not be a ${typeof value}`)
    }
    if (name.endsWith('Ms')) written[known] = seconds(name, value, misconfigured)
    else if (name === 'userAgent') written[known] = `${value} ${written.user_agent}`
    else written[known] = value
  }
  return JSON.stringify({ ...written, variables: variables() })
}

const VARIABLES = ['HMS_ACCESS_KEY', 'HMS_SECRET', 'APP_ACCESS_KEY', 'APP_SECRET', 'HMS_BASE_URL', 'HMS_AUTH_URL']

/** What `process.env` says. A worker may have one of its own, and the core would read that of the process. */
function variables(): Record<string, string | undefined> {
  return Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]))
}

/** Seconds from milliseconds, which must be more than 0. */
function seconds(name: string, value: unknown, refuse: (message: string) => Error): number {
  if (typeof value === 'number' && value > 0 && value < 2 ** 53) return value / 1000
  throw refuse(`${name}: must be more than 0 milliseconds`)
}

/** Refuse options of a call that are none. */
export function checkCallOptions(operation: string, options: CallOptions): void {
  if (typeof options !== 'object') throw refused(operation, '', 'the options must be an object')
  for (const name in options) {
    const value = options[name as keyof CallOptions]
    if (name !== 'signal' && name !== 'timeoutMs' && name !== 'maxRetries') {
      throw refused(operation, name, 'there is no such option; a call takes signal, timeoutMs and maxRetries')
    }
    if (value === undefined) continue
    if (name === 'timeoutMs')
      seconds(name, value, (message) => refused(operation, name, message.slice(name.length + 2)))
    if (name === 'maxRetries' && !(Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32)) {
      throw refused(operation, name, 'must be a whole number, 0 or more')
    }
    if (name === 'signal' && typeof (value as AbortSignal | null)?.addEventListener !== 'function') {
      throw refused(operation, name, 'must be an AbortSignal')
    }
  }
}
