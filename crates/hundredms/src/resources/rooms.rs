//! Rooms: where peers meet, and their settings.

use super::patterns::ROOM_NAME;
use super::rules::{Checked, room_size};
use crate::define::{model, open_enum, operation, operations};
use crate::wire::secret::Secret;

operations![ListRooms, CreateRoom, GetRoom, UpdateRoom];

/// A new room.
fn new_room_size(room: &CreateRoom) -> Checked {
    room_size(room.size, room.large_room == Some(true))
}

/// A room that may be large already.
fn room_size_of_update(room: &UpdateRoom) -> Checked {
    room_size(room.size, room.large_room != Some(false))
}

operation! {
    /// List the rooms of the workspace.
    ///
    /// Returns enabled rooms, or disabled rooms if `enabled` is false, newest first. Optional filters select by name, template and
    /// creation time, and combine with AND. Both time bounds are inclusive. To get the next page, pass `last` as `start`. The room
    /// that `start` names is not repeated.
    ListRooms: "rooms.list" = GET "/rooms" -> RoomList;
    method Rooms::list; docs "Rooms/list-rooms"; retry always, pages last data [Room];
    query {
        /// Only the room with this name. This is the way to look up a room by name.
        filter name: String,
        /// Only enabled (true) or only disabled (false) rooms. Defaults to `true`.
        filter enabled: bool,
        /// Lower bound (inclusive) on the creation time, UTC with milliseconds, e.g. `2024-02-01T08:00:00.000Z`.
        filter after: Timestamp,
        /// Upper bound (inclusive) on the creation time, same format as `after`.
        filter before: Timestamp,
        /// Only rooms that use this template.
        filter template_id: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
    }
}

operation! {
    /// Create a room, or update the one that has this name.
    ///
    /// Every field is optional. Names are unique per workspace and case-insensitive. If a room with this name exists, the service
    /// updates it with the given settings (including its template) and returns it with its old id. Without a name, the service
    /// generates one (a UUID). Without `template_id`, the service uses the workspace's default template. The new room has no room
    /// codes; create them separately.
    CreateRoom: "rooms.create" = POST "/rooms" -> Room;
    method Rooms::create; docs "Rooms/create-via-api"; retry if_named, look at ListRooms,
    holds new_room_size;
    body {
        /// Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
        optional name: String [like ROOM_NAME],
        /// Description, free text.
        optional description: String,
        /// Template to use. Defaults to the workspace's default template.
        optional template_id: String,
        /// SFU recording settings of a room. They are one unit: setting them detaches the room from its template's recording
        /// settings.
        optional recording_info: RecordingInfoInput,
        /// Region in which media is handled. `auto` is the template's region. Defaults to `auto`.
        optional region: Region,
        /// Required for more than 2500 peers. Clients need recent SDK versions. Defaults to `false`.
        optional large_room: bool,
        /// Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true.
        optional size: i64 [in 0..=20000],
        /// Maximum session duration in seconds. Between 120 and 43200.
        optional max_duration_seconds: i64 [in 120..=43200],
        /// Ids of polls to link to the room.
        optional polls: [String],
        /// Webhook target of this room. If set, it replaces the workspace's webhook.
        optional webhook: RoomWebhook,
    }
}

operation! {
    /// Return one room by id.
    ///
    /// Returns the stored settings of a room, even if nobody is in it. To look up a room by name, use rooms.list with `name`.
    GetRoom: "rooms.get" = GET "/rooms/{room_id}" -> Room;
    method Rooms::get(room_id); docs "Rooms/retrieve-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Change a room's settings, or enable or disable it.
    ///
    /// Changes only the fields in the body. To disable or enable a room, send only `enabled`. When a room is disabled, its running
    /// session continues, but nobody can join, its stream key is inactive, and room-code and stream-key calls for it return 403.
    /// Enabling the room reverses this.
    UpdateRoom: "rooms.update" = POST "/rooms/{room_id}" -> Room;
    method Rooms::update; docs "Rooms/update-a-room"; retry always,
    needs any (name, description, recording_info, region, large_room, size, max_duration_seconds, polls, webhook, enabled), holds room_size_of_update;
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// New name; letters, digits and . - : _ only.
        optional name: String [like ROOM_NAME],
        /// Description, free text.
        optional description: String,
        /// SFU recording settings of a room. They are one unit: setting them detaches the room from its template's recording
        /// settings.
        optional recording_info: RecordingInfoInput,
        /// Region in which the room is hosted. `auto` is the template's region.
        optional region: Region,
        /// Required for more than 2500 peers.
        optional large_room: bool,
        /// Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true.
        optional size: i64 [in 0..=20000],
        /// Maximum session duration in seconds. Between 120 and 43200.
        optional max_duration_seconds: i64 [in 120..=43200],
        /// Ids of polls linked to the room.
        optional polls: [String],
        /// Webhook target of this room. If set, it replaces the workspace's webhook.
        optional webhook: RoomWebhook,
        /// False disables the room; true enables it again.
        optional enabled: bool,
    }
}

