//! Controls of recordings and streams: `fail_job`, `fail_transcription`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    ids::ObjectId,
    rules::{media_jobs, transcriptions},
    sandbox_state::SandboxState,
    state::{
        State,
        job_settings::JobKind,
        media_jobs::{JobError, JobStatus, MediaJob},
    },
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("fail_job", fail_job),
    Control::new("fail_transcription", fail_transcription),
];

/// A summary of a recording, live stream or external stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Id of the room.
    pub room_id: String,
    /// `recording`, `live_stream` or `external_stream`.
    pub kind: String,
    /// Its state, such as `failed`.
    pub status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailJob {
    job_id: String,
    #[serde(default)]
    reason: Option<JobError>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailTranscription {
    job_id: String,
}

#[derive(Serialize)]
struct JobAnswer {
    id: ObjectId,
    room_id: ObjectId,
    kind: JobKind,
    status: JobStatus,
}

fn fail_job(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let FailJob { job_id, reason } = read(arguments)?;
    let job = job(&sandbox.state, &job_id)?;
    let id = job.id;
    if matches!(job.status, JobStatus::Completed | JobStatus::Failed) {
        return Err(ControlError::invalid("the job is over"));
    }
    let reason = reason.unwrap_or(JobError::InternalError);
    media_jobs::fail(&mut sandbox.state, id, reason);
    answer(&job_answer(self::job(&sandbox.state, &job_id)?))
}

fn fail_transcription(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let FailTranscription { job_id } = read(arguments)?;
    let id = job(&sandbox.state, &job_id)?.id;
    if !transcriptions::fail(&mut sandbox.state, id) {
        return Err(ControlError::invalid(
            "no transcription of the job is under way",
        ));
    }
    answer(&job_answer(job(&sandbox.state, &job_id)?))
}

fn job<'a>(state: &'a State, id: &str) -> Result<&'a MediaJob, ControlError> {
    let id = id.parse().ok();
    id.and_then(|id| state.media_jobs.of_id(id))
        .ok_or_else(|| ControlError::not_found("Job not found"))
}

fn job_answer(job: &MediaJob) -> JobAnswer {
    JobAnswer {
        id: job.id,
        room_id: job.room_id,
        kind: job.settings.kind(),
        status: job.status,
    }
}
