// @generated from crates/hundredms/src/resources/rooms.rs by `cargo xtask gen`; not edited by hand.
// Rooms: where peers meet, and their settings.
import type { Time } from '../arguments'
import { List } from '../list'
import type { CallOptions, JobOptions } from '../options'
import { coreOf, Resource } from '../resource'
import type { Attendance, ItemProgress } from './sessions'

/** Rooms: where peers meet, and their settings. */
export class Rooms extends Resource {
  /**
   * List the rooms of the workspace.
   *
   * Returns enabled rooms, or disabled rooms if `enabled` is false, newest first. Optional filters select by name,
   * template and creation time, and combine with AND. Both time bounds are inclusive. To get the next page, pass
   * `last` as `start`. The room that `start` names is not repeated.
   *
   * `GET /rooms`; service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/list-rooms
   */
  list(params: RoomsListParams = {}, options?: CallOptions): List<Room, RoomList> {
    return new List(coreOf(this), { operation: 'rooms.list', items: 'data', param: 'start' }, {}, options, params)
  }

  /**
   * Create a room, or update the one that has this name.
   *
   * Every field is optional. Names are unique per workspace and case-insensitive. If a room with this name exists,
   * the service updates it with the given settings (including its template) and returns it with its old id. Without
   * a name, the service generates one (a UUID). Without `template_id`, the service uses the workspace's default
   * template. The new room has no room codes; create them separately.
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
   * Return one room by id.
   *
   * Returns the stored settings of a room, even if nobody is in it. To look up a room by name, use rooms.list with
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
   * Change a room's settings, or enable or disable it.
   *
   * Changes only the fields in the body. To disable or enable a room, send only `enabled`. When a room is disabled,
   * its running session continues, but nobody can join, its stream key is inactive, and room-code and stream-key
   * calls for it return 403. Enabling the room reverses this.
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

  /**
   * Return who was in a room in a period, and for how long.
   *
   * Reads every session of the room that overlaps the period, running and finished, and counts their peers as
   * people: see `sessions.attendance`. Time outside the period does not count, nor does who was there only then.
   * Progress counts sessions. Their number is not known before the end, so `total` is null.
   *
   * Defaults to a timeout of 900 seconds for the whole job.
   *
   * @param roomId Id of the room.
   */
  attendance(
    roomId: string,
    params: RoomsAttendanceParams = {},
    options?: JobOptions<ItemProgress>,
  ): Promise<Attendance> {
    return coreOf(this).runJob('rooms.attendance', { room_id: roomId }, options, params)
  }

  /**
   * Create a room, or update the one that has this name, and return it with its codes.
   *
   * Takes the arguments of `rooms.create`. If the room exists and has codes, these are returned. If the room was
   * created and its codes were not, the error says so, with the id of the room. Run the job again with the same
   * `name`: it finds the room and creates the codes. Without a `name` it would create another room, so use
   * `room_codes.create` with that id. Progress counts calls.
   *
   * Defaults to a timeout of 60 seconds for the whole job.
   */
  createWithCodes(params: RoomsCreateWithCodesParams = {}, options?: JobOptions<ItemProgress>): Promise<RoomWithCodes> {
    return coreOf(this).runJob('rooms.create_with_codes', {}, options, params)
  }
}

/** Parameters of `rooms.list`. */
export interface RoomsListParams {
  /** Only the room with this name. This is the way to look up a room by name. Not empty. */
  readonly name?: string | undefined
  /** Only enabled (true) or only disabled (false) rooms. Defaults to `true`. Not empty. */
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
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Cursor: the `last` value of the previous page. Omit for the first page. */
  readonly start?: string | undefined
}

/** Parameters of `rooms.create`. */
export interface RoomsCreateParams {
  /** Case-insensitive name; letters, digits and . - : _ only. Generated if missing. */
  readonly name?: string | undefined
  /** Description, free text. */
  readonly description?: string | undefined
  /** Template to use. Defaults to the workspace's default template. */
  readonly template_id?: string | undefined
  /**
   * SFU recording settings of a room. They are one unit: setting them detaches the room from its template's
   * recording settings.
   */
  readonly recording_info?: RecordingInfoInput | undefined
  /** Region in which media is handled. `auto` is the template's region. Defaults to `auto`. */
  readonly region?: Region | undefined
  /** Required for more than 2500 peers. Clients need recent SDK versions. Defaults to `false`. */
  readonly large_room?: boolean | undefined
  /** Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true. Between 0 and 20000. */
  readonly size?: number | undefined
  /** Maximum session duration in seconds. Between 120 and 43200. */
  readonly max_duration_seconds?: number | undefined
  /** Ids of polls to link to the room. */
  readonly polls?: readonly string[] | undefined
  /** Webhook target of this room. If set, it replaces the workspace's webhook. */
  readonly webhook?: RoomWebhook | undefined
}

