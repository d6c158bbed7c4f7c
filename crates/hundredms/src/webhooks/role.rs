//! Peers that get another role. The data of `role.change.success`, `role.change.failure`.

use crate::define::model;

model! {
    /// A peer got another role. The data of `role.change.success`.
    ///
    /// Cause: a role change asked for by a peer or by the server API succeeds.
    answer RoleChangeSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Role held before.
        optional previous_role: String,
        /// Role held from now on.
        optional role: String,
        /// When the peer came in.
        optional joined_at: Timestamp,
        /// When the session began.
        optional session_started_at: Timestamp,
        /// When the role changed.
        optional role_changed_at: Timestamp,
        /// Peer that asked for the change; left out when the change came through the server API.
        optional role_change_requested_by: String,
    }
}

model! {
    /// A role change was refused. The data of `role.change.failure`.
    ///
    /// Cause: for instance the wanted role is full (its maximum number of peers is reached).
    answer RoleChangeFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Role that was asked for.
        optional role: String,
        /// When the peer came in.
        optional joined_at: Timestamp,
        /// When the session began.
        optional session_started_at: Timestamp,
        /// Cause of the failure. Known: `role limit reached`.
        optional error_message: String,
        /// Peer that asked for the change; left out when the change came through the server API.
        optional role_change_requested_by: String,
    }
}
