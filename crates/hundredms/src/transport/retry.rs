//! The retry policy: what to do after an attempt without a 2xx response.
//!
//! | what happened | any operation | only if it may be repeated |
//! | --- | --- | --- |
//! | nothing was sent (no connection) | retry | |
//! | 429 | retry, after the requested wait | |
//! | 408, 5xx | | retry |
//! | sent, and no response | | retry |
//! | the same over a pooled connection | | retry at once, over a new one |
//!
//! A stale pooled connection, closed by the server while idle, is only detected by a request over it. That is not a failure of the
//! service, so it does not count as a retry. It happens at most once per call, since all further attempts use new connections.
//!
//! A request is not sent after a wait that leaves too little time for it. In a run of [`map`](crate::bulk::map), waits do not count.
//!
//! An operation that must not be repeated fails with `ambiguous_outcome` if the outcome is unknown: after a broken connection, and
//! after 408, 502 and 504, with which a gateway says that it does not know it either.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::backoff::Backoff;
use super::clock::Clock;
use super::error_response::{CallSecrets, ErrorResponse, is_outcome_unknown};
use super::in_map::is_in_map;
use super::limits::{Pauses, group};
use super::outcome::{FailedAttempt, FailureReason};
use crate::error::{Error, ErrorKind, Phase};
use crate::host::time::Instant;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;

/// Replaces times that no clock can represent.
const MAX_TIMEOUT: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The maximum pause that a call takes because of the response to another call, or without counting it against its timeout.
const MAX_PAUSE: Duration = Duration::from_secs(10 * 60);

/// A call that had to wait is only sent if this much of its timeout is left, or a quarter if that is less: else it would probably
/// time out after it was sent, with an unknown outcome.
const TIME_TO_SEND: Duration = Duration::from_secs(1);

/// What to do after an attempt.
pub(crate) enum Decision {
    /// Retry after a pause.
    Again(Duration),
    /// Give up.
    Fail(Error),
}

/// One call, over all its attempts.
pub(crate) struct CallState<'a> {
    pub(crate) request: &'a PreparedRequest,
    started: Instant,
    /// The time of day then, if the call is to change something. What the call made is not older: see
    /// [`CheckWith::since`](crate::CheckWith::since).
    pub(crate) began: Option<Timestamp>,
    timeout: Duration,
    pub(crate) deadline: Instant,
    /// See [`CallOptions`](crate::CallOptions).
    in_map: Option<bool>,
    max_retries: u32,
    retries: u32,
    pub(crate) attempts: u32,
    pub(crate) token_renewed: bool,
    /// Do not use pooled connections any more.
    pub(crate) fresh: bool,
    /// An earlier attempt may have taken effect.
    may_have_applied: bool,
    /// Why the last attempt is repeated.
    failure: Option<Error>,
}

impl<'a> CallState<'a> {
    pub(crate) fn new(
        request: &'a PreparedRequest,
        clock: &Clock,
        timeout: Duration,
        max_retries: u32,
        in_map: Option<bool>,
    ) -> Self {
        let now = clock.now();
        Self {
            request,
            started: now,
            began: request.changes().then(|| clock.unix()),
            timeout,
            deadline: now + timeout.min(MAX_TIMEOUT),
            in_map,
            max_retries,
            retries: 0,
            attempts: 0,
            token_renewed: false,
            fresh: false,
            may_have_applied: false,
            failure: None,
        }
    }

    /// Return whether waiting for its turn does not count against the timeout.
    pub(crate) fn waits_for_turn(&self) -> bool {
        self.in_map.unwrap_or_else(is_in_map)
    }

    /// Return the latest time at which a request that had to wait may be sent.
    pub(crate) fn send_by(&self) -> Instant {
        let needed = TIME_TO_SEND.min(self.timeout / 4);
        self.deadline.checked_sub(needed).unwrap_or(self.deadline)
    }

    /// The call waited for its turn: in a run of `map`, its deadline is later by that time.
    pub(crate) fn waited(&mut self, time: Duration) {
        if self.waits_for_turn() {
            self.deadline += time;
        }
    }

