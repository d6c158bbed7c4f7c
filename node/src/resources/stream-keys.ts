// @generated from crates/hundredms/src/resources/stream_keys.rs by `cargo xtask gen`; not edited by hand.
// Stream keys: let an encoder send RTMP to a room.
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { ItemProgress } from './sessions'

/** Stream keys: let an encoder send RTMP to a room. */
export class StreamKeys extends Resource {
  /**
   * Return the room's active RTMP stream key.
   *
   * Returns the active stream key and RTMP address of the room, in a list. Request it before each stream, because
   * the RTMP address may change.
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
   * Creates the key and RTMP address with which an external encoder can send to the room's live stream. A room has
   * at most one active key. It is valid until it is disabled. To rotate it, disable it and create another. The
   * feature must be enabled for the account. Disabled rooms get no key.
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
   * Disables the active key permanently. A later create returns a different key.
   *
   * `POST /stream-keys/room/{room_id}/disable`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
   *
   * @param roomId Id of the room.
   */
  disable(roomId: string, options?: CallOptions): Promise<Message> {
    return coreOf(this).call('stream_keys.disable', { room_id: roomId }, options)
  }

  /**
   * Return the stream key of a room. Create one if there is none.
   *
   * A room has at most one active key. If two programs create it at the same time, both get the same one. Keep the
   * key secret: whoever has it can stream into the room. Progress counts calls.
   *
   * Defaults to a timeout of 60 seconds for the whole job.
   *
   * @param roomId Id of the room.
   */
  getOrCreate(roomId: string, options?: JobOptions<ItemProgress>): Promise<RtmpIngest> {
    return coreOf(this).runJob('stream_keys.get_or_create', { room_id: roomId }, options)
  }
}

/** Wrapper around the active key. */
export interface StreamKeyList {
  /** Items on this page. */
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
  /** RTMP address for the encoder. It may change over time. */
  readonly url: string
  /** Id of the workspace. */
  readonly customer_id: string
  /** Id of the app in the workspace. */
  readonly app_id: string
  /** Whether the key works. */
  readonly enabled: boolean
  /** Creation time. */
  readonly created_at?: string
  /** When the state last changed. */
  readonly updated_at?: string
}

/** Acknowledgement. */
export interface Message {
  /** Text that says what the service did. */
  readonly message: string
}

/** Where an encoder sends, and its key. */
export interface RtmpIngest {
  /** The stream key, for encoders that take address and key separately, as the service documents it. */
  readonly stream_key: StreamKey
  /**
   * Address and key as one URL, `<url>/<key>`, for encoders that take only one. Not documented by the service. Keep
   * it secret.
   */
  readonly rtmp_url: string
}
