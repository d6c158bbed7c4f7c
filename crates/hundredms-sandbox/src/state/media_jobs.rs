//! The store of recordings, live streams and external streams.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    api_response::ApiError,
    ids::ObjectId,
    state::job_settings::{JobKind, JobSettings},
};

/// Time from the start until the bot is in the room.
pub(crate) const STARTING_SECONDS: i64 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobStatus {
    Starting,
    Running,
    Stopping,
    PostProcessing,
    Completed,
    Failed,
}

/// Why a job failed, with the texts of the webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum JobError {
    InternalError,
    MaxRetriesReached,
    UploadError,
    BeamStopped,
}

impl JobError {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InternalError => "INTERNAL_ERROR",
            Self::MaxRetriesReached => "MAX_RETRIES_REACHED",
            Self::UploadError => "UPLOAD_ERROR",
            Self::BeamStopped => "BEAM_STOPPED",
        }
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::InternalError => "Internal error",
            Self::MaxRetriesReached => {
                "Beam couldn't connect to Meeting URL after 5 retries. Check if meeting URL is correct."
            }
            Self::UploadError => "Failed to upload recordings. Check if upload config is correct.",
            Self::BeamStopped => "Beam stopped too early",
        }
    }
}

/// A recording, live stream or external stream.
#[derive(Debug, Clone)]
pub(crate) struct MediaJob {
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) session_id: ObjectId,
    pub(crate) status: JobStatus,
    pub(crate) settings: JobSettings,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) updated_at: Timestamp,
    pub(crate) stopped_at: Option<Timestamp>,
    /// The run, in the words of the webhooks.
    pub(crate) beam_id: ObjectId,
    /// The bot. It is a peer only in webhooks.
    pub(crate) peer_id: String,
    pub(crate) asset_ids: Vec<ObjectId>,
    pub(crate) stop_reason: &'static str,
    pub(crate) paused_since: Option<Timestamp>,
    pub(crate) paused: SignedDuration,
}

impl MediaJob {
    /// Whether the bot is in the room, or is joining or leaving.
    pub(crate) fn is_in_room(&self) -> bool {
        use JobStatus::{Running, Starting, Stopping};
        matches!(self.status, Starting | Running | Stopping)
    }

    /// Return how long it ran, in whole seconds.
    pub(crate) fn seconds(&self) -> i64 {
        self.ran().as_secs()
    }

    /// Return how much it recorded, in whole seconds: without the pauses.
    pub(crate) fn recorded_seconds(&self) -> i64 {
        (self.ran() - self.paused).as_secs().max(0)
    }

    pub(crate) fn ran(&self) -> SignedDuration {
        match (self.started_at, self.stopped_at) {
            (Some(started), Some(stopped)) => stopped.duration_since(started),
            _ => SignedDuration::ZERO,
        }
    }

    pub(crate) fn resume(&mut self, now: Timestamp) {
        if let Some(since) = self.paused_since.take() {
            self.paused += now.duration_since(since);
        }
    }
}

/// All jobs of all kinds.
#[derive(Debug, Clone, Default)]
pub(crate) struct MediaJobs {
    pub(crate) by_id: BTreeMap<ObjectId, MediaJob>,
    /// Room and job, for the jobs that are in a room.
    pub(crate) in_rooms: BTreeSet<(ObjectId, ObjectId)>,
}

impl MediaJobs {
    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&MediaJob> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut MediaJob> {
        self.by_id.get_mut(&id)
    }

    /// Return the job with this id and kind. 404 if there is none.
    pub(crate) fn get(&self, id: &str, kind: JobKind) -> Result<&MediaJob, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .filter(|job| job.settings.kind() == kind)
            .ok_or_else(beam_not_found)
    }

    /// Return the jobs of a room that are in it, oldest first.
    pub(crate) fn in_room(&self, room_id: ObjectId) -> impl Iterator<Item = &MediaJob> {
        self.in_rooms
            .range((room_id, ObjectId::LOWEST)..=(room_id, ObjectId::HIGHEST))
            .filter_map(|(_, id)| self.by_id.get(id))
    }

    /// Return the jobs that are in a session.
    pub(crate) fn in_session(&self, room_id: ObjectId, session_id: ObjectId) -> Vec<ObjectId> {
        self.in_room(room_id)
            .filter(|job| job.session_id == session_id)
            .map(|job| job.id)
            .collect()
    }
}

/// Return the service's error for a job that does not exist or has ended.
pub(crate) fn beam_not_found() -> ApiError {
    ApiError::not_found("beam not found")
}