    /// Decide after a response that is not 2xx.
    pub(crate) fn refused(
        &mut self,
        answer: &RawResponse,
        clock: &Clock,
        backoff: &Backoff,
        pauses: &Pauses,
        secrets: &CallSecrets<'_>,
    ) -> Decision {
        let now = clock.now();
        let response = ErrorResponse::read(answer, clock.unix(), secrets);
        let is_unknown = matches!(response.status, 408 | 500..=599);
        let again = response.status == 429 || (is_unknown && self.request.repeatable);
        if response.status == 429 {
            let pause = response.retry_after.unwrap_or(backoff.first);
            pauses.hold(
                group(&self.request.path_and_query),
                now + pause.min(MAX_PAUSE),
            );
        }
        if again {
            if let Some(pause) = self.pause(response.retry_after, now, backoff) {
                self.may_have_applied |= is_unknown;
                self.failure = Some(self.response_error(response));
                return Decision::Again(pause);
            }
        }
        Decision::Fail(self.describe(self.response_error(response), now))
    }

    fn response_error(&self, response: ErrorResponse) -> Error {
        let ambiguous = is_outcome_unknown(response.status) && !self.request.repeatable;
        let later = matches!(response.status, 400 | 404 | 409);
        let in_doubt = self.may_have_applied && self.request.changes();
        let unknown = response.status >= 500 && !self.request.repeatable;
        let kind = if ambiguous {
            ErrorKind::AmbiguousOutcome
        } else {
            response.kind
        };
        let message = if ambiguous {
            format!("{}; {}", response.message, self.look_first())
        } else if later && in_doubt {
            format!(
                "{} (an earlier attempt of this call may have taken effect)",
                response.message
            )
        } else if let Some(call) = unknown.then(|| self.request.ambiguous_call(None)).flatten() {
            format!("{}; {}", response.message, call.check_with.advice())
        } else {
            response.message
        };
        Error::new(kind, message).with(|details| {
            details.status = Some(response.status);
            details.code = response.code;
            details.details = response.details;
            details.request_id = response.request_id;
            details.retry_after = response.retry_after;
            details.may_have_applied =
                self.request.changes() && matches!(response.status, 408 | 500..);
        })
    }

    /// Decide after an attempt without a response.
    pub(crate) fn failed(
        &mut self,
        failure: FailedAttempt,
        now: Instant,
        backoff: &Backoff,
    ) -> Decision {
        let in_time = !matches!(
            failure.reason,
            FailureReason::DeadlinePassed | FailureReason::TooLarge(_)
        );
        if failure.stale && self.request.repeatable && now < self.deadline {
            self.fresh = true;
            self.may_have_applied = true;
            return Decision::Again(Duration::ZERO);
        }
        if in_time && (failure.unsent || self.request.repeatable) {
            if let Some(pause) = self.pause(None, now, backoff) {
                self.may_have_applied |= !failure.unsent;
                self.failure = Some(self.failure_error(failure));
                return Decision::Again(pause);
            }
        }
        Decision::Fail(self.describe(self.failure_error(failure), now))
    }

    fn failure_error(&self, failure: FailedAttempt) -> Error {
        let ambiguous = !failure.unsent && !self.request.repeatable;
        let timed_out = matches!(
            failure.reason,
            FailureReason::DeadlinePassed | FailureReason::ConnectTimeout(_)
        );
        let to = failure.address.map(|address| format!(" to {address}"));
        let to = to.unwrap_or_default();
        let (kind, what, cause) = match failure.reason {
            FailureReason::DeadlinePassed => (ErrorKind::Timeout, self.deadline_passed(), None),
            FailureReason::ConnectTimeout(cause) => (
                ErrorKind::Timeout,
                format!("no connection{to} was made in time"),
                Some(cause),
            ),
            FailureReason::Broken(cause) if failure.unsent => (
                ErrorKind::Connection,
                format!("no connection{to} could be made"),
                Some(cause),
            ),
            FailureReason::Broken(cause) => (
                ErrorKind::Connection,
                "the connection broke".to_owned(),
                Some(cause),
            ),
            FailureReason::TooLarge(cause) => (
                ErrorKind::Connection,
                "the response is too large; raise max_response_bytes to allow it".to_owned(),
                Some(cause),
            ),
        };
        // No `fetch` says what it has sent.
        let when = if cfg!(target_arch = "wasm32") && failure.status.is_none() {
            ", and the request may have been sent"
        } else {
            " after the request was sent"
        };
        let error = if ambiguous {
            Error::new(
                ErrorKind::AmbiguousOutcome,
                format!("{what}{when}; {}", self.look_first()),
            )
        } else {
            Error::new(kind, what)
        };
        error.with(|details| {
            details.phase = Some(failure.phase);
            details.status = failure.status;
            details.may_have_applied = self.request.changes() && !failure.unsent;
            details.timed_out = timed_out;
            details.source = cause;
        })
    }

