//! What other resources do when a session opens, closes, or has its tracks changed: add a function to the list here.

use super::{
    analytics, media_jobs, peer_stats, peers::Track, poll_runs, recordings, sfu_recordings,
};
use crate::{ids::ObjectId, state::State};

/// Run when a session has opened: the first peer is in, and the events of both are noted.
pub(super) const OPENED: &[fn(&mut State, ObjectId)] =
    &[poll_runs::session_opened, recordings::auto_start];

/// Run when a session has closed: everybody has left, and the events of that are noted. It is still found by its id,
/// and no longer as the running one of its room.
pub(super) const CLOSED: &[fn(&mut State, ObjectId, Ending)] = &[
    poll_runs::session_closed,
    media_jobs::session_closed,
    sfu_recordings::session_closed,
];

/// Run when a connected peer's track was added, changed or removed, be it that the peer left.
pub(super) const TRACK_CHANGED: &[fn(&mut State, &TrackChange<'_>)] = &[
    sfu_recordings::track_changed,
    analytics::track_changed,
    peer_stats::track_changed,
];

/// Why a session closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    LastPeerLeft,
    /// `active_rooms.end`, or a peer, ended the room.
    RoomEnded,
    /// The room's `max_duration_seconds`, or 12 hours, ran out.
    LimitReached,
}

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
