// The sandbox: an emulator of the service in this process, and its controls.
import { encode } from './arguments'
import { bridge, type Outcome, run, takeText } from './bridge'
import { convert, type Options, ownOf, wrongText } from './checks'
import { Client } from './client'
import { errorOf } from './core'
import { SandboxError } from './errors'
import { camel, ofControl } from './names'
import { addon, Kind, type NativeSandbox } from './native'
import type { ClientOptions } from './options'
import { coreOf } from './resource'
import {
  CONTROLS,
  type SandboxClock,
  SandboxControls,
  type SandboxFaultEffect,
  type SandboxFaultMatch,
  type SandboxSendWebhook,
  type SandboxSnapshot,
  type SandboxTrack,
} from './sandbox-controls'
import { guard } from './tokens'

export type * from './sandbox-controls'

/** Configures a [`Sandbox`]. */
export interface SandboxOptions {
  /** Listen on this port; a free one unless set. */
  readonly port?: number | undefined
  /** Access key that tokens must carry. */
  readonly accessKey?: string | undefined
  /** Secret that tokens must be signed with. */
  readonly secret?: string | undefined
  /** Listen at this address or name; 127.0.0.1 unless set. Whoever reaches it can drive the sandbox. */
  readonly host?: string | undefined
  /** Further names in the `Host` header that requests may use, such as that of a container. */
  readonly allowHosts?: readonly string[] | undefined
}

/** Why a peer leaves. */
export type SandboxLeaveReason = NonNullable<Parameters<SandboxControls['leavePeer']>[1]>

/** One rule of the fault script. */
export interface SandboxFault {
  /** Which requests it is about. Defaults to all. */
  readonly match?: SandboxFaultMatch | undefined
  /** Which of those it affects: each one (the default), the n-th, the first ones, or a random share. */
  readonly on?:
    | 'every'
    | { readonly nth: number }
    | { readonly first: number }
    | { readonly share: number; readonly seed?: number | undefined }
    | undefined
  /** What happens to them. */
  readonly effect: SandboxFaultEffect
}

/** A fault rule, with how often it matched and took effect. */
export interface SandboxFaultReport {
  /** Its number, as in the log of requests. */
  readonly id: number
  readonly fault: SandboxFault
  /** How many requests matched. */
  readonly matched: number
  /** How many of those it affected. */
  readonly fired: number
}

/** Where the webhooks of the workspace go. */
export interface SandboxWebhook {
  /** An `http` URL. */
  readonly url: string
  /** Headers sent with every webhook. */
  readonly headers?: { readonly [name: string]: string } | undefined
  /** The key of the signature in `x-100ms-signature`. Not signed without one. */
  readonly signing_key?: string | undefined
  /** Timeout of an attempt in seconds of real time. Defaults to 10. */
  readonly timeout_seconds?: number | undefined
}

/** Options for the request of a webhook. Default to the room's or the workspace's webhook. */
export interface SandboxWebhookRequestOptions {
  /** Headers sent with it. */
  readonly headers?: { readonly [name: string]: string } | undefined
  /** The key of the signature in `x-100ms-signature`. */
  readonly signing_key?: string | undefined
}

/** A webhook as it would be sent. */
export interface SandboxWebhookRequest {
  /** Id of the event. */
  readonly event_id: string
  /** The URL of the room's or the workspace's webhook. `null` if there is none, or if headers are given. */
  readonly url: string | null
  /** The headers, in lower case, including secrets. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/** Environment variables that make clients use a sandbox. */
export type SandboxEnv = Record<'HMS_ACCESS_KEY' | 'HMS_SECRET' | 'HMS_BASE_URL' | 'HMS_AUTH_URL', string>

const OPTIONS: Options<SandboxOptions> = {
  port: [undefined, wrongPort],
  accessKey: [undefined, wrongText],
  secret: [undefined, wrongText],
  host: [undefined, wrongText],
  allowHosts: [undefined, wrongTexts],
}

function wrongTexts(texts: unknown): string | undefined {
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return undefined
  return 'must be a list of strings'
}

function wrongPort(port: unknown): string | undefined {
  if (Number.isInteger(port) && (port as number) >= 0 && (port as number) < 65_536) return undefined
  return 'must be from 0 to 65535'
}

/** A sandbox runs until it is stopped, even if only its clients are still referenced. */
const running = new Set<NativeSandbox>()

interface Started {
  readonly baseUrl: string
  readonly authUrl: string
  readonly dashboardUrl: string
  readonly accessKey: string
  readonly secret: string
}

/**
 * An emulated workspace that listens on the loopback interface, for tests and development without an account.
 *
 * ```js
 * await using sandbox = await Sandbox.start()
 * const client = sandbox.client()
 * ```
 *
 * Several can run side by side. Each runs until it is stopped or the process ends. It does not keep the process alive.
 */
export class Sandbox extends SandboxControls {
  /** The base URL of the API, such as `http://127.0.0.1:41234/v2`. */
  readonly baseUrl: string
  /** The base URL of the token service that exchanges room codes; the same server. */
  readonly authUrl: string
  /**
   * The URL of a page that shows and changes what happens in the sandbox. It contains a token: anyone with this URL can control the
   * sandbox. It is not shown when the sandbox is logged.
   */
  declare readonly dashboardUrl: string
  /** The access key that tokens must contain. */
  readonly accessKey: string
  /** The secret that tokens must be signed with. It is not shown when the sandbox is logged. */
  declare readonly secret: string
  readonly #native: NativeSandbox
  readonly #clients = new Set<WeakRef<Client>>()
  /** Seconds by which its clock is ahead. */
  #advanced = 0
  #stopped = false

