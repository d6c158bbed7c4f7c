//! Peers that join and leave. The data of `peer.join.success`, `peer.leave.success`, `peer.join.failure`, `peer.leave.failure`.

use crate::define::{model, open_enum};

model! {
    /// A peer joined the room. The data of `peer.join.success`.
    ///
    /// Cause: a client (SDK or SIP) finishes its join.
    answer PeerJoinSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A peer left the room. The data of `peer.leave.success`.
    ///
    /// Cause: a peer leaves, is removed, loses its connection for about 60 seconds, or is dropped by the server.
    answer PeerLeaveSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer left.
        optional left_at: Timestamp,
        /// Duration of the peer's stay in seconds.
        optional duration: i64,
        /// Why the peer left.
        optional reason: PeerLeaveReason,
        /// Text given when the peer was removed. Set with the reason `peer kicked`.
        optional message: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// When the session started.
        optional session_started_at: Timestamp,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A peer could not join. The data of `peer.join.failure`.
    ///
    /// Cause: join refused (role, duplicate peer id), server overload with a timeout, or connection lost during the join.
    answer PeerJoinFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// Always `None`, because no join took place.
        optional joined_at: Timestamp,
        /// Cause of the failure. Known: `role not allowed`, `network disconnection`, `duplicate peer id`.
        optional error_message: String,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A leave request failed. The data of `peer.leave.failure`.
    ///
    /// Cause: leave requested twice, before or without a join, or after a removal or the end of the room.
    answer PeerLeaveFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. Hashed in HIPAA workspaces.
        optional room_name: String,
        /// Peer, which is one connection of one participant.
        required peer_id: String,
        /// Your own id for the participant, from the auth token (or from the X-100ms-UserID header of a SIP invite).
        /// Absent if the participant has none.
        unless_empty user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces. For a SIP caller without a display name header, the masked
        /// phone number.
        optional user_name: String,
        /// Free-form metadata of the peer. Often JSON, but not always. May be an empty string.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer left, if it had joined.
        optional left_at: Timestamp,
        /// Duration of the peer's stay in seconds.
        optional duration: i64,
        /// Cause of the failure. Compare case-insensitively. Known: `peer not joined`.
        optional error_message: String,
        /// When the peer joined, if it did.
        optional joined_at: Timestamp,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

open_enum! {
    /// `regular` for peers that join through an SDK, `sip` for phone/SIP callers.
    PeerKind {
        Regular = "regular",
        Sip = "sip",
    }
}

open_enum! {
    /// Why a peer left.
    PeerLeaveReason {
        /// The client left (leave button, or a demo page that was closed or reloaded).
        ClientRequest = "client request",
        /// Removed by another peer or by the server API. See `message`.
        PeerKicked = "peer kicked",
        /// Signalling connection lost and not restored. The server closed it after 60 seconds.
        WebsocketClosed = "websocket closed",
        /// Media connection lost and not restored. The server closed it after 60 seconds.
        IceConnectionStateClosed = "ice connection state closed",
        /// Rare server-side error.
        ServerRemovedPeer = "server removed peer",
    }
}
