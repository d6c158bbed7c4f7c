//! What other resources do when a session opens, closes, or has its tracks changed: add a function to the list here.

use super::{peers::Track, poll_runs};
use crate::{ids::ObjectId, state::State};

/// Run when a session has opened: the first peer is in, and the events of both are noted.
pub(super) const OPENED: &[fn(&mut State, ObjectId)] = &[poll_runs::session_opened];

/// Run when a session has closed: everybody has left, and the events of that are noted. It is still found by its id,
/// and no longer as the running one of its room.
pub(super) const CLOSED: &[fn(&mut State, ObjectId, Ending)] = &[poll_runs::session_closed];

/// Run when a connected peer's track was added, changed or removed, be it that the peer left.
pub(super) const TRACK_CHANGED: &[fn(&mut State, &TrackChange<'_>)] = &[];

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
#[allow(dead_code, reason = "for the resources that follow tracks")]
pub(crate) struct TrackChange<'a> {
    pub(crate) event: TrackEvent,
    pub(crate) session_id: ObjectId,
    pub(crate) peer_id: &'a str,
    pub(crate) track: &'a Track,
}
