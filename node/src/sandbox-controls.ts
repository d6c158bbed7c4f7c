// @generated from crates/hundredms-sandbox/src/control by `cargo xtask gen`; do not edit.
// The controls of the sandbox, and their types.
import type { Time } from './arguments'
import type { OperationName } from './operations'
import type { EventType } from './webhooks/event'

/** Runs the controls of a sandbox. */
export abstract class SandboxControls {
  /** Run a control by name. */
  abstract control<Answer = unknown>(name: string, args?: object): Promise<Answer>
  /** Return the virtual time. */
  clock(): Promise<SandboxClock> {
    return this.control('clock')
  }

  /**
   * Save a copy of the whole state, including the clock. Fails if there are 1,000 snapshots already, or 512 MiB of
   * them.
   */
  snapshot(): Promise<SandboxSnapshot> {
    return this.control('snapshot')
  }

  /** Delete a snapshot. */
  dropSnapshot(snapshot: SandboxSnapshot): Promise<null> {
    return this.control('drop_snapshot', snapshot)
  }

  /**
   * Return the received requests of the API and for tokens, oldest first, not those for files. Keeps the latest
   * 10,000, of at most 16 MiB.
   */
  async requests(): Promise<readonly SandboxRequest[]> {
    const { requests } = await this.control<{ requests: readonly SandboxRequest[] }>('requests')
    return requests
  }

  /** Clear the log of requests. */
  clearRequests(): Promise<null> {
    return this.control('clear_requests')
  }

  /** Remove all fault rules. Expired tokens become valid again, and connections are accepted again. */
  clearFaults(): Promise<null> {
    return this.control('clear_faults')
  }

  /**
   * Refuse new connections for this long, and close idle ones. A later call replaces an earlier one. With 0,
   * connections are closed and new ones are accepted at once.
   *
   * @param seconds Seconds of real time, at most 600.
   */
  refuseConnections(seconds: number): Promise<null> {
    return this.control('refuse_connections', { seconds })
  }

  /**
   * Return 429 above this many requests per second for each resource, such as `rooms`, or for one of them. The
   * seconds are by the virtual clock.
   *
   * @param perSecond Between 1 and 10000. Null removes the limit.
   * @param resource The resource that is limited, such as `rooms`. Without it, every resource is, and limits of
   * single resources are removed.
   */
  rateLimit(perSecond: number | null, resource?: string): Promise<null> {
    return this.control('rate_limit', { per_second: perSecond, resource })
  }

  /** Send a webhook on demand, and return the id of its event. Fails if no webhook is set. */
  sendWebhook(webhook: SandboxSendWebhook): Promise<SandboxSentWebhook> {
    return this.control('send_webhook', webhook)
  }

  /**
   * Make deliveries arrive twice, late or never. Replaces earlier faults. An empty list removes them.
   *
   * @param faults The faults.
   */
  webhookFaults(faults?: readonly SandboxWebhookFault[]): Promise<null> {
    return this.control('webhook_faults', { faults })
  }

  /** Return the log of deliveries with their attempts, oldest first. Keeps the latest 50,000. */
  async webhookDeliveries(): Promise<readonly SandboxWebhookDelivery[]> {
    const { deliveries } = await this.control<{ deliveries: readonly SandboxWebhookDelivery[] }>('webhook_deliveries')
    return deliveries
  }

  /** Count the pending deliveries. */
  webhookQueue(): Promise<SandboxWebhookQueue> {
    return this.control('webhook_queue')
  }

  /**
   * Wait until no delivery is due or running, and count those that wait for a retry. Fails if this takes longer
   * than the timeout.
   *
   * @param timeoutSeconds Seconds of real time. Defaults to 10.
   */
  settleWebhooks(timeoutSeconds?: number): Promise<SandboxWebhookQueue> {
    return this.control('settle_webhooks', { timeout_seconds: timeoutSeconds })
  }

  /**
   * Create many rooms at once, named `room-1` and so on, and sessions that have ended, and return the counts. Fails
   * if the template does not exist.
   */
  seed(seed: SandboxSeed): Promise<SandboxStats> {
    return this.control('seed', seed)
  }

  /** Count what exists. */
  stats(): Promise<SandboxStats> {
    return this.control('stats')
  }

