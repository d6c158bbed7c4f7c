//! Encoders that stream into rooms over RTMP.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::ids::ObjectId;

/// One ingestion. It outlives its connection while the encoder may reconnect.
#[derive(Debug, Clone)]
pub(crate) struct Ingest {
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    /// The live stream.
    pub(crate) stream_id: ObjectId,
    pub(crate) started_at: Timestamp,
    /// None while nobody is connected.
    pub(crate) connected_at: Option<Timestamp>,
    pub(crate) disconnected_at: Option<Timestamp>,
    /// Duration of received media, up to the last disconnection.
    pub(crate) fed: SignedDuration,
}

/// Ingestions that are not over, by room.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ingests {
    pub(crate) by_room: BTreeMap<ObjectId, Ingest>,
}

impl Ingests {
    /// Whether an encoder feeds this live stream, or may still reconnect.
    pub(crate) fn feeds(&self, stream_id: ObjectId) -> bool {
        let mut ingests = self.by_room.values();
        ingests.any(|ingest| ingest.stream_id == stream_id)
    }
}
