// The core as WebAssembly, with the functions of the addon. Takes the place of `../native` in the package for runtimes that load no
// addons.
import { type Addon, type CallContext, type Deliver, Kind, type NativeClient } from '../addon'
import { whyUnseen } from './globals'
import { Instance } from './instance'

export * from '../addon'

/** Receives outcomes. Set by the only bridge. */
let deliver: Deliver = () => undefined
let outcomes: unknown[] = []
let current: Instance | undefined
/** The calls that have not ended. */
const running = new Set<number>()
const ENDS: ReadonlySet<number> = new Set([Kind.answer, Kind.failure, Kind.raw, Kind.dropped, Kind.responded])

/** Deliver an outcome, when the core is not running. */
function report(id: number, kind: number, text: unknown, extra: unknown): void {
  if (ENDS.has(kind)) running.delete(id)
  if (outcomes.length === 0) queueMicrotask(flush)
  outcomes.push(id, kind, text, extra)
}

function flush(): void {
  const delivered = outcomes
  outcomes = []
  deliver(delivered)
}

/** All calls of an instance end with it. */
function broken(reason: string): void {
  current = undefined
  const message = `the core has failed: ${reason}`
  const failure = `${JSON.stringify({ kind: 'cancelled', message })}\n${message} (cancelled)`
  for (const id of [...running]) report(id, Kind.failure, failure, undefined)
}

function core(): Instance {
  current ??= new Instance(report, broken)
  return current
}

/** Something that the core has under a number. It is made again where a new instance does not have it. */
class Handle {
  readonly #name: string
  readonly #args: readonly unknown[]
  #instance: Instance | undefined
  #number = 0
  /** What the core returned. */
  made: unknown

  constructor(name: string, args: readonly unknown[]) {
    this.#name = name
    this.#args = args
    this.number()
  }

  number(): number {
    const instance = core()
    if (this.#instance !== instance) {
      this.made = instance.call(this.#name, this.#args)
      this.#number = (Array.isArray(this.made) ? this.made[0] : this.made) as number
      this.#instance = instance
    }
    return this.#number
  }
}

const FORGOTTEN = new FinalizationRegistry<readonly [name: string, handle: WeakRef<Instance>, number: number]>(
  ([name, instance, number]) => {
    instance.deref()?.forget(name, number)
  },
)

/** Let the core forget what `owner` has when that is collected. */
function forgetWith(owner: object, name: string, handle: Handle): void {
  FORGOTTEN.register(owner, [name, new WeakRef(core()), handle.number()])
}

class Bridge {
  constructor(deliverTo: Deliver) {
    deliver = deliverTo
  }

  /** Timers and requests keep a process alive by themselves. */
  hold(): void {}

  release(): void {}

  abort(id: number): void {
    if (running.has(id)) current?.call('abort', [id])
  }
}

class Client implements NativeClient {
  readonly #handle: Handle

