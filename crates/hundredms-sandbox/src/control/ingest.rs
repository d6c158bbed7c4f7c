//! Controls of RTMP ingestion: `start_rtmp_in`, `stop_rtmp_in`, `fail_rtmp_in`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{
    ids::ObjectId,
    resources::ingests::{self, Ingest},
    state::State,
    world::World,
};

/// The room that an encoder streams into: by its id, or by its stream key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RtmpInto {
    /// The id of a room, whose active stream key is used.
    RoomId(String),
    /// A stream key.
    StreamKey(String),
}

impl fmt::Debug for RtmpInto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RoomId(id) => f.debug_tuple("RoomId").field(id).finish(),
            Self::StreamKey(_) => f.debug_tuple("StreamKey").field(&"[secret]").finish(),
        }
    }
}

/// An ingestion over RTMP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RtmpIn {
    /// Its id, which is the `ingest_id` of webhooks.
    pub id: String,
    /// Id of the room.
    pub room_id: String,
    /// Id of its live stream.
    pub stream_id: String,
}

/// The room that an encoder streams into: by its id, or by its stream key.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RtmpInto", extend("x-alternatives" = [["room_id"], ["stream_key"]])))]
#[serde(deny_unknown_fields)]
pub(crate) struct RtmpRoom {
    /// Id of the room, whose active stream key is used.
    #[serde(default)]
    room_id: Option<String>,
    /// A stream key instead.
    #[serde(default)]
    stream_key: Option<String>,
}

impl From<&RtmpInto> for RtmpRoom {
    fn from(into: &RtmpInto) -> Self {
        let (room_id, stream_key) = match into.clone() {
            RtmpInto::RoomId(id) => (Some(id), None),
            RtmpInto::StreamKey(key) => (None, Some(key)),
        };
        Self {
            room_id,
            stream_key,
        }
    }
}

impl RtmpRoom {
    fn id(self, state: &State) -> Result<ObjectId, ControlError> {
        match (self.room_id, self.stream_key) {
            (Some(id), None) => Ok(state.rooms.get(&id)?.id),
            (None, Some(key)) => {
                let room_id = state.stream_keys.room_of(&key);
                room_id.ok_or_else(|| ControlError::not_found("Stream key not found"))
            }
            _ => Err(ControlError::invalid(
                "an encoder feeds a room by its room_id, or by its stream_key",
            )),
        }
    }
}

impl From<Ingest> for RtmpIn {
    fn from(ingest: Ingest) -> Self {
        Self {
            id: ingest.id.to_string(),
            room_id: ingest.room_id.to_string(),
            stream_id: ingest.stream_id.to_string(),
        }
    }
}

/// Connect an encoder.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct StartRtmpIn(pub(crate) RtmpRoom);

/// Disconnect an encoder.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct StopRtmpIn(pub(crate) RtmpRoom);

/// End an encoder's stream with an error.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct FailRtmpIn(pub(crate) RtmpRoom);

impl Control for StartRtmpIn {
    type Answer = RtmpIn;

    fn run(self, world: &mut World) -> Result<RtmpIn, ControlError> {
        let room_id = self.0.id(&world.state)?;
        Ok(ingests::connect(&mut world.state, room_id)?.into())
    }
}

impl Control for StopRtmpIn {
    type Answer = RtmpIn;

    fn run(self, world: &mut World) -> Result<RtmpIn, ControlError> {
        let room_id = self.0.id(&world.state)?;
        Ok(ingests::disconnect(&mut world.state, room_id)?.into())
    }
}

impl Control for FailRtmpIn {
    type Answer = RtmpIn;

    fn run(self, world: &mut World) -> Result<RtmpIn, ControlError> {
        let room_id = self.0.id(&world.state)?;
        Ok(ingests::fail(&mut world.state, room_id)?.into())
    }
}
