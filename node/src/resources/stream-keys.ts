// @generated from crates/hundredms/src/resources/stream_keys.rs by `cargo xtask gen`; not edited by hand.
// Stream keys: with them an encoder sends RTMP into a room.
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Stream keys: with them an encoder sends RTMP into a room. */
export class StreamKeys extends Resource {
  /**
   * Get the room's active RTMP stream key.
   *
   * Returns the active stream key and RTMP address of the room, wrapped in a list. Fetch it before each stream,
   * because the RTMP address may change.
   *
   * `GET /stream-keys/room/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/get-rtmp-stream-key
   *
   * @param roomId Id of the room.
   */
  get(roomId: string, options?: CallOptions): Promise<StreamKeyList> {
    return coreOf(this).call('stream_keys.get', { room_id: roomId }, options)
  }

  /**
   * Create an RTMP stream key for a room.
   *
   * Creates the key and RTMP address with which an outside encoder can feed the room's live stream. A room has at
   * most one active key, which stays valid until it is disabled; to rotate it, disable it and create another. No
   * body is needed. The feature is gated per account, and disabled rooms get no key.
   *
   * `POST /stream-keys/room/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/create-rtmp-stream-key
   *
   * @param roomId Id of the room.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `stream_keys.get` shows whether
   * it took effect.
   */
  create(roomId: string, options?: CallOptions): Promise<StreamKey> {
    return coreOf(this).call('stream_keys.create', { room_id: roomId }, options)
  }

  /**
   * Disable the room's active stream key.
   *
   * Turns the active key off for good; a later create makes a different key. No body is needed.
   *
   * `POST /stream-keys/room/{room_id}/disable`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
   *
   * @param roomId Id of the room.
   */
  disable(roomId: string, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('stream_keys.disable', { room_id: roomId }, options)
  }
}

/** Wrapper around the active key. */
export interface StreamKeyList {
  /** What the page holds. */
  readonly data: readonly StreamKey[]
  /** Id of the last item. */
  readonly last?: string | null
}

/** RTMP ingest credentials of a room. */
export interface StreamKey {
  /** Id of the stream key. */
  readonly id: string
  /** Id of the room. */
  readonly room_id: string
  /** Stream key for the encoder. */
  readonly key: string
  /** RTMP address for the encoder; may change over time. */
  readonly url: string
  /** Id of the workspace. */
  readonly customer_id: string
  /** Id of the app in the workspace. */
  readonly app_id: string
  /** Whether the key works. */
  readonly enabled: boolean
  /** When it was made. */
  readonly created_at?: string
  /** When the state last changed. */
  readonly updated_at?: string
}

/** Plain acknowledgement. */
export interface Message {
  /** What the service did. */
  readonly message: string
}
