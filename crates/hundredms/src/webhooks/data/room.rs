//! Rooms that are ended. The data of `room.end.success`, `room.end.failure`.

use crate::define::model;

model! {
    /// A room was ended on request. The data of `room.end.success`.
    ///
    /// Cause: an end-room request from a client or the server API succeeds.
    answer RoomEndSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer that requested the end.
        optional peer_id: String,
        /// Your own id for the participant who requested the end. Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant who requested the end.
        optional user_name: String,
        /// Role of the participant who requested the end.
        optional role: String,
        /// Whether the end request also locked (disabled) the room.
        optional lock_room: bool,
        /// Text of the end request.
        optional reason: String,
        /// Origin of the end request. Known: `peer`.
        optional source: String,
        /// When the session started.
        optional session_started_at: Timestamp,
    }
}

model! {
    /// An end-room request failed. The data of `room.end.failure`.
    ///
    /// Cause: an end-room request fails.
    answer RoomEndFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        optional session_id: String,
        /// Peer that requested the end.
        optional peer_id: String,
        /// Your own id for the participant who requested the end. Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant who requested the end.
        optional user_name: String,
        /// Role of the participant who requested the end.
        optional role: String,
        /// Whether the end request also locked (disabled) the room.
        optional lock_room: bool,
        /// Text of the end request.
        optional reason: String,
        /// Origin of the end request. Known: `peer`.
        optional source: String,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// Cause of the failure, for example that there is no session.
        optional error_message: String,
        /// Code of the failure, like an HTTP status: for example 404.
        optional error_code: i64,
    }
}