/** Parameters of `rooms.update`. */
export interface RoomsUpdateParams {
  /** New name; letters, digits and . - : _ only. */
  readonly name?: string | undefined
  /** Description, free text. */
  readonly description?: string | undefined
  /**
   * SFU recording settings of a room. They are one unit: setting them detaches the room from its template's
   * recording settings.
   */
  readonly recording_info?: RecordingInfoInput | undefined
  /** Region in which the room is hosted. `auto` is the template's region. */
  readonly region?: Region | undefined
  /** Required for more than 2500 peers. */
  readonly large_room?: boolean | undefined
  /** Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true. Between 0 and 20000. */
  readonly size?: number | undefined
  /** Maximum session duration in seconds. Between 120 and 43200. */
  readonly max_duration_seconds?: number | undefined
  /** Ids of polls linked to the room. */
  readonly polls?: readonly string[] | undefined
  /** Webhook target of this room. If set, it replaces the workspace's webhook. */
  readonly webhook?: RoomWebhook | undefined
  /** False disables the room; true enables it again. */
  readonly enabled?: boolean | undefined
}

/** Parameters of `rooms.attendance`. */
export interface RoomsAttendanceParams {
  /** Start of the period. Defaults to the first session. Not empty. */
  readonly after?: Time | undefined
  /** End of the period. Defaults to now. Not empty. */
  readonly before?: Time | undefined
  /** Count peers without a `user_id` that have the same name as one person. Defaults to `false`. */
  readonly merge_names?: boolean | undefined
}

/** Parameters of `rooms.create_with_codes`. */
export interface RoomsCreateWithCodesParams {
  /** Case-insensitive name; letters, digits and . - : _ only. Generated if missing. */
  readonly name?: string | undefined
  /** Description, free text. */
  readonly description?: string | undefined
  /** Template to use. Defaults to the workspace's default template. */
  readonly template_id?: string | undefined
  /**
   * SFU recording settings of a room. They are one unit: setting them detaches the room from its template's
   * recording settings.
   */
  readonly recording_info?: RecordingInfoInput | undefined
  /** Region in which media is handled. `auto` is the template's region. Defaults to `auto`. */
  readonly region?: Region | undefined
  /** Required for more than 2500 peers. Clients need recent SDK versions. Defaults to `false`. */
  readonly large_room?: boolean | undefined
  /** Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true. Between 0 and 20000. */
  readonly size?: number | undefined
  /** Maximum session duration in seconds. Between 120 and 43200. */
  readonly max_duration_seconds?: number | undefined
  /** Ids of polls to link to the room. */
  readonly polls?: readonly string[] | undefined
  /** Webhook target of this room. If set, it replaces the workspace's webhook. */
  readonly webhook?: RoomWebhook | undefined
}

/** A page of rooms. */
export interface RoomList {
  /** Page size that the service applied. */
  readonly limit?: number
  /** Items on this page. */
  readonly data: readonly Room[]
  /** Id of the last item. Empty on the last page. */
  readonly last?: string | null
}

