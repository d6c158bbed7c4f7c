//! Common fields of responses about recordings, live streams and external streams.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    media_jobs::{JobStatus, MediaJob},
    recording_assets::{EmbeddedAsset, embedded},
};
use crate::{clock, ids::ObjectId, state::State};

/// The fields that all kinds of jobs have.
#[derive(Debug, Serialize)]
pub(super) struct JobAnswer<'a> {
    id: ObjectId,
    room_id: ObjectId,
    session_id: ObjectId,
    status: JobStatus,
    meeting_url: &'a str,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize_option")]
    started_at: Option<Timestamp>,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
    #[serde(serialize_with = "clock::serialize_option")]
    stopped_at: Option<Timestamp>,
    /// Peers that started and stopped it. Empty, because here only the API and the service do.
    started_by: &'static str,
    stopped_by: &'static str,
}

pub(super) fn job_answer(job: &MediaJob) -> JobAnswer<'_> {
    JobAnswer {
        id: job.id,
        room_id: job.room_id,
        session_id: job.session_id,
        status: job.status,
        meeting_url: &job.settings.meeting_url,
        created_at: job.created_at,
        started_at: job.started_at,
        updated_at: job.updated_at,
        stopped_at: job.stopped_at,
        started_by: "",
        stopped_by: "",
    }
}

/// The files of a job. `None` before there is one.
pub(super) fn assets<'a>(state: &'a State, job: &MediaJob) -> Option<Vec<EmbeddedAsset<'a>>> {
    let ids = job.asset_ids.iter();
    let assets: Vec<_> = ids
        .filter_map(|id| state.recording_assets.of_id(*id))
        .map(embedded)
        .collect();
    (!assets.is_empty()).then_some(assets)
}

/// The jobs that a stop of a whole room has stopped, wrapped as the streams have it.
#[derive(Debug, Serialize)]
pub(super) struct StoppedStreams<T> {
    pub(super) limit: usize,
    pub(super) data: Vec<T>,
    pub(super) last: Option<ObjectId>,
}

/// The `limit` of every such answer.
pub(super) const STOPPED_LIMIT: usize = 10;
