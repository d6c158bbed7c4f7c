//! The store of recording assets, the files that jobs leave behind.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{api_response::ApiError, ids::ObjectId, state::stored_files::StoredFile};

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AssetKind {
    RoomComposite,
    RoomCompositeLegacy,
    RoomVod,
    Chat,
    Transcript,
    Summary,
    Track,
    Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AssetStatus {
    Processing,
    Completed,
    Failed,
}

/// A file that a job creates.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    pub(crate) id: ObjectId,
    pub(crate) job_id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) kind: AssetKind,
    pub(crate) status: AssetStatus,
    /// `None` until the file exists, and if it was not created.
    pub(crate) file: Option<StoredFile>,
    /// When the file was created, or before that, when the asset was.
    pub(crate) created_at: Timestamp,
    pub(crate) metadata: Value,
    /// The default validity of links.
    pub(crate) link_seconds: i64,
}

impl Asset {
    /// Record that the file exists.
    pub(crate) fn complete(&mut self, file: StoredFile, now: Timestamp) {
        self.status = AssetStatus::Completed;
        self.file = Some(file);
        self.created_at = now;
    }
}

/// All assets by id. They are never deleted.
#[derive(Debug, Clone, Default)]
pub(crate) struct RecordingAssets {
    pub(crate) by_id: BTreeMap<ObjectId, Asset>,
}

impl RecordingAssets {
    pub(crate) fn add(&mut self, asset: Asset) {
        self.by_id.insert(asset.id, asset);
    }

    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&Asset> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut Asset> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn get(&self, id: &str) -> Result<&Asset, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(|| ApiError::not_found("recording asset not found"))
    }
}
