//! Messages sent to live rooms, stored for the control `messages`.

use jiff::Timestamp;

/// A message with those it reached.
#[derive(Debug, Clone)]
pub(crate) struct SentMessage {
    pub(crate) message: String,
    pub(crate) kind: String,
    /// The role that it was sent to. `None` for everyone.
    pub(crate) role: Option<String>,
    /// It was sent to one peer.
    pub(crate) is_direct: bool,
    /// Ids of the peers it was delivered to.
    pub(crate) recipients: Vec<String>,
    pub(crate) sent_at: Timestamp,
}
