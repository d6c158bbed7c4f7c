//! SIP: phone calls into rooms.

use super::patterns::DTMF_DIGIT;
use crate::define::{model, operation, operations};
use crate::wire::secret::Secret;

operations![SendDtmf, PlaceSipCall, CreateSipTrunk, UpdateSipTrunk];

operation! {
    /// Send DTMF tones to SIP peers.
    ///
    /// Plays the tones to every SIP peer of the call. WebRTC peers hear nothing. Requires the auth token of a client peer, which
    /// names room and role; a management token does not work. Requests are queued and played one after the other. Each tone lasts
    /// 100 ms, with 100 ms between tones.
    SendDtmf: "sip.send_dtmf" = POST "/sip/dtmf" -> Object;
    method Sip::send_dtmf; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-DTMF-transmission"; retry if_unsent;
    token {
        /// Token of a client that is in the room, from `tokens.auth`. It is sent instead of the management
        /// token.
        required auth_token: Secret,
    }
    body {
        /// Tones, in playing order.
        required digits: [String] [like DTMF_DIGIT],
    }
}

operation! {
    /// Call a phone number from a room.
    ///
    /// Calls a phone number over a trunk. The callee joins the room with the role of the room code. The request takes until the
    /// callee answers or refuses. A timeout before that leaves the outcome ambiguous. Several calls over one trunk can run at the
    /// same time, each with its own request.
    PlaceSipCall: "sip.call" = POST "/sip/outbound/call" -> SipCallId;
    method Sip::call; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-Outbound"; retry if_unsent, timeout 90;
    body {
        /// Phone number, or another identifier that the trunk provider supports.
        required to: String,
        /// Name under which the callee appears in the room.
        optional name: String,
        /// Your own user id for the peer; may be empty.
        optional user_id: String,
        /// Room code of the room and role.
        required room_code: String,
        /// Trunk to dial over.
        required trunk_id: String,
        /// Whether to call with video. Defaults to `false`.
        optional video: bool,
        /// Custom SIP headers for the INVITE, passed on verbatim. Names must be valid SIP tokens; an X- prefix is recommended.
        /// Names and values with line breaks are refused. Reserved headers are ignored: To, From, Via, Contact, Call-ID, `CSeq`,
        /// Max-Forwards, Route, Content-Type, Content-Length, Authorization, P-Asserted-Identity, Remote-Party-ID, Diversion and
        /// others, including their compact forms.
        optional headers: {String},
    }
}

operation! {
    /// Create an outbound SIP trunk.
    ///
    /// Stores the credentials, address and caller number of a SIP trunk provider, and returns the `trunk_id` that calls need.
    CreateSipTrunk: "sip.create_trunk" = POST "/sip/outbound/trunks" -> SipTrunkId;
    method Sip::create_trunk; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-Outbound"; retry if_unsent;
    body {
        /// User name at the trunk provider.
        required username: Secret,
        /// Password at the trunk provider.
        required password: Secret,
        /// SIP host of the trunk provider.
        required address: String,
        /// Phone number from the provider, shown as the caller.
        required from: String,
    }
}

operation! {
    /// Update an outbound SIP trunk.
    ///
    /// Replaces credentials, address or caller number of an existing trunk and returns its id.
    UpdateSipTrunk: "sip.update_trunk" = POST "/sip/outbound/trunks/{trunk_id}" -> SipTrunkId;
    method Sip::update_trunk; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-Outbound"; retry always;
    path {
        /// Id of the trunk.
        trunk_id,
    }
    body {
        /// User name at the trunk provider.
        optional username: Secret,
        /// Password at the trunk provider.
        optional password: Secret,
        /// SIP host of the trunk provider.
        optional address: String,
        /// Phone number from the provider, shown as the caller.
        optional from: String,
    }
}

model! {
    /// A call that was placed.
    answer SipCallId {
        /// Id of the call.
        required id: String,
    }
}

model! {
    /// A trunk that was created or updated.
    answer SipTrunkId {
        /// Id of the trunk (`trunk_id`).
        required id: String,
    }
}
