//! Waiters: jobs that end when a recording or a stream has reached a state.

use std::time::Duration;

use super::context::JobContext;
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::resources::external_streams::{ExternalStream, GetExternalStream};
use crate::resources::live_streams::{GetLiveStream, LiveStream};
use crate::resources::recordings::{GetRecording, MediaJobStatus, Recording};
use crate::transport::backoff::jittered;
use crate::wire::extra::Extra;

jobs![WaitForRecording, WaitForLiveStream, WaitForExternalStream];

/// The first pause between two looks. Each further one is half as long again.
pub(super) const FIRST_PAUSE: Duration = Duration::from_secs(1);

pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The longest pause that is taken because the service asks for it.
const LONGEST_ASKED: Duration = Duration::from_secs(24 * 60 * 60);

/// This many looks in a row may fail because of the network or the service.
pub(super) const FAILED_LOOKS: u32 = 5;

model! {
    /// What a job that waits has seen.
    answer WaitProgress {
        /// The state at the last look.
        required state: String,
        /// How often the job has looked.
        required looks: i64,
        /// Seconds since the job began.
        required elapsed: f64,
    }
}

job! {
    /// Wait until a recording has reached a state.
    ///
    /// Looks at the recording again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is in the state
    /// `until`. A recording runs until it is stopped, so stop it first if you wait for `completed`. Transcripts and summaries are
    /// ready later: to wait for these, use `recording_assets.wait`. Fails with `job_failed` if the recording ends in another state,
    /// and with `timeout` if it does not end in time; the error has the last `state`. The message says why a recording failed only
    /// if the service does; the webhook `beam.failure` has a reason. In the sandbox, a recording takes three seconds to start, and
    /// fails if it is stopped before.
    WaitForRecording: "recordings.wait" -> Recording;
    method Recordings::wait(recording_id); timeout 3600; reports WaitProgress;
    arguments {
        /// Id of the recording job.
        required recording_id: String,
        /// The state to wait for. Defaults to `completed`.
        optional until: MediaJobStatus,
    }
}

job! {
    /// Wait until a live stream has reached a state.
    ///
    /// Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is in the state
    /// `until`. Fails with `job_failed` if the stream ends in another state, and with `timeout` if it does not get there in time;
    /// the error has the last `state`.
    WaitForLiveStream: "live_streams.wait" -> LiveStream;
    method LiveStreams::wait(stream_id); timeout 3600; reports WaitProgress;
    arguments {
        /// Id of the live stream.
        required stream_id: String,
        /// The state to wait for. Defaults to `completed`.
        optional until: MediaJobStatus,
    }
}

job! {
    /// Wait until an external stream has reached a state.
    ///
    /// Looks at the stream again and again, with pauses of 1 s that grow to 10 s, and returns it as soon as it is in the state
    /// `until`. Fails with `job_failed` if the stream ends in another state, and with `timeout` if it does not get there in time;
    /// the error has the last `state`.
    WaitForExternalStream: "external_streams.wait" -> ExternalStream;
    method ExternalStreams::wait(stream_id); timeout 3600; reports WaitProgress;
    arguments {
        /// Id of the external stream.
        required stream_id: String,
        /// The state to wait for. Defaults to `completed`.
        optional until: MediaJobStatus,
    }
}

impl WaitForRecording {
    async fn execute(self, context: JobContext<WaitProgress>) -> Result<Recording> {
        media_job(
            &context,
            format!("recording {}", self.recording_id),
            self.until,
            GetRecording::new(self.recording_id),
            |found| (found.status.clone(), &found.extra),
        )
        .await
    }
}

impl WaitForLiveStream {
    async fn execute(self, context: JobContext<WaitProgress>) -> Result<LiveStream> {
        media_job(
            &context,
            format!("live stream {}", self.stream_id),
            self.until,
            GetLiveStream::new(self.stream_id),
            |found| (found.status.clone(), &found.extra),
        )
        .await
    }
}

impl WaitForExternalStream {
    async fn execute(self, context: JobContext<WaitProgress>) -> Result<ExternalStream> {
        media_job(
            &context,
            format!("external stream {}", self.stream_id),
            self.until,
            GetExternalStream::new(self.stream_id),
            |found| (found.status.clone(), &found.extra),
        )
        .await
    }
}

