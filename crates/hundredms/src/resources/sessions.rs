//! Sessions: the periods in which a room was in use, and their peers.

use crate::define::{model, operation, operations};

operations![ListSessions, GetSession];

operation! {
    /// List the running sessions, or the finished ones.
    ///
    /// Returns the running sessions of the workspace, or with `active` false the finished ones, latest first, with all their
    /// peers. Filters combine with AND. Both time bounds are inclusive and apply to the session's start.
    ListSessions: "sessions.list" = GET "/sessions" -> SessionList;
    method Sessions::list; docs "Sessions/list-sessions"; retry always, pages last data [Session];
    query {
        /// Only running (true) or only finished (false) sessions. Defaults to `true`.
        filter active: bool,
        /// Only sessions of this room.
        filter room_id: String,
        /// Lower bound (inclusive) on the start time, UTC with milliseconds.
        filter after: Timestamp,
        /// Upper bound (inclusive) on the start time.
        filter before: Timestamp,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
    }
}

operation! {
    /// Return one session with its peers.
    ///
    /// Returns a session, running or finished, with all peers and the times when they joined and left. A user who left and came
    /// back appears as a new peer with the same `user_id`.
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
        /// Page size that the service applied.
        optional limit: i64,
        /// Items on this page.
        required data: [Session],
        /// Id of the last item, which is the oldest of the page. Empty on the last page.
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
        /// Start time.
        optional created_at: Timestamp,
        /// Time of the last change. For a finished session, its end.
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
        /// `user_id` from the auth token. Absent if the peer has none.
        unless_empty user_id: String,
        /// Old id assigned by 100ms. Use `user_id`. Deprecated.
        optional user: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// When the peer left. Absent while it is connected.
        nullable left_at: Timestamp,
    }
}
