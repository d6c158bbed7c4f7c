//! Peers that come and go. The data of `peer.join.success`, `peer.leave.success`, `peer.join.failure`,
//! `peer.leave.failure`.

use crate::define::{model, open_enum};

model! {
    /// A peer came into the room. The data of `peer.join.success`.
    ///
    /// Cause: a client (SDK or SIP) finishes its join.
    answer PeerJoinSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer came in.
        optional joined_at: Timestamp,
        /// When the session began.
        optional session_started_at: Timestamp,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A peer went out of the room. The data of `peer.leave.success`.
    ///
    /// Cause: a peer leaves, is removed, loses its connection for about 60 seconds, or is dropped by the server.
    answer PeerLeaveSuccess {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Session of the room that was running at the time.
        required session_id: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer went out.
        optional left_at: Timestamp,
        /// How long the peer stayed, in seconds.
        optional duration: i64,
        /// Why the peer went out.
        optional reason: PeerLeaveReason,
        /// Text given by whoever removed the peer; meaningful with reason `peer kicked`.
        optional message: String,
        /// When the peer came in.
        optional joined_at: Timestamp,
        /// When the session began.
        optional session_started_at: Timestamp,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A peer could not join. The data of `peer.join.failure`.
    ///
    /// Cause: join refused (role, duplicate peer id), server overload with a timeout, or connection lost while joining.
    answer PeerJoinFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// None in practice, as no join took place: the service sends its zero time.
        optional joined_at: Timestamp,
        /// Cause of the failure. Known: `role not allowed`, `network disconnection`, `duplicate peer id`.
        optional error_message: String,
        /// How the peer is connected.
        optional r#type as "type": PeerKind,
    }
}

model! {
    /// A leave request could not be carried out. The data of `peer.leave.failure`.
    ///
    /// Cause: leave asked twice, before or without a join, or after a removal or the end of the room.
    answer PeerLeaveFailure {
        /// Room the event is about.
        required room_id: String,
        /// Name of the room. HIPAA workspaces get a hash here instead of the name.
        optional room_name: String,
        /// Peer concerned (one connection of one participant).
        required peer_id: String,
        /// Your own identifier for the participant, as carried by the auth token (or by the X-100ms-UserID header of a
        /// SIP invite).
        optional user_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
        /// Display name of the participant. Hashed in HIPAA workspaces; for a SIP caller without a display name header
        /// it is the masked phone number.
        optional user_name: String,
        /// Free-form metadata text of the peer. Often JSON text, so do not assume that it parses; the samples show an
        /// empty string when there is none.
        optional user_data: String,
        /// Name of the role the participant has.
        optional role: String,
        /// When the peer went out, if it ever came in.
        optional left_at: Timestamp,
        /// How long the peer stayed, in seconds.
        optional duration: i64,
        /// Cause of the failure. Compare without regard to letter case. Known: `peer not joined`.
        optional error_message: String,
        /// When the peer came in, if it ever did.
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
    /// Why a peer is no longer in the room.
    PeerLeaveReason {
        /// The client asked to leave (leave button; closing or reloading a demo page).
        ClientRequest = "client request",
        /// Removed by another peer or by the server API; see `message`.
        PeerKicked = "peer kicked",
        /// Signalling connection lost and not restored; closed by the server after 60 seconds.
        WebsocketClosed = "websocket closed",
        /// Media connection lost and not restored; closed by the server after 60 seconds.
        IceConnectionStateClosed = "ice connection state closed",
        /// Rare server-side trouble.
        ServerRemovedPeer = "server removed peer",
    }
}