  /**
   * Make a peer join as a client SDK does: with a client auth token, or by room and role. Fails with the reason if
   * the room or the role does not accept it.
   */
  joinPeer(join: SandboxJoin): Promise<SandboxPeer> {
    return this.control('join_peer', join)
  }

  /**
   * Make a connected peer leave. The session ends when its last peer leaves. Fails if the peer is not connected.
   *
   * @param peerId Id of the peer.
   * @param reason The reason in webhooks. Defaults to `client request`.
   */
  leavePeer(
    peerId: string,
    reason?: 'client request' | 'websocket closed' | 'ice connection state closed' | 'server removed peer',
  ): Promise<null> {
    return this.control('leave_peer', { peer_id: peerId, reason })
  }

  /** Publish a track of a connected peer. Fails if its role may not publish it. */
  publishTrack(publish: SandboxPublish): Promise<SandboxTrack> {
    return this.control('publish_track', publish)
  }

  /**
   * Unpublish a track. Fails if the track is not published.
   *
   * @param trackId Id of the track.
   */
  unpublishTrack(trackId: string): Promise<null> {
    return this.control('unpublish_track', { track_id: trackId })
  }

  /**
   * Return the messages that the API sent to a room, oldest first, with their recipients.
   *
   * @param roomId Id of the room.
   */
  async messages(roomId: string): Promise<readonly SandboxMessage[]> {
    const { messages } = await this.control<{ messages: readonly SandboxMessage[] }>('messages', { room_id: roomId })
    return messages
  }

  /**
   * Open a poll in the running session of a room, as a client does. Fails if it is already open.
   *
   * @param roomId Id of the room.
   * @param pollId Id of the poll.
   */
  startPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('start_poll', { room_id: roomId, poll_id: pollId })
  }

  /**
   * Close a poll that is open in the running session of a room.
   *
   * @param roomId Id of the room.
   * @param pollId Id of the poll.
   */
  stopPoll(roomId: string, pollId: string): Promise<SandboxPollRun> {
    return this.control('stop_poll', { room_id: roomId, poll_id: pollId })
  }

  /**
   * Answer a question of an open poll, with one of `option`, `options`, `text` and `skipped`. Fails if the question
   * does not accept this answer, or a second one.
   */
  answerPoll(answer: SandboxPollAnswer): Promise<SandboxPollAnswered> {
    return this.control('answer_poll', answer)
  }

  /**
   * Make a recording, live stream or external stream fail. Fails if it has ended.
   *
   * @param jobId Id of the recording, live stream or external stream.
   * @param reason Why it fails. Defaults to `INTERNAL_ERROR`.
   */
  failJob(
    jobId: string,
    reason?: 'INTERNAL_ERROR' | 'MAX_RETRIES_REACHED' | 'UPLOAD_ERROR' | 'BEAM_STOPPED',
  ): Promise<SandboxJob> {
    return this.control('fail_job', { job_id: jobId, reason })
  }

  /**
   * Make the transcription of a recording fail. Fails if none is running.
   *
   * @param jobId Id of the recording.
   */
  failTranscription(jobId: string): Promise<SandboxJob> {
    return this.control('fail_transcription', { job_id: jobId })
  }

  /**
   * Set the size of the file of a recording asset. Its bytes are generated when they are read: they are no video,
   * but each place in the file has its own. Fails if the asset has no file.
   *
   * @param assetId Id of the recording asset.
   * @param size Size of its file in bytes, at most 1 TiB.
   */
  resizeAsset(assetId: string, size: number): Promise<null> {
    return this.control('resize_asset', { asset_id: assetId, size })
  }

  /** Connect an encoder that streams into a room over RTMP. This starts the room's live stream. */
  startRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('start_rtmp_in', into)
  }

  /** Disconnect a room's encoder. The live stream ends unless it reconnects in time. */
  stopRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('stop_rtmp_in', into)
  }

  /** End an encoder's stream into a room with an internal error. */
  failRtmpIn(into: SandboxRtmpInto): Promise<SandboxRtmpIn> {
    return this.control('fail_rtmp_in', into)
  }

  /**
   * Report a client's error to analytics, and return the id of the peer it is about. Missing values come from the
   * peer, or are the usual ones of the type.
   */
  reportClientError(error: SandboxClientError): Promise<SandboxReportedClientError> {
    return this.control('report_client_error', error)
  }

  /** Log a webhook as not delivered, and return the id of its event. */
  recordFailedDelivery(failed: SandboxFailedDelivery): Promise<SandboxRecordedDelivery> {
    return this.control('record_failed_delivery', failed)
  }
}

