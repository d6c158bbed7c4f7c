//! Controls of tracks: `publish_track`, `mute_track`, `unpublish_track`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{rules::tracks, sandbox_state::SandboxState};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("publish_track", publish_track).keeping(),
    Control::new("mute_track", mute_track),
    Control::new("unpublish_track", unpublish_track),
];

/// What a peer publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PublishTrack {
    /// Id of a connected peer.
    pub peer_id: String,
    /// `audio` or `video`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist`, or any other text. Defaults to `regular`.
    #[serde(default)]
    pub source: Option<String>,
    /// Whether it starts muted.
    #[serde(default)]
    pub mute: bool,
}

impl PublishTrack {
    /// Publish a microphone.
    pub fn audio(peer_id: impl Into<String>) -> Self {
        Self {
            peer_id: peer_id.into(),
            kind: "audio".into(),
            source: None,
            mute: false,
        }
    }

    /// Publish a camera.
    pub fn video(peer_id: impl Into<String>) -> Self {
        Self {
            kind: "video".into(),
            ..Self::audio(peer_id)
        }
    }

    /// Publish a screen.
    pub fn screen(peer_id: impl Into<String>) -> Self {
        Self::video(peer_id).source("screen")
    }

    /// Set where the media comes from.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Start muted.
    pub fn muted(mut self) -> Self {
        self.mute = true;
        self
    }
}

/// A published track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Track {
    /// Its id (UUID).
    pub id: String,
    /// Id of its stream (UUID). Tracks of one peer and one source share it.
    pub stream_id: String,
    /// Whether it is muted.
    pub mute: bool,
    /// `audio` or `video`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the media comes from.
    pub source: String,
    /// When it was published (RFC 3339).
    pub started_at: String,
    /// Empty.
    pub description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MuteTrack {
    track_id: String,
    mute: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnpublishTrack {
    track_id: String,
}

fn publish_track(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let track: PublishTrack = read(arguments)?;
    if !["audio", "video"].contains(&track.kind.as_str()) {
        return Err(ControlError::invalid("type must be audio or video"));
    }
    let source = track.source.as_deref().unwrap_or("regular");
    answer(&tracks::publish(
        &mut sandbox.state,
        &track.peer_id,
        &track.kind,
        source,
        track.mute,
    )?)
}

fn mute_track(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let MuteTrack { track_id, mute } = read(arguments)?;
    answer(&tracks::set_mute(&mut sandbox.state, &track_id, mute)?)
}

fn unpublish_track(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let UnpublishTrack { track_id } = read(arguments)?;
    tracks::unpublish(&mut sandbox.state, &track_id)?;
    Ok(Value::Null)
}
