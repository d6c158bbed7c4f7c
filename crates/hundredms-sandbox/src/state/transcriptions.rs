//! Settings of transcriptions, and the transcriptions that are running.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::ids::ObjectId;

pub(crate) const MODES: &[&str] = &["txt", "srt", "json"];

/// How a recording is transcribed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Transcription {
    /// Never empty.
    pub(crate) output_modes: Vec<String>,
    pub(crate) custom_vocabulary: Vec<String>,
    /// None when no summary is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<Value>,
}

/// Transcriptions running, by the job that they belong to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Transcriptions {
    pub(crate) running: BTreeMap<ObjectId, RunningTranscription>,
}

#[derive(Debug, Clone)]
pub(crate) struct RunningTranscription {
    pub(crate) id: ObjectId,
    pub(crate) asset_ids: Vec<ObjectId>,
}
