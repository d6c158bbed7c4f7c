//! Events for webhooks: what happened, in order, waiting to be delivered.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::Value;

use crate::ids::ObjectId;

/// An event, for the webhook of its room or of the workspace.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Usually a UUID. Identifies duplicates.
    pub(crate) id: String,
    /// The type on the wire, such as `peer.join.success`.
    pub(crate) kind: Cow<'static, str>,
    /// `None` if it was created on demand without a room.
    pub(crate) room_id: Option<ObjectId>,
    pub(crate) at: Timestamp,
    /// When it is sent. Differs from `at` if the caller set `at`.
    pub(crate) due: Timestamp,
    /// The `data` object of the envelope.
    pub(crate) data: Value,
}
