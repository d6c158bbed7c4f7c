//! Controls of tracks: `publish_track`, `mute_track`, `unpublish_track`.

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{
    clock::text,
    resources::{peers, session_tracks},
    world::World,
};

/// What a peer publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Publish"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PublishTrack {
    /// Id of a connected peer.
    pub peer_id: String,
    /// `audio` or `video`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["audio", "video"])))]
    #[serde(rename = "type")]
    pub kind: String,
    /// `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist`, or any other text. Defaults to `regular`.
    #[cfg_attr(feature = "schema", schemars(extend("x-open" = ["regular", "screen", "plugin", "audioplaylist", "videoplaylist"])))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Track {
    /// Its id (UUID).
    pub id: String,
    /// Id of its stream (UUID). Tracks of one peer and one source share it.
    pub stream_id: String,
    /// Whether it is muted.
    pub mute: bool,
    /// `audio` or `video`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["audio", "video"])))]
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the media comes from.
    pub source: String,
    /// When it was published (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub started_at: String,
    /// Empty.
    pub description: String,
}

/// Mute or unmute a track.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct MuteTrack {
    /// Id of the track.
    pub(crate) track_id: String,
    /// Whether it is muted.
    pub(crate) mute: bool,
}

/// Remove a track.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct UnpublishTrack {
    /// Id of the track.
    pub(crate) track_id: String,
}

impl Control for PublishTrack {
    type Answer = Track;

    fn kept_bytes(&self) -> usize {
        self.peer_id.len() + self.kind.len() + self.source.as_ref().map_or(0, String::len)
    }

    fn run(self, world: &mut World) -> Result<Track, ControlError> {
        if !["audio", "video"].contains(&self.kind.as_str()) {
            return Err(ControlError::invalid("type must be audio or video"));
        }
        let source = self.source.as_deref().unwrap_or("regular");
        let state = &mut world.state;
        let track = session_tracks::publish(state, &self.peer_id, &self.kind, source, self.mute)?;
        Ok(track.into())
    }
}

impl Control for MuteTrack {
    type Answer = Track;

    fn run(self, world: &mut World) -> Result<Track, ControlError> {
        Ok(session_tracks::set_mute(&mut world.state, &self.track_id, self.mute)?.into())
    }
}

impl Control for UnpublishTrack {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        session_tracks::unpublish(&mut world.state, &self.track_id)?;
        Ok(())
    }
}

impl From<peers::Track> for Track {
    fn from(track: peers::Track) -> Self {
        Self {
            id: track.id,
            stream_id: track.stream_id,
            mute: track.mute,
            kind: track.kind,
            source: track.source,
            started_at: text(track.started_at),
            description: track.description,
        }
    }
}
