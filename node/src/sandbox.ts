// The sandbox: an emulator of the service in this process, and its controls.
import { encode, type Time } from './arguments'
import { bridge, type Outcome, run } from './bridge'
import { type Options, ownOf, told, wrongText } from './checks'
import { Client } from './client'
import { errorOf } from './core'
import { SandboxError } from './errors'
import { addon, Kind, type NativeSandbox } from './native'
import type { OperationName } from './operations'
import type { ClientOptions } from './options'
import { coreOf } from './resource'
import type { EventType } from './webhooks/event'

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

/** The virtual time. */
export interface SandboxClock {
  /** The time by the virtual clock. */
  readonly now: string
  /** How far it is ahead of real time. */
  readonly advanced_seconds: number
}

/** A saved state. The copy itself stays in the sandbox. */
export interface SandboxSnapshot {
  readonly id: number
}

/** What to create at once. */
export interface SandboxSeed {
  /** Number of rooms, at most 100,000, named `room-1` and so on. Names in use are skipped. */
  readonly rooms?: number | undefined
  /** Id or name of the rooms' template. Defaults to the default template. */
  readonly template?: string | undefined
}

/** The counts of what exists. */
export interface SandboxStats {
  readonly rooms: number
  readonly room_codes: number
  readonly templates: number
  readonly sessions: number
  /** Connected peers. */
  readonly peers: number
  readonly polls: number
  /** Scheduled changes. */
  readonly scheduled: number
  /** Webhook events. */
  readonly events: number
  /** Requests received since the start or the last clearing. */
  readonly requests: number
}

/** One request as the sandbox received it, with the status it answered. */
export interface SandboxRequest {
  /** The operation, such as `rooms.create`; none when nothing is there. */
  readonly operation: string | null
  readonly method: string
  /** The path as sent, still percent-encoded. */
  readonly path: string
  /** Decoded query parameters in the order sent. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** The JSON body. None if there was none, if it was not JSON or larger than 256 KiB, or if the request lacked a required token. */
  readonly body: unknown
  /** The status of the response. 0 if a fault closed the connection without one. */
  readonly status: number
  /** Which kind of token was accepted. */
  readonly token: 'none' | 'management' | 'client'
  /** When, by the virtual clock. */
  readonly at: string
  /** The numbers of the faults that affected it. 0 is the fault in its header. */
  readonly faults: readonly number[]
}

/** Which requests a fault matches: those that match all fields. */
export interface SandboxFaultMatch {
  /** The operation, such as `rooms.create`. */
  readonly operation?: OperationName | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The path below the base URL, as sent. A `*` at the end matches any suffix. */
  readonly path?: string | undefined
}

/** What happens to a request. All effects can be combined. Delays are in real time. */
export interface SandboxFaultEffect {
  /** Wait before the request is handled. It is handled even if the client has disconnected. */
  readonly delay_before_ms?: number | undefined
  /** Wait between handling the request and responding. */
  readonly delay_answer_ms?: number | undefined
  /** Return this status. The request is not handled, unless `apply` is true. */
  readonly status?: number | undefined
  /** Handle the request although the response is replaced. */
  readonly apply?: boolean | undefined
  /** Add these headers to the response. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Add `Retry-After` with this many seconds. */
  readonly retry_after?: number | undefined
  /** Add `Retry-After` with the date in this many seconds. */
  readonly retry_after_date?: number | undefined
  /** Return this body: a string as it is, anything else as JSON. */
  readonly body?: unknown
  /** Send the body in gzip format. */
  readonly gzip?: boolean | undefined
  /** Close the connection without a response, before or after the request was handled. */
  readonly disconnect?: 'close_before' | 'close_after' | 'reset_before' | 'reset_after' | undefined
  /** Close the connection after this many bytes of the body. */
  readonly cut_body?: number | undefined
  /** Send a `Content-Length` that is too large, or too small if negative. */
  readonly content_length_off?: number | undefined
  /** Send the body in small pieces. */
  readonly drip?: { readonly bytes: number; readonly every_ms: number } | undefined
  /** Expire every token that was accepted so far, including this request's. */
  readonly expire_tokens?: boolean | undefined
  /** Offset the service's clock by this many seconds for this request. */
  readonly clock_off?: number | undefined
  /** Refuse new connections for this long. Open ones close when they are idle. */
  readonly refuse_connections_ms?: number | undefined
}

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

