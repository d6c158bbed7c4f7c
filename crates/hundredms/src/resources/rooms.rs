//! Rooms: the places in which peers meet, and their settings.

use super::patterns::ROOM_NAME;
use super::rules::{new_room_size, room_size_of_update};
use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListRooms>(),
    entry::<CreateRoom>(),
    entry::<GetRoom>(),
    entry::<UpdateRoom>(),
];

operation! {
    /// Page through the rooms of the workspace.
    ///
    /// Returns the enabled rooms, or the disabled ones where `enabled` is false, newest first, one page at a time,
    /// optionally narrowed by name, template or creation window. Filters combine with AND; both time bounds are
    /// inclusive and apply to the room's creation time. Feed `last` back as `start` to get the following page; `start` itself is not repeated.
    ListRooms: "rooms.list" = GET "/rooms" -> RoomList;
    method Rooms::list; docs "Rooms/list-rooms"; retry always, pages last data [Room];
    query {
        /// Only the room that carries this name (use it to look a room up by name, since there is no get-by-name
        /// path).
        filter name: String,
        /// Keep only enabled (true) or only disabled (false) rooms. Default: `true`.
        filter enabled: bool,
        /// Lower bound (inclusive) on the creation time, UTC with milliseconds, e.g. `2024-02-01T08:00:00.000Z`.
        filter after: Timestamp,
        /// Upper bound (inclusive) on the creation time, same format as `after`.
        filter before: Timestamp,
        /// Only rooms that use this template.
        filter template_id: String,
        /// Page size. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor; the `last` value of the preceding page.
        optional start: String,
    }
}

operation! {
    /// Create a room, or update the one that has this name.
    ///
    /// Creates a room from the given settings; every field is optional. Names are unique per workspace without regard
    /// to case: if a room of that name exists, no second room is made, the existing one takes over the settings in
    /// the payload (its template too) and is returned under its old id. Without a name the service makes one up (a
    /// UUID); without `template_id` the workspace's default template is used. A room made this way has no room codes
    /// until they are created separately.
    CreateRoom: "rooms.create" = POST "/rooms" -> Room;
    method Rooms::create; docs "Rooms/create-via-api"; retry if_named, look at "rooms.list",
    holds new_room_size;
    body {
        /// Case-insensitive name; letters, digits and . - : _ only. Made up when missing.
        optional name: String [like ROOM_NAME],
        /// What it is for, in words of your own.
        optional description: String,
        /// Template to use; the workspace's default template when missing.
        optional template_id: String,
        /// SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
        /// settings.
        optional recording_info: RecordingInfoInput,
        /// auto = the template's region. Default: `auto`.
        optional region: Region,
        /// Needed for more than 2500 peers; clients need recent SDK versions. Default: `false`.
        optional large_room: bool,
        /// Expected number of peers, at most 2500 unless `large_room` is true (then 20000).
        optional size: i64 [in 0..=20000],
        /// Longest session in seconds. 120 to 43200.
        optional max_duration_seconds: i64 [in 120..=43200],
        /// Ids of polls to link to the room.
        optional polls: [String],
        /// Webhook target of a single room. When set, the workspace webhook is not used for this room.
        optional webhook: RoomWebhook,
    }
}

operation! {
    /// Fetch one room by id.
    ///
    /// Returns the stored settings of a room, whether or not anybody is in it. To look up by name use rooms.list with
    /// `name`.
    GetRoom: "rooms.get" = GET "/rooms/{room_id}" -> Room;
    method Rooms::get(room_id); docs "Rooms/retrieve-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Change a room's settings, or enable/disable it.
    ///
    /// Partial update by id; only fields in the body change. Sending `enabled` alone is the documented way to disable
    /// or re-enable a room: a disabled room lets its running session go on but accepts no further joins, its stream
    /// key is inactive, and room-code and stream-key calls for it answer 403; enabling undoes all that.
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
        /// What it is for, in words of your own.
        optional description: String,
        /// SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
        /// settings.
        optional recording_info: RecordingInfoInput,
        /// Region in which the room is hosted; `auto` is the template's.
        optional region: Region,
        /// Needed for more than 2500 peers.
        optional large_room: bool,
        /// At most 2500 unless `large_room` is true. 0 to 20000.
        optional size: i64 [in 0..=20000],
        /// 120 to 43200.
        optional max_duration_seconds: i64 [in 120..=43200],
        /// Ids of polls linked to the room.
        optional polls: [String],
        /// Webhook target of a single room. When set, the workspace webhook is not used for this room.
        optional webhook: RoomWebhook,
        /// False disables the room; true enables it again.
        optional enabled: bool,
    }
}

