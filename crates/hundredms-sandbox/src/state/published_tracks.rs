//! When tracks were published.

use jiff::Timestamp;

use crate::ids::ObjectId;

/// A track that was published at some time.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    pub(crate) session_id: ObjectId,
    pub(crate) peer_id: String,
    pub(crate) id: String,
    /// `audio` or `video`.
    pub(crate) kind: String,
    pub(crate) source: String,
    pub(crate) from: Timestamp,
    /// None while it is published.
    pub(crate) until: Option<Timestamp>,
}

/// All tracks ever published, in that order.
#[derive(Debug, Clone, Default)]
pub(crate) struct PublishedTracks(pub(crate) Vec<Published>);
