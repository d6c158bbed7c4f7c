// The sandbox: an emulator of the service in this process, and what drives it from outside.
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

/** How a sandbox shall be started. */
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
  /** By how much it is ahead of real time. */
  readonly advanced_seconds: number
}

/** A state to come back to; the copy itself stays in the sandbox. */
export interface SandboxSnapshot {
  readonly id: number
}

/** What to make at once. */
export interface SandboxSeed {
  /** So many rooms, 100,000 at most, named `room-1` and on; names that are taken are passed over. */
  readonly rooms?: number | undefined
  /** Id or name of the rooms' template; the default template when missing. */
  readonly template?: string | undefined
}

/** How much there is. */
export interface SandboxStats {
  readonly rooms: number
  readonly room_codes: number
  readonly templates: number
  readonly sessions: number
  /** Peers that are in rooms now. */
  readonly peers: number
  readonly polls: number
  /** Changes that will happen by the passing of time. */
  readonly scheduled: number
  /** Events for webhooks. */
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
  /**
   * The JSON body. None when there was none, when it was no JSON or larger than 256 KiB, and when the request carried no
   * token although its operation needs one.
   */
  readonly body: unknown
  /** The status answered; 0 when a fault ended the connection without one. */
  readonly status: number
  /** Which kind of token was accepted. */
  readonly token: 'none' | 'management' | 'client'
  /** When, by the virtual clock. */
  readonly at: string
  /** The faults that struck it, by their numbers; 0 is the one of its own header. */
  readonly faults: readonly number[]
}

/** Which requests a fault is about: those that fit all that is said. */
export interface SandboxFaultMatch {
  /** The operation, such as `rooms.create`. */
  readonly operation?: OperationName | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The path below the base URL as it is sent; with `*` at its end, the beginning of it. */
  readonly path?: string | undefined
}

/** What happens to a request; all of it may be combined. Delays are real time. */
export interface SandboxFaultEffect {
  /** Wait before the request is handled, which is done even when the client has left by then. */
  readonly delay_before_ms?: number | undefined
  /** Wait between handling and answering. */
  readonly delay_answer_ms?: number | undefined
  /** Answer this status; the request is not handled then, unless `apply` says so. */
  readonly status?: number | undefined
  /** Handle the request although the answer is another. */
  readonly apply?: boolean | undefined
  /** Answer these headers, too. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Answer `Retry-After` with so many seconds. */
  readonly retry_after?: number | undefined
  /** Answer `Retry-After` with the date in so many seconds. */
  readonly retry_after_date?: number | undefined
  /** Answer this body: a string as it is, anything else as JSON. */
  readonly body?: unknown
  /** Send the body wrapped by gzip. */
  readonly gzip?: boolean | undefined
  /** End the connection without an answer, before or after the request was handled. */
  readonly disconnect?: 'close_before' | 'close_after' | 'reset_before' | 'reset_after' | undefined
  /** End the connection after so many bytes of the body. */
  readonly cut_body?: number | undefined
  /** Tell a `Content-Length` that is too large, or too small when below zero. */
  readonly content_length_off?: number | undefined
  /** Send the body in drops. */
  readonly drip?: { readonly bytes: number; readonly every_ms: number } | undefined
  /** Let every token expire that was accepted so far, that of this request included. */
  readonly expire_tokens?: boolean | undefined
  /** Put the clock of the service off by so many seconds for this request. */
  readonly clock_off?: number | undefined
  /** Refuse new connections for so long; open ones end when they are idle. */
  readonly refuse_connections_ms?: number | undefined
}

/** One rule of the fault script. */
export interface SandboxFault {
  /** Which requests it is about; all when missing. */
  readonly match?: SandboxFaultMatch | undefined
  /** Which of those it strikes: each one when missing, the n-th, the first ones, or a share by chance. */
  readonly on?:
    | 'every'
    | { readonly nth: number }
    | { readonly first: number }
    | { readonly share: number; readonly seed?: number | undefined }
    | undefined
  /** What happens to them. */
  readonly effect: SandboxFaultEffect
}

