//! `recording_assets.wait`: waits until all files of a recording, a session or a room are ready.

use jiff::{SignedDuration, Timestamp};

use super::context::JobContext;
use super::scope::{Calls, GivenIds, Scope, is_wanted};
use super::wait::{Looks, error_of, failed};
use crate::define::{job, jobs, model};
use crate::error::Result;
use crate::resources::external_streams::ListExternalStreams;
use crate::resources::live_streams::ListLiveStreams;
use crate::resources::recording_assets::{ListRecordingAssets, RecordingAsset};
use crate::resources::recordings::{
    AssetType, GetRecording, ListRecordings, MediaJobStatus, Recording, RecordingAssetStatus,
};
use crate::wire::extra::Extra;

jobs![WaitForRecordingAssets];

/// A transcript takes a fifth of the length of the recording, and at least five minutes. If it is not even listed after twice that
/// time, it will not come.
const PATIENCE: i64 = 2;

const LEAST_TRANSCRIPTION: SignedDuration = SignedDuration::from_mins(5);

model! {
    /// What a job that waits for assets has seen.
    answer AssetWaitProgress {
        /// The state of a recording or stream that has not ended, else `processing`, and `completed` at the end.
        required state: String,
        /// Number of completed assets. 0 until all recordings and streams have ended, as for the other counts.
        required completed: i64,
        /// Number of assets that are not ready.
        required processing: i64,
        /// Number of assets that failed.
        required failed: i64,
        /// How often the job has looked.
        required looks: i64,
        /// Seconds since the job began.
        required elapsed: f64,
    }
}

job! {
    /// Wait until all assets of a recording, a session or a room are ready.
    ///
    /// Takes exactly one of `session_id`, `room_id` and `recording_id`, and returns the assets. Looks again and again, with pauses
    /// of 1 s that grow to 10 s, until the recordings and streams have ended and no asset is processing. That includes the
    /// transcript and the summary of each recording that has them in its `asset_types`, which take a fifth of the length of the
    /// recording, and at least 5 minutes. A recording runs until it is stopped, so stop it first. The list is empty if nothing was
    /// recorded.
    ///
    /// Fails with `job_failed` and the ids of the failed assets if any failed, after all others are ready, and if the recording
    /// `recording_id` failed itself. Fails with `timeout` if they are not ready in time; the error has the last `state`.
    WaitForRecordingAssets: "recording_assets.wait" -> [RecordingAsset];
    method RecordingAssets::wait; timeout 7200; reports AssetWaitProgress;
    arguments {
        /// Id of the session.
        optional session_id: String,
        /// Id of the room. Includes the assets of all its sessions.
        optional room_id: String,
        /// Id of the recording job.
        optional recording_id: String,
        /// Only assets of these types. Defaults to all.
        optional types: [AssetType],
    }
}

/// A transcript or summary that a recording is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ExpectedAsset {
    job_id: String,
    kind: AssetType,
    /// When it should be listed at the latest, if that is known.
    until: Option<Timestamp>,
}

/// What one look has seen.
#[derive(Debug, Default)]
struct Seen {
    /// The state of a recording or stream that has not ended.
    running: Option<MediaJobStatus>,
    assets: Vec<RecordingAsset>,
    expected: Vec<ExpectedAsset>,
}

/// The kinds of jobs that may still run. Those that have all ended are not looked at again.
#[derive(Debug, Default)]
struct EndedJobs {
    recordings: Option<Vec<ExpectedAsset>>,
    live_streams: bool,
    external_streams: bool,
}

