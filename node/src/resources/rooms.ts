// @generated from crates/hundredms/src/resources/rooms.rs by `cargo xtask gen`; not edited by hand.
// Rooms: the places in which peers meet, and their settings.
import type { Time } from '../arguments'
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Rooms: the places in which peers meet, and their settings. */
export class Rooms extends Resource {
  /**
   * Page through the rooms of the workspace.
   *
   * Returns the enabled rooms, or the disabled ones where `enabled` is false, newest first, one page at a time,
   * optionally narrowed by name, template or creation window. Filters combine with AND; both time bounds are
   * inclusive and apply to the room's creation time. Feed `last` back as `start` to get the following page; `start`
   * itself is not repeated.
   *
   * `GET /rooms`; service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/list-rooms
   */
  list(params: RoomsListParams = {}, options?: CallOptions): List<Room, RoomList> {
    return new List(coreOf(this), { operation: 'rooms.list', items: 'data', param: 'start' }, {}, options, params)
  }

  /**
   * Create a room, or update the one that has this name.
   *
   * Creates a room from the given settings; every field is optional. Names are unique per workspace without regard
   * to case: if a room of that name exists, no second room is made, the existing one takes over the settings in the
   * payload (its template too) and is returned under its old id. Without a name the service makes one up (a UUID);
   * without `template_id` the workspace's default template is used. A room made this way has no room codes until
   * they are created separately.
   *
   * `POST /rooms`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/create-via-api
   *
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `rooms.list` shows whether it
   * took effect.
   */
  create(params: RoomsCreateParams = {}, options?: CallOptions): Promise<Room> {
    return coreOf(this).call('rooms.create', {}, options, params)
  }

  /**
   * Fetch one room by id.
   *
   * Returns the stored settings of a room, whether or not anybody is in it. To look up by name use rooms.list with
   * `name`.
   *
   * `GET /rooms/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/retrieve-room
   *
   * @param roomId Id of the room.
   */
  get(roomId: string, options?: CallOptions): Promise<Room> {
    return coreOf(this).call('rooms.get', { room_id: roomId }, options)
  }

  /**
   * Change a room's settings, or enable/disable it.
   *
   * Partial update by id; only fields in the body change. Sending `enabled` alone is the documented way to disable
   * or re-enable a room: a disabled room lets its running session go on but accepts no further joins, its stream
   * key is inactive, and room-code and stream-key calls for it answer 403; enabling undoes all that.
   *
   * `POST /rooms/{room_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/update-a-room
   *
   * @param roomId Id of the room.
   */
  update(roomId: string, params: RoomsUpdateParams = {}, options?: CallOptions): Promise<Room> {
    return coreOf(this).call('rooms.update', { room_id: roomId }, options, params)
  }

  /**
   * Enable a room: peers can join it, and its codes and stream key work.
   *
   * Calls `rooms.update` with `enabled` true.
   */
  enable(roomId: string, options?: CallOptions): Promise<Room> {
    return coreOf(this).call('rooms.update', { room_id: roomId, enabled: true }, options)
  }

  /**
   * Disable a room: its session goes on, but nobody can join.
   *
   * Calls `rooms.update` with `enabled` false.
   */
  disable(roomId: string, options?: CallOptions): Promise<Room> {
    return coreOf(this).call('rooms.update', { room_id: roomId, enabled: false }, options)
  }
}

/** Parameters of `rooms.list`. */
export interface RoomsListParams {
  /**
   * Only the room that carries this name (use it to look a room up by name, since there is no get-by-name path).
   * Not empty.
   */
  readonly name?: string | undefined
  /** Keep only enabled (true) or only disabled (false) rooms. Default: `true`. Not empty. */
  readonly enabled?: boolean | undefined
  /**
   * Lower bound (inclusive) on the creation time, UTC with milliseconds, e.g. `2024-02-01T08:00:00.000Z`. Not
   * empty.
   */
  readonly after?: Time | undefined
  /** Upper bound (inclusive) on the creation time, same format as `after`. Not empty. */
  readonly before?: Time | undefined
  /** Only rooms that use this template. Not empty. */
  readonly template_id?: string | undefined
  /** Page size. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /** Cursor; the `last` value of the preceding page. */
  readonly start?: string | undefined
}

