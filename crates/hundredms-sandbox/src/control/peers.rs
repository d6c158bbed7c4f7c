//! Controls of peers: `join_peer`, `leave_peer`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    definition::{Control, bytes},
    error::ControlError,
};
use crate::{
    clock::text,
    resources::{
        peers::{PeerKind, peer_not_found},
        session_life::{self, Join},
    },
    world::World,
};

/// Who joins: by a client auth token, or by room and role.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Join", extend("x-alternatives" = [["token"], ["room_id", "role", "user_id?"]])))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct JoinPeer {
    /// A client auth token. It contains room, role and user id, so these must not be set too.
    pub token: Option<String>,
    /// Id of the room.
    pub room_id: Option<String>,
    /// A role of the room's template.
    pub role: Option<String>,
    /// Your own id for the user.
    pub user_id: Option<String>,
    /// Display name.
    pub name: Option<String>,
    /// Free text, usually JSON.
    pub metadata: Option<String>,
}

impl JoinPeer {
    /// Join with a client auth token.
    pub fn with_token(token: impl Into<String>) -> Self {
        Self {
            token: Some(token.into()),
            ..Self::default()
        }
    }

    /// Join a room in this role, without a token.
    pub fn with_role(room_id: impl Into<String>, role: impl Into<String>) -> Self {
        Self {
            room_id: Some(room_id.into()),
            role: Some(role.into()),
            ..Self::default()
        }
    }

    /// Set the display name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Set your own id for the user. A token contains its own.
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// Set the metadata.
    pub fn metadata(mut self, metadata: impl Into<String>) -> Self {
        self.metadata = Some(metadata.into());
        self
    }
}

impl fmt::Debug for JoinPeer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinPeer")
            .field("token", &self.token.as_ref().map(|_| "[secret]"))
            .field("room_id", &self.room_id)
            .field("role", &self.role)
            .field("user_id", &self.user_id)
            .field("name", &self.name)
            .field("metadata", &self.metadata)
            .finish()
    }
}

/// A peer that has joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Peer {
    /// Its id (UUID). New on every join.
    pub id: String,
    /// Id of the room.
    pub room_id: String,
    /// Id of the room's running session.
    pub session_id: String,
    /// Display name. Empty if unset.
    pub name: String,
    /// Your own id for the user. Empty if unset.
    pub user_id: String,
    /// Free text. Empty if unset.
    pub metadata: String,
    /// The role in the room.
    pub role: String,
    /// When it joined (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub joined_at: String,
}

/// Who leaves, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LeavePeer {
    /// Id of the peer.
    pub peer_id: String,
    /// The reason in webhooks. Defaults to `client request`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = REASONS)))]
    #[serde(default)]
    pub reason: Option<String>,
}

impl LeavePeer {
    /// Leave with the leave button.
    pub fn new(peer_id: impl Into<String>) -> Self {
        Self {
            peer_id: peer_id.into(),
            reason: None,
        }
    }

    /// Leave for another reason: `websocket closed`, `ice connection state closed`, or `server removed peer`.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

const REASONS: [&str; 4] = [
    "client request",
    "websocket closed",
    "ice connection state closed",
    "server removed peer",
];

impl Control for JoinPeer {
    type Answer = Peer;

    fn kept_bytes(&self) -> usize {
        bytes([
            &self.token,
            &self.room_id,
            &self.role,
            &self.user_id,
            &self.name,
            &self.metadata,
        ])
    }

    fn run(self, world: &mut World) -> Result<Peer, ControlError> {
        let state = &mut world.state;
        let (room_id, role, user_id) = match (self.token, self.room_id, self.role) {
            (Some(token), None, None) if self.user_id.is_none() => {
                let claims = state.credentials.client_claims(&token, state.now())?;
                (claims.room_id, claims.role, claims.user_id)
            }
            (None, Some(room_id), Some(role)) => (room_id, role, self.user_id),
            _ => {
                return Err(ControlError::invalid(
                    "a peer joins by token, or by room_id and role with or without user_id",
                ));
            }
        };
        let join = Join {
            room_id,
            role,
            name: self.name.unwrap_or_default(),
            user_id: user_id.unwrap_or_default(),
            metadata: self.metadata.unwrap_or_default(),
            kind: PeerKind::Regular,
        };
        let id = session_life::join(state, join)?;
        let (session, peer) = state.sessions.peer(&id).ok_or_else(peer_not_found)?;
        Ok(Peer {
            id,
            room_id: session.room_id.to_string(),
            session_id: session.id.to_string(),
            name: peer.name.clone(),
            user_id: peer.user_id.clone(),
            metadata: peer.metadata.clone(),
            role: peer.role.clone(),
            joined_at: text(peer.joined_at),
        })
    }
}

impl Control for LeavePeer {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        let reason = self.reason.as_deref().unwrap_or(REASONS[0]);
        if !REASONS.contains(&reason) {
            let reasons = REASONS.join(", ");
            return Err(ControlError::invalid(format!(
                "reason must be one of {reasons}"
            )));
        }
        session_life::leave(&mut world.state, &self.peer_id, reason, None)?;
        Ok(())
    }
}