/** Who joins: by a client auth token, or by room and role. */
export type SandboxJoin = {
  /** Display name. */
  readonly name?: string | undefined
  /** Free text, usually JSON. */
  readonly metadata?: string | undefined
} & (
  | {
      /** A client auth token. It contains room, role and user id. */
      readonly token: string
    }
  | {
      readonly room_id: string
      /** A role of the room's template. */
      readonly role: string
      /** Your own id for the user. */
      readonly user_id?: string | undefined
    }
)

/** A peer that has joined. */
export interface SandboxPeer {
  /** Its id; new on every join. */
  readonly id: string
  readonly room_id: string
  /** Id of the room's running session. */
  readonly session_id: string
  readonly name: string
  readonly user_id: string
  readonly metadata: string
  readonly role: string
  readonly joined_at: string
}

/** Why a peer leaves. */
export type SandboxLeaveReason =
  | 'client request'
  | 'websocket closed'
  | 'ice connection state closed'
  | 'server removed peer'

/** What a peer publishes. */
export interface SandboxPublish {
  /** Id of a connected peer. */
  readonly peer_id: string
  readonly type: 'audio' | 'video'
  /** `regular` when missing. */
  readonly source?: 'regular' | 'screen' | 'plugin' | 'audioplaylist' | 'videoplaylist' | (string & {}) | undefined
  /** Whether it starts muted. */
  readonly mute?: boolean | undefined
}

/** A published track. */
export interface SandboxTrack {
  readonly id: string
  /** Id of its stream; tracks of one peer and one source share it. */
  readonly stream_id: string
  readonly mute: boolean
  readonly type: 'audio' | 'video'
  readonly source: string
  readonly started_at: string
  readonly description: string
}

/** A message that the API sent to a room. */
export interface SandboxMessage {
  readonly session_id: string
  readonly message: string
  /** The label of the message for client apps. Defaults to `chat`. */
  readonly type: string
  /** Ids of its recipients. */
  readonly recipients: readonly string[]
  readonly sent_at: string
}

/** One run of a poll in a session. */
export interface SandboxPollRun {
  readonly id: string
  readonly poll_id: string
  readonly session_id: string
  readonly started_at: string
  /** When it was closed. Missing while it is open. */
  readonly stopped_at: string | null
  /** Number of received responses, including replaced ones. */
  readonly total_responses: number
  /** Number of participants who answered. */
  readonly unique_participants: number
}

/** A participant's answer to one question of a running poll. */
export interface SandboxPollAnswer {
  readonly poll_id: string
  /** The room in whose running session the poll is open. Optional with a `peer_id`. */
  readonly room_id?: string | undefined
  /** Index of the question. */
  readonly question: number
  /** The chosen option of a question that takes one. */
  readonly option?: number | undefined
  /** The chosen options of a question that takes several. */
  readonly options?: readonly number[] | undefined
  /** The text for a question that takes text. */
  readonly text?: string | undefined
  /** Skips the question. */
  readonly skipped?: boolean | undefined
  /** The connected peer that answers. */
  readonly peer_id?: string | undefined
  /** The user who answers, instead of `peer_id`. */
  readonly user_id?: string | undefined
  /** How long the participant took, in milliseconds. Defaults to the time since the poll was opened. */
  readonly duration?: number | undefined
}

/** The result of an answer. */
export interface SandboxPollAnswered {
  readonly response_id: string
  /** The same for later answers of the participant to this question. */
  readonly result_id: string
  readonly score: number
}

/** A summary of a recording, live stream or external stream. */
export interface SandboxJob {
  readonly id: string
  readonly room_id: string
  readonly kind: 'recording' | 'live_stream' | 'external_stream'
  /** Its state, such as `failed`. */
  readonly status: string
}

/** The room that an encoder streams into: by its id, or by its stream key. */
export type SandboxRtmpInto = { readonly room_id: string } | { readonly stream_key: string }

/** An ingestion over RTMP. */
export interface SandboxRtmpIn {
  /** The `ingest_id` of webhooks. */
  readonly id: string
  readonly room_id: string
  /** Id of its live stream. */
  readonly stream_id: string
}