  private constructor(native: NativeSandbox, started: Started) {
    super()
    this.#native = native
    this.baseUrl = started.baseUrl
    this.authUrl = started.authUrl
    this.accessKey = started.accessKey
    Object.defineProperty(this, 'dashboardUrl', { value: started.dashboardUrl })
    Object.defineProperty(this, 'secret', { value: started.secret })
  }

  /**
   * Start a sandbox.
   *
   * @throws SandboxError if the port is in use.
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    convert(options, OPTIONS)
    const { port = 0, accessKey, secret, host, allowHosts = [] } = ownOf(options)
    const native = guard(() => new addon.Sandbox(bridge))
    const outcome = await run((id) => native.start(id, port, accessKey, secret, host, allowHosts))
    const started = answerOf<Started>('sandbox.start', outcome)
    running.add(native)
    return new Sandbox(native, started)
  }

  /** Create a client for this sandbox. */
  client(options: ClientOptions = {}): Client {
    const { baseUrl, authUrl, accessKey, secret } = this
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
    const keys = 'token' in given ? {} : { accessKey, secret }
    const client = new Client({ baseUrl, authUrl, ...keys, ...given })
    coreOf(client).setClockOffset(this.#advanced)
    this.#clients.add(new WeakRef(client))
    return client
  }

  /**
   * Return the environment variables that make other clients use this sandbox.
   *
   * For `spawn(..., { env: { ...process.env, ...sandbox.env() } })`, or `vi.stubEnv`.
   */
  env(): SandboxEnv {
    return {
      HMS_ACCESS_KEY: this.accessKey,
      HMS_SECRET: this.secret,
      HMS_BASE_URL: this.baseUrl,
      HMS_AUTH_URL: this.authUrl,
    }
  }

  /** Stop, and wait at most 2 seconds for running requests to finish. Can be called twice. */
  async stop(): Promise<void> {
    this.#stopped = true
    answerOf('sandbox.stop', await run((id) => this.#native.stop(id)))
    running.delete(this.#native)
  }

  /** What `await using` does at the end of the block: stop. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /**
   * Run a control by name, as `POST /_sandbox/<name>` does. The other methods do the same with types.
   *
   * @throws SandboxError if the control is refused, or the sandbox is stopped.
   */
  async control<Answer = unknown>(name: string, args: object = {}): Promise<Answer> {
    if (this.#stopped) {
      const message = 'the sandbox is stopped'
      throw new SandboxError({ kind: 'sandbox', message }, `${camel(name)}: ${message}`)
    }
    const text = encode(name, args)
    const outcome = await run((id) => this.#native.control(id, name, text))
    if (outcome.kind === Kind.answer) return JSON.parse(takeText(outcome)) as Answer
    const error = errorOf(name, outcome)
    if (!(error instanceof SandboxError)) throw error
    const { kind, reason, status } = error
    const named = (said: string) => ofControl(said, name, CONTROLS)
    throw new SandboxError({ kind, message: named(reason), status: status ?? null }, named(error.message))
  }

  /**
   * Advance the virtual clock. Runs everything that is due, then resolves. This includes webhook deliveries and their retries, for which it
   * waits at most 5 seconds of real time. `advanced_seconds` of the result is the sum of all advances.
   */
  advanceClock(seconds: number): Promise<SandboxClock> {
    return this.control<SandboxClock>('advance_clock', { seconds }).then((clock) => this.#moved(clock))
  }

  /** Reset everything to its start: state, clock, snapshots, log. */
  async reset(): Promise<null> {
    const done = await this.control<null>('reset')
    this.#moved(await this.clock())
    return done
  }

  /** Tell the clients the time, as the first 401 does. */
  #moved(clock: SandboxClock): SandboxClock {
    this.#advanced = Math.round(clock.advanced_seconds)
    for (const known of this.#clients) {
      const client = known.deref()
      if (client === undefined) this.#clients.delete(known)
      else coreOf(client).setClockOffset(this.#advanced)
    }
    return clock
  }

  /** Return to a snapshot. Keeps the log of requests. Fails if a reset has dropped the snapshot. */
  async restore(snapshot: SandboxSnapshot): Promise<null> {
    const done = await this.control<null>('restore', snapshot)
    this.#moved(await this.clock())
    return done
  }

  /** Add a fault rule and return its id. Fails if the rule is invalid. */
  async addFault(fault: SandboxFault): Promise<number> {
    const { id } = await this.control<{ id: number }>('add_fault', fault)
    return id
  }

  /** Return the fault rules, with how often each matched and took effect. */
  async faults(): Promise<readonly SandboxFaultReport[]> {
    const { faults } = await this.control<{ faults: readonly SandboxFaultReport[] }>('faults')
    return faults
  }

  /** Mute a published track. Fails if the track is not published. */
  muteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: true })
  }

  /** Unmute a published track. Fails if the track is not published. */
  unmuteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: false })
  }

  /** Set the URL of the workspace's webhooks. Without an argument, none are sent. Rooms may have their own. */
  setWebhook(webhook?: SandboxWebhook): Promise<null> {
    return this.control('set_webhook', webhook)
  }

  /**
   * Return the request that would deliver a webhook, without sending it, to pass on without a server:
   *
   * ```js
   * const { body, headers } = await sandbox.webhookRequest({ type: 'peer.join.success' }, { headers: { 'x-webhook-secret': secret } })
   * await receiver.handle(body, headers)
   * ```
   */
  webhookRequest(
    event: SandboxSendWebhook,
    options: SandboxWebhookRequestOptions = {},
  ): Promise<SandboxWebhookRequest> {
    return this.control('webhook_request', { event, ...options })
  }
}

function answerOf<Answer>(operation: string, outcome: Outcome): Answer {
  if (outcome.kind === Kind.answer) return JSON.parse(takeText(outcome)) as Answer
  throw errorOf(operation, outcome)
}
