//! Messages sent to live rooms, stored for the control `messages`.

use jiff::Timestamp;

/// A message with those it reached.
#[derive(Debug, Clone)]
pub(crate) struct SentMessage {
    pub(crate) message: String,
    pub(crate) kind: String,
    /// Ids of the peers it was delivered to.
    pub(crate) recipients: Vec<String>,
    pub(crate) sent_at: Timestamp,
}
