// Options of clients and calls.

import { checkObject } from './arguments'
import {
  type Check,
  convert,
  guess,
  type Options,
  wrongCount,
  wrongFunction,
  wrongObject,
  wrongText,
  wrongTime,
} from './checks'
import type { Hooks } from './observe'
import { refused } from './refused'
import { RUNTIME } from './runtime'

/** Options of one call. */
export interface CallOptions {
  /** Aborts the call: the request is dropped at once, and the call rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Timeout of the whole call in milliseconds, over all attempts. Defaults to the client's setting. */
  readonly timeoutMs?: number | undefined
  /**
   * How often a failed attempt is retried. Defaults to the client's setting. A request that fails because the server has closed an idle
   * connection is not counted: if the operation may be repeated, it is sent once more, even with 0.
   */
  readonly maxRetries?: number | undefined
  /**
   * Fields that this version does not know, sent unchanged: in the body of a POST, else in the query. Fields that the operation has are
   * refused.
   */
  readonly extra?: { readonly [name: string]: unknown } | undefined
}

/** Options of a job. */
export interface JobOptions<Progress> {
  /** Aborts the job: what it does is dropped at once, and the job rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Timeout of the whole job in milliseconds. The method says the default. */
  readonly timeoutMs?: number | undefined
  /** How often a failed attempt of each call is retried. Defaults to the client's setting. */
  readonly maxRetries?: number | undefined
  /** Called whenever the job has progressed. What it throws, or a promise that it returns rejects with, ends the job. */
  readonly onProgress?: ((progress: Progress) => unknown) | undefined
}

/** Options of a client. Missing options come from the environment, then from the defaults. */
export interface ClientOptions extends Hooks {
  /** Access key of the workspace. Defaults to `HMS_ACCESS_KEY`, then to `APP_ACCESS_KEY`. */
  readonly accessKey?: string | undefined
  /** Secret of the access key. Defaults to `HMS_SECRET`, then to `APP_SECRET`. */
  readonly secret?: string | undefined
  /**
   * A management token instead of access key and secret, or a function that returns one. It is called at the first call, five minutes
   * before the token expires, and after a 401.
   */
  readonly token?: string | (() => string | Promise<string>) | undefined
  /** Base URL of the API. Defaults to `HMS_BASE_URL`, then to `https://api.100ms.live/v2`. */
  readonly baseUrl?: string | undefined
  /** Base URL at which room codes are exchanged for tokens. Defaults to `HMS_AUTH_URL`, then to `/v2` of the server of `baseUrl` if that is on this machine, else to `https://auth.100ms.live/v2`. */
  readonly authUrl?: string | undefined
  /**
   * Timeout of a whole call in milliseconds, over all attempts. Defaults to 30,000. A call that had to wait is only sent if a second of it
   * is left, or a quarter if that is less.
   */
  readonly timeoutMs?: number | undefined
  /** Timeout for opening a connection in milliseconds. Defaults to 5,000. */
  readonly connectTimeoutMs?: number | undefined
  /**
   * How often a failed attempt is retried. Defaults to 2. A request that fails because the server has closed an idle connection is not
   * counted: if the operation may be repeated, it is sent once more, even with 0.
   */
  readonly maxRetries?: number | undefined
  /** Maximum number of connections to each server. Further calls wait for one. Defaults to 100. */
  readonly maxConnections?: number | undefined
  /**
   * How many requests per second are sent to each group of resources: a number; `'adaptive'` for as many as the service accepts; or one
   * of these by group, `{ rooms: 20, '*': 'adaptive' }`, of which `*` is for all others. Each attempt counts. Calls wait in order,
   * within their timeout. One whose turn comes too late is not sent: raise the timeout, or make fewer calls at once. A 429 pauses all calls of its group, which continue at the rate that the service accepted; it grows back by
   * itself. Defaults to no limit.
   */
  readonly rateLimit?: number | 'adaptive' | { readonly [group: string]: number | 'adaptive' } | undefined
  /**
   * Redis that the processes which share the limit use: `redis://host:6379`. While it cannot be reached, each process keeps its share.
   */
  readonly rateLimitRedis?: string | undefined
  /** Maximum number of requests in flight. Further calls wait, first come, first served. */
  readonly maxInFlight?: number | undefined
  /** Maximum size of a response in bytes. Defaults to 8 MiB. */
  readonly maxResponseBytes?: number | undefined
  /** A proxy for all requests, or false for none. Defaults to the environment's settings (`HTTP_PROXY` and so on). */
  readonly proxy?: string | false | undefined
  /** A PEM file with certificates to trust in addition to the system's. */
  readonly caFile?: string | undefined
  /** Product that is added to the user agent. */
  readonly userAgent?: string | undefined
  /**
   * A file in which responses are recorded, or from which they are replayed, for tests. Recording overwrites the file. It contains no
   * secrets. Replaying needs no credentials and no network, and refuses calls that were not recorded.
   */
  readonly cassette?: { readonly path: string; readonly mode: 'record' | 'replay' } | undefined
}

