// @generated from crates/hundredms/src/resources/active_rooms.rs by `cargo xtask gen`; not edited by hand.
// Active rooms: the rooms in which somebody is right now, and their peers.
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { Message } from './stream-keys'

/** Active rooms: the rooms in which somebody is right now, and their peers. */
export class ActiveRooms extends Resource {
  /**
   * Get the live state of a room.
   *
   * Returns the running session of a room and the ids of the peers in it; also the way to find out whether a room
   * is live at all.
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
   * Disconnects everybody and closes the session. With lock true the room is disabled as well, so nobody can join
   * again until rooms.update enables it; with lock false the next join starts a new session.
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
   * List the peers that are connected now.
   *
   * Returns connected peers as a map keyed by peer id, without tracks, optionally only those with a `user_id` or
   * role. No match gives an empty map. Not paged.
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
   * Get one connected peer with its tracks.
   *
   * Returns a connected peer and the state of its audio, video and screen tracks. Peers that have left are only
   * found through sessions.get.
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
   * Updates the given fields of a connected peer and returns the peer as it is afterwards. A role change is taken
   * to apply without the peer's consent.
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
   * Removes the peer named by `peer_id`, or everyone with the given role; one of the two is required and `peer_id`
   * wins if both are given. Removal does not stop them from joining again.
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
   * Delivers a message to one peer (`peer_id`), to all peers of a role (role), or to everybody (neither). If both
   * are given `peer_id` wins. `type` lets client apps tell chat, emoji and custom events apart.
   *
   * `POST /active-rooms/{room_id}/send-message`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/send-message
   *
   * @param roomId Id of the room.
   */
  sendMessage(roomId: string, params: ActiveRoomsSendMessageParams, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('active_rooms.send_message', { room_id: roomId }, options, params)
  }
}

/** Parameters of `active_rooms.end`. */
export interface ActiveRoomsEndParams {
  /** Why, shown to the peers. */
  readonly reason?: string | undefined
  /** Also disable the room. Default: `false`. */
  readonly lock?: boolean | undefined
}

/** Parameters of `active_rooms.list_peers`. */
export interface ActiveRoomsListPeersParams {
  /** Only peers whose auth token carries this `user_id`. Not empty. */
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
  /** This peer; wins over role. Not empty. */
  readonly peer_id?: string
  /** All peers of this role. Not empty. */
  readonly role?: string
  /** Text handed to the others and to the leave event. */
  readonly reason?: string | undefined
}

/** Parameters of `active_rooms.send_message`. */
export interface ActiveRoomsSendMessageParams {
  /** Text of the message. */
  readonly message: string
  /** Only this peer; wins over role. Not empty. */
  readonly peer_id?: string
  /** All peers of this role. Not empty. */
  readonly role?: string
  /** Free label for client apps, e.g. chat, emoji or a name of your own. */
  readonly type?: string | undefined
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
  /** Start. */
  readonly created_at?: string
  /** Ids of connected peers. */
  readonly peers: readonly string[]
}

/** Connected peers. */
export interface PeerMap {
  /** Peers keyed by id; empty when none match. */
  readonly peers: { readonly [name: string]: PeerSummary }
}

/** A connected peer without tracks. */
export interface PeerSummary {
  /** Id of the peer. */
  readonly id: string
  /** Name of the peer. */
  readonly name: string
  /** `user_id` from the auth token. */
  readonly user_id: string
  /** Free string, usually JSON text, empty when unset. */
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
  /** `user_id` from the auth token. */
  readonly user_id: string
  /** Free string, usually JSON text, empty when unset. */
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
  /** What the track carries. */
  readonly type: TrackType
  /** Where the track comes from. */
  readonly source: TrackSource
  /** When it began. */
  readonly started_at?: string
  /** Usually empty. */
  readonly description?: string
}

/**
 * What a track carries.
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