/** An error that a client reports. Missing values come from the peer, or are the usual ones of the type. */
export interface SandboxClientError {
  readonly room_id: string
  readonly type:
    | 'client.publish.failed'
    | 'client.subscribe.failed'
    | 'client.join.failed'
    | 'client.disconnected'
    | 'client.connect.failed'
  readonly peer_id?: string | undefined
  readonly user_id?: string | undefined
  readonly user_name?: string | undefined
  readonly role?: string | undefined
  readonly error_code?: number | undefined
  readonly error_name?: string | undefined
  readonly error_message?: string | undefined
  readonly error_description?: string | undefined
  /** Whether the client gave up. */
  readonly is_terminal?: boolean | undefined
}

/** A failed webhook delivery, for the log of deliveries. */
export interface SandboxFailedDelivery {
  readonly room_id: string
  /** The event, such as `peer.leave.success`; one of those that the log shows. */
  readonly event_name: EventType | (string & {})
  /** Data of the event; the room's id alone when missing. */
  readonly data?: object | undefined
  /** Where it was sent. */
  readonly webhook_url?: string | undefined
  /** Why it failed; `timeout` when missing. */
  readonly error_reason?: string | undefined
  /** Whether a replay fails too. */
  readonly fails_again?: boolean | undefined
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

/** A webhook made on demand. */
export interface SandboxSendWebhook {
  /** Type of the event, such as `peer.join.success`, or any other text. */
  readonly type: EventType | (string & {})
  /** Its data. Defaults to an example of the type with the values of the room, its session and the first peer there. */
  readonly data?: unknown
  /** Fields that replace those of the example, or are added. */
  readonly fields?: { readonly [name: string]: unknown } | undefined
  /** The room it is about. It determines where the event is sent. */
  readonly room_id?: string | undefined
  /** Id of the event. Generated if missing. */
  readonly id?: string | undefined
  /** When it happened. Defaults to now. */
  readonly timestamp?: Time | undefined
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
  /** The headers, in lower case, including secrets. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/** A fault of webhook deliveries. It applies to all of them, unless `next`, `share` or `type` restrict it. */
export interface SandboxWebhookFault {
  /**
   * `duplicate` sends it several times at once. `reorder` holds it until later ones were attempted, 5 seconds of the virtual clock have
   * passed, or `settleWebhooks` has nothing else to wait for. `drop` fails it without sending, as if all attempts had failed.
   */
  readonly fault: 'duplicate' | 'reorder' | 'drop'
  /** How often a duplicated delivery is sent in total. Between 2 and 100. Defaults to 2. */
  readonly copies?: number | undefined
  /** How many later deliveries are sent before a held one. Between 1 and 1000. Defaults to 1. */
  readonly behind?: number | undefined
  /** How many deliveries it applies to. Defaults to no limit. */
  readonly next?: number | undefined
  /** The share of deliveries it strikes, 0 to 1. Defaults to all. */
  readonly share?: number | undefined
  /** Decides which ones a share means. Defaults to 0. */
  readonly seed?: number | undefined
  /** Applies to events of this type only. */
  readonly type?: EventType | (string & {}) | undefined
}

/** The delivery of one event to a URL, with all its attempts. */
export interface SandboxWebhookDelivery {
  /** Id of the event, the same in all its deliveries. */
  readonly event_id: string
  readonly type: string
  /** The room, if it is about one. */
  readonly room_id: string | null
  readonly url: string
  /** The headers sent with it. Their values are not shown. */
  readonly headers: { readonly [name: string]: string }
  /** The body, which is the same in each attempt. */
  readonly body: string
  /** Whether a replay caused it. */
  readonly is_replay: boolean
  /** Its state. `dropped` if a snapshot was restored meanwhile. */
  readonly status: 'pending' | 'delivered' | 'failed' | 'dropped'
  /** Why it failed. */
  readonly error_reason: string | null
  /** When the next attempt is due by the virtual clock. */
  readonly next_attempt_at: string | null
  /** The finished attempts, in order. */
  readonly attempts: readonly SandboxWebhookAttempt[]
}

/** One attempt to deliver a webhook. */
export interface SandboxWebhookAttempt {
  /** When it began, by the virtual clock. */
  readonly at: string
  /** The status that the receiver answered. Missing otherwise. */
  readonly status: number | null
  /** Why it failed, such as `timeout`. */
  readonly error_reason: string | null
  /** How long it took, in milliseconds of real time. */
  readonly duration_ms: number
}

/** Counts of the pending deliveries. */
export interface SandboxWebhookQueue {
  /** Those that are due or running. */
  readonly due: number
  /** Deliveries that wait for their next attempt. */
  readonly waiting: number
  /** When the first of these is due, by the virtual clock. */
  readonly next_attempt_at: string | null
}

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
export class Sandbox {
  /** The base URL of the API, such as `http://127.0.0.1:41234/v2`. */
  readonly baseUrl: string
  /** The base URL of the token service that exchanges room codes; the same server. */
  readonly authUrl: string
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
    this.#native = native
    this.baseUrl = started.baseUrl
    this.authUrl = started.authUrl
    this.accessKey = started.accessKey
    Object.defineProperty(this, 'secret', { value: started.secret })
  }

