//! Sessions that start and end. The data of `session.open.success`, `session.close.success`.

use crate::define::model;

model! {
    /// A session started in a room. The data of `session.open.success`.
    ///
    /// Cause: first peer joins a room that has no running session.
    answer SessionOpenSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// A session ended. The data of `session.close.success`.
    ///
    /// Cause: last peer leaves, the room is ended, or the maximum session duration runs out.
    answer SessionCloseSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Duration of the whole session, in seconds.
        optional session_duration: i64,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// When the session ended.
        optional session_stopped_at: Timestamp,
    }
}