model! {
    /// A page of rooms.
    answer RoomList {
        /// Page size that was applied.
        optional limit: i64,
        /// What the page holds.
        required data: [Room],
        /// Id of the last item; empty at the end.
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
        /// False = no new joins, stream key inactive, room-code and stream-key calls refused with 403.
        required enabled: bool,
        /// Free text; may be empty (always empty in HIPAA workspaces).
        required description: String,
        /// Id of the account.
        required customer_id: String,
        /// Same value as `customer_id`. Deprecated.
        optional customer: String,
        /// Id of the app the room belongs to.
        optional app_id: String,
        /// Recording settings. While the room follows its template, the template's settings, null or absent.
        nullable recording_info: RecordingInfo,
        /// Older spelling of `recording_info` that the list and the disable/enable answers show.
        nullable recording: RecordingInfo,
        /// True while recording settings are taken from the template.
        optional recording_source_template: bool,
        /// Unexplained; probably whether the recording on/off flag comes from the template.
        optional enabled_source_template: bool,
        /// Id of the template; may be an empty string.
        required template_id: String,
        /// Name of the template; fetch the template by `template_id` instead. Deprecated.
        optional template: String,
        /// Media region; may be an empty string.
        required region: Region,
        /// Built for more than 2500 peers.
        optional large_room: bool,
        /// Most peers that may be in the room.
        optional size: i64,
        /// Sessions end by themselves after this many seconds.
        optional max_duration_seconds: i64,
        /// Ids of linked polls; those with automatic start open when a session starts.
        optional polls: [String],
        /// Webhook target of this room, used instead of that of the workspace.
        nullable webhook: RoomWebhook,
        /// Unique key, `<customer_id>:<name>`; only in the list example.
        optional key: String,
        /// When it was made.
        optional created_at: Timestamp,
        /// 0001-01-01T00:00:00Z means never updated.
        optional updated_at: Timestamp,
    }
}

model! {
    /// SFU recording settings of a room as returned.
    answer RecordingInfo {
        /// Whether SFU recording is on (says nothing about browser recording or RTMP).
        required enabled: bool,
        /// Storage of your own for the recordings.
        nullable upload_info: UploadInfo,
    }
}

model! {
    /// Where recordings are stored, as returned. Absent when they stay with 100ms.
    answer UploadInfo {
        /// Kind of storage.
        optional r#type as "type": StorageType,
        /// Bucket (azure - container) name.
        optional location: String,
        /// Path prefix inside the bucket.
        optional prefix: String,
        /// Storage options.
        optional options: UploadOptions,
        /// Storage credentials as returned. For azure the key is the storage account name and the secret the account
        /// key.
        optional credentials: UploadCredentials,
    }
}

model! {
    /// Storage options.
    both UploadOptions {
        /// Region of the bucket, not needed for azure.
        optional region: String,
    }
}

model! {
    /// Storage credentials as returned. For azure the key is the storage account name and the secret the account key.
    answer UploadCredentials {
        /// Access key of the storage.
        optional key: Secret,
        /// Secret key of the storage.
        optional secret: Secret,
    }
}

model! {
    /// Webhook target of a single room. When set, the workspace webhook is not used for this room.
    both RoomWebhook {
        /// Address that events are posted to.
        required url: String [url],
        /// Extra HTTP headers sent with every event.
        optional headers: {Secret},
    }
}

model! {
    /// SFU recording settings of a room. One unit - sending it detaches the room from its template's recording
    /// settings.
    input RecordingInfoInput {
        /// Default: `false`.
        optional enabled: bool,
        /// Where to store recordings. Leave the whole object out to let 100ms keep them (for 15 days).
        optional upload_info: UploadInfoInput,
        /// Poll ids; listed here by one page, most likely by mistake. Use the room's own `polls`. Deprecated.
        optional polls: [String],
    }
}

model! {
    /// Where to store recordings. Leave the whole object out to let 100ms keep them (for 15 days).
    input UploadInfoInput {
        /// s3 = AWS, gs = Google Cloud, oss = Alibaba Cloud, azure = Azure Blob Storage.
        required r#type as "type": StorageType,
        /// Bucket (azure - container) name.
        required location: String,
        /// Path prefix inside the bucket; the customer id when none is set (said of template storage).
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
        /// Access key (azure - storage account name).
        required key: Secret,
        /// Secret key (azure - storage account key).
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
