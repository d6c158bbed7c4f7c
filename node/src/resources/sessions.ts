// @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; not edited by hand.
// Sessions: the periods in which a room was in use, and their peers.
import type { Time } from '../arguments'
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Sessions: the periods in which a room was in use, and their peers. */
export class Sessions extends Resource {
  /**
   * List sessions.
   *
   * Returns the running sessions of the workspace, or the finished ones if `active` is false, latest first, with
   * all their peers. Filters combine with AND. Both time bounds are inclusive and apply to the session's start.
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
  /** Page size. The service accepts 10 to 100. Defaults to 100. Between 1 and 100. */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
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
  /** `user_id` from the auth token. */
  readonly user_id?: string
  /** @deprecated Old id assigned by 100ms. Use `user_id`. */
  readonly user?: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** When the peer left. Absent while it is connected. */
  readonly left_at?: string | null
}