/** Parameters of `rooms.create`. */
export interface RoomsCreateParams {
  /** Case-insensitive name; letters, digits and . - : _ only. Made up when missing. */
  readonly name?: string | undefined
  /** What it is for, in words of your own. */
  readonly description?: string | undefined
  /** Template to use; the workspace's default template when missing. */
  readonly template_id?: string | undefined
  /**
   * SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
   * settings.
   */
  readonly recording_info?: RecordingInfoInput | undefined
  /** auto = the template's region. Default: `auto`. */
  readonly region?: Region | undefined
  /** Needed for more than 2500 peers; clients need recent SDK versions. Default: `false`. */
  readonly large_room?: boolean | undefined
  /** Expected number of peers, at most 2500 unless `large_room` is true (then 20000). Between 0 and 20000. */
  readonly size?: number | undefined
  /** Longest session in seconds. Between 120 and 43200. */
  readonly max_duration_seconds?: number | undefined
  /** Ids of polls to link to the room. */
  readonly polls?: readonly string[] | undefined
  /** Webhook target of a single room. When set, the workspace webhook is not used for this room. */
  readonly webhook?: RoomWebhook | undefined
}

/** Parameters of `rooms.update`. */
export interface RoomsUpdateParams {
  /** New name; letters, digits and . - : _ only. */
  readonly name?: string | undefined
  /** What it is for, in words of your own. */
  readonly description?: string | undefined
  /**
   * SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
   * settings.
   */
  readonly recording_info?: RecordingInfoInput | undefined
  /** Region in which the room is hosted; `auto` is the template's. */
  readonly region?: Region | undefined
  /** Needed for more than 2500 peers. */
  readonly large_room?: boolean | undefined
  /** At most 2500 unless `large_room` is true. Between 0 and 20000. */
  readonly size?: number | undefined
  /** Between 120 and 43200. */
  readonly max_duration_seconds?: number | undefined
  /** Ids of polls linked to the room. */
  readonly polls?: readonly string[] | undefined
  /** Webhook target of a single room. When set, the workspace webhook is not used for this room. */
  readonly webhook?: RoomWebhook | undefined
  /** False disables the room; true enables it again. */
  readonly enabled?: boolean | undefined
}

/** A page of rooms. */
export interface RoomList {
  /** Page size that was applied. */
  readonly limit?: number
  /** What the page holds. */
  readonly data: readonly Room[]
  /** Id of the last item; empty at the end. */
  readonly last?: string | null
}

/** A room as stored. A room is a reusable meeting place; each live meeting in it is a session. */
export interface Room {
  /** Id of the room. */
  readonly id: string
  /** Name, unique per workspace without regard to case. Hashed in HIPAA workspaces. */
  readonly name: string
  /** False = no new joins, stream key inactive, room-code and stream-key calls refused with 403. */
  readonly enabled: boolean
  /** Free text; may be empty (always empty in HIPAA workspaces). */
  readonly description: string
  /** Id of the account. */
  readonly customer_id: string
  /** @deprecated Same value as `customer_id`. */
  readonly customer?: string
  /** Id of the app the room belongs to. */
  readonly app_id?: string
  /** Recording settings. While the room follows its template, the template's settings, null or absent. */
  readonly recording_info?: RecordingInfo | null
  /** Older spelling of `recording_info` that the list and the disable/enable answers show. */
  readonly recording?: RecordingInfo | null
  /** True while recording settings are taken from the template. */
  readonly recording_source_template?: boolean
  /** Unexplained; probably whether the recording on/off flag comes from the template. */
  readonly enabled_source_template?: boolean
  /** Id of the template; may be an empty string. */
  readonly template_id: string
  /** @deprecated Name of the template; fetch the template by `template_id` instead. */
  readonly template?: string
  /** Media region; may be an empty string. */
  readonly region: Region
  /** Built for more than 2500 peers. */
  readonly large_room?: boolean
  /** Most peers that may be in the room. */
  readonly size?: number
  /** Sessions end by themselves after this many seconds. */
  readonly max_duration_seconds?: number
  /** Ids of linked polls; those with automatic start open when a session starts. */
  readonly polls?: readonly string[]
  /** Webhook target of this room, used instead of that of the workspace. */
  readonly webhook?: RoomWebhook | null
  /** Unique key, `<customer_id>:<name>`; only in the list example. */
  readonly key?: string
  /** When it was made. */
  readonly created_at?: string
  /** 0001-01-01T00:00:00Z means never updated. */
  readonly updated_at?: string
}