impl WaitForRecordingAssets {
    async fn execute(self, context: JobContext<AssetWaitProgress>) -> Result<Vec<RecordingAsset>> {
        let names = "session_id, room_id and recording_id";
        let given = GivenIds {
            session_id: self.session_id,
            room_id: self.room_id,
            recording_id: self.recording_id,
        };
        let scope = Scope::of(&context, names, given)?;
        let wanted = |kind: &AssetType| is_wanted(self.types.as_deref(), kind);
        let mut looks = Looks::new(&context);
        let mut ended = EndedJobs::default();
        loop {
            let calls = Calls::after(&context, looks.pause());
            let looked = match &scope {
                Scope::Recording(id) => look_at_recording(&context, calls, id).await,
                scope => look_at_all(calls, scope, &mut ended).await,
            };
            let Some(mut seen) = looks.took(looked)? else {
                continue;
            };
            seen.assets.retain(|asset| wanted(&asset.r#type));
            seen.expected.retain(|asset| wanted(&asset.kind));
            let counts = Counts::of(&seen, context.client().service_time());
            let state = counts.state(&seen);
            context.waits_for(match (&seen.running, &scope) {
                (None, _) => format!("an asset of {scope}"),
                (Some(_), Scope::Recording(_)) => scope.to_string(),
                (Some(_), _) => format!("a recording or stream of {scope}"),
            });
            context.saw(&state);
            context.report(&counts.progress(state, looks.count(), &context));
            if seen.running.is_some() || counts.processing > 0 {
                continue;
            }
            if counts.failures.is_empty() {
                return Ok(seen.assets);
            }
            context.saw("failed");
            let all = seen.assets.len() + counts.missing;
            let number = counts.failures.len();
            let error = context.failed(format!("{number} of {all} assets of {scope} failed"));
            return Err(error.with(|details| details.details = counts.failures));
        }
    }
}

async fn look_at_recording(
    context: &JobContext<AssetWaitProgress>,
    mut calls: Calls<'_, AssetWaitProgress>,
    id: &str,
) -> Result<Seen> {
    let recording = calls.call(GetRecording::new(id)).await?;
    if recording.status == MediaJobStatus::Failed {
        context.saw(recording.status.as_str());
        return Err(context.failed(failed(&recording)));
    }
    if recording.status != MediaJobStatus::Completed {
        return Ok(Seen {
            running: Some(recording.status),
            ..Seen::default()
        });
    }
    let request = ListRecordingAssets::new();
    let request = match recording.session_id.as_str() {
        "" => request.room_id(&recording.room_id),
        session_id => request.session_id(session_id),
    };
    let mut assets = calls.list(request).await?;
    assets.retain(|asset| asset.job_id == recording.id);
    Ok(Seen {
        running: None,
        assets,
        expected: expected(&recording),
    })
}

/// Look at the recordings and streams of a session or a room, and then at their assets.
async fn look_at_all(
    mut calls: Calls<'_, AssetWaitProgress>,
    scope: &Scope,
    ended: &mut EndedJobs,
) -> Result<Seen> {
    macro_rules! of_scope {
        ($request:expr) => {
            match scope {
                Scope::Room(id) => $request.room_id(id),
                Scope::Session(id) | Scope::Recording(id) => $request.session_id(id),
            }
        };
    }
    let mut running = None;
    if ended.recordings.is_none() {
        let recordings = calls.list(of_scope!(ListRecordings::new())).await?;
        running = running_state(recordings.iter().map(|recording| &recording.status));
        if running.is_none() {
            ended.recordings = Some(recordings.iter().flat_map(expected).collect());
        }
    }
    if !ended.live_streams {
        let streams = calls.list(of_scope!(ListLiveStreams::new())).await?;
        let state = running_state(streams.iter().map(|stream| &stream.status));
        ended.live_streams = state.is_none();
        running = running.or(state);
    }
    if !ended.external_streams {
        let streams = calls.list(of_scope!(ListExternalStreams::new())).await?;
        let state = running_state(streams.iter().map(|stream| &stream.status));
        ended.external_streams = state.is_none();
        running = running.or(state);
    }
    if running.is_some() {
        return Ok(Seen {
            running,
            ..Seen::default()
        });
    }
    Ok(Seen {
        running,
        assets: calls.list(of_scope!(ListRecordingAssets::new())).await?,
        expected: ended.recordings.clone().unwrap_or_default(),
    })
}

/// Return the first state that is not an end.
fn running_state<'a>(
    mut states: impl Iterator<Item = &'a MediaJobStatus>,
) -> Option<MediaJobStatus> {
    let is_end = |state: &MediaJobStatus| {
        matches!(state, MediaJobStatus::Completed | MediaJobStatus::Failed)
    };
    states.find(|state| !is_end(state)).cloned()
}

/// Return the assets that a recording will have later than its video.
fn expected(recording: &Recording) -> Vec<ExpectedAsset> {
    if recording.status != MediaJobStatus::Completed {
        return Vec::new();
    }
    let stopped = recording.stopped_at.or(recording.updated_at);
    let length = stopped
        .zip(recording.started_at)
        .map_or(SignedDuration::ZERO, |(stopped, started)| {
            stopped.duration_since(started)
        });
    let takes = (length / 5).max(LEAST_TRANSCRIPTION);
    let until = stopped.and_then(|stopped| {
        let seconds = takes.as_secs().saturating_mul(PATIENCE);
        stopped.checked_add(SignedDuration::from_secs(seconds)).ok()
    });
    let kinds = recording.asset_types.iter();
    let kinds = kinds.filter(|kind| matches!(kind, AssetType::Transcript | AssetType::Summary));
    kinds
        .map(|kind| ExpectedAsset {
            job_id: recording.id.clone(),
            kind: kind.clone(),
            until,
        })
        .collect()
}

/// How many assets are in which state.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    completed: usize,
    processing: usize,
    /// Expected assets that will not come.
    missing: usize,
    /// What failed, in words.
    failures: Vec<String>,
}