/// Wait until what `request` returns is in the state `until`.
async fn media_job<O: Operation>(
    context: &JobContext<WaitProgress>,
    subject: String,
    until: Option<MediaJobStatus>,
    request: O,
    state_of: impl Fn(&O::Output) -> (MediaJobStatus, &Extra) + Send + Sync,
) -> Result<O::Output> {
    let until = until.unwrap_or(MediaJobStatus::Completed);
    if let MediaJobStatus::Other(state) = &until {
        let reason = format!(
            "must be one of {}, not {state}",
            MediaJobStatus::KNOWN.join(", ")
        );
        return Err(Error::invalid_request(context.name(), "until", &reason));
    }
    context.waits_for(subject.clone());
    let mut looks = Looks::new(context);
    loop {
        let found = looks.next(request.clone()).await?;
        let (state, extra) = state_of(&found);
        looks.report(state.as_str());
        if state == until {
            return Ok(found);
        }
        if matches!(state, MediaJobStatus::Completed | MediaJobStatus::Failed) {
            let message = format!("{subject} ended as {state}, not {until}{}", error_of(extra));
            return Err(context.failed(message));
        }
    }
}

/// Say that a recording failed, and why.
pub(super) fn failed(recording: &Recording) -> String {
    format!(
        "recording {} failed{}",
        recording.id,
        error_of(&recording.extra)
    )
}

/// What the service says about the error, after a colon.
pub(super) fn error_of(extra: &Extra) -> String {
    let error = extra.get("error").and_then(|error| error.as_str());
    error.map_or_else(String::new, |error| format!(": {error}"))
}

/// Return the pause after this one.
pub(super) fn longer(pause: Duration) -> Duration {
    let pause = pause.min(LONGEST_PAUSE);
    (pause + pause / 2).clamp(FIRST_PAUSE, LONGEST_PAUSE)
}

/// Return the pause that the service asks for with an error.
pub(super) fn asked_pause(error: &Error) -> Duration {
    error.retry_after().unwrap_or_default().min(LONGEST_ASKED)
}

/// Looks at something again and again, with pauses.
pub(super) struct Looks<'a, P> {
    context: &'a JobContext<P>,
    count: i64,
    failed: u32,
    pause: Duration,
}

impl<'a, P> Looks<'a, P> {
    pub(super) fn new(context: &'a JobContext<P>) -> Self {
        Self {
            context,
            count: 0,
            failed: 0,
            pause: Duration::ZERO,
        }
    }

    /// Look again. The first look comes at once.
    pub(super) async fn next<O: Operation>(&mut self, request: O) -> Result<O::Output> {
        loop {
            let pause = self.pause();
            let looked = self.context.call_after(pause, request.clone()).await;
            if let Some(seen) = self.took(looked)? {
                return Ok(seen);
            }
        }
    }

    /// Return the pause before the next look, and lengthen the one after it.
    pub(super) fn pause(&mut self) -> Duration {
        let pause = jittered(self.pause);
        self.pause = longer(self.pause);
        pause
    }

    /// Take the result of a look. `None` if it failed and a later look may succeed.
    pub(super) fn took<T>(&mut self, looked: Result<T>) -> Result<Option<T>> {
        match looked {
            Err(error) if is_passing(&error, self.context.name()) && self.failed < FAILED_LOOKS => {
                self.failed += 1;
                self.pause = self.pause.max(asked_pause(&error));
                self.context.looked(Some(error));
                Ok(None)
            }
            looked => {
                self.count += 1;
                self.failed = 0;
                self.context.looked(None);
                looked
                    .map(Some)
                    .map_err(|error| named_as(error, self.context.name()))
            }
        }
    }

    /// How often the job has looked.
    pub(super) fn count(&self) -> i64 {
        self.count
    }
}

impl Looks<'_, WaitProgress> {
    /// Report the state at the last look.
    pub(super) fn report(&self, state: &str) {
        self.context.saw(state);
        self.context.report(&WaitProgress {
            state: state.to_owned(),
            looks: self.count,
            elapsed: self.context.elapsed().as_secs_f64(),
            extra: Extra::default(),
        });
    }
}

/// Return the error of a look as that of the waiter `job`. Its caller does not know what it calls.
fn named_as(error: Error, job: &str) -> Error {
    error.with(|details| details.operation = Some(job.to_owned()))
}

/// Return whether a later look of `job` may succeed.
pub(super) fn is_passing(error: &Error, job: &str) -> bool {
    match error.kind() {
        ErrorKind::RateLimited | ErrorKind::Server | ErrorKind::Connection => true,
        // The deadline of a look, not that of the job.
        ErrorKind::Timeout => error.operation() != Some(job),
        _ => false,
    }
}
