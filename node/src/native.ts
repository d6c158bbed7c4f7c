// Loading the addon: the package of this platform, or one error that says why it cannot be had.
import { misconfigured } from './errors'
import { type Platform, platforms } from './platforms'

/** Told of outcomes: four places each: id, what it is, its text, and what goes with the text. */
export type Deliver = (outcomes: readonly unknown[]) => void

/** What an outcome is. */
export const Kind = { answer: 0, failure: 1, raw: 2, tokenWanted: 3, dropped: 4, observed: 5 } as const

export interface NativeBridge {
  hold(): void
  release(): void
  abort(id: number): void
}

export interface NativeClient {
  call(
    id: number,
    operation: string,
    args: string,
    timeout: number | undefined,
    maxRetries: number | undefined,
    traceparent: string | undefined,
    tracestate: string | undefined,
    abortable: boolean,
  ): void
  callRaw(
    id: number,
    operation: string,
    args: string,
    timeout: number | undefined,
    maxRetries: number | undefined,
    traceparent: string | undefined,
    tracestate: string | undefined,
    abortable: boolean,
  ): void
  request(
    id: number,
    method: string,
    path: string,
    query: string,
    body: string | undefined,
    timeout: number | undefined,
    maxRetries: number | undefined,
    traceparent: string | undefined,
    tracestate: string | undefined,
    abortable: boolean,
  ): void
  reconcile(
    id: number,
    operation: string,
    args: string,
    since: string | undefined,
    timeout: number | undefined,
    maxRetries: number | undefined,
    traceparent: string | undefined,
    tracestate: string | undefined,
    abortable: boolean,
  ): void
  /** Tell what is done under the number of the observer, or no more. */
  observe(wanted: boolean): void
  provideToken(id: number, token: string | undefined, reason: string | undefined): void
  authToken(
    roomId: string,
    role: string,
    userId: string | undefined,
    validFor: number | undefined,
    notBefore: string | undefined,
  ): string
  managementToken(validFor: number | undefined): string
  decodeToken(token: string): string
  checkToken(token: string): string
}

export interface NativeSandbox {
  start(id: number, port: number, accessKey: string | undefined, secret: string | undefined): void
  control(id: number, name: string, args: string): void
  stop(id: number): void
}

export interface NativeReceiver {
  headerNames(): string[]
  maxBytes(): number
  /** Names and values of headers in turns. Gives the event as JSON, null where that is the body as it came; throws a refusal as JSON. */
  receive(body: Uint8Array, headers: string[], peer: string | undefined): string | null
}

export interface NativeMemoryStore {
  claim(id: string, owner: string, leaseMs: number): 'new' | 'in_progress' | 'done'
  done(id: string, ttlMs: number): void
  release(id: string, owner: string): void
}

export interface Addon {
  Bridge: new (deliver: Deliver) => NativeBridge
  Client: new (bridge: NativeBridge, options: string, provider: number | undefined, observer: number) => NativeClient
  Sandbox: new (bridge: NativeBridge) => NativeSandbox
  Receiver: { new (options: string): NativeReceiver; parse(body: Uint8Array): string | null }
  MemoryStore: new (capacity: number) => NativeMemoryStore
  errorKinds(): string[]
  operations(): string[]
}

function libc(): string {
  if (process.platform === 'win32') return 'msvc'
  if (process.platform !== 'linux') return ''
  const report = process.report as { excludeNetwork?: boolean; getReport(): object } | undefined
  if (report) {
    // Looking up the names of open connections can take seconds.
    const { excludeNetwork } = report
    report.excludeNetwork = true
    const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } }
    report.excludeNetwork = excludeNetwork ?? false
    if (header?.glibcVersionRuntime) return 'gnu'
  }
  return 'musl'
}

// Written out one by one, so that tools that trace the files of a program find them.
const PACKAGES: Readonly<Record<Platform, () => unknown>> = {
  'darwin-arm64': () => require('hundredms-darwin-arm64'),
  'darwin-x64': () => require('hundredms-darwin-x64'),
  'linux-arm64-gnu': () => require('hundredms-linux-arm64-gnu'),
  'linux-arm64-musl': () => require('hundredms-linux-arm64-musl'),
  'linux-x64-gnu': () => require('hundredms-linux-x64-gnu'),
  'linux-x64-musl': () => require('hundredms-linux-x64-musl'),
  'win32-x64-msvc': () => require('hundredms-win32-x64-msvc'),
}

/** Load the addon of this platform. */
function load(): Addon {
  const own = process.env.HUNDREDMS_ADDON
  if (own) {
    const absent = 'is not there; name one built with `npm run build:addon`'
    return attempt(own, 'the file in HUNDREDMS_ADDON', absent, () => require(own))
  }
  const family = `${process.platform}-${process.arch}`
  // Asking for the libc takes time, so the common one is tried first.
  try {
    return PACKAGES[`${family}-gnu` as Platform]() as Addon
  } catch {
    const kind = libc()
    const platform = kind ? `${family}-${kind}` : family
    return attempt(platform, `the package hundredms-${platform}`, NOT_INSTALLED, PACKAGES[platform as Platform])
  }
}

const NOT_INSTALLED =
  'is not installed; install without --omit=optional, and on the platform that runs the code (node_modules copied from another machine lack it)'

function attempt(platform: string, name: string, absent: string, get: (() => unknown) | undefined): Addon {
  const failure = `the addon of hundredms does not load on ${process.platform} ${process.arch} (${libc() || 'system libc'}), Node ${process.version}`
  if (get === undefined) {
    const known = platforms.join(', ')
    throw misconfigured(
      `${failure}: there is no build for ${platform}, only for ${known}; build bindings/node from source and set HUNDREDMS_ADDON to the file`,
    )
  }
  try {
    return get() as Addon
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const advice =
      code === 'MODULE_NOT_FOUND'
        ? absent
        : 'is there but does not load; reinstall it, and keep hundredms out of bundles'
    throw misconfigured(`${failure}: ${name} ${advice}`, message.split('\n')[0])
  }
}

export const addon: Addon = load()