  /**
   * Start a sandbox.
   *
   * @throws SandboxError if the port is in use.
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    told(options, OPTIONS)
    const { port = 0, accessKey, secret, host, allowHosts = [] } = ownOf(options)
    const native = new addon.Sandbox(bridge)
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
      throw new SandboxError({ kind: 'sandbox', message }, `${name}: ${message}`)
    }
    const text = encode(name, args)
    return answerOf<Answer>(name, await run((id) => this.#native.control(id, name, text)))
  }

  /**
   * Advance the virtual clock. Runs everything that is due, then resolves. This includes webhook deliveries and their retries, for which it
   * waits at most 5 seconds of real time.
   */
  advanceClock(seconds: number): Promise<SandboxClock> {
    return this.control<SandboxClock>('advance_clock', { seconds }).then((clock) => this.#moved(clock))
  }

  /** Return the virtual time. */
  clock(): Promise<SandboxClock> {
    return this.control('clock')
  }

  /** Reset everything to its start: state, clock, snapshots, log. */
  async reset(): Promise<null> {
    const done = await this.control<null>('reset')
    this.#moved(await this.clock())
    return done
  }

  /** Tell the clients the time, as the first refusal of a token does. */
  #moved(clock: SandboxClock): SandboxClock {
    this.#advanced = Math.round(clock.advanced_seconds)
    for (const known of this.#clients) {
      const client = known.deref()
      if (client === undefined) this.#clients.delete(known)
      else coreOf(client).setClockOffset(this.#advanced)
    }
    return clock
  }

  /** Save a copy of the whole state, including the clock. Fails if there are 1,000 snapshots already, or 512 MiB of them. */
  snapshot(): Promise<SandboxSnapshot> {
    return this.control('snapshot')
  }

  /** Delete a snapshot. */
  dropSnapshot(snapshot: SandboxSnapshot): Promise<null> {
    return this.control('drop_snapshot', snapshot)
  }

  /** Return to a snapshot. Keeps the log of requests. Fails if a reset has dropped the snapshot. */
  async restore(snapshot: SandboxSnapshot): Promise<null> {
    const done = await this.control<null>('restore', snapshot)
    this.#moved(await this.clock())
    return done
  }

  /** Return the received requests, oldest first. Keeps the latest 10,000, of at most 16 MiB. */
  async requests(): Promise<readonly SandboxRequest[]> {
    const { requests } = await this.control<{ requests: readonly SandboxRequest[] }>('requests')
    return requests
  }

  /** Clear the log of requests. */
  clearRequests(): Promise<null> {
    return this.control('clear_requests')
  }

  /**
   * Return 429 above this many requests per second for each resource, such as `rooms`. The seconds are by the virtual clock.
   *
   * @param perSecond Between 1 and 10000. null removes the limit.
   */
  rateLimit(perSecond: number | null): Promise<null> {
    return this.control('rate_limit', { per_second: perSecond })
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

  /** Remove all fault rules. Expired tokens become valid again, and connections are accepted again. */
  clearFaults(): Promise<null> {
    return this.control('clear_faults')
  }

  /**
   * Refuse new connections for this long, and close idle ones. A later call replaces an earlier one. With 0, new connections are accepted
   * at once.
   */
  refuseConnections(seconds: number): Promise<null> {
    return this.control('refuse_connections', { seconds })
  }

  /** Create many rooms at once, and return the counts. Fails if the seed names a template that does not exist. */
  seed(seed: SandboxSeed): Promise<SandboxStats> {
    return this.control('seed', seed)
  }

  /** Count what exists. */
  stats(): Promise<SandboxStats> {
    return this.control('stats')
  }

  /** Make a peer join, as a client SDK does. Fails with the reason if the room or the role does not accept it. */
  joinPeer(join: SandboxJoin): Promise<SandboxPeer> {
    return this.control('join_peer', join)
  }

  /** Make a connected peer leave. The session ends when its last peer leaves. Fails if the peer is not connected. */
  leavePeer(peerId: string, reason?: SandboxLeaveReason): Promise<null> {
    return this.control('leave_peer', { peer_id: peerId, reason })
  }

  /** Publish a track of a connected peer. Fails if its role may not publish it. */
  publishTrack(publish: SandboxPublish): Promise<SandboxTrack> {
    return this.control('publish_track', publish)
  }

  /** Mute a published track. Fails if the track is not published. */
  muteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: true })
  }

