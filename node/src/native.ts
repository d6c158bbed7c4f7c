// The addon: loads the package of this platform, or explains in one error why it cannot; and the types of what it exports.
import { resolve } from 'node:path'
import { ConfigurationError } from './errors'
import { type Platform, platforms } from './platforms'

/**
 * Receives outcomes, each as four values: id, kind, text and an extra value. For `tokenWanted`, the text is the id of the call that asks.
 * For `observed`, the extra value is the id of the call.
 */
export type Deliver = (outcomes: readonly unknown[]) => void

/** What an outcome is. */
export const Kind = {
  answer: 0,
  failure: 1,
  raw: 2,
  tokenWanted: 3,
  dropped: 4,
  observed: 5,
  responded: 6,
  progress: 7,
} as const

export interface NativeBridge {
  hold(): void
  release(): void
  abort(id: number): void
}

/** What accompanies a call. */
export interface CallContext {
  /** In seconds. */
  readonly timeout?: number | undefined
  readonly maxRetries?: number | undefined
  readonly traceparent?: string | undefined
  readonly tracestate?: string | undefined
  /** Fields that the operation does not define, as a JSON object. */
  readonly extra?: string | undefined
  /** Whether `NativeBridge.abort` may end it. */
  readonly abortable?: boolean | undefined
  /** Whether a function of `map` makes the call. */
  readonly inMap?: boolean | undefined
}

/** Reads the file of an asset. */
export interface NativeAssetReader {
  /** End the transfer, unless a piece is being read. */
  close(): void
  next(id: number, context: CallContext | undefined): void
}

export interface NativeClient {
  call(id: number, operation: string, args: string, context: CallContext | undefined): void
  /** Also returns status, headers, attempts and seconds, as JSON. */
  callWithResponse(id: number, operation: string, args: string, context: CallContext | undefined): void
  callRaw(id: number, operation: string, args: string, context: CallContext | undefined): void
  runJob(id: number, job: string, args: string, reports: boolean, context: CallContext | undefined): void
  /** Open the file of an asset. */
  assetReader(assetId: string, context: CallContext): NativeAssetReader
  request(
    id: number,
    method: string,
    path: string,
    query: string,
    body: string | undefined,
    context: CallContext | undefined,
  ): void
  reconcile(
    id: number,
    operation: string,
    args: string,
    since: string | undefined,
    context: CallContext | undefined,
  ): void
  /** Report calls to the observer from now on, or stop. */
  observe(wanted: boolean): void
  /** Method, template of the path and base URL of an operation. */
  target(operation: string): string[] | null
  /** Set by how many seconds the service's clock is ahead. */
  setClockOffset(seconds: number): void
  provideToken(id: number, token: string | undefined, reason: string | undefined): void
  link(
    method: string,
    subdomain: string,
    target: string,
    role: string | undefined,
    name: string | undefined,
    userId: string | undefined,
  ): string
  // `now` is what `Date.now()` says.
  authToken(
    now: number,
    roomId: string,
    role: string,
    userId: string | undefined,
    validFor: number | undefined,
    notBefore: string | undefined,
  ): string
  managementToken(now: number, validFor: number | undefined): string
  decodeToken(token: string): string
  verifyToken(now: number, token: string): string
}

export interface NativeSandbox {
  start(
    id: number,
    port: number,
    accessKey: string | undefined,
    secret: string | undefined,
    host: string | undefined,
    allowHosts: readonly string[],
  ): void
  control(id: number, name: string, args: string): void
  stop(id: number): void
}

export interface NativeReceiver {
  headerNames(): string[]
  maxBytes(): number
  /** Throws a verification error as JSON if the sender is not the service, as far as that is known without the body. */
  verifySender(headers: string | string[], peer: string | undefined): void
  /**
   * Headers alternate between names and values. Returns the event as JSON, or null if that is the body unchanged. Throws a verification
   * error as JSON.
   */
  receive(body: Uint8Array, headers: string | string[], peer: string | undefined, now: number): string | null
}

export interface NativeJournal {
  contains(key: string): boolean
  add(key: string): void
  close(): void
}