/** The controls, each with the arguments that its method takes one by one. */
export const CONTROLS: { readonly [name: string]: readonly string[] } = {
  advance_clock: ['seconds', 'deliver'],
  clock: [],
  reset: [],
  snapshot: [],
  drop_snapshot: [],
  restore: ['id'],
  requests: [],
  clear_requests: [],
  add_fault: ['match', 'on', 'effect'],
  faults: [],
  clear_faults: [],
  refuse_connections: ['seconds'],
  rate_limit: ['per_second', 'resource'],
  set_webhook: [],
  send_webhook: [],
  webhook_request: [],
  webhook_faults: ['faults'],
  webhook_deliveries: [],
  webhook_queue: [],
  settle_webhooks: ['timeout_seconds'],
  seed: [],
  stats: [],
  join_peer: [],
  leave_peer: ['peer_id', 'reason'],
  publish_track: [],
  mute_track: ['track_id', 'mute'],
  unpublish_track: ['track_id'],
  messages: ['room_id'],
  start_poll: ['room_id', 'poll_id'],
  stop_poll: ['room_id', 'poll_id'],
  answer_poll: [],
  fail_job: ['job_id', 'reason'],
  fail_transcription: ['job_id'],
  resize_asset: ['asset_id', 'size'],
  start_rtmp_in: [],
  stop_rtmp_in: [],
  fail_rtmp_in: [],
  report_client_error: [],
  record_failed_delivery: [],
}

/** A saved state. The copy itself stays in the sandbox. */
export interface SandboxSnapshot {
  /** Number of the snapshot. */
  readonly id: number
}

/** An event on demand. */
export interface SandboxSendWebhook {
  /**
   * Type of the event, such as `peer.join.success`, or any other text. A probable misspelling is refused, unless
   * `data` is given.
   */
  readonly type: EventType | (string & {})
  /**
   * Its data, any JSON. Defaults to an example of the type with the values of the room, its running session and the
   * first peer there.
   */
  readonly data?: unknown
  /** Fields that replace those of the example, or are added. A probable misspelling is refused. */
  readonly fields?: object | undefined
  /** The room it is about. It determines where the event is sent. */
  readonly room_id?: string | undefined
  /** Id of the event. Generated if missing. */
  readonly id?: string | undefined
  /** When it happened. Defaults to now. */
  readonly timestamp?: Time | undefined
}

/** What to create at once. */
export interface SandboxSeed {
  /** Number of rooms, at most 100,000, named `room-1` and so on. Names in use are skipped. */
  readonly rooms?: number | undefined
  /** Id or name of the rooms' template. Defaults to the default template. */
  readonly template?: string | undefined
  /**
   * Number of sessions that have ended, at most 10,000,000. They are held in the rooms in turn, so there must be a
   * room. Only `sessions.list` and `sessions.get` know them.
   */
  readonly sessions?: number | undefined
  /** Number of peers of each session, at most 100. Defaults to 3. */
  readonly peers?: number | undefined
  /** Number of days until now over which the sessions are spread, between 1 and 3650. Defaults to 365. */
  readonly days?: number | undefined
}

/** Who joins: by a client auth token, or by room and role. */
export type SandboxJoin = {
  /** Display name. */
  readonly name?: string | undefined
  /** Free text, usually JSON. */
  readonly metadata?: string | undefined
} & (
  | {
      /** A client auth token. It contains room, role and user id, so these must not be set too. */
      readonly token: string
    }
  | {
      /** Id of the room. */
      readonly room_id: string
      /** A role of the room's template. */
      readonly role: string
      /** Your own id for the user. */
      readonly user_id?: string | undefined
    }
)

/** What a peer publishes. */
export interface SandboxPublish {
  /** Id of a connected peer. */
  readonly peer_id: string
  /** `audio` or `video`. */
  readonly type: 'audio' | 'video'
  /** `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist`, or any other text. Defaults to `regular`. */
  readonly source?: 'regular' | 'screen' | 'plugin' | 'audioplaylist' | 'videoplaylist' | (string & {}) | undefined
  /** Whether it starts muted. */
  readonly mute?: boolean | undefined
}