/** A room as stored. A room is a reusable meeting place; each live meeting in it is a session. */
export interface Room {
  /** Id of the room. */
  readonly id: string
  /** Name, unique per workspace without regard to case. Hashed in HIPAA workspaces. */
  readonly name: string
  /** If false, nobody can join, the stream key is inactive, and room-code and stream-key calls return 403. */
  readonly enabled: boolean
  /** Free text; may be empty (always empty in HIPAA workspaces). */
  readonly description: string
  /** Id of the account. */
  readonly customer_id: string
  /** @deprecated Same value as `customer_id`. */
  readonly customer?: string
  /** Id of the app the room belongs to. */
  readonly app_id?: string
  /** Recording settings. If the room uses its template's settings, these, null or absent. */
  readonly recording_info?: RecordingInfo | null
  /** Older name of `recording_info`, used in responses of list, disable and enable. */
  readonly recording?: RecordingInfo | null
  /** True if the recording settings come from the template. */
  readonly recording_source_template?: boolean
  /** Undocumented by the service. */
  readonly enabled_source_template?: boolean
  /** Id of the template; may be an empty string. */
  readonly template_id: string
  /** @deprecated Name of the template. Use `template_id` instead. */
  readonly template?: string
  /** Media region; may be an empty string. */
  readonly region: Region
  /** True if the room supports more than 2500 peers. */
  readonly large_room?: boolean
  /** Maximum number of peers in the room. */
  readonly size?: number
  /** Sessions end automatically after this many seconds. */
  readonly max_duration_seconds?: number
  /** Ids of linked polls; those with automatic start open when a session starts. */
  readonly polls?: readonly string[]
  /** Webhook target of this room. It replaces the workspace's webhook. */
  readonly webhook?: RoomWebhook | null
  /** Unique key, `<customer_id>:<name>`. Returned by list only. */
  readonly key?: string
  /** Creation time. */
  readonly created_at?: string
  /** Time of the last update. */
  readonly updated_at?: string
}

/** SFU recording settings of a room as returned. */
export interface RecordingInfo {
  /** Whether SFU recording is on. Does not cover browser recording and RTMP. */
  readonly enabled: boolean
  /** Your own storage for the recordings. */
  readonly upload_info?: UploadInfo | null
}

/** Where recordings are stored. Absent if 100ms stores them. */
export interface UploadInfo {
  /** Kind of storage. */
  readonly type?: StorageType
  /** Name of the bucket (for Azure, of the container). */
  readonly location?: string
  /** Path prefix inside the bucket. */
  readonly prefix?: string
  /** Storage options. */
  readonly options?: UploadOptions
  /** Storage credentials. For Azure, `key` is the storage account name and `secret` the account key. */
  readonly credentials?: UploadCredentials
}

/** Storage options. */
export interface UploadOptions {
  /** Region of the bucket. Not needed for Azure. */
  readonly region?: string | undefined
}

/** Storage credentials. For Azure, `key` is the storage account name and `secret` the account key. */
export interface UploadCredentials {
  /** Access key of the storage. */
  readonly key?: string
  /** Secret key of the storage. */
  readonly secret?: string
}

/** Webhook target of this room. If set, it replaces the workspace's webhook. */
export interface RoomWebhook {
  /** Address that events are posted to. */
  readonly url: string
  /** Extra HTTP headers sent with every event. */
  readonly headers?: { readonly [name: string]: string } | undefined
}

/**
 * SFU recording settings of a room. They are one unit: setting them detaches the room from its template's
 * recording settings.
 */
export interface RecordingInfoInput {
  /** Defaults to `false`. */
  readonly enabled?: boolean | undefined
  /** Where to store recordings. If missing, 100ms stores them for 15 days. */
  readonly upload_info?: UploadInfoInput | undefined
  /** @deprecated Poll ids. Use the room's own `polls`. */
  readonly polls?: readonly string[] | undefined
}

/** Where to store recordings. If missing, 100ms stores them for 15 days. */
export interface UploadInfoInput {
  /** Kind of storage: s3 (AWS), gs (Google Cloud), oss (Alibaba Cloud) or azure (Azure Blob Storage). */
  readonly type: StorageType
  /** Name of the bucket (for Azure, of the container). */
  readonly location: string
  /** Path prefix inside the bucket. Defaults to the customer id. */
  readonly prefix?: string | undefined
  /** Storage options. */
  readonly options?: UploadOptions | undefined
  /** Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket. */
  readonly credentials?: UploadCredentialsInput | undefined
}

/** Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket. */
export interface UploadCredentialsInput {
  /** Access key (for Azure, the storage account name). */
  readonly key: string
  /** Secret key (for Azure, the storage account key). */
  readonly secret: string
}

/** A room and its room codes. */
export interface RoomWithCodes {
  /** The room. */
  readonly room: Room
  /** An enabled room code for each role, by the name of the role. If a role has several, the oldest. */
  readonly codes: { readonly [name: string]: string }
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
