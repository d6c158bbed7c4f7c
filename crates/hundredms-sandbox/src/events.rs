//! Events for webhooks: what happened, in order, waiting to be delivered.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::Value;

use crate::ids::ObjectId;

/// One thing that happened, for the webhook of its room or of the workspace.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// UUID, as a rule; the key for telling duplicates.
    pub(crate) id: String,
    /// The type on the wire, such as `peer.join.success`.
    pub(crate) kind: Cow<'static, str>,
    /// None when it was made on demand for no room.
    pub(crate) room_id: Option<ObjectId>,
    pub(crate) at: Timestamp,
    /// When it is to be sent; differs from `at` when that was chosen.
    pub(crate) due: Timestamp,
    /// The `data` object of the envelope.
    pub(crate) data: Value,
}
