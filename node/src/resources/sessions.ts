// @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; not edited by hand.
// Sessions: the periods in which a room was in use, and their peers.
import type { Time } from '../arguments'
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf } from '../resource'
import { SessionWindows } from '../session-windows'
import type { AnalyticsPeerStats } from './analytics'

/** Sessions: the periods in which a room was in use, and their peers. */
export class Sessions extends SessionWindows {
  /**
   * List the running sessions, or the finished ones.
   *
   * Returns the running sessions of the workspace, or with `active` false the finished ones, latest first, with all
   * their peers. Filters combine with AND. Both time bounds are inclusive and apply to the session's start.
   *
   * `GET /sessions`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/list-sessions
   */
  list(params: SessionsListParams = {}, options?: CallOptions): List<Session, SessionList> {
    return new List(coreOf(this), { operation: 'sessions.list', items: 'data', param: 'start' }, {}, options, params)
  }

  /**
   * Return one session with its peers.
   *
   * Returns a session, running or finished, with all peers and the times when they joined and left. A user who left
   * and came back appears as a new peer with the same `user_id`.
   *
   * `GET /sessions/{session_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/Sessions/retrieve-a-session
   *
   * @param sessionId Id of the session.
   */
  get(sessionId: string, options?: CallOptions): Promise<Session> {
    return coreOf(this).call('sessions.get', { session_id: sessionId }, options)
  }

  /**
   * Return who attended a session, and for how long.
   *
   * Reads the session once, and counts its peers as people: all peers with the same `user_id` are one person, and
   * time that several of their devices were there at once counts once. Peers that are still there are counted until
   * now, by the service's clock, with `present`. A peer without a logged leave in a session that has ended is
   * counted until its end. Time that is assumed, or missing, is marked as `estimated`. Progress counts sessions.
   *
   * Peers without a `user_id` are counted one by one, because names are not unique. `merge_names` counts those with
   * the same name as one person. The service reports one role per peer, so a change of role during a stay is not
   * seen.
   *
   * Defaults to a timeout of 300 seconds for the whole job.
   *
   * @param sessionId Id of the session.
   */
  attendance(
    sessionId: string,
    params: SessionsAttendanceParams = {},
    options?: JobOptions<ItemProgress>,
  ): Promise<Attendance> {
    return coreOf(this).runJob('sessions.attendance', { session_id: sessionId }, options, params)
  }

  /**
   * Return how long each peer of a session talked, and what it sent and received.
   *
   * Reads the session, then the statistics of each peer, `concurrency` at a time: one call for each peer, and if
   * the service refuses one with 429, all wait as long as it asks. Progress counts peers.
   *
   * A peer without data is there with null instead of values, and `missing` says why. There is no data while a
   * session runs, so the statistics are not requested then. The service does not document for which other peers it
   * has none, such as those of HIPAA workspaces or with short stays. A value is also null if there are no samples
   * for it.
   *
   * The service does not measure speech. `talk_seconds` is an estimate: the time in which the peer sent audio of at
   * least `talk_bitrate`. Clients that send audio while nobody speaks are counted whenever they are not muted.
   *
   * Defaults to a timeout of 900 seconds for the whole job.
   *
   * @param sessionId Id of the session.
   */
  quality(
    sessionId: string,
    params: SessionsQualityParams = {},
    options?: JobOptions<ItemProgress>,
  ): Promise<SessionQuality> {
    return coreOf(this).runJob('sessions.quality', { session_id: sessionId }, options, params)
  }
}

/** Parameters of `sessions.list`. */
export interface SessionsListParams {
  /** Only running (true) or only finished (false) sessions. Defaults to `true`. Not empty. */
  readonly active?: boolean | undefined
  /** Only sessions of this room. Not empty. */
  readonly room_id?: string | undefined
  /** Lower bound (inclusive) on the start time, UTC with milliseconds. Not empty. */
  readonly after?: Time | undefined
  /** Upper bound (inclusive) on the start time. Not empty. */
  readonly before?: Time | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
}

/** Parameters of `sessions.attendance`. */
export interface SessionsAttendanceParams {
  /** Count peers without a `user_id` that have the same name as one person. Defaults to `false`. */
  readonly merge_names?: boolean | undefined
}

/** Parameters of `sessions.quality`. */
export interface SessionsQualityParams {
  /** How many calls are made at a time. Between 1 and 32. Defaults to 4. */
  readonly concurrency?: number | undefined
  /** Bits per second from which audio counts as talk. Defaults to 10000. Between 0 and 1_000_000. */
  readonly talk_bitrate?: number | undefined
  /** Also return the time series of each peer, in `stats`. Defaults to `false`. */
  readonly series?: boolean | undefined
}

/** A page of sessions. */
export interface SessionList {
  /** Page size that the service applied. */
  readonly limit?: number
  /** Items on this page. */
  readonly data: readonly Session[]
  /** Id of the last item, which is the oldest of the page. Empty on the last page. */
  readonly last?: string | null
}

/** One continuous meeting in a room, at most 12 hours long. */
export interface Session {
  /** Id of the session. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** Id of the workspace. */
  readonly customer_id: string
  /** Id of the app in the workspace. */
  readonly app_id?: string
  /** True while the session runs. */
  readonly active: boolean
  /** Everyone who joined, keyed by peer id. */
  readonly peers?: { readonly [name: string]: SessionPeer }
  /** Start time. */
  readonly created_at?: string
  /** Time of the last change. For a finished session, its end. */
  readonly updated_at?: string
}

