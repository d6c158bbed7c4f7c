//! Controls of recordings and streams: `fail_job`, `fail_transcription`, `resize_asset`.

use serde::{Deserialize, Serialize, de::IntoDeserializer as _};
use serde_json::Value;

use super::{definition::Control, error::SandboxError};
use crate::{
    rules::{media_jobs, transcriptions},
    sandbox_state::SandboxState,
    state::{
        State,
        media_jobs::{JobError, JobStatus, MediaJob},
    },
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

/// Set the size of a file.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ResizeAsset {
    /// Id of the recording asset.
    pub(crate) asset_id: String,
    /// Size of its file in bytes, at most 1 TiB.
    pub(crate) size: i64,
}

/// The maximum size of a file.
const MAX_FILE: i64 = 1 << 40;

impl Control for ResizeAsset {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        if !(0..=MAX_FILE).contains(&self.size) {
            return Err(SandboxError::invalid("size must be 0 to 1099511627776"));
        }
        let assets = &mut sandbox.state.recording_assets;
        let asset = self.asset_id.parse().ok();
        let asset = asset.and_then(|id| assets.of_id_mut(id));
        let asset = asset.ok_or_else(|| SandboxError::not_found("Recording asset not found"))?;
        let Some(file) = &mut asset.file else {
            return Err(SandboxError::invalid("the asset has no file yet"));
        };
        file.size = self.size;
        file.generated = true;
        Ok(())
    }
}

impl FailJob {
    pub(crate) fn new(job_id: &str, reason: &str) -> Result<Self, SandboxError> {
        let reason = JobError::deserialize(reason.into_deserializer()).map_err(
            |_: serde::de::value::Error| {
                SandboxError::invalid(
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

    fn run(self, sandbox: &mut SandboxState) -> Result<Job, SandboxError> {
        let job = job(&sandbox.state, &self.job_id)?;
        let id = job.id;
        if matches!(job.status, JobStatus::Completed | JobStatus::Failed) {
            return Err(SandboxError::invalid("the job is over"));
        }
        let reason = self.reason.unwrap_or(JobError::InternalError);
        media_jobs::fail(&mut sandbox.state, id, reason);
        Ok(Job::of(self::job(&sandbox.state, &self.job_id)?))
    }
}

impl Control for FailTranscription {
    type Answer = Job;

    fn run(self, sandbox: &mut SandboxState) -> Result<Job, SandboxError> {
        let id = job(&sandbox.state, &self.job_id)?.id;
        if !transcriptions::fail(&mut sandbox.state, id) {
            return Err(SandboxError::invalid(
                "no transcription of the job is under way",
            ));
        }
        Ok(Job::of(job(&sandbox.state, &self.job_id)?))
    }
}

fn job<'a>(state: &'a State, id: &str) -> Result<&'a MediaJob, SandboxError> {
    let id = id.parse().ok();
    id.and_then(|id| state.media_jobs.of_id(id))
        .ok_or_else(|| SandboxError::not_found("Job not found"))
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