impl Counts {
    fn of(seen: &Seen, now: Timestamp) -> Self {
        let mut counts = Self::default();
        for asset in &seen.assets {
            match asset.status {
                RecordingAssetStatus::Completed => counts.completed += 1,
                RecordingAssetStatus::Failed => {
                    let (kind, id, reason) = (&asset.r#type, &asset.id, error_of(&asset.extra));
                    counts.failures.push(format!("{kind} {id}{reason}"));
                }
                _ => counts.processing += 1,
            }
        }
        for expected in &seen.expected {
            let is_it = |asset: &RecordingAsset| {
                asset.job_id == expected.job_id && asset.r#type == expected.kind
            };
            if seen.assets.iter().any(is_it) {
                continue;
            }
            if expected.until.is_some_and(|until| until < now) {
                let (kind, id) = (&expected.kind, &expected.job_id);
                counts.missing += 1;
                counts
                    .failures
                    .push(format!("{kind} of recording {id}, which was not created"));
            } else {
                counts.processing += 1;
            }
        }
        counts
    }

    fn state(&self, seen: &Seen) -> String {
        match &seen.running {
            Some(state) => state.as_str().to_owned(),
            None if self.processing > 0 => "processing".to_owned(),
            None => "completed".to_owned(),
        }
    }

    fn progress(
        &self,
        state: String,
        looks: i64,
        context: &JobContext<AssetWaitProgress>,
    ) -> AssetWaitProgress {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        AssetWaitProgress {
            state,
            completed: count(self.completed),
            processing: count(self.processing),
            failed: count(self.failures.len()),
            looks,
            elapsed: context.elapsed().as_secs_f64(),
            extra: Extra::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn recording(types: &serde_json::Value, seconds: i64) -> Recording {
        let start: Timestamp = "2024-05-01T10:00:00Z".parse().expect("a time");
        let stop = start + SignedDuration::from_secs(seconds);
        serde_json::from_value(json!({
            "id": "r", "room_id": "room", "session_id": "session", "status": "completed", "meeting_url": "", "started_by": "",
            "stopped_by": "", "asset_types": types, "started_at": start.to_string(), "stopped_at": stop.to_string(),
        }))
        .expect("a recording")
    }

    fn asset(kind: &str, status: &str) -> RecordingAsset {
        serde_json::from_value(json!({
            "id": "a", "job_id": "r", "room_id": "room", "session_id": "session", "type": kind, "status": status,
        }))
        .expect("an asset")
    }

    #[test]
    fn a_transcript_that_is_not_listed_is_waited_for_until_it_cannot_come_any_more() {
        let types = json!(["room-composite", "chat", "transcript"]);
        for (seconds, last) in [(60, 600), (3600, 1440)] {
            let recording = recording(&types, seconds);
            let seen = Seen {
                assets: vec![asset("room-composite", "completed")],
                expected: expected(&recording),
                ..Seen::default()
            };
            let stopped = recording.stopped_at.expect("a time");
            let at = |after: i64| Counts::of(&seen, stopped + SignedDuration::from_secs(after));
            assert_eq!((at(last).processing, at(last).missing), (1, 0));
            let late = at(last + 1);
            assert_eq!((late.processing, late.missing), (0, 1));
            assert_eq!(
                late.failures,
                ["transcript of recording r, which was not created"]
            );
        }
    }

    #[test]
    fn an_asset_in_a_state_of_a_later_version_is_not_ready() {
        let seen = Seen {
            assets: vec![asset("chat", "uploading"), asset("summary", "failed")],
            ..Seen::default()
        };
        let counts = Counts::of(&seen, Timestamp::UNIX_EPOCH);
        assert_eq!((counts.completed, counts.processing), (0, 1));
        assert_eq!(counts.failures, ["summary a"]);
        assert_eq!(counts.state(&seen), "processing");
    }
}
