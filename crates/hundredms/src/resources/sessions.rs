//! Sessions: the times in which a room was in use, and who was there.

use crate::by_name::{Entry, entry};
use crate::define::{model, operation};

pub(super) const OPERATIONS: &[Entry] = &[entry::<ListSessions>(), entry::<GetSession>()];

operation! {
    /// Page through sessions.
    ///
    /// Returns the running sessions of the workspace, or the finished ones where `active` is false, latest first, with all
    /// peers that took part. Filters combine with AND; both time bounds are inclusive and apply to the session's start.
    ListSessions: "sessions.list" = GET "/sessions" -> SessionList;
    method Sessions::list; docs "Sessions/list-sessions"; retry always, pages last data [Session];
    query {
        /// Keep only running (true) or only finished (false) sessions. Default: `true`.
        filter active: bool,
        /// Only sessions of this room.
        filter room_id: String,
        /// Lower bound (inclusive) on the start time, UTC with milliseconds.
        filter after: Timestamp,
        /// Upper bound (inclusive) on the start time.
        filter before: Timestamp,
        /// Page size. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor; the `last` value of the preceding page.
        optional start: String,
    }
}

operation! {
    /// Fetch one session with its peers.
    ///
    /// Returns a session, running or finished, with everyone who joined it and when they joined and left. Somebody
    /// who left and came back appears as a new peer with the same `user_id`.
    GetSession: "sessions.get" = GET "/sessions/{session_id}" -> Session;
    method Sessions::get(session_id); docs "Sessions/retrieve-a-session"; retry always;
    path {
        /// Id of the session.
        session_id,
    }
}

model! {
    /// A page of sessions.
    answer SessionList {
        /// Page size that was applied.
        optional limit: i64,
        /// What the page holds.
        required data: [Session],
        /// Id of the last item (the oldest of the page); empty at the end.
        nullable last: String,
    }
}

model! {
    /// One continuous meeting in a room, at most 12 hours long.
    answer Session {
        /// Id of the session.
        required id: String,
        /// Id of the room.
        required room_id: String,
        /// Id of the workspace.
        required customer_id: String,
        /// Id of the app in the workspace.
        optional app_id: String,
        /// True while the session runs.
        required active: bool,
        /// Everyone who joined, keyed by peer id.
        optional peers: {SessionPeer},
        /// Start.
        optional created_at: Timestamp,
        /// Last change; the end once inactive.
        optional updated_at: Timestamp,
    }
}

model! {
    /// A participation in a session.
    answer SessionPeer {
        /// Peer id; new on every join.
        required id: String,
        /// Id of the session.
        required session_id: String,
        /// Hashed in HIPAA workspaces.
        required name: String,
        /// Name of the role.
        required role: String,
        /// `user_id` from the auth token.
        optional user_id: String,
        /// Old id made by 100ms; use `user_id`. Deprecated.
        optional user: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// Absent while connected.
        nullable left_at: Timestamp,
    }
}
