//! What happens by itself or because of a peer: functions on the state, without requests and responses.

pub(crate) mod analytics;
pub(crate) mod client_errors;
pub(crate) mod contents;
pub(crate) mod hooks;
pub(crate) mod ingests;
pub(crate) mod job_events;
pub(crate) mod job_files;
pub(crate) mod job_settings;
pub(crate) mod live_streams;
pub(crate) mod media_jobs;
pub(crate) mod poll_runs;
pub(crate) mod poll_scores;
pub(crate) mod recordings;
pub(crate) mod session_events;
pub(crate) mod sessions;
pub(crate) mod sfu_recordings;
pub(crate) mod speech;
pub(crate) mod storage;
pub(crate) mod tracks;
pub(crate) mod transcriptions;
pub(crate) mod webhook_replays;