    /// Say that the deadline passed, and how long the call had.
    fn deadline_passed(&self) -> String {
        let millis = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        let timeout = Duration::from_millis(millis);
        format!("the deadline of the call passed: its timeout is {timeout:?}")
    }

    /// Count another attempt and return the pause before it. `None` if there are no more attempts, or the pause leaves too little
    /// time for it.
    fn pause(
        &mut self,
        requested: Option<Duration>,
        now: Instant,
        backoff: &Backoff,
    ) -> Option<Duration> {
        if self.retries >= self.max_retries {
            return None;
        }
        let pause = match requested {
            Some(requested) => backoff.spread(requested),
            None => backoff.pause(self.retries + 1),
        };
        if requested.is_some_and(|requested| requested <= MAX_PAUSE) {
            self.waited(pause);
        }
        if pause >= self.send_by().saturating_duration_since(now) {
            return None;
        }
        self.retries += 1;
        Some(pause)
    }

    /// Return how long to wait, because the service requested a pause from an earlier call. If it leaves too little time, the error
    /// says how long it is.
    pub(crate) fn held_back(
        &self,
        pauses: &Pauses,
        clock: &Clock,
        backoff: &Backoff,
    ) -> Result<Duration, Error> {
        let group = group(&self.request.path_and_query);
        let left = pauses.left(group, || clock.now());
        if left.is_zero() {
            return Ok(left);
        }
        let now = clock.now();
        let pause = backoff.spread(left);
        let in_time = pause < self.send_by().saturating_duration_since(now);
        if in_time || self.waits_for_turn() {
            return Ok(pause);
        }
        let message = format!("the service asked to wait with calls to /{group}");
        let error = Error::new(ErrorKind::RateLimited, message).with(|details| {
            details.phase = Some(Phase::Queue);
            details.retry_after = Some(left);
        });
        Err(self.describe(error, now))
    }

    /// Return the error of a call that waited for `what` until it was too late to send it. Its source is why it would be repeated.
    pub(crate) fn too_late_for(&mut self, what: &str, now: Instant) -> Error {
        let again = if self.attempts > 0 { " again" } else { "" };
        let failure = self.failure.take();
        let failure = failure.map(|failure| self.describe(failure, now));
        let timeout = self.timeout.as_secs_f64();
        let message = format!(
            "the call waited for {what} until too little of its timeout of {timeout} s was left, and was not sent{again}; raise the \
             timeout, or make fewer calls at once"
        );
        let error = Error::new(ErrorKind::Timeout, message).with(|details| {
            details.phase = Some(Phase::Queue);
            details.source = failure.map(|failure| Arc::new(failure) as _);
        });
        self.describe(error, now)
    }

    fn look_first(&self) -> String {
        match self.request.ambiguous_call(None) {
            Some(call) => call.check_with.advice(),
            None => "it was not sent again, since that could do it twice".to_owned(),
        }
    }

    /// Add attempts and duration to a response.
    pub(crate) fn done(&self, answer: RawResponse, now: Instant) -> RawResponse {
        RawResponse {
            attempts: self.attempts,
            elapsed: now.saturating_duration_since(self.started),
            began: self.began,
            ..answer
        }
    }

    /// Add what is known of the call.
    pub(crate) fn describe(&self, error: Error, now: Instant) -> Error {
        error.with(|details| {
            details.operation = Some(self.request.operation().to_owned());
            details.method = Some(self.request.method.to_string());
            details.route = Some(self.request.template().to_owned());
            details.attempts = self.attempts;
            details.elapsed = now.saturating_duration_since(self.started);
            details.may_have_applied |= self.may_have_applied && self.request.changes();
        })
    }
}

/// Return the error of a response that is not 2xx and not retried.
#[cfg(feature = "fuzzing")]
pub(crate) fn refused(request: &PreparedRequest, answer: &RawResponse) -> Option<Error> {
    let clock = Clock::default();
    let mut call = CallState::new(request, &clock, Duration::ZERO, 0, None);
    match call.refused(
        answer,
        &clock,
        &Backoff::default(),
        &Pauses::default(),
        &CallSecrets::default(),
    ) {
        Decision::Fail(error) => Some(error),
        Decision::Again(_) => None,
    }
}
