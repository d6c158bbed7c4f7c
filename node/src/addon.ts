// What the addon exports.

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
  /** Report calls to the observer from now on, or only their warnings. */
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