export interface Addon {
  Bridge: new (deliver: Deliver) => NativeBridge
  Client: new (bridge: NativeBridge, options: string, provider: number | undefined, observer: number) => NativeClient
  Journal: new (path: string, name: string) => NativeJournal
  Sandbox: new (bridge: NativeBridge) => NativeSandbox
  Receiver: { new (options: string): NativeReceiver; parse(body: Uint8Array): string | null }
  /** Run the command `hundredms`, and return its exit code. Blocks the thread. */
  runCommand(args: string[]): number
  errorKinds(): string[]
  operations(): string[]
  /** Return a transcript, as JSON, as `srt`, `vtt` or `text`. */
  exportTranscript(transcript: string, format: string): string
  // The following return tagged failures. `operation` and `field` may be empty.
  refusedArgument(operation: string, field: string, reason: string): string
  notConfigured(message: string): string
  unknownEventType(name: string): string
}

/** The version of glibc, where the system has it. Asking for it takes time. */
function glibc(): string | undefined {
  const report = process.report as { excludeNetwork?: boolean; getReport(): object } | undefined
  if (!report) return undefined
  // Looking up the names of open connections can take seconds.
  const { excludeNetwork } = report
  report.excludeNetwork = true
  const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } }
  report.excludeNetwork = excludeNetwork ?? false
  return header?.glibcVersionRuntime
}

// Written out one by one, so that tools that trace the files of a program find them.
const PACKAGES: Readonly<Record<Platform, () => unknown>> = {
  'darwin-arm64': () => require('hundredms-darwin-arm64'),
  'darwin-x64': () => require('hundredms-darwin-x64'),
  'linux-arm64-gnu': () => require('hundredms-linux-arm64-gnu'),
  'linux-arm64-musl': () => require('hundredms-linux-arm64-musl'),
  'linux-x64-gnu': () => require('hundredms-linux-x64-gnu'),
  'linux-x64-musl': () => require('hundredms-linux-x64-musl'),
  'win32-arm64-msvc': () => require('hundredms-win32-arm64-msvc'),
  'win32-x64-msvc': () => require('hundredms-win32-x64-msvc'),
}

/** Load the addon of this platform. */
function load(): Addon {
  const own = process.env.HUNDREDMS_ADDON
  if (own) {
    const file = resolve(own)
    return attempt('the file in HUNDREDMS_ADDON', 'is not there; name one built with `npm run build:addon`', () =>
      require(file),
    )
  }
  const family = `${process.platform}-${process.arch}`
  if (process.platform !== 'linux') return loadPackage(process.platform === 'win32' ? `${family}-msvc` : family)
  try {
    // Most have glibc, and asking takes time.
    return PACKAGES[`${family}-gnu` as Platform]() as Addon
  } catch {
    return loadPackage(`${family}-${glibc() ? 'gnu' : 'musl'}`)
  }
}

function loadPackage(platform: string): Addon {
  const get = PACKAGES[platform as Platform] as (() => unknown) | undefined
  if (get) return attempt(`the package hundredms-${platform}`, NOT_INSTALLED, get)
  const known = platforms.join(', ')
  throw notLoaded(
    `there is no build for ${platform}, only for ${known}; build bindings/node from source and set HUNDREDMS_ADDON to the file`,
  )
}

const NOT_INSTALLED =
  'is not installed; install without --omit=optional, and on the platform that runs the code (node_modules copied from another machine lack it); if it is still missing, package-lock.json was written on another platform: delete node_modules and package-lock.json, and install again'
const BROKEN = 'is there but does not load; reinstall it, and keep hundredms out of bundles'
const TOO_NEW =
  'needs a newer glibc than this system has; use a newer system, or build bindings/node from source here and set HUNDREDMS_ADDON to the file'

function attempt(name: string, absent: string, get: () => unknown): Addon {
  try {
    return get() as Addon
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const advice = code === 'MODULE_NOT_FOUND' ? absent : message.includes('GLIBC_') ? TOO_NEW : BROKEN
    throw notLoaded(`${name} ${advice}`, message.split('\n')[0])
  }
}

function notLoaded(reason: string, cause?: string): Error {
  const { platform, arch, version } = process
  const libc = glibc()
  const system = platform !== 'linux' ? '' : libc ? ` (glibc ${libc})` : ' (musl)'
  const message = `the addon of hundredms does not load on ${platform} ${arch}${system}, Node ${version}: ${reason}`
  // All other errors get their text from the addon, which is missing here.
  const text = `${message} (configuration)${cause ? `: ${cause}` : ''}`
  return new ConfigurationError({ kind: 'configuration', message, cause: cause ?? null }, text)
}

export const addon: Addon = load()
