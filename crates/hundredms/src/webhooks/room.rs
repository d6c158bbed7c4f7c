//! Rooms that are ended. The data of `room.end.success`, `room.end.failure`.

use crate::define::model;

model! {
    /// A room was ended on request. The data of `room.end.success`.
    ///
    /// Cause: an end-room request from a client or the server API succeeds.
    answer RoomEndSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer that asked for the end.
        optional peer_id: String,
        /// Your identifier for the participant who asked for the end.
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant who asked for the end.
        optional user_name: String,
        /// Role of the participant who asked for the end.
        optional role: String,
        /// Whether the end call also locked (disabled) the room.
        optional lock_room: bool,
        /// Text given in the end call.
        optional reason: String,
        /// What the end call came from. Known: `peer`.
        optional source: String,
        /// When the session began.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// An end-room request failed. The data of `room.end.failure`.
    ///
    /// Cause: an end-room request cannot be carried out.
    answer RoomEndFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Peer that asked for the end.
        optional peer_id: String,
        /// Your identifier for the participant who asked for the end.
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant who asked for the end.
        optional user_name: String,
        /// Role of the participant who asked for the end.
        optional role: String,
        /// Whether the end call also locked (disabled) the room.
        optional lock_room: bool,
        /// Text given in the end call.
        optional reason: String,
        /// What the end call came from. Known: `peer`.
        optional source: String,
        /// When the session began.
        optional session_started_at: Timestamp,
        /// Cause of the failure, e.g. that there is no session.
        optional error_message: String,
        /// Code of the failure, like an HTTP status: 404 for one.
        optional error_code: i64,
    }
}
