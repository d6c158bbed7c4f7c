//! A change of a track.

use crate::{ids::ObjectId, state::peers::Track};

/// What happened to a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrackEvent {
    Added,
    /// Muted or unmuted.
    Updated,
    Removed,
}

/// A track as it is after the change, or was before its removal.
#[derive(Debug)]
pub(crate) struct TrackChange<'a> {
    pub(crate) event: TrackEvent,
    pub(crate) session_id: ObjectId,
    pub(crate) peer_id: &'a str,
    pub(crate) track: &'a Track,
}