/** A fault of the script, and how often it was met and struck. */
export interface SandboxFaultReport {
  /** Its number; the log of requests names it. */
  readonly id: number
  readonly fault: SandboxFault
  /** How many requests matched. */
  readonly matched: number
  /** How many of those it struck. */
  readonly fired: number
}

/** Who joins: by a client auth token, or by room and role. */
export type SandboxJoin = {
  /** Display name. */
  readonly name?: string | undefined
  /** Free text, mostly JSON. */
  readonly metadata?: string | undefined
} & (
  | {
      /** A client auth token; it says room, role and user id. */
      readonly token: string
    }
  | {
      readonly room_id: string
      /** A role of the room's template. */
      readonly role: string
      /** Your own id of the user. */
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

/** A message that the API sent into a room. */
export interface SandboxMessage {
  readonly session_id: string
  readonly message: string
  /** The label by which client apps tell messages apart; `chat` when none was given. */
  readonly type: string
  /** Ids of the peers that it reached. */
  readonly recipients: readonly string[]
  readonly sent_at: string
}

/** One run of a poll in a session. */
export interface SandboxPollRun {
  readonly id: string
  readonly poll_id: string
  readonly session_id: string
  readonly started_at: string
  /** When it was closed; none while it is open. */
  readonly stopped_at: string | null
  /** Responses received, replaced ones included. */
  readonly total_responses: number
  /** How many have answered. */
  readonly unique_participants: number
}

/** What a participant answers to one question of a running poll. */
export interface SandboxPollAnswer {
  readonly poll_id: string
  /** The room in whose running session the poll is open; may be left out with a `peer_id`. */
  readonly room_id?: string | undefined
  /** Index of the question. */
  readonly question: number
  /** The chosen option of a question that takes one. */
  readonly option?: number | undefined
  /** The chosen options of a question that takes several. */
  readonly options?: readonly number[] | undefined
  /** The text for a question that takes text. */
  readonly text?: string | undefined
  /** Passes the question over. */
  readonly skipped?: boolean | undefined
  /** The connected peer that answers. */
  readonly peer_id?: string | undefined
  /** The user who answers, instead of `peer_id`. */
  readonly user_id?: string | undefined
  /** Milliseconds the participant took; those since the poll was opened when missing. */
  readonly duration?: number | undefined
}

/** What came of an answer. */
export interface SandboxPollAnswered {
  readonly response_id: string
  /** The same for later answers of the participant to this question. */
  readonly result_id: string
  readonly score: number
}

/** A recording, live stream or external stream, in short. */
export interface SandboxJob {
  readonly id: string
  readonly room_id: string
  readonly kind: 'recording' | 'live_stream' | 'external_stream'
  /** Its state, such as `failed`. */
  readonly status: string
}

/** Which room an encoder feeds: by its id, or by its stream key. */
export type SandboxRtmpInto = { readonly room_id: string } | { readonly stream_key: string }

/** An ingestion over RTMP. */
export interface SandboxRtmpIn {
  /** The `ingest_id` of webhooks. */
  readonly id: string
  readonly room_id: string
  /** Id of the live stream that is made of it. */
  readonly stream_id: string
}

/** An error that a client reports. What is left out is taken from the peer, or is what is usual for the type. */
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

/** A webhook that could not be delivered, for the log of deliveries. */
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
  /** Whether a replay fails as well. */
  readonly fails_again?: boolean | undefined
}

/** Where the webhooks of the workspace go. */
export interface SandboxWebhook {
  /** An `http` URL. */
  readonly url: string
  /** Headers sent with every webhook. */
  readonly headers?: { readonly [name: string]: string } | undefined
  /** The key of the signature in `x-100ms-signature`; not signed without one. */
  readonly signing_key?: string | undefined
  /** How long an attempt may take, in seconds of real time; 10 when missing. */
  readonly timeout_seconds?: number | undefined
}

/** A webhook made on demand. */
export interface SandboxSendWebhook {
  /** Type of the event, such as `peer.join.success`; any other text too. */
  readonly type: EventType | (string & {})
  /** Its data; when missing, an example of the type with what is known of the room, its session and the first peer there. */
  readonly data?: unknown
  /** Fields of the example that are other than there, or more. */
  readonly fields?: { readonly [name: string]: unknown } | undefined
  /** The room it is about; decides where it is sent. */
  readonly room_id?: string | undefined
  /** Id of the event; a fresh one when missing. */
  readonly id?: string | undefined
  /** When it happened; now when missing. */
  readonly timestamp?: Time | undefined
}

/** How the request of a webhook is made: as for the webhook of the room or the workspace, where nothing is said. */
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
  /** The headers, in lower case; secrets are among them. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/** What goes wrong with deliveries of webhooks: with all of them unless `next`, `share` or `type` narrow it down. */
export interface SandboxWebhookFault {
  /**
   * It is sent several times at once; or held until later ones were attempted, 5 seconds of the virtual clock have passed, or
   * `settleWebhooks` finds nothing else to wait for; or it fails without being sent, as if all attempts had failed.
   */
  readonly fault: 'duplicate' | 'reorder' | 'drop'
  /** How often a duplicated one is sent in all: 2, when missing, to 100. */
  readonly copies?: number | undefined
  /** How many later ones go before a held one: 1, when missing, to 1000. */
  readonly behind?: number | undefined
  /** How many deliveries it strikes; any number when missing. */
  readonly next?: number | undefined
  /** The share of deliveries it strikes, 0 to 1; all when missing. */
  readonly share?: number | undefined
  /** Decides which ones a share means; 0 when missing. */
  readonly seed?: number | undefined
  /** Strikes events of this type only. */
  readonly type?: EventType | (string & {}) | undefined
}

/** One event on its way to a URL, with all its attempts. */
export interface SandboxWebhookDelivery {
  /** Id of the event, the same in all its deliveries. */
  readonly event_id: string
  readonly type: string
  /** The room, if it is about one. */
  readonly room_id: string | null
  readonly url: string
  /** The headers sent with it; their values are not shown. */
  readonly headers: { readonly [name: string]: string }
  /** The body as it is sent, in each attempt the same. */
  readonly body: string
  /** Whether a replay caused it. */
  readonly is_replay: boolean
  /** How far it is; `dropped` when a snapshot was restored meanwhile. */
  readonly status: 'pending' | 'delivered' | 'failed' | 'dropped'
  /** Why it failed. */
  readonly error_reason: string | null
  /** When the next attempt is due by the virtual clock. */
  readonly next_attempt_at: string | null
  /** The attempts that are over, in order. */
  readonly attempts: readonly SandboxWebhookAttempt[]
}

/** One try to deliver a webhook. */
export interface SandboxWebhookAttempt {
  /** When it began, by the virtual clock. */
  readonly at: string
  /** The status that the receiver answered; none when it did not. */
  readonly status: number | null
  /** Why it failed, such as `timeout`. */
  readonly error_reason: string | null
  /** How long it took, in milliseconds of real time. */
  readonly duration_ms: number
}

/** The deliveries that are not over, counted. */
export interface SandboxWebhookQueue {
  /** Those that are due or under way. */
  readonly due: number
  /** Those that wait for their next attempt. */
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

/** A sandbox runs until it is stopped, also when only its clients are still referred to. */
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
 * Many may run side by side. Each runs until it is stopped or the process ends; none keeps the process alive.
 */
export class Sandbox {
  /** The base URL of the API, such as `http://127.0.0.1:41234/v2`. */
  readonly baseUrl: string
  /** The base URL of the token service that exchanges room codes; the same server. */
  readonly authUrl: string
  /** The access key that tokens must carry. */
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
   * @throws SandboxError when the port is taken.
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

  /** Make a client of this sandbox. */
  client(options: ClientOptions = {}): Client {
    const { baseUrl, authUrl, accessKey, secret } = this
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
    const keys = 'token' in given ? {} : { accessKey, secret }
    const client = new Client({ baseUrl, authUrl, ...keys, ...given })
    coreOf(client).setClockOffset(this.#advanced)
    this.#clients.add(new WeakRef(client))
    return client
  }

  /** Stop: requests under way may end, for 2 seconds at most. May be called twice. */
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
   * Run a control by its name, as `POST /_sandbox/<name>` does. The other methods do the same with types.
   *
   * @throws SandboxError when the control is refused, or the sandbox is stopped.
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
   * Move the virtual clock on. Runs everything that is due, then resolves. That includes the attempts to deliver webhooks
   * and their retries, for which it waits 5 seconds of real time at most.
   */
  advanceClock(seconds: number): Promise<SandboxClock> {
    return this.control<SandboxClock>('advance_clock', { seconds }).then((clock) => this.#moved(clock))
  }

  /** Tell the virtual time. */
  clock(): Promise<SandboxClock> {
    return this.control('clock')
  }

  /** Make everything as it was at the start: state, clock, snapshots, log. */
  async reset(): Promise<null> {
    const done = await this.control<null>('reset')
    this.#moved(await this.clock())
    return done
  }

  /** Let the clients know the time, as the first refusal of a token would. */
  #moved(clock: SandboxClock): SandboxClock {
    this.#advanced = Math.round(clock.advanced_seconds)
    for (const known of this.#clients) {
      const client = known.deref()
      if (client === undefined) this.#clients.delete(known)
      else coreOf(client).setClockOffset(this.#advanced)
    }
    return clock
  }

  /**
   * Keep a copy of the whole state, clock included, to come back to. Fails when there are 1,000 snapshots already, or
   * 512 MiB of them.
   */
  snapshot(): Promise<SandboxSnapshot> {
    return this.control('snapshot')
  }

  /** Drop a snapshot that is done with. */
  dropSnapshot(snapshot: SandboxSnapshot): Promise<null> {
    return this.control('drop_snapshot', snapshot)
  }

  /** Go back to a snapshot. The log of requests stays. Fails when a reset has dropped the snapshot. */
  async restore(snapshot: SandboxSnapshot): Promise<null> {
    const done = await this.control<null>('restore', snapshot)
    this.#moved(await this.clock())
    return done
  }

  /** Return the requests received, oldest first: the latest 10,000, of 16 MiB at most. */
  async requests(): Promise<readonly SandboxRequest[]> {
    const { requests } = await this.control<{ requests: readonly SandboxRequest[] }>('requests')
    return requests
  }

  /** Forget the requests received so far. */
  clearRequests(): Promise<null> {
    return this.control('clear_requests')
  }

  /**
   * Answer 429 beyond so many requests a second for each resource, such as `rooms`. The seconds are those of the virtual
   * clock.
   *
   * @param perSecond Between 1 and 10000; null ends the limit.
   */
  rateLimit(perSecond: number | null): Promise<null> {
    return this.control('rate_limit', { per_second: perSecond })
  }

  /** Let something go wrong with requests, and give the number of this fault. Fails when it makes no sense. */
  async addFault(fault: SandboxFault): Promise<number> {
    const { id } = await this.control<{ id: number }>('add_fault', fault)
    return id
  }

  /** The faults, with how often each matched and struck. */
  async faults(): Promise<readonly SandboxFaultReport[]> {
    const { faults } = await this.control<{ faults: readonly SandboxFaultReport[] }>('faults')
    return faults
  }

  /** Forget all faults; tokens that a fault expired are good again, and connections are let in again. */
  clearFaults(): Promise<null> {
    return this.control('clear_faults')
  }

  /** Refuse new connections for so long, and end those that are idle. The last call counts: with 0 new ones are let in at once. */
  refuseConnections(seconds: number): Promise<null> {
    return this.control('refuse_connections', { seconds })
  }

  /** Make many things at once and count what there is then. Fails when the seed names a template that is not there. */
  seed(seed: SandboxSeed): Promise<SandboxStats> {
    return this.control('seed', seed)
  }

  /** Count what there is. */
  stats(): Promise<SandboxStats> {
    return this.control('stats')
  }

  /** Let a peer join, as a client SDK would. Fails with the reason when the room or the role does not take it. */
  joinPeer(join: SandboxJoin): Promise<SandboxPeer> {
    return this.control('join_peer', join)
  }

  /** Let a connected peer leave; the last one closes the session. Fails when it is not connected. */
  leavePeer(peerId: string, reason?: SandboxLeaveReason): Promise<null> {
    return this.control('leave_peer', { peer_id: peerId, reason })
  }

  /** Publish a track of a connected peer. Fails when its role may not publish that. */
  publishTrack(publish: SandboxPublish): Promise<SandboxTrack> {
    return this.control('publish_track', publish)
  }

  /** Mute a published track. Fails when nobody publishes it. */
  muteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: true })
  }

  /** Unmute a published track. Fails when nobody publishes it. */
  unmuteTrack(trackId: string): Promise<SandboxTrack> {
    return this.control('mute_track', { track_id: trackId, mute: false })
  }

  /** Take a published track away. Fails when nobody publishes it. */
  unpublishTrack(trackId: string): Promise<null> {
    return this.control('unpublish_track', { track_id: trackId })
  }

  /** The messages that the API sent into a room, oldest first, with those they reached. */
  async messages(roomId: string): Promise<readonly SandboxMessage[]> {
    const { messages } = await this.control<{ messages: readonly SandboxMessage[] }>('messages', { room_id: roomId })
    return messages
  }

  /** Open a poll in the running session of a room, as a client would. Fails when it is open there already. */
  startPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('start_poll', { room_id: roomId, poll_id: pollId })
  }

  /** Close a poll that is open in the running session of a room. */
  stopPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('stop_poll', { room_id: roomId, poll_id: pollId })
  }

  /** Answer a question of an open poll. Fails when the question does not take such an answer, or no second one. */
  answerPoll(answer: SandboxPollAnswer): Promise<SandboxPollAnswered> {
    return this.control('answer_poll', answer)
  }

  /** Let a recording or stream fail. Fails when it is over. */
  failJob(jobId: string, reason?: string): Promise<SandboxJob> {
    return this.control('fail_job', { job_id: jobId, reason })
  }

  /** Let the transcription of a recording fail. */
  failTranscription(jobId: string): Promise<SandboxJob> {
    return this.control('fail_transcription', { job_id: jobId })
  }

  /** Let an encoder begin to feed a room. */
  startRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('start_rtmp_in', into)
  }

  /** Let an encoder cease to feed a room. */
  stopRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('stop_rtmp_in', into)
  }

  /** Let an encoder break off. */
  failRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('fail_rtmp_in', into)
  }

  /** Let a client report an error to analytics. */
  reportClientError(error: SandboxClientError): Promise<{ readonly peer_id: string }> {
    return this.control('report_client_error', error)
  }

  /** Put a webhook that could not be delivered into the log of deliveries. */
  recordFailedDelivery(failed: SandboxFailedDelivery): Promise<{ readonly event_id: string }> {
    return this.control('record_failed_delivery', failed)
  }

  /** Have webhooks sent to a URL; nowhere without an argument. Rooms may have a webhook of their own. */
  setWebhook(webhook?: SandboxWebhook): Promise<null> {
    return this.control('set_webhook', webhook)
  }

  /** Send a webhook on demand. Fails when there is nowhere to send it to. */
  sendWebhook(webhook: SandboxSendWebhook): Promise<{ readonly event_id: string }> {
    return this.control('send_webhook', webhook)
  }

  /**
   * Return the request that would bring a webhook, without sending it, to hand it over without a server:
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

  /** Let deliveries of webhooks come twice, late or never, instead of what was said before. */
  webhookFaults(faults: readonly SandboxWebhookFault[] = []): Promise<null> {
    return this.control('webhook_faults', { faults })
  }

  /** The deliveries of webhooks, oldest first. */
  async webhookDeliveries(): Promise<readonly SandboxWebhookDelivery[]> {
    const { deliveries } = await this.control<{ deliveries: readonly SandboxWebhookDelivery[] }>('webhook_deliveries')
    return deliveries
  }

  /** Count the deliveries that are not over. */
  webhookQueue(): Promise<SandboxWebhookQueue> {
    return this.control('webhook_queue')
  }

  /** Wait until all webhooks that are due were attempted. Fails when that takes longer than the timeout, 10 seconds unless given. */
  settleWebhooks(timeoutSeconds?: number): Promise<SandboxWebhookQueue> {
    return this.control('settle_webhooks', { timeout_seconds: timeoutSeconds })
  }
}

function answerOf<Answer>(operation: string, outcome: Outcome): Answer {
  if (outcome.kind === Kind.answer) return JSON.parse(outcome.text) as Answer
  throw errorOf(operation, outcome)
}