const seconds = (milliseconds: unknown) => (milliseconds as number) / 1000

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
  rateLimit: ['rate_limit', wrongRateLimit],
  rateLimitRedis: ['rate_limit_redis', wrongText],
  maxInFlight: ['max_in_flight', wrongCount],
  proxy: ['proxy', wrongProxy],
  caFile: ['ca_file', wrongText],
  userAgent: ['user_agent', wrongText, (word) => `${word} ${RUNTIME}`],
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

function wrongRateLimit(value: unknown): string | undefined {
  const isRate = (rate: unknown) =>
    rate === 'adaptive' || (typeof rate === 'number' && rate > 0 && Number.isFinite(rate))
  if (isRate(value)) return undefined
  if (!wrongObject(value) && Object.values(value as object).every(isRate)) return undefined
  return "must be more than 0 requests per second, 'adaptive', or an object of these by group"
}

function wrongCassette(value: unknown): string | undefined {
  const { path, mode } = (wrongObject(value) ? {} : value) as { path?: unknown; mode?: unknown }
  if (!wrongText(path) && (mode === 'record' || mode === 'replay')) return undefined
  return "must be an object with a path, and 'record' or 'replay' as mode"
}

/** Write the options of a client as the core reads them, with what the environment says. */
export function clientOptions(options: ClientOptions): string {
  const written = convert(options, CLIENT_OPTIONS, null)
  return JSON.stringify({ user_agent: RUNTIME, ...written, variables: variables() })
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

/** The variables of `process.env`. A worker may have its own, and the core would read those of the process. */
function variables(): Record<string, string | undefined> {
  return Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]))
}

/** Refuse unknown and invalid options of a call. */
export function checkCallOptions(operation: string, options: CallOptions): void {
  checkOptions(operation, options, CALL_OPTIONS, 'a call takes signal, timeoutMs, maxRetries and extra')
}

/** Refuse unknown and invalid options of a job. */
export function checkJobOptions(job: string, options: JobOptions<never>): void {
  checkOptions(job, options, JOB_OPTIONS, 'a job takes signal, timeoutMs, maxRetries and onProgress')
}

function checkOptions(
  operation: string,
  options: { readonly [name: string]: unknown } | CallOptions | JobOptions<never>,
  checks: Readonly<Record<string, Check>>,
  takes: string,
): void {
  checkObject(operation, 'the options', options)
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check === undefined) {
      throw refused(operation, name, `there is no such option; ${takes}${guess(name, Object.keys(checks))}`)
    }
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

const JOB_OPTIONS: Readonly<Record<keyof JobOptions<never>, Check>> = {
  signal: CALL_OPTIONS.signal,
  timeoutMs: wrongTime,
  maxRetries: wrongCount,
  onProgress: wrongFunction,
}
