// @generated from crates/hundredms/src/resources/active_rooms.rs by `cargo xtask gen`; not edited by hand.
// Active rooms: the rooms with a running session, and their peers.
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { ItemProgress } from './sessions'
import type { Message } from './stream-keys'

/** Active rooms: the rooms with a running session, and their peers. */
export class ActiveRooms extends Resource {
  /**
   * Return the live state of a room.
   *
   * Returns the running session of a room and the ids of its peers. Use it to check whether a room is live.
   *
   * `GET /active-rooms/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-active-room
   *
   * @param roomId Id of the room.
   */
  get(roomId: string, options?: CallOptions): Promise<ActiveRoom> {
    return coreOf(this).call('active_rooms.get', { room_id: roomId }, options)
  }

  /**
   * End the running session of a room.
   *
   * Disconnects everybody and closes the session. If `lock` is true, the room is also disabled, and nobody can join
   * until rooms.update enables it. If `lock` is false, the next join starts a new session.
   *
   * `POST /active-rooms/{room_id}/end-room`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/end-active-room
   *
   * @param roomId Id of the room.
   */
  end(roomId: string, params: ActiveRoomsEndParams = {}, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('active_rooms.end', { room_id: roomId }, options, params)
  }

  /**
   * List the connected peers.
   *
   * Returns connected peers as a map keyed by peer id, without tracks. Optional filters select by `user_id` or
   * role. The map is empty if no peer matches. The response is not paged.
   *
   * `GET /active-rooms/{room_id}/peers`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/list-peers
   *
   * @param roomId Id of the room.
   */
  listPeers(roomId: string, params: ActiveRoomsListPeersParams = {}, options?: CallOptions): Promise<PeerMap> {
    return coreOf(this).call('active_rooms.list_peers', { room_id: roomId }, options, params)
  }

  /**
   * Return one connected peer with its tracks.
   *
   * Returns a connected peer and the state of its audio, video and screen tracks. For peers that have left, use
   * sessions.get.
   *
   * `GET /active-rooms/{room_id}/peers/{peer_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-peer
   *
   * @param roomId Id of the room.
   * @param peerId Id of the peer.
   */
  getPeer(roomId: string, peerId: string, options?: CallOptions): Promise<Peer> {
    return coreOf(this).call('active_rooms.get_peer', { room_id: roomId, peer_id: peerId }, options)
  }

  /**
   * Change a connected peer's name, role or metadata.
   *
   * Updates the given fields of a connected peer and returns the updated peer. A role change applies without the
   * peer's consent.
   *
   * `POST /active-rooms/{room_id}/peers/{peer_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/update-a-peer
   *
   * @param roomId Id of the room.
   * @param peerId Id of the peer.
   */
  updatePeer(
    roomId: string,
    peerId: string,
    params: ActiveRoomsUpdatePeerParams = {},
    options?: CallOptions,
  ): Promise<Peer> {
    return coreOf(this).call('active_rooms.update_peer', { room_id: roomId, peer_id: peerId }, options, params)
  }

  /**
   * Disconnect one peer or all peers of a role.
   *
   * Removes the peer with this `peer_id`, or all peers with this role. One of the two is required. `peer_id` takes
   * precedence if both are given. Removed peers can join again.
   *
   * `POST /active-rooms/{room_id}/remove-peers`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/remove-peers
   *
   * @param roomId Id of the room.
   */
  removePeers(roomId: string, params: ActiveRoomsRemovePeersParams = {}, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('active_rooms.remove_peers', { room_id: roomId }, options, params)
  }

  /**
   * Send a message into a live room.
   *
   * Delivers a message to one peer (`peer_id`), to all peers of a role (`role`), or to everybody (neither).
   * `peer_id` takes precedence if both are given. Client apps use `type` to distinguish chat, emoji and custom
   * events.
   *
   * `POST /active-rooms/{room_id}/send-message`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/send-message
   *
   * @param roomId Id of the room.
   */
  sendMessage(roomId: string, params: ActiveRoomsSendMessageParams, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('active_rooms.send_message', { room_id: roomId }, options, params)
  }

  /**
   * Disconnect all peers of a user: every device and tab.
   *
   * Looks for the peers with this `user_id`, removes each, and looks again for those that joined meanwhile, at most
   * three times. Peers that leave by themselves are no error, and neither is a room in which nobody is. The service
   * removes peers soon after it has accepted the request. The user can join again: to prevent that, give no new
   * token, and disable the room codes. If removing a peer fails, the error says how many were removed before.
   * Progress counts peers.
   *
   * Defaults to a timeout of 60 seconds for the whole job.
   *
   * @param roomId Id of the room.
   * @param userId Your own id for the user, as in the auth token. Not empty.
   */
  removeUser(
    roomId: string,
    userId: string,
    params: ActiveRoomsRemoveUserParams = {},
    options?: JobOptions<ItemProgress>,
  ): Promise<RemovedUser> {
    return coreOf(this).runJob('active_rooms.remove_user', { room_id: roomId, user_id: userId }, options, params)
  }

  /**
   * End the running session of a room if only peers of these roles are left.
   *
   * Such as bots and recorders. Returns whether it did, and who was there. A room in which nobody is has no session
   * to end: `stopped` is false then. Between the look and the end, a moment passes: whoever joins in it is
   * disconnected too, and can join again at once. Progress counts calls.
   *
   * Defaults to a timeout of 60 seconds for the whole job.
   *
   * @param roomId Id of the room.
   */
  stopIfEmpty(
    roomId: string,
    params: ActiveRoomsStopIfEmptyParams = {},
    options?: JobOptions<ItemProgress>,
  ): Promise<StoppedIfEmpty> {
    return coreOf(this).runJob('active_rooms.stop_if_empty', { room_id: roomId }, options, params)
  }
}

