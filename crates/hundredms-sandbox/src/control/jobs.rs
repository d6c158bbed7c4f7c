//! Controls of recordings and streams: `fail_job`, `fail_transcription`.

use serde::{Deserialize, Serialize, de::IntoDeserializer as _};
use serde_json::Value;

use super::{definition::Control, error::ControlError};
use crate::{
    resources::{
        media_jobs::{self, JobError, JobStatus, MediaJob},
        transcriptions,
    },
    state::State,
    world::World,
};

/// A summary of a recording, live stream or external stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Id of the room.
    pub room_id: String,
    /// `recording`, `live_stream` or `external_stream`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["recording", "live_stream", "external_stream"])))]
    pub kind: String,
    /// Its state, such as `failed`.
    pub status: String,
}

/// Make a job fail.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct FailJob {
    /// Id of the recording, live stream or external stream.
    pub(crate) job_id: String,
    /// Why it fails. Defaults to `INTERNAL_ERROR`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>", extend("enum" = ["INTERNAL_ERROR", "MAX_RETRIES_REACHED", "UPLOAD_ERROR", "BEAM_STOPPED"])))]
    pub(crate) reason: Option<JobError>,
}

/// Make the transcription of a job fail.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct FailTranscription {
    /// Id of the recording.
    pub(crate) job_id: String,
}

impl FailJob {
    pub(crate) fn new(job_id: &str, reason: &str) -> Result<Self, ControlError> {
        let reason = JobError::deserialize(reason.into_deserializer()).map_err(
            |_: serde::de::value::Error| {
                ControlError::invalid(
                    "reason: expected one of `INTERNAL_ERROR`, `MAX_RETRIES_REACHED`, `UPLOAD_ERROR`, `BEAM_STOPPED`",
                )
            },
        )?;
        Ok(Self {
            job_id: job_id.into(),
            reason: Some(reason),
        })
    }
}

impl Control for FailJob {
    type Answer = Job;

    fn run(self, world: &mut World) -> Result<Job, ControlError> {
        let job = job(&world.state, &self.job_id)?;
        let id = job.id;
        if matches!(job.status, JobStatus::Completed | JobStatus::Failed) {
            return Err(ControlError::invalid("the job is over"));
        }
        let reason = self.reason.unwrap_or(JobError::InternalError);
        media_jobs::fail(&mut world.state, id, reason);
        Ok(Job::of(self::job(&world.state, &self.job_id)?))
    }
}

impl Control for FailTranscription {
    type Answer = Job;

    fn run(self, world: &mut World) -> Result<Job, ControlError> {
        let id = job(&world.state, &self.job_id)?.id;
        if !transcriptions::fail(&mut world.state, id) {
            return Err(ControlError::invalid(
                "no transcription of the job is under way",
            ));
        }
        Ok(Job::of(job(&world.state, &self.job_id)?))
    }
}

fn job<'a>(state: &'a State, id: &str) -> Result<&'a MediaJob, ControlError> {
    let id = id.parse().ok();
    id.and_then(|id| state.media_jobs.of_id(id))
        .ok_or_else(|| ControlError::not_found("Job not found"))
}

impl Job {
    fn of(job: &MediaJob) -> Self {
        Self {
            id: job.id.to_string(),
            room_id: job.room_id.to_string(),
            kind: word(&job.settings.kind()),
            status: word(&job.status),
        }
    }
}

/// The name of a variant, as in JSON.
fn word(variant: &impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