/** A participant's answer to one question of a running poll. */
export interface SandboxPollAnswer {
  /** The poll. */
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
  /** The user who answers, instead of `peer_id`: the connected peer with this user id. */
  readonly user_id?: string | undefined
  /** How long the participant took, in milliseconds. Defaults to the time since the poll was opened. */
  readonly duration?: number | undefined
}

/** The room that an encoder streams into: by its id, or by its stream key. */
export type SandboxRtmpInto =
  | {
      /** Id of the room, whose active stream key is used. */
      readonly room_id: string
    }
  | {
      /** A stream key instead. */
      readonly stream_key: string
    }

/** An error that a client reports. Missing fields come from the peer, or have the usual values of the type. */
export interface SandboxClientError {
  /** The room. */
  readonly room_id: string
  /**
   * `client.publish.failed`, `client.subscribe.failed`, `client.join.failed`, `client.disconnected` or
   * `client.connect.failed`.
   */
  readonly type:
    | 'client.publish.failed'
    | 'client.subscribe.failed'
    | 'client.join.failed'
    | 'client.disconnected'
    | 'client.connect.failed'
  /** A peer that is or was in the room, or any other id. Generated if missing. */
  readonly peer_id?: string | undefined
  /** Your own id for the user. */
  readonly user_id?: string | undefined
  /** Display name. */
  readonly user_name?: string | undefined
  /** The role. */
  readonly role?: string | undefined
  /** Number of the error, such as 4006. */
  readonly error_code?: number | undefined
  /** Short name, such as `ICEDisconnected`. */
  readonly error_name?: string | undefined
  /** Message. */
  readonly error_message?: string | undefined
  /** Details. */
  readonly error_description?: string | undefined
  /** Whether the client gave up. */
  readonly is_terminal?: boolean | undefined
}

/** A failed webhook delivery, for the log of deliveries. */
export interface SandboxFailedDelivery {
  /** The room. */
  readonly room_id: string
  /** The event, such as `peer.leave.success`; one of those that the log shows. */
  readonly event_name: EventType | (string & {})
  /** Data of the event; the room's id alone when missing. */
  readonly data?: object | undefined
  /** Where it was sent; the room's or the workspace's webhook, or an invented URL, when missing. */
  readonly webhook_url?: string | undefined
  /** Why it failed; `timeout` when missing. */
  readonly error_reason?: string | undefined
  /** Whether a replay fails as well, without being sent. */
  readonly fails_again?: boolean | undefined
}

/** Which requests a fault matches: those that match all fields. */
export interface SandboxFaultMatch {
  /**
   * The operation, such as `rooms.create`; or `storage.get`, a request for a file by its presigned link. Only a
   * rule with this name, or with a path that begins with `/storage/`, matches such requests.
   */
  readonly operation?: OperationName | 'storage.get' | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The path below the base URL, as sent. A `*` at the end matches any suffix. */
  readonly path?: string | undefined
}

/** What happens to a request. All effects can be combined. Delays are in real time, not by the virtual clock. */
export interface SandboxFaultEffect {
  /** Wait this many milliseconds before the request is handled. It is handled even if the client has disconnected. */
  readonly delay_before_ms?: number | undefined
  /** Wait this many milliseconds between handling the request and responding. */
  readonly delay_answer_ms?: number | undefined
  /** Return this status. The request is not handled, unless `apply` is true. */
  readonly status?: number | undefined
  /** Handle the request although the response is replaced. */
  readonly apply?: boolean | undefined
  /** Add these headers to the response. */
  readonly headers?: { readonly [name: string]: string } | undefined
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
  /** Send a `Content-Length` that is wrong by this many bytes: too large, or too small if negative. */
  readonly content_length_off?: number | undefined
  /** Send the body in small pieces. */
  readonly drip?: SandboxDrip | undefined
  /** Expire every token that was accepted so far, including this request's. */
  readonly expire_tokens?: boolean | undefined
  /**
   * Offset the service's clock by this many seconds for this request: for its token and in the `Date` of the
   * response.
   */
  readonly clock_off?: number | undefined
  /**
   * Refuse new connections for this many milliseconds. Open ones close when they are idle. Clearing the faults ends
   * this earlier.
   */
  readonly refuse_connections_ms?: number | undefined
}