/** A participation in a session. */
export interface SessionPeer {
  /** Peer id; new on every join. */
  readonly id: string
  /** Id of the session. */
  readonly session_id: string
  /** Hashed in HIPAA workspaces. */
  readonly name: string
  /** Name of the role. */
  readonly role: string
  /** `user_id` from the auth token. Absent if the peer has none. */
  readonly user_id?: string
  /** @deprecated Old id assigned by 100ms. Use `user_id`. */
  readonly user?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the peer left. Absent while it is connected. */
  readonly left_at?: string | null
}

/** Who was in one or more sessions, and for how long. */
export interface Attendance {
  /** The time until which those who are still there are counted, by the service's clock. */
  readonly as_of?: string
  /** The sessions that were counted, earliest first. */
  readonly sessions: readonly AttendedSession[]
  /** Everyone who was there, earliest first. */
  readonly attendees: readonly Attendee[]
}

/** A session that was counted. */
export interface AttendedSession {
  /** Id of the session. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** True if it is still running. */
  readonly active: boolean
  /** Start time. */
  readonly started_at?: string
  /** When it ended. Absent while it runs. */
  readonly ended_at?: string
}

/** A person who attended. */
export interface Attendee {
  /**
   * What this person was recognised by. If it is `name`, it may be several people, and if it is `peer_id`, the same
   * person may be there more than once.
   */
  readonly identified_by: AttendeeIdentity
  /** Your own id for the user. Absent if the peers have none. */
  readonly user_id?: string
  /** Names of the peers, each once, earliest first. Hashed in HIPAA workspaces. */
  readonly names: readonly string[]
  /** Roles of the peers, each once, earliest first. */
  readonly roles: readonly string[]
  /** Ids of the peers, earliest first. Each join has its own. */
  readonly peer_ids: readonly string[]
  /** How often the person joined. */
  readonly joins: number
  /** The first join. Absent if the service did not log it. */
  readonly first_joined_at?: string
  /** The last leave. Absent while the person is there, and if the service did not log it. */
  readonly last_left_at?: string
  /** How long the person was there, in seconds. Time with several devices counts once. */
  readonly seconds_present: number
  /** True if the person is still there. */
  readonly present: boolean
  /** True if the time of a stay is assumed or missing: see `stays`. */
  readonly estimated: boolean
  /** Each join with its leave, earliest first. */
  readonly stays: readonly AttendeeStay[]
}

/** One join of a person, and its leave. */
export interface AttendeeStay {
  /** Id of the peer. */
  readonly peer_id: string
  /** Id of the session. */
  readonly session_id: string
  /** Name of the peer. */
  readonly name: string
  /** Role of the peer. */
  readonly role: string
  /** When the peer joined, as logged. */
  readonly joined_at?: string
  /** When the peer left, as logged. Absent while it is there. */
  readonly left_at?: string
  /** How long the peer was there, in seconds. */
  readonly seconds: number
  /** True if the peer is still there. */
  readonly present: boolean
  /**
   * True if the time is assumed: without a logged leave, until the end of the session; without a logged join, or
   * with a leave before it, 0 seconds.
   */
  readonly estimated: boolean
}

/** How far a job is. */
export interface ItemProgress {
  /** How many are done: sessions, peers or calls, as the job says. */
  readonly done: number
  /** How many there are. Null if that is not known yet. */
  readonly total?: number | null
}

/** The quality of a session, peer by peer. */
export interface SessionQuality {
  /** Id of the session. */
  readonly session_id: string
  /** Id of the room. */
  readonly room_id: string
  /** True if it is still running, so that there is no data yet. */
  readonly active: boolean
  /** Everyone who was there, earliest first. */
  readonly peers: readonly PeerQuality[]
}

/** What a peer sent and received. Values are null if there is no data. */
export interface PeerQuality {
  /** Id of the peer. A user who left and came back has several. */
  readonly peer_id: string
  /** Your own id for the user. Absent if the peer has none. */
  readonly user_id?: string
  /** Name of the peer. Hashed in HIPAA workspaces. */
  readonly name: string
  /** Role of the peer. */
  readonly role: string
  /** How long the peer was there, in seconds, as in `sessions.attendance`. */
  readonly seconds_present: number
  /** Why there is no data. Null if there is. */
  readonly missing?: MissingQuality | null
  /** How long the peer talked, in seconds. An estimate. */
  readonly talk_seconds?: number | null
  /** Audio that the peer sent. */
  readonly sent_audio?: MediaQuality | null
  /** Video that the peer sent. */
  readonly sent_video?: MediaQuality | null
  /** Audio that the peer received. */
  readonly received_audio?: MediaQuality | null
  /** Video that the peer received. */
  readonly received_video?: MediaQuality | null
  /** The time series, if they were asked for. What is not averaged is there: freezes and concealed samples. */
  readonly stats?: AnalyticsPeerStats | null
}

/** Means over the samples of all tracks, and of all layers of a video. */
export interface MediaQuality {
  /** Number of samples. */
  readonly samples: number
  /** Bits per second of one track or layer. */
  readonly bitrate?: number | null
  /** Frames per second. Video only. */
  readonly fps?: number | null
  /** Packet loss in percent. Not for received video. */
  readonly packet_loss_percent?: number | null
  /** Round-trip time in milliseconds. Sent media only. */
  readonly rtt_ms?: number | null
  /** Jitter in milliseconds. Sent audio only. */
  readonly jitter_ms?: number | null
}

/**
 * What a person was recognised by.
 *
 * New values may be added.
 */
export type AttendeeIdentity = 'user_id' | 'name' | 'peer_id' | (string & {})

/**
 * Why there is no data of a peer.
 *
 * New values may be added.
 */
export type MissingQuality = 'running' | 'not_found' | 'empty' | (string & {})