/** SFU recording settings of a room as returned. */
export interface RecordingInfo {
  /** Whether SFU recording is on (says nothing about browser recording or RTMP). */
  readonly enabled: boolean
  /** Storage of your own for the recordings. */
  readonly upload_info?: UploadInfo | null
}

/** Where recordings are stored, as returned. Absent when they stay with 100ms. */
export interface UploadInfo {
  /** Kind of storage. */
  readonly type?: StorageType
  /** Bucket (azure - container) name. */
  readonly location?: string
  /** Path prefix inside the bucket. */
  readonly prefix?: string
  /** Storage options. */
  readonly options?: UploadOptions
  /** Storage credentials as returned. For azure the key is the storage account name and the secret the account key. */
  readonly credentials?: UploadCredentials
}

/** Storage options. */
export interface UploadOptions {
  /** Region of the bucket, not needed for azure. */
  readonly region?: string | undefined
}

/** Storage credentials as returned. For azure the key is the storage account name and the secret the account key. */
export interface UploadCredentials {
  /** Access key of the storage. */
  readonly key?: string
  /** Secret key of the storage. */
  readonly secret?: string
}

/** Webhook target of a single room. When set, the workspace webhook is not used for this room. */
export interface RoomWebhook {
  /** Address that events are posted to. */
  readonly url: string
  /** Extra HTTP headers sent with every event. */
  readonly headers?: { readonly [name: string]: string } | undefined
}

/**
 * SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
 * settings.
 */
export interface RecordingInfoInput {
  /** Default: `false`. */
  readonly enabled?: boolean | undefined
  /** Where to store recordings. Leave the whole object out to let 100ms keep them (for 15 days). */
  readonly upload_info?: UploadInfoInput | undefined
  /** @deprecated Poll ids; listed here by one page, most likely by mistake. Use the room's own `polls`. */
  readonly polls?: readonly string[] | undefined
}

/** Where to store recordings. Leave the whole object out to let 100ms keep them (for 15 days). */
export interface UploadInfoInput {
  /** s3 = AWS, gs = Google Cloud, oss = Alibaba Cloud, azure = Azure Blob Storage. */
  readonly type: StorageType
  /** Bucket (azure - container) name. */
  readonly location: string
  /** Path prefix inside the bucket; the customer id when none is set (said of template storage). */
  readonly prefix?: string | undefined
  /** Storage options. */
  readonly options?: UploadOptions | undefined
  /** Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket. */
  readonly credentials?: UploadCredentialsInput | undefined
}

/** Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket. */
export interface UploadCredentialsInput {
  /** Access key (azure - storage account name). */
  readonly key: string
  /** Secret key (azure - storage account key). */
  readonly secret: string
}

/**
 * Kind of storage.
 *
 * New values may be added.
 */
export type StorageType = 's3' | 'gs' | 'oss' | 'azure' | (string & {})

/**
 * Region in which media is handled.
 *
 * New values may be added.
 */
export type Region = 'eu' | 'in' | 'us' | 'auto' | (string & {})
