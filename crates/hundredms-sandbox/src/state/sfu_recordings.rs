//! What the media server is recording, and what it is uploading.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use crate::{ids::ObjectId, state::recording_assets::AssetKind};

/// Running recordings, and uploads to the storage.
#[derive(Debug, Clone, Default)]
pub(crate) struct SfuRecordings {
    /// Sessions in which anything was published.
    pub(crate) with_media: BTreeSet<ObjectId>,
    pub(crate) tracks: BTreeSet<String>,
    pub(crate) streams: BTreeMap<String, StreamRun>,
    pub(crate) uploads: BTreeMap<ObjectId, Upload>,
}

/// The tracks of one stream that are published now.
#[derive(Debug, Clone)]
pub(crate) struct StreamRun {
    pub(crate) started_at: Timestamp,
    pub(crate) tracks: usize,
    pub(crate) stream_type: &'static str,
}

/// A finished recording of a track or a stream, or of a whole session.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) session_id: ObjectId,
    pub(crate) started_at: Timestamp,
    pub(crate) kind: AssetKind,
    /// Below the storage's prefix.
    pub(crate) path: String,
    /// Seconds, as in the asset.
    pub(crate) duration: i64,
    pub(crate) metadata: Value,
    pub(crate) event: &'static str,
    pub(crate) data: Value,
}
