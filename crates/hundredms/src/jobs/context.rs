//! [`JobContext`]: what a job does its work with: calls, pauses, progress, and one deadline for all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

use super::info::JobInfo;
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::host::time::Instant;
use crate::operation::{Operation, OperationInfo};
use crate::response::Response;
use crate::transport::backoff::jittered;
use crate::transport::retry_after::date;
use crate::transport::sandbox_clock;

/// Receives the progress of a job.
pub(super) type Report<P> = Arc<dyn Fn(&P) + Send + Sync>;

/// How long a pause takes that a sandbox skips.
const SKIPPED_PAUSE: Duration = Duration::from_millis(10);

/// What a job does its work with. Clones are of the same job.
pub struct JobContext<P>(Arc<Running<P>>);

struct Running<P> {
    client: Client,
    info: &'static JobInfo,
    options: CallOptions,
    report: Option<Report<P>>,
    timeout: Duration,
    started: Instant,
    progress: Mutex<SeenSoFar>,
}

#[derive(Default)]
struct SeenSoFar {
    /// Time that passed only on the clock of a sandbox.
    skipped: Duration,
    /// What the next call warns of.
    warning: Option<String>,
    /// The server is a sandbox, in which the next pause is skipped.
    skips: bool,
    /// What the job waits for, and its id.
    subject: Option<String>,
    /// The last state of what the job waits for.
    state: Option<String>,
    /// Why the last look failed.
    failure: Option<Arc<Error>>,
}

impl<P> std::fmt::Debug for JobContext<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JobContext")
            .field("job", &self.0.info.name)
            .finish_non_exhaustive()
    }
}

impl<P> Clone for JobContext<P> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<P> JobContext<P> {
    pub(super) fn new(
        client: Client,
        info: &'static JobInfo,
        options: CallOptions,
        report: Option<Report<P>>,
    ) -> Self {
        Self(Arc::new(Running {
            timeout: options.timeout.unwrap_or(Duration::from_secs(info.timeout)),
            started: client.clock().now(),
            client,
            info,
            options,
            report,
            progress: Mutex::default(),
        }))
    }

    pub(super) fn client(&self) -> &Client {
        &self.0.client
    }

    /// How often a failed attempt is retried.
    pub(super) fn max_retries(&self) -> u32 {
        let own = self.0.options.max_retries;
        own.unwrap_or(self.client().transport().policy.max_retries)
    }