  constructor(_bridge: unknown, options: string, provider: number | undefined, observer: number) {
    try {
      this.#handle = new Handle('client', [options, provider, observer])
    } catch (error) {
      const advice = 'or set HMS_ACCESS_KEY and HMS_SECRET'
      const { message } = error as Error
      throw new Error(message.replaceAll(advice, advice + whyUnseen('HMS_SECRET')))
    }
    forgetWith(this, 'forgetClient', this.#handle)
  }

  #call(name: string, ...args: readonly unknown[]): unknown {
    return core().call(name, [this.#handle.number(), ...args])
  }

  #start(name: string, id: number, ...args: readonly unknown[]): void {
    running.add(id)
    try {
      this.#call(name, id, ...args)
    } catch (error) {
      running.delete(id)
      throw error
    }
  }

  call(id: number, operation: string, args: string, context: CallContext | undefined): void {
    this.#start('call', id, operation, args, context)
  }

  callWithResponse(id: number, operation: string, args: string, context: CallContext | undefined): void {
    this.#start('callWithResponse', id, operation, args, context)
  }

  callRaw(id: number, operation: string, args: string, context: CallContext | undefined): void {
    this.#start('callRaw', id, operation, args, context)
  }

  runJob(id: number, job: string, args: string, reports: boolean, context: CallContext | undefined): void {
    this.#start('runJob', id, job, args, reports, context)
  }

  assetReader(assetId: string, context: CallContext) {
    const number = this.#call('openAsset', assetId, context)
    return {
      next: (id: number) => {
        running.add(id)
        core().call('readAsset', [number, id])
      },
      close: () => void core().call('closeAsset', [number]),
    }
  }

  request(
    id: number,
    method: string,
    path: string,
    query: string,
    body: string | undefined,
    context: CallContext | undefined,
  ): void {
    if (body !== undefined && /^(get|head)$/i.test(method)) {
      throw new Error(addon.refusedArgument('request', 'body', 'the `fetch` of this runtime sends none with GET'))
    }
    this.#start('request', id, method, path, query, body, context)
  }

  reconcile(
    id: number,
    operation: string,
    args: string,
    since: string | undefined,
    context: CallContext | undefined,
  ): void {
    this.#start('reconcile', id, operation, args, since, context)
  }

  observe(wanted: boolean): void {
    this.#call('observe', wanted)
  }

  target(operation: string): string[] | null {
    return this.#call('target', operation) as string[] | null
  }

  setClockOffset(seconds: number): void {
    this.#call('setClockOffset', seconds)
  }

  provideToken(id: number, token: string | undefined, reason: string | undefined): void {
    this.#call('provideToken', id, token, reason)
  }

  link(...args: Parameters<NativeClient['link']>): string {
    return this.#call('link', ...args) as string
  }

  authToken(...args: Parameters<NativeClient['authToken']>): string {
    return this.#call('authToken', ...args) as string
  }

  managementToken(...args: Parameters<NativeClient['managementToken']>): string {
    return this.#call('managementToken', ...args) as string
  }

  decodeToken(token: string): string {
    return this.#call('decodeToken', token) as string
  }

  verifyToken(now: number, token: string): string {
    return this.#call('verifyToken', now, token) as string
  }
}

class Receiver {
  readonly #handle: Handle

  constructor(options: string) {
    refuseWithoutRandomness()
    this.#handle = new Handle('receiver', [options])
    forgetWith(this, 'forgetReceiver', this.#handle)
  }

  static parse(body: Uint8Array): string | null {
    return core().call('parseEvent', [], body) as string | null
  }

  headerNames(): string[] {
    return (this.#handle.made as [number, string[], number])[1]
  }

  maxBytes(): number {
    return (this.#handle.made as [number, string[], number])[2]
  }

  verifySender(headers: string | string[], peer: string | undefined): void {
    core().call('verifySender', [this.#handle.number(), headers, peer])
  }

  receive(body: Uint8Array, headers: string | string[], peer: string | undefined, now: number): string | null {
    return core().call('receive', [this.#handle.number(), headers, peer, now], body) as string | null
  }
}

/** Cloudflare Workers have no random numbers outside of requests. */
function refuseWithoutRandomness(): void {
  try {
    crypto.getRandomValues(new Uint8Array(1))
  } catch {
    throw new Error(
      configuration(
        'create the receiver when the first request arrives: this runtime has no random numbers before, and the receiver needs some to compare secrets in constant time',
      ),
    )
  }
}

function configuration(message: string): string {
  return core().call('notConfigured', [message]) as string
}

/** What is not in this package: creating one throws. */
function missing(what: string, instead: string) {
  return class {
    constructor() {
      throw new Error(
        configuration(`${what} needs the native part of the package, which this runtime cannot load: ${instead}`),
      )
    }
  } as never
}

const text = (name: string, ...args: readonly unknown[]) => core().call(name, args) as string

export const addon: Addon = {
  Bridge,
  Client,
  Receiver,
  Journal: missing('a journal', 'keep the keys of what is done in a store of your own'),
  Sandbox: missing(
    'a sandbox in the process',
    'start one with `npx hundredms sandbox` and give its address to the client as baseUrl',
  ),
  runCommand: () => {
    throw new Error('the command hundredms needs Node')
  },
  errorKinds: () => core().call('errorKinds', []) as string[],
  operations: () => core().call('operations', []) as string[],
  exportTranscript: (transcript, format) => text('exportTranscript', transcript, format),
  refusedArgument: (operation, field, reason) => text('refusedArgument', operation, field, reason),
  notConfigured: configuration,
  unknownEventType: (name) => text('unknownEventType', name),
}

/** Return the digest of a text, in hexadecimal. */
export function sha256(value: string): string {
  return text('sha256', value)
}
