//! Events for webhooks: what happened, in order, waiting to be delivered.

use jiff::Timestamp;
use serde_json::Value;

use crate::ids::ObjectId;

/// One thing that happened, for the webhook of its room or of the workspace.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "read by the delivery of webhooks")]
pub(crate) struct Event {
    /// UUID; the key for telling duplicates.
    pub(crate) id: String,
    /// The type on the wire, such as `peer.join.success`.
    pub(crate) kind: &'static str,
    pub(crate) room_id: ObjectId,
    pub(crate) at: Timestamp,
    /// The `data` object of the envelope.
    pub(crate) data: Value,
}