  /** Unmute a published track. Fails if the track is not published. */
  unmuteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: false })
  }

  /** Unpublish a track. Fails if the track is not published. */
  unpublishTrack(trackId: string): Promise<null> {
    return this.control('unpublish_track', { track_id: trackId })
  }

  /** Return the messages that the API sent to a room, oldest first, with their recipients. */
  async messages(roomId: string): Promise<readonly SandboxMessage[]> {
    const { messages } = await this.control<{ messages: readonly SandboxMessage[] }>('messages', { room_id: roomId })
    return messages
  }

  /** Open a poll in the running session of a room, as a client does. Fails if it is already open. */
  startPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('start_poll', { room_id: roomId, poll_id: pollId })
  }

  /** Close a poll that is open in the running session of a room. */
  stopPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('stop_poll', { room_id: roomId, poll_id: pollId })
  }

  /** Answer a question of an open poll. Fails if the question does not accept this answer, or a second one. */
  answerPoll(answer: SandboxPollAnswer): Promise<SandboxPollAnswered> {
    return this.control('answer_poll', answer)
  }

  /** Make a recording or stream fail. Fails if it has ended. */
  failJob(jobId: string, reason?: string): Promise<SandboxJob> {
    return this.control('fail_job', { job_id: jobId, reason })
  }

  /** Make the transcription of a recording fail. */
  failTranscription(jobId: string): Promise<SandboxJob> {
    return this.control('fail_transcription', { job_id: jobId })
  }

  /** Connect an encoder that streams into a room. */
  startRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('start_rtmp_in', into)
  }

  /** Disconnect a room's encoder. */
  stopRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('stop_rtmp_in', into)
  }

  /** End an encoder's stream with an internal error. */
  failRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('fail_rtmp_in', into)
  }

  /** Report a client's error to analytics. */
  reportClientError(error: SandboxClientError): Promise<{ readonly peer_id: string }> {
    return this.control('report_client_error', error)
  }

  /** Log a webhook as not delivered. */
  recordFailedDelivery(failed: SandboxFailedDelivery): Promise<{ readonly event_id: string }> {
    return this.control('record_failed_delivery', failed)
  }

  /** Set the URL of the workspace's webhooks. Without an argument, none are sent. Rooms may have their own. */
  setWebhook(webhook?: SandboxWebhook): Promise<null> {
    return this.control('set_webhook', webhook)
  }

  /** Send a webhook on demand. Fails if no webhook is set. */
  sendWebhook(webhook: SandboxSendWebhook): Promise<{ readonly event_id: string }> {
    return this.control('send_webhook', webhook)
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

  /** Make webhook deliveries arrive twice, late or never. Replaces earlier faults. */
  webhookFaults(faults: readonly SandboxWebhookFault[] = []): Promise<null> {
    return this.control('webhook_faults', { faults })
  }

  /** Return the webhook deliveries, oldest first. */
  async webhookDeliveries(): Promise<readonly SandboxWebhookDelivery[]> {
    const { deliveries } = await this.control<{ deliveries: readonly SandboxWebhookDelivery[] }>('webhook_deliveries')
    return deliveries
  }

  /** Count the pending deliveries. */
  webhookQueue(): Promise<SandboxWebhookQueue> {
    return this.control('webhook_queue')
  }

  /** Wait until all due webhooks were attempted. Fails if this exceeds the timeout. Defaults to 10 seconds. */
  settleWebhooks(timeoutSeconds?: number): Promise<SandboxWebhookQueue> {
    return this.control('settle_webhooks', { timeout_seconds: timeoutSeconds })
  }
}

function answerOf<Answer>(operation: string, outcome: Outcome): Answer {
  if (outcome.kind === Kind.answer) return JSON.parse(outcome.text) as Answer
  throw errorOf(operation, outcome)
}