/** How slowly a body is sent. */
export interface SandboxDrip {
  /** Bytes at a time. */
  readonly bytes: number
  /** Milliseconds between them. */
  readonly every_ms: number
}

/** A fault of deliveries. It applies to all of them, unless a number, a share or a type of events restricts it. */
export interface SandboxWebhookFault {
  /**
   * What happens. `duplicate` sends it several times at once. `reorder` holds it until later ones were attempted, 5
   * seconds of the virtual clock have passed, or `settleWebhooks` has nothing else to wait for. `drop` fails it
   * without sending, as if all attempts had failed.
   */
  readonly fault: 'duplicate' | 'reorder' | 'drop'
  /** How often a duplicated delivery is sent in total. Between 2 and 100. Defaults to 2. */
  readonly copies?: number | undefined
  /** How many later deliveries are sent before a held one. Between 1 and 1000. Defaults to 1. */
  readonly behind?: number | undefined
  /** How many deliveries it applies to. Defaults to no limit. */
  readonly next?: number | undefined
  /** The share of deliveries it applies to. Between 0 and 1. Defaults to all. */
  readonly share?: number | undefined
  /** Seed that selects the deliveries of a share. Defaults to 0. */
  readonly seed?: number | undefined
  /** Applies to events of this type only. */
  readonly type?: EventType | (string & {}) | undefined
}

/** The virtual time. */
export interface SandboxClock {
  /** The time by the virtual clock (RFC 3339). */
  readonly now: string
  /** How far it is ahead of real time, in seconds: the sum of all advances. */
  readonly advanced_seconds: number
}

/** An event that is being delivered. */
export interface SandboxSentWebhook {
  /** Id of the event. */
  readonly event_id: string
}

/** Counts of the pending deliveries. */
export interface SandboxWebhookQueue {
  /** Deliveries that are due or running. */
  readonly due: number
  /** Deliveries that wait for their next attempt. */
  readonly waiting: number
  /** When the first of these is due, by the virtual clock (RFC 3339). */
  readonly next_attempt_at: string | null
}

/** The counts of what exists. */
export interface SandboxStats {
  /** Rooms, enabled or not. */
  readonly rooms: number
  /** Room codes, enabled or not. */
  readonly room_codes: number
  /** Templates, including the default one. */
  readonly templates: number
  /** Sessions, running or not. */
  readonly sessions: number
  /** Connected peers. */
  readonly peers: number
  /** Polls. */
  readonly polls: number
  /** Scheduled changes. */
  readonly scheduled: number
  /** Webhook events. */
  readonly events: number
  /** Requests received since the start or the last clearing, including those that were dropped. */
  readonly requests: number
}

/** A peer that has joined. */
export interface SandboxPeer {
  /** Its id (UUID). New on every join. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** Id of the room's running session. */
  readonly session_id: string
  /** Display name. Empty if unset. */
  readonly name: string
  /** Your own id for the user. Empty if unset. */
  readonly user_id: string
  /** Free text. Empty if unset. */
  readonly metadata: string
  /** The role in the room. */
  readonly role: string
  /** When it joined (RFC 3339). */
  readonly joined_at: string
}

/** A published track. */
export interface SandboxTrack {
  /** Its id (UUID). */
  readonly id: string
  /** Id of its stream (UUID). Tracks of one peer and one source share it. */
  readonly stream_id: string
  /** Whether it is muted. */
  readonly mute: boolean
  /** `audio` or `video`. */
  readonly type: 'audio' | 'video'
  /** Where the media comes from. */
  readonly source: string
  /** When it was published (RFC 3339). */
  readonly started_at: string
  /** Empty. */
  readonly description: string
}

/** One run of a poll in a session. */
export interface SandboxPollRun {
  /** Id of the run. */
  readonly id: string
  /** The poll. */
  readonly poll_id: string
  /** The session in which it runs. */
  readonly session_id: string
  /** When it was opened (RFC 3339). */
  readonly started_at: string
  /** When it was closed. null while it is open. */
  readonly stopped_at: string | null
  /** Number of received responses, including replaced ones. */
  readonly total_responses: number
  /** Number of participants who answered. */
  readonly unique_participants: number
}

