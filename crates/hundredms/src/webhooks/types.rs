//! The table of event types, and what is derived from it: [`EventType`], [`EventData`], [`Payload`].

use hundredms_deserialize_error::DeserializeError;
use serde::Serialize;
use serde_json::{Map, Value};

use super::data::beam::{
    BeamFailure, BeamRecordingSuccess, BeamStartedSuccess, BeamStoppedSuccess,
};
use super::data::hls::{HlsFailure, HlsRecordingSuccess, HlsStartedSuccess, HlsStoppedSuccess};
use super::data::ingest::{
    IngestEndSuccess, IngestFailure, IngestStartFailure, IngestStartSuccess,
};
use super::data::peer::{PeerJoinFailure, PeerJoinSuccess, PeerLeaveFailure, PeerLeaveSuccess};
use super::data::recording::{RecordingFailed, RecordingSuccess};
use super::data::role::{RoleChangeFailure, RoleChangeSuccess};
use super::data::room::{RoomEndFailure, RoomEndSuccess};
use super::data::session::{SessionCloseSuccess, SessionOpenSuccess};
use super::data::stream_recording::{StreamRecordingFailure, StreamRecordingSuccess};
use super::data::track_recording::{
    TrackRecordingFailure, TrackRecordingStartedSuccess, TrackRecordingSuccess,
};
use super::data::transcription::{
    TranscriptionFailure, TranscriptionStartedSuccess, TranscriptionSuccess,
};
use crate::define::open_enum;
use crate::wire::deserialize::deserialize;
use crate::wire::extra::Extra;
use crate::wire::field::Wire;
use crate::wire::malformed::Malformed;
use crate::wire::mode::Mode;
use crate::wire::shape::Shape;

/// The data of one event type. Implemented by the structs named after the types, and sealed.
pub trait Payload: Serialize + Clone + Send + Sync + Sized + sealed::Sealed + 'static {
    /// The event type that has it.
    const KIND: EventType;

    /// Return the data of an event as this type.
    fn of(data: &EventData) -> Option<&Self>;

    /// Take the data of an event as this type. Returns it unchanged if it is of another type.
    #[expect(clippy::missing_errors_doc, reason = "said above")]
    fn take(data: EventData) -> Result<Box<Self>, EventData>;
}

mod sealed {
    pub trait Sealed {}
}

/// Define the event types.
macro_rules! events {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal $(| $alias:literal)*,)*) => {
        open_enum! {
            /// What an event is about; it decides the shape of the data. The service may add types at any time.
            EventType { $($(#[doc = $doc])* $name = $text $(| $alias)*,)* }
        }

        /// The data of an event, by its type.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum EventData {
            $( $(#[doc = $doc])* #[doc = concat!("`", $text, "`")] $name(Box<$name>), )*
            /// A type that this version does not know.
            Unknown(Extra),
            /// A known type whose data does not match, or an event without id or type.
            Malformed(Malformed),
        }

        impl EventData {
            /// Read the data of an event of type `kind`.
            pub(super) fn read(kind: &EventType, text: &[u8]) -> Result<Self, DeserializeError> {
                Ok(match kind {
                    $( EventType::$name => Self::$name(Box::new(deserialize(Mode::Lenient, text)?.value)), )*
                    EventType::Other(_) => {
                        let fields: Map<String, Value> = deserialize(Mode::Lenient, text)?.value;
                        Self::Unknown(fields.into())
                    }
                })
            }

            /// Return the type with this name, and the shape of its data. Other names of the type are ignored.
            pub(super) fn shape(name: &[u8]) -> Option<(&'static str, &'static Shape)> {
                $( if name == $text.as_bytes() {
                    return Some(($text, <$name as Wire>::SHAPE));
                } )*
                None
            }
        }

        impl Serialize for EventData {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$name(data) => data.serialize(serializer), )*
                    Self::Unknown(fields) => fields.serialize(serializer),
                    Self::Malformed(malformed) => malformed.data.serialize(serializer),
                }
            }
        }

        $(
            impl sealed::Sealed for $name {}

            impl Payload for $name {
                const KIND: EventType = EventType::$name;

                fn of(data: &EventData) -> Option<&Self> {
                    match data {
                        EventData::$name(data) => Some(data),
                        _ => None,
                    }
                }

                fn take(data: EventData) -> Result<Box<Self>, EventData> {
                    match data {
                        EventData::$name(data) => Ok(data),
                        other => Err(other),
                    }
                }
            }
        )*

        /// Describe the data of every event type. The models are added to `generator`.
        #[cfg(feature = "schema")]
        pub fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<EventSchema> {
            vec![$( EventSchema {
                kind: $text,
                docs: concat!($($doc, "\n"),*).trim(),
                data: generator.subschema_for::<$name>(),
            } ),*]
        }
    };
}

