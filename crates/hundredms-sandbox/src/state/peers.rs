//! Peers and their tracks, as sessions keep them.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{api_response::ApiError, clock};

/// One participation in a session. Each join creates a new one. It remains after the peer has left.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// UUID.
    pub(crate) id: String,
    pub(crate) name: String,
    /// Empty if the peer joined without one.
    pub(crate) user_id: String,
    /// Free text, mostly JSON.
    pub(crate) metadata: String,
    pub(crate) role: String,
    pub(crate) kind: PeerKind,
    pub(crate) joined_at: Timestamp,
    /// None while connected.
    pub(crate) left_at: Option<Timestamp>,
    /// What the peer publishes now, in the order of publishing.
    pub(crate) tracks: Vec<Track>,
}

impl Peer {
    pub(crate) fn is_connected(&self) -> bool {
        self.left_at.is_none()
    }
}

/// How a peer is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeerKind {
    /// Through a client SDK.
    Regular,
    /// By telephone.
    Sip,
}

impl PeerKind {
    /// Return the `type` of webhooks.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Sip => "sip",
        }
    }
}

/// A published track, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Track {
    /// UUID.
    pub(crate) id: String,
    /// UUID; tracks of one peer and one source share it.
    pub(crate) stream_id: String,
    pub(crate) mute: bool,
    /// `audio` or `video`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// `regular`, `screen` or any other word.
    pub(crate) source: String,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) started_at: Timestamp,
    pub(crate) description: String,
}

/// Whether a role's `publishParams` allow such a track. A track with source `screen` counts as screen, also if it is audio.
pub(crate) fn may_publish(role: &Value, kind: &str, source: &str) -> bool {
    let needed = if source == "screen" { source } else { kind };
    role["publishParams"]["allowed"]
        .as_array()
        .is_some_and(|allowed| allowed.iter().any(|word| word == needed))
}

pub(crate) fn peer_not_found() -> ApiError {
    ApiError::not_found("Peer not found")
}