/** The result of an answer. */
export interface SandboxPollAnswered {
  /** Id of the response. */
  readonly response_id: string
  /** Id of the result. Later answers of the participant to this question have the same. */
  readonly result_id: string
  /**
   * Points. In a quiz, the weight of the question if the answer is right. In a poll, that weight times the weights
   * of the chosen options.
   */
  readonly score: number
}

/** A summary of a recording, live stream or external stream. */
export interface SandboxJob {
  /** Its id. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** `recording`, `live_stream` or `external_stream`. */
  readonly kind: 'recording' | 'live_stream' | 'external_stream'
  /** Its state, such as `failed`. */
  readonly status: string
}

/** An ingestion over RTMP. */
export interface SandboxRtmpIn {
  /** Its id, which is the `ingest_id` of webhooks. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** Id of its live stream. */
  readonly stream_id: string
}

/** An error that analytics has accepted. */
export interface SandboxReportedClientError {
  /** The peer it is about. */
  readonly peer_id: string
}

/** A delivery that is in the log. */
export interface SandboxRecordedDelivery {
  /** Id of the event (UUID). */
  readonly event_id: string
}

/** One received request, with the status of its response. Headers are not kept. */
export interface SandboxRequest {
  /** The operation, such as `rooms.create`. null if there is none at this path. */
  readonly operation: string | null
  /** The HTTP method. */
  readonly method: string
  /** The path as sent, still percent-encoded. */
  readonly path: string
  /** Decoded query parameters in the order sent. */
  readonly query: readonly (readonly [string, string])[]
  /**
   * The JSON body. null if there was none, if it was not JSON or larger than 256 KiB, or if the request lacked a
   * required token.
   */
  readonly body: unknown
  /** The status of the response. 0 if a fault closed the connection without one. */
  readonly status: number
  /** The message of the response, if it is an error that has one. */
  readonly error: string | null
  /** Which kind of token was accepted. */
  readonly token: 'none' | 'management' | 'client'
  /** When, by the virtual clock (RFC 3339). */
  readonly at: string
  /** The numbers of the faults that affected it. 0 is the fault in its header. */
  readonly faults: readonly number[]
}

/** One event on its way to a URL, with all its attempts. */
export interface SandboxWebhookDelivery {
  /** Id of the event, the same in all its deliveries. */
  readonly event_id: string
  /** Type of the event, such as `peer.join.success`. */
  readonly type: string
  /** The room, if it is about one. */
  readonly room_id: string | null
  /** Where it is sent. */
  readonly url: string
  /** The headers sent with it. Their values are not shown. */
  readonly headers: { readonly [name: string]: string }
  /** The body, which is the same in each attempt. */
  readonly body: string
  /** Whether a replay caused it. */
  readonly is_replay: boolean
  /** `pending`, `delivered`, `failed`, or `dropped` when a snapshot was restored meanwhile. */
  readonly status: 'pending' | 'delivered' | 'failed' | 'dropped'
  /** Why it failed. null otherwise. */
  readonly error_reason: string | null
  /** When the next attempt is due by the virtual clock (RFC 3339). null if it is running or there is none. */
  readonly next_attempt_at: string | null
  /** The finished attempts, in order. */
  readonly attempts: readonly SandboxWebhookAttempt[]
}

/** One attempt to deliver a webhook. */
export interface SandboxWebhookAttempt {
  /** When it started, by the virtual clock (RFC 3339). */
  readonly at: string
  /** The status of the receiver's response. null if there was none. */
  readonly status: number | null
  /** Why it failed, such as `timeout` or `status 500`. null if it succeeded. */
  readonly error_reason: string | null
  /** How long it took, in milliseconds of real time. */
  readonly duration_ms: number
}

/** A message that the API sent to a room. */
export interface SandboxMessage {
  /** The session that was running. */
  readonly session_id: string
  /** The text. */
  readonly message: string
  /** The label of the message for client apps. Defaults to `chat`. */
  readonly type: string
  /** Ids of its recipients. */
  readonly recipients: readonly string[]
  /** When it was sent (RFC 3339). */
  readonly sent_at: string
}
