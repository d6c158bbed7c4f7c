//! Stream keys: with them an encoder sends RTMP into a room.

use crate::by_name::{Entry, entry};
use crate::define::{model, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<GetStreamKey>(),
    entry::<CreateStreamKey>(),
    entry::<DisableStreamKey>(),
];

operation! {
    /// Get the room's active RTMP stream key.
    ///
    /// Returns the active stream key and RTMP address of the room, wrapped in a list. Fetch it before each stream,
    /// because the RTMP address may change.
    GetStreamKey: "stream_keys.get" = GET "/stream-keys/room/{room_id}" -> StreamKeyList;
    method StreamKeys::get(room_id); docs "stream-key/get-rtmp-stream-key"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Create an RTMP stream key for a room.
    ///
    /// Creates the key and RTMP address with which an outside encoder can feed the room's live stream. A room has at
    /// most one active key, which stays valid until it is disabled; to rotate it, disable it and create another. No
    /// body is needed. The feature is gated per account, and disabled rooms get no key.
    CreateStreamKey: "stream_keys.create" = POST "/stream-keys/room/{room_id}" -> StreamKey;
    method StreamKeys::create(room_id); docs "stream-key/create-rtmp-stream-key"; retry if_unsent, look at "stream_keys.get";
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Disable the room's active stream key.
    ///
    /// Turns the active key off for good; a later create makes a different key. No body is needed.
    DisableStreamKey: "stream_keys.disable" = POST "/stream-keys/room/{room_id}/disable" -> Message;
    method StreamKeys::disable(room_id); docs "stream-key/disable-rtmp-stream-key"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

model! {
    /// Wrapper around the active key.
    answer StreamKeyList {
        /// What the page holds.
        required data: [StreamKey],
        /// Id of the last item.
        nullable last: String,
    }
}

model! {
    /// RTMP ingest credentials of a room.
    answer StreamKey {
        /// Id of the stream key.
        required id: String,
        /// Id of the room.
        required room_id: String,
        /// Stream key for the encoder.
        required key: Secret,
        /// RTMP address for the encoder; may change over time.
        required url: String,
        /// Id of the workspace.
        required customer_id: String,
        /// Id of the app in the workspace.
        required app_id: String,
        /// Whether the key works.
        required enabled: bool,
        /// When it was made.
        optional created_at: Timestamp,
        /// When the state last changed.
        optional updated_at: Timestamp,
    }
}

model! {
    /// Plain acknowledgement.
    answer Message {
        /// What the service did.
        required message: String,
    }
}
