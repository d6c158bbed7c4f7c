//! Peers whose role changes. The data of `role.change.success`, `role.change.failure`.

use crate::define::model;

model! {
    /// The role of a peer changed. The data of `role.change.success`.
    ///
    /// Cause: a role change requested by a peer or by the server API succeeds.
    answer RoleChangeSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Role before the change.
        optional previous_role: String,
        /// Role after the change.
        optional role: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// When the role changed.
        optional role_changed_at: Timestamp,
        /// Peer that requested the change. Missing if the server API requested it.
        optional role_change_requested_by: String,
    }
}

model! {
    /// A role change was refused. The data of `role.change.failure`.
    ///
    /// Cause: for example, the requested role is full (its maximum number of peers is reached).
    answer RoleChangeFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Requested role.
        optional role: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// Cause of the failure. Known: `role limit reached`.
        optional error_message: String,
        /// Peer that requested the change. Missing if the server API requested it.
        optional role_change_requested_by: String,
    }
}