/** Parameters of `active_rooms.end`. */
export interface ActiveRoomsEndParams {
  /** Reason, shown to the peers. */
  readonly reason?: string | undefined
  /** Also disable the room. Defaults to `false`. */
  readonly lock?: boolean | undefined
}

/** Parameters of `active_rooms.list_peers`. */
export interface ActiveRoomsListPeersParams {
  /** Only peers whose auth token contains this `user_id`. Not empty. */
  readonly user_id?: string | undefined
  /** Only peers with this role. Not empty. */
  readonly role?: string | undefined
}

/** Parameters of `active_rooms.update_peer`. */
export interface ActiveRoomsUpdatePeerParams {
  /** Name of the peer. */
  readonly name?: string | undefined
  /** A role of the room's template. */
  readonly role?: string | undefined
  /** Replaces the whole metadata string. */
  readonly metadata?: string | undefined
}

/** Parameters of `active_rooms.remove_peers`. */
export interface ActiveRoomsRemovePeersParams {
  /** Remove only this peer. Takes precedence over `role`. Not empty. */
  readonly peer_id?: string
  /** All peers of this role. Not empty. */
  readonly role?: string
  /** Reason, passed to the other peers and to the leave event. */
  readonly reason?: string | undefined
}

/** Parameters of `active_rooms.send_message`. */
export interface ActiveRoomsSendMessageParams {
  /** Text of the message. */
  readonly message: string
  /** Send to this peer only. Takes precedence over `role`. Not empty. */
  readonly peer_id?: string
  /** All peers of this role. Not empty. */
  readonly role?: string
  /** Label for client apps, for example chat, emoji or a custom name. */
  readonly type?: string | undefined
}

/** Parameters of `active_rooms.remove_user`. */
export interface ActiveRoomsRemoveUserParams {
  /** Reason, passed to the other peers and to the leave event. */
  readonly reason?: string | undefined
}

/** Parameters of `active_rooms.stop_if_empty`. */
export interface ActiveRoomsStopIfEmptyParams {
  /**
   * Roles that do not count, such as those of recorders. Defaults to none, so that one peer of any role keeps the
   * session.
   */
  readonly except_roles?: readonly string[] | undefined
  /** Reason, shown to the peers. */
  readonly reason?: string | undefined
}

/** A room with its running session. */
export interface ActiveRoom {
  /** Id of the room. */
  readonly id: string
  /** Name of the room. */
  readonly name: string
  /** Id of the workspace. */
  readonly customer_id: string
  /** The running session of a room. */
  readonly session: ActiveSession
}

/** The running session of a room. */
export interface ActiveSession {
  /** Id of the session. */
  readonly id: string
  /** Start time. */
  readonly created_at?: string
  /** Ids of connected peers. */
  readonly peers: readonly string[]
}

/** Connected peers. */
export interface PeerMap {
  /** Peers keyed by id. Empty if none match. */
  readonly peers: { readonly [name: string]: PeerSummary }
}

/** A connected peer without tracks. */
export interface PeerSummary {
  /** Id of the peer. */
  readonly id: string
  /** Name of the peer. */
  readonly name: string
  /** `user_id` from the auth token. Empty if the peer has none. */
  readonly user_id: string
  /** Free text, usually JSON. Empty if unset. */
  readonly metadata: string
  /** Name of the role. */
  readonly role: string
  /** When the peer joined. */
  readonly joined_at?: string
}

/** A connected peer with its tracks. */
export interface Peer {
  /** Id of the peer. */
  readonly id: string
  /** Name of the peer. */
  readonly name: string
  /** `user_id` from the auth token. Empty if the peer has none. */
  readonly user_id: string
  /** Free text, usually JSON. Empty if unset. */
  readonly metadata: string
  /** Name of the role. */
  readonly role: string
  /** When the peer joined. */
  readonly joined_at?: string
  /** Published tracks keyed by track id. */
  readonly tracks?: { readonly [name: string]: Track }
}

/** A published media track. */
export interface Track {
  /** Id of the track. */
  readonly id: string
  /** Id of the stream that the track belongs to. */
  readonly stream_id: string
  /** Whether the track is muted. */
  readonly mute: boolean
  /** Kind of media of the track. */
  readonly type: TrackType
  /** Where the track comes from. */
  readonly source: TrackSource
  /** Start time. */
  readonly started_at?: string
  /** Usually empty. */
  readonly description?: string
}

/** The peers of a user that were removed. */
export interface RemovedUser {
  /** Their ids. Empty if the user was not there. */
  readonly peer_ids: readonly string[]
}

/** Whether a session was ended, and who was in it. */
export interface StoppedIfEmpty {
  /** True if the session was ended. */
  readonly stopped: boolean
  /** The peers that were there before: those that kept the session if it was not ended. */
  readonly peers: readonly PeerSummary[]
}

/**
 * Kind of media of a track.
 *
 * New values may be added.
 */
export type TrackType = 'audio' | 'video' | (string & {})

/**
 * Where a track comes from.
 *
 * New values may be added.
 */
export type TrackSource = 'regular' | 'screen' | 'plugin' | 'audioplaylist' | 'videoplaylist' | (string & {})