    /// Name of the job: `recordings.wait`.
    pub(super) fn name(&self) -> &'static str {
        self.0.info.name
    }

    /// Time since the job began. Includes pauses that a sandbox skipped.
    pub(super) fn elapsed(&self) -> Duration {
        let now = self.client().clock().now();
        now.saturating_duration_since(self.0.started) + self.seen().skipped
    }

    /// Time until the deadline. An error if it has passed.
    pub(super) fn left(&self) -> Result<Duration> {
        let left = self.0.timeout.saturating_sub(self.elapsed());
        if left.is_zero() {
            return Err(self.timed_out());
        }
        Ok(left)
    }

    /// Report progress.
    pub(super) fn report(&self, progress: &P) {
        if let Some(report) = &self.0.report {
            let _ = catch_unwind(AssertUnwindSafe(|| report(progress)));
        }
    }

    /// Remember what the job waits for, in words with its id, for the error of a timeout.
    pub(super) fn waits_for(&self, subject: String) {
        self.seen().subject = Some(subject);
    }

    /// Remember the state of what the job waits for, for the error of a timeout.
    pub(super) fn saw(&self, state: &str) {
        self.seen().state = Some(state.to_owned());
    }

    /// Remember why a look failed, for the error of a timeout; or that it did not.
    pub(super) fn looked(&self, failure: Option<Error>) {
        self.seen().failure = failure.map(Arc::new);
    }

    /// Let the next call warn of this.
    pub(super) fn warn(&self, warning: String) {
        self.seen().warning = Some(warning);
    }

    /// Make a call, within the deadline of the job.
    pub(super) async fn call<O: Operation>(&self, request: O) -> Result<O::Output> {
        Ok(self.respond(request, None).await?.value)
    }

    /// Make a call, within the deadline of the job, and return its response.
    pub(super) async fn call_with_response<O: Operation>(
        &self,
        request: O,
    ) -> Result<Response<O::Output>> {
        self.respond(request, None).await
    }

    /// Pause, then make a call. A sandbox skips the pause: its clock advances instead.
    pub(super) async fn call_after<O: Operation>(
        &self,
        pause: Duration,
        request: O,
    ) -> Result<O::Output> {
        Ok(self.respond_after(pause, request).await?.value)
    }

    /// Do the same, and also return the headers of the response.
    pub(super) async fn respond_after<O: Operation>(
        &self,
        pause: Duration,
        request: O,
    ) -> Result<Response<O::Output>> {
        let pause = pause.min(self.left()?);
        let skips = self.seen().skips;
        if skips {
            self.sleep(SKIPPED_PAUSE.min(pause)).await;
            self.seen().skipped += pause;
        } else {
            self.sleep(pause).await;
        }
        let advance = if skips { pause } else { Duration::ZERO };
        let response = self.respond(request, Some(advance)).await?;
        self.seen().skips = sandbox_clock::has_next_change(&response.headers);
        Ok(response)
    }

    /// Return whether the next pause is skipped.
    pub(super) fn skips(&self) -> bool {
        self.seen().skips
    }

    /// Continue a job that would have skipped its next pause.
    pub(super) fn set_skips(&self, skips: bool) {
        self.seen().skips = skips;
    }

    /// The service's time when it responded with these headers.
    pub(super) fn service_time(&self, headers: &HeaderMap) -> Timestamp {
        date(headers).unwrap_or_else(|| self.client().service_time())
    }

    pub(super) async fn sleep(&self, pause: Duration) {
        // Replayed calls happened long ago.
        if !pause.is_zero() && !self.client().transport().is_replayed() {
            self.client().clock().sleep(pause).await;
        }
    }

    /// Make a call. A pause that the service asks for may take as long as the job, though a call has less time.
    ///
    /// This is compiled for each operation, so what does not depend on it is in the functions below.
    async fn respond<O: Operation>(
        &self,
        request: O,
        mut sandbox_advance: Option<Duration>,
    ) -> Result<Response<O::Output>> {
        let mut attempts = 0;
        loop {
            let (options, is_cut) = self.options(O::INFO, sandbox_advance, attempts)?;
            let call = self.client().send(request.clone()).options(options);
            // Boxed, because it is large, and part of the future of each job.
            match Box::pin(call.with_response()).await {
                Ok(response) => return Ok(response),
                Err(error) => {
                    let pause =
                        self.pause_after(error, is_cut, &mut attempts, &mut sandbox_advance)?;
                    self.sleep(pause).await;
                }
            }
        }
    }

    /// Return the options of a call, of which so many attempts were made before, and whether the deadline of the job cuts its timeout.
    #[inline(never)]
    fn options(
        &self,
        info: &OperationInfo,
        sandbox_advance: Option<Duration>,
        attempts: u32,
    ) -> Result<(CallOptions, bool)> {
        // A call that is due now may still be made.
        let left = self.left()?;
        let policy = &self.client().transport().policy;
        let own = policy.default_timeout(info.timeout.map(Duration::from_secs));
        let mut options = self.0.options.clone();
        options.timeout = Some(own.min(left));
        options.max_retries = Some(self.max_retries().saturating_sub(attempts));
        options.sandbox_advance = sandbox_advance;
        options.warning = self.seen().warning.take();
        // It has the deadline of the job, also in a run of `map`.
        options.in_map = Some(false);
        Ok((options, left <= own))
    }

    /// Return the pause before a call is made again, or the error of the job. It counts the attempts.
    #[inline(never)]
    fn pause_after(
        &self,
        error: Error,
        is_cut: bool,
        attempts: &mut u32,
        sandbox_advance: &mut Option<Duration>,
    ) -> Result<Duration> {
        let error = self.of_job(error, is_cut);
        let made = error.attempts();
        *attempts += made;
        let pause = match error.retry_after() {
            Some(pause) if error.kind() == ErrorKind::RateLimited => jittered(pause),
            _ => Duration::MAX,
        };
        if *attempts > self.max_retries() || pause >= self.left().unwrap_or_default() {
            return Err(error.with(|details| details.attempts = *attempts));
        }
        if made > 0 {
            // The first attempt has advanced it.
            *sandbox_advance = None;
        }
        Ok(pause)
    }

    /// Return the error of a call as that of the job.
    fn of_job(&self, error: Error, is_cut: bool) -> Error {
        if error.kind() == ErrorKind::InvalidRequest {
            // The caller does not know the call.
            return error.with(|details| details.operation = Some(self.name().to_owned()));
        }
        if error.kind() != ErrorKind::Timeout || !is_cut {
            return error;
        }
        // The call may have taken effect.
        self.timed_out().with(|details| {
            details.may_have_applied = error.may_have_applied();
            details.check_with = error.ambiguous_call().cloned();
            details.phase = error.phase();
        })
    }

    /// The error of a job whose deadline has passed.
    pub(super) fn timed_out(&self) -> Error {
        let (subject, state, failure) = {
            let seen = self.seen();
            let subject = seen.subject.clone();
            (subject, seen.state.clone(), seen.failure.clone())
        };
        let timeout = self.0.timeout.as_secs_f64();
        let message = match subject.zip(state.as_ref()) {
            Some((subject, state)) => format!("{subject} was still {state} after {timeout} s"),
            None => format!("the job was not done after {timeout} s"),
        };
        Error::new(ErrorKind::Timeout, message).with(|details| {
            details.operation = Some(self.name().to_owned());
            details.state = state;
            details.elapsed = self.elapsed();
            details.source = failure.map(|failure| failure as _);
        })
    }

    /// The error of a job whose subject ended in another state.
    pub(super) fn failed(&self, message: impl Into<String>) -> Error {
        let state = self.seen().state.clone();
        Error::new(ErrorKind::JobFailed, message).with(|details| {
            details.operation = Some(self.name().to_owned());
            details.state = state;
            details.elapsed = self.elapsed();
        })
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, SeenSoFar> {
        self.0
            .progress
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
