// What a client and a call can be told.
import { checkObject } from './arguments'
import {
  type Check,
  guess,
  type Options,
  told,
  wrongCount,
  wrongFunction,
  wrongObject,
  wrongText,
  wrongTime,
} from './checks'
import { refused } from './errors'
import type { Hooks } from './observe'

/** What holds for one call. */
export interface CallOptions {
  /** Gives the call up: the request is dropped at once and the call ends with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Time for the whole call, over all tries, in milliseconds; as the client has it unless set. */
  readonly timeoutMs?: number | undefined
  /** How often a failed try is repeated; as the client has it unless set. */
  readonly maxRetries?: number | undefined
  /**
   * Fields that this version does not know, sent as they are: in the body of a POST, else in the query. A field that the operation has is
   * refused.
   */
  readonly extra?: { readonly [name: string]: unknown } | undefined
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
  /** How often a failed try is repeated, not counting one over a kept connection that had been dropped. Default: 2. */
  readonly maxRetries?: number | undefined
  /** Connections to each server at a time; further calls wait for one. Default: 100. */
  readonly maxConnections?: number | undefined
  /** Size of the largest answer that is read, in bytes. Default: 8 MiB. */
  readonly maxResponseBytes?: number | undefined
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

const seconds = (milliseconds: unknown) => (milliseconds as number) / 1000
const NODE = `node/${process.versions.node}`

// A token that is a function is asked for it: JSON leaves it out.
const CLIENT_OPTIONS: Options<ClientOptions> = {
  accessKey: ['access_key', wrongText],
  secret: ['secret', wrongText],
  token: ['token', textOr('function', 'a function that gives one')],
  baseUrl: ['base_url', wrongText],
  authUrl: ['auth_url', wrongText],
  timeoutMs: ['timeout', wrongTime, seconds],
  connectTimeoutMs: ['connect_timeout', wrongTime, seconds],
  maxRetries: ['max_retries', wrongCount],
  maxConnections: ['max_connections', wrongCount],
  maxResponseBytes: ['max_response_bytes', wrongCount],
  proxy: ['proxy', wrongProxy],
  caFile: ['ca_file', wrongText],
  userAgent: ['user_agent', wrongText, (word) => `${word} ${NODE}`],
  cassette: ['cassette', wrongCassette],
  onRequest: [undefined, wrongFunction],
  onResponse: [undefined, wrongFunction],
  onRetry: [undefined, wrongFunction],
}

function textOr(other: 'function' | 'boolean', name: string): Check {
  return (value) => {
    if (typeof value === 'string') return wrongText(value)
    return typeof value === other ? undefined : `must be a string, or ${name}`
  }
}

/** A word alone would be taken for the name of a host. */
function wrongProxy(value: unknown): string | undefined {
  const wrong = textOr('boolean', 'false for none')(value)
  if (wrong || typeof value !== 'string' || /^[a-z][a-z0-9+.-]*:\/\/|^[^/\s]+:\d+\/?$/i.test(value)) return wrong
  return 'must be a URL, for example http://proxy.example:3128, or false for none'
}

function wrongCassette(value: unknown): string | undefined {
  const { path, mode } = (wrongObject(value) ? {} : value) as { path?: unknown; mode?: unknown }
  if (!wrongText(path) && (mode === 'record' || mode === 'replay')) return undefined
  return "must be an object with a path, and 'record' or 'replay' as mode"
}

/** Write the options of a client as the core reads them, with what the environment says. */
export function clientOptions(options: ClientOptions): string {
  const written = told(options, CLIENT_OPTIONS, null)
  return JSON.stringify({ user_agent: NODE, ...written, variables: variables() })
}

const VARIABLES = [
  'HMS_ACCESS_KEY',
  'HMS_SECRET',
  'APP_ACCESS_KEY',
  'APP_SECRET',
  'HMS_BASE_URL',
  'HMS_AUTH_URL',
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
  'REQUEST_METHOD',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
]

/** What `process.env` says. A worker may have one of its own, and the core would read that of the process. */
function variables(): Record<string, string | undefined> {
  return Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]))
}

/** Refuse options of a call that are none. */
export function checkCallOptions(operation: string, options: CallOptions): void {
  checkObject(operation, 'the options', options)
  for (const name of Object.keys(options)) {
    const check = Object.hasOwn(CALL_OPTIONS, name) ? CALL_OPTIONS[name as keyof CallOptions] : undefined
    if (check === undefined) {
      const hint = guess(name, Object.keys(CALL_OPTIONS))
      throw refused(
        operation,
        name,
        `there is no such option; a call takes signal, timeoutMs, maxRetries and extra${hint}`,
      )
    }
    const value = options[name as keyof CallOptions]
    const wrong = value === undefined ? undefined : check(value)
    if (wrong) throw refused(operation, name, wrong)
  }
}

const CALL_OPTIONS: Readonly<Record<keyof CallOptions, Check>> = {
  signal: (value) =>
    typeof (value as AbortSignal | null)?.addEventListener === 'function' ? undefined : 'must be an AbortSignal',
  timeoutMs: wrongTime,
  maxRetries: wrongCount,
  extra: wrongObject,
}