model! {
    /// A page of rooms.
    answer RoomList {
        /// Page size that the service applied.
        optional limit: i64,
        /// Items on this page.
        required data: [Room],
        /// Id of the last item. Empty on the last page.
        nullable last: String,
    }
}

model! {
    /// A room as stored. A room is a reusable meeting place; each live meeting in it is a session.
    answer Room {
        /// Id of the room.
        required id: String,
        /// Name, unique per workspace without regard to case. Hashed in HIPAA workspaces.
        required name: String,
        /// If false, nobody can join, the stream key is inactive, and room-code and stream-key calls return 403.
        required enabled: bool,
        /// Free text; may be empty (always empty in HIPAA workspaces).
        required description: String,
        /// Id of the account.
        required customer_id: String,
        /// Same value as `customer_id`. Deprecated.
        optional customer: String,
        /// Id of the app the room belongs to.
        optional app_id: String,
        /// Recording settings. If the room uses its template's settings, these, null or absent.
        nullable recording_info: RecordingInfo,
        /// Older name of `recording_info`, used in responses of list, disable and enable.
        nullable recording: RecordingInfo,
        /// True if the recording settings come from the template.
        optional recording_source_template: bool,
        /// Undocumented by the service.
        optional enabled_source_template: bool,
        /// Id of the template; may be an empty string.
        required template_id: String,
        /// Name of the template. Use `template_id` instead. Deprecated.
        optional template: String,
        /// Media region; may be an empty string.
        required region: Region,
        /// True if the room supports more than 2500 peers.
        optional large_room: bool,
        /// Maximum number of peers in the room.
        optional size: i64,
        /// Sessions end automatically after this many seconds.
        optional max_duration_seconds: i64,
        /// Ids of linked polls; those with automatic start open when a session starts.
        optional polls: [String],
        /// Webhook target of this room. It replaces the workspace's webhook.
        nullable webhook: RoomWebhook,
        /// Unique key, `<customer_id>:<name>`. Returned by list only.
        optional key: String,
        /// Creation time.
        optional created_at: Timestamp,
        /// Time of the last update.
        optional updated_at: Timestamp,
    }
}

model! {
    /// SFU recording settings of a room as returned.
    answer RecordingInfo {
        /// Whether SFU recording is on. Does not cover browser recording and RTMP.
        required enabled: bool,
        /// Your own storage for the recordings.
        nullable upload_info: UploadInfo,
    }
}

model! {
    /// Where recordings are stored. Absent if 100ms stores them.
    answer UploadInfo {
        /// Kind of storage.
        optional r#type as "type": StorageType,
        /// Name of the bucket (for Azure, of the container).
        optional location: String,
        /// Path prefix inside the bucket.
        optional prefix: String,
        /// Storage options.
        optional options: UploadOptions,
        /// Storage credentials. For Azure, `key` is the storage account name and `secret` the account key.
        optional credentials: UploadCredentials,
    }
}

model! {
    /// Storage options.
    both UploadOptions {
        /// Region of the bucket. Not needed for Azure.
        optional region: String,
    }
}

model! {
    /// Storage credentials. For Azure, `key` is the storage account name and `secret` the account key.
    answer UploadCredentials {
        /// Access key of the storage.
        optional key: Secret,
        /// Secret key of the storage.
        optional secret: Secret,
    }
}

model! {
    /// Webhook target of this room. If set, it replaces the workspace's webhook.
    both RoomWebhook {
        /// Address that events are posted to.
        required url: String [url],
        /// Extra HTTP headers sent with every event.
        optional headers: {Secret},
    }
}

model! {
    /// SFU recording settings of a room. They are one unit: setting them detaches the room from its template's recording settings.
    input RecordingInfoInput {
        /// Defaults to `false`.
        optional enabled: bool,
        /// Where to store recordings. If missing, 100ms stores them for 15 days.
        optional upload_info: UploadInfoInput,
        /// Poll ids. Use the room's own `polls`. Deprecated.
        optional polls: [String],
    }
}

model! {
    /// Where to store recordings. If missing, 100ms stores them for 15 days.
    input UploadInfoInput {
        /// Kind of storage: s3 (AWS), gs (Google Cloud), oss (Alibaba Cloud) or azure (Azure Blob Storage).
        required r#type as "type": StorageType,
        /// Name of the bucket (for Azure, of the container).
        required location: String,
        /// Path prefix inside the bucket. Defaults to the customer id.
        optional prefix: String,
        /// Storage options.
        optional options: UploadOptions,
        /// Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket.
        optional credentials: UploadCredentialsInput,
    }
}

model! {
    /// Credentials with read (`GetObject`) and write (`PutObject`) access to the bucket.
    input UploadCredentialsInput {
        /// Access key (for Azure, the storage account name).
        required key: Secret,
        /// Secret key (for Azure, the storage account key).
        required secret: Secret,
    }
}

open_enum! {
    /// Region in which media is handled.
    Region {
        Eu = "eu",
        In = "in",
        Us = "us",
        Auto = "auto",
    }
}

open_enum! {
    /// Kind of storage.
    StorageType {
        S3 = "s3",
        Gs = "gs",
        Oss = "oss",
        Azure = "azure",
    }
}
