//! Controls of RTMP ingestion: `start_rtmp_in`, `stop_rtmp_in`, `fail_rtmp_in`.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    api_response::ApiError,
    ids::ObjectId,
    rules::ingests,
    sandbox_state::SandboxState,
    state::{State, ingests::Ingest},
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("start_rtmp_in", |sandbox, arguments| {
        run(sandbox, arguments, ingests::connect)
    }),
    Control::new("stop_rtmp_in", |sandbox, arguments| {
        run(sandbox, arguments, ingests::disconnect)
    }),
    Control::new("fail_rtmp_in", |sandbox, arguments| {
        run(sandbox, arguments, ingests::fail)
    }),
];

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
#[non_exhaustive]
pub struct RtmpIn {
    /// Its id, which is the `ingest_id` of webhooks.
    pub id: String,
    /// Id of the room.
    pub room_id: String,
    /// Id of its live stream.
    pub stream_id: String,
}

/// As [`RtmpInto`], but with our own error if it names neither or both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FedRoom {
    #[serde(default)]
    room_id: Option<String>,
    #[serde(default)]
    stream_key: Option<String>,
}

#[derive(Serialize)]
struct RtmpInAnswer {
    id: ObjectId,
    room_id: ObjectId,
    stream_id: ObjectId,
}

fn run(
    sandbox: &mut SandboxState,
    arguments: Value,
    what: fn(&mut State, ObjectId) -> Result<Ingest, ApiError>,
) -> Result<Value, ControlError> {
    let state = &mut sandbox.state;
    let FedRoom {
        room_id,
        stream_key,
    } = read(arguments)?;
    let room_id = match (room_id, stream_key) {
        (Some(id), None) => state.rooms.get(&id)?.id,
        (None, Some(key)) => room_of_key(state, &key)?,
        _ => {
            return Err(ControlError::invalid(
                "an encoder feeds a room by its room_id, or by its stream_key",
            ));
        }
    };
    let ingest = what(state, room_id)?;
    answer(&RtmpInAnswer {
        id: ingest.id,
        room_id: ingest.room_id,
        stream_id: ingest.stream_id,
    })
}

fn room_of_key(state: &State, key: &str) -> Result<ObjectId, ControlError> {
    let room_id = state.stream_keys.room_of(key);
    room_id.ok_or_else(|| ControlError::not_found("Stream key not found"))
}
