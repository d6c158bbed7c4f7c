//! Stream keys: let an encoder send RTMP to a room.

use crate::define::{model, operation, operations};
use crate::wire::secret::Secret;

operations![GetStreamKey, CreateStreamKey, DisableStreamKey];

operation! {
    /// Return the room's active RTMP stream key.
    ///
    /// Returns the active stream key and RTMP address of the room, in a list. Request it before each stream, because the RTMP
    /// address may change.
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
    /// Creates the key and RTMP address with which an external encoder can send to the room's live stream. A room has at most one
    /// active key. It is valid until it is disabled. To rotate it, disable it and create another. The feature must be enabled for
    /// the account. Disabled rooms get no key.
    CreateStreamKey: "stream_keys.create" = POST "/stream-keys/room/{room_id}" -> StreamKey;
    method StreamKeys::create(room_id); docs "stream-key/create-rtmp-stream-key"; retry if_unsent, look at GetStreamKey;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Disable the room's active stream key.
    ///
    /// Disables the active key permanently. A later create returns a different key.
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
        /// Items on this page.
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
        /// RTMP address for the encoder. It may change over time.
        required url: String,
        /// Id of the workspace.
        required customer_id: String,
        /// Id of the app in the workspace.
        required app_id: String,
        /// Whether the key works.
        required enabled: bool,
        /// Creation time.
        optional created_at: Timestamp,
        /// When the state last changed.
        optional updated_at: Timestamp,
    }
}

model! {
    /// Acknowledgement.
    answer Message {
        /// Text that says what the service did.
        required message: String,
    }
}