/// What `cargo xtask gen` reads of an event type.
#[cfg(feature = "schema")]
#[derive(Debug)]
#[non_exhaustive]
pub struct EventSchema {
    /// The type: `peer.join.success`.
    pub kind: &'static str,
    /// What happened.
    pub docs: &'static str,
    /// The data, as a reference to the definitions.
    pub data: schemars::Schema,
}

events! {
    /// A session started in a room.
    SessionOpenSuccess = "session.open.success",
    /// A session ended.
    SessionCloseSuccess = "session.close.success",
    /// A peer joined the room.
    PeerJoinSuccess = "peer.join.success",
    /// A peer left the room.
    PeerLeaveSuccess = "peer.leave.success",
    /// A peer could not join.
    PeerJoinFailure = "peer.join.failure",
    /// A leave request failed.
    PeerLeaveFailure = "peer.leave.failure",
    /// A room was ended on request.
    RoomEndSuccess = "room.end.success",
    /// An end-room request failed.
    RoomEndFailure = "room.end.failure",
    /// The role of a peer changed.
    RoleChangeSuccess = "role.change.success",
    /// A role change was refused.
    RoleChangeFailure = "role.change.failure",
    /// Recording of a single track started.
    TrackRecordingStartedSuccess = "track.recording.started.success",
    /// The recording of a single track is uploaded.
    TrackRecordingSuccess = "track.recording.success",
    /// The recording of a single track failed.
    TrackRecordingFailure = "track.recording.failure",
    /// The recording of one peer stream (its audio and video together) is uploaded.
    StreamRecordingSuccess = "stream.recording.success",
    /// The recording of one peer stream failed.
    StreamRecordingFailure = "stream.recording.failure",
    /// The composed (legacy, SFU side) recording of a session is uploaded.
    RecordingSuccess = "recording.success",
    /// The composed (legacy, SFU side) recording of a session failed.
    RecordingFailed = "recording.failed",
    /// A beam run (RTMP push, browser recording or both) started.
    BeamStartedSuccess = "beam.started.success",
    /// A beam run (RTMP push, browser recording or both) ended.
    BeamStoppedSuccess = "beam.stopped.success",
    /// The browser recording is uploaded.
    BeamRecordingSuccess = "beam.recording.success",
    /// A beam run (RTMP push, browser recording or both) failed.
    BeamFailure = "beam.failure",
    /// HLS live streaming is running.
    HlsStartedSuccess = "hls.started.success",
    /// HLS live streaming has stopped.
    HlsStoppedSuccess = "hls.stopped.success",
    /// HLS streaming and/or its recording failed.
    HlsFailure = "hls.failure",
    /// The recordings of an HLS stream are uploaded.
    HlsRecordingSuccess = "hls.recording.success",
    /// Transcription of a finished recording started.
    TranscriptionStartedSuccess = "transcription.started.success",
    /// Transcript and summary are uploaded.
    TranscriptionSuccess = "transcription.success",
    /// Transcription failed, completely or in part.
    TranscriptionFailure = "transcription.failure" | "transcription.failed",
    /// An RTMP broadcaster is connected.
    IngestStartSuccess = "ingest.start.success",
    /// An RTMP broadcast ended.
    IngestEndSuccess = "ingest.end.success",
    /// An RTMP broadcaster could not start.
    IngestStartFailure = "ingest.start.failure",
    /// A running RTMP ingestion failed.
    IngestFailure = "ingest.failure",
}
