//! SIP: phone calls into rooms.

use super::patterns::DTMF_DIGIT;
use crate::by_name::{Entry, entry};
use crate::define::{model, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<SendDtmf>(),
    entry::<PlaceSipCall>(),
    entry::<CreateSipTrunk>(),
    entry::<UpdateSipTrunk>(),
];

operation! {
    /// Send DTMF tones to SIP peers.
    ///
    /// Plays the given tones to every SIP peer of the call; WebRTC peers hear nothing. Needs the auth token of a
    /// client peer (which names room and role): a management token does not work. Requests queue up and are played
    /// one after the other, each tone lasting 100 ms with 100 ms between tones.
    SendDtmf: "sip.send_dtmf" = POST "/sip/dtmf" -> Object;
    method Sip::send_dtmf; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-DTMF-transmission"; retry if_unsent;
    token {
        /// Token of a client that is in the room, as [`Tokens::auth`](crate::tokens::Tokens::auth) mints it; it is sent instead of the
        /// management token.
        required auth_token: Secret,
    }
    body {
        /// Tones in the order to play.
        required digits: [String] [like DTMF_DIGIT],
    }
}

operation! {
    /// Call a phone number from a room.
    ///
    /// Dials out over a trunk; whoever answers joins the room with the role that the room code stands for. The
    /// request blocks until the callee has answered or refused: the phone rings meanwhile, and a timeout leaves the
    /// outcome ambiguous. Several calls over one trunk may run at the same time, each with its own request.
    PlaceSipCall: "sip.call" = POST "/sip/outbound/call" -> SipCallId;
    method Sip::call; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-Outbound"; retry if_unsent, timeout 90;
    body {
        /// Phone number, or another identifier the trunk provider understands.
        required to: String,
        /// Name under which the callee appears in the room.
        optional name: String,
        /// Customer-side user id for the peer; may be empty.
        optional user_id: String,
        /// Room code; stands for one room and one role.
        required room_code: String,
        /// Trunk to dial over.
        required trunk_id: String,
        /// Whether to call with video. Default: `false`.
        optional video: bool,
        /// Custom SIP headers for the INVITE, passed on verbatim. Names must be valid SIP tokens (an X- prefix is
        /// advised); names or values with line breaks are refused. Reserved headers are ignored: To, From, Via,
        /// Contact, Call-ID, `CSeq`, Max-Forwards, Route, Content-Type, Content-Length, Authorization,
        /// P-Asserted-Identity, Remote-Party-ID, Diversion and others, compact forms included.
        optional headers: {String},
    }
}

operation! {
    /// Create an outbound SIP trunk.
    ///
    /// Stores the credentials, address and caller number of a SIP trunk provider and returns the `trunk_id` needed to
    /// place calls.
    CreateSipTrunk: "sip.create_trunk" = POST "/sip/outbound/trunks" -> SipTrunkId;
    method Sip::create_trunk; docs "how-to-guides/Session Initiation Protocol (SIP)/SIP-Outbound"; retry if_unsent;
    body {
        /// User name at the trunk provider.
        required username: Secret,
        /// Password at the trunk provider.
        required password: Secret,
        /// SIP host of the trunk provider.
        required address: String,
        /// Phone number acquired from the provider; shown as caller.
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
        /// Identifier of the trunk.
        trunk_id,
    }
    body {
        /// User name at the trunk provider.
        optional username: Secret,
        /// Password at the trunk provider.
        optional password: Secret,
        /// SIP host of the trunk provider.
        optional address: String,
        /// Phone number acquired from the provider; shown as caller.
        optional from: String,
    }
}

model! {
    /// Call that was placed.
    answer SipCallId {
        /// Identifier of the call.
        required id: String,
    }
}

model! {
    /// Trunk that was created or updated.
    answer SipTrunkId {
        /// Identifier of the trunk (`trunk_id`).
        required id: String,
    }
}
