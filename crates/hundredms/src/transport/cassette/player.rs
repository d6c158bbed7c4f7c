//! [`Player`]: replays the exchanges of a file.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use super::exchange::{CassetteFile, RecordedOutcome, key};
use crate::error::{Error, Result};
use crate::observe::ObservedCall;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;
use crate::transport::backoff::Backoff;
use crate::transport::clock::Clock;
use crate::transport::error_response::CallSecrets;
use crate::transport::limits::Pauses;
use crate::transport::outcome::AttemptOutcome;
use crate::transport::retry::{CallState, Decision};

/// A cassette that is being replayed: for each request, the calls that were not replayed yet.
#[derive(Debug)]
pub(crate) struct Player {
    path: PathBuf,
    calls: Mutex<HashMap<String, VecDeque<RecordedCall>>>,
}

/// A recorded call: its number, and the attempts that are still to be replayed.
#[derive(Debug, Default)]
struct RecordedCall {
    /// `None` in a cassette of the older format, which does not distinguish calls. There each attempt is a call.
    number: Option<u64>,
    attempts: VecDeque<RecordedOutcome>,
}

impl Player {
    /// Read the file at `path`.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let text = std::fs::read(path).map_err(|cause| {
            Error::configuration(format!("the cassette {} cannot be read", path.display()))
                .caused_by(cause)
        })?;
        let file: CassetteFile = serde_json::from_slice(&text).map_err(|cause| {
            Error::configuration(format!("the file {} is not a cassette", path.display()))
                .caused_by(cause)
        })?;
        let mut all: HashMap<_, VecDeque<RecordedCall>> = HashMap::new();
        for exchange in file.exchanges {
            let calls = all.entry(exchange.key()).or_default();
            let number = exchange.call;
            let same = |call: &&mut RecordedCall| number.is_some() && call.number == number;
            match calls.iter_mut().rev().find(same) {
                Some(call) => call.attempts.push_back(exchange.outcome),
                None => calls.push_back(RecordedCall {
                    number,
                    attempts: [exchange.outcome].into(),
                }),
            }
        }
        Ok(Self {
            path: path.to_owned(),
            calls: Mutex::new(all),
        })
    }

    /// Return how the next attempt of `request` ended. `call` is the rest of the call that is being replayed.
    fn next(&self, request: &PreparedRequest, call: &mut RecordedCall) -> Result<AttemptOutcome> {
        if call.number.is_none() {
            *call = self
                .remaining(request, VecDeque::pop_front)
                .unwrap_or_default();
        }
        match call.attempts.pop_front() {
            Some(RecordedOutcome::Answer(answer)) => Ok(AttemptOutcome::Response(answer.raw())),
            Some(RecordedOutcome::Failure(failure)) => {
                Ok(AttemptOutcome::Failed(failure.failure()))
            }
            None => Err(Error::configuration(format!(
                "the cassette {} has no further response to {} {} with these arguments: record it again",
                self.path.display(),
                request.method,
                request.template(),
            ))),
        }
    }

    /// Return whether the call has another attempt.
    fn has_more(&self, request: &PreparedRequest, call: &RecordedCall) -> bool {
        match call.number {
            Some(_) => !call.attempts.is_empty(),
            None => self
                .remaining(request, |calls| calls.front().map(|_| ()))
                .is_some(),
        }
    }

    /// Apply `select` to the calls with `request` that were not replayed yet.
    fn remaining<T>(
        &self,
        request: &PreparedRequest,
        select: impl FnOnce(&mut VecDeque<RecordedCall>) -> Option<T>,
    ) -> Option<T> {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        select(calls.get_mut(&key(request))?)
    }
}

/// Replay the attempts of a call, without pauses, until there is a 2xx response or a final error.
pub(crate) fn replay(
    player: &Player,
    call: &mut CallState<'_>,
    observed: &mut ObservedCall<'_>,
    clock: &Clock,
    backoff: &Backoff,
    secrets: &CallSecrets<'_>,
) -> Result<RawResponse> {
    let request = call.request;
    let mut recorded = RecordedCall::default();
    loop {
        let outcome = player.next(request, &mut recorded);
        let outcome = outcome.map_err(|error| call.describe(error, clock.now()))?;
        if outcome.was_tried() {
            call.attempts += 1;
            observed.sending(call.attempts, || clock.now());
            observed.ended(outcome.status(), outcome.error(), || clock.now());
        }
        let decision = match outcome {
            AttemptOutcome::Response(answer) if answer.status.is_success() => {
                return Ok(call.done(answer, clock.now()));
            }
            // The token was renewed if the call continues.
            AttemptOutcome::Response(answer)
                if answer.status == StatusCode::UNAUTHORIZED
                    && player.has_more(request, &recorded)
                    && !std::mem::replace(&mut call.token_renewed, true) =>
            {
                Decision::Again(Duration::ZERO)
            }
            AttemptOutcome::Response(answer) => {
                call.refused(&answer, clock, backoff, &Pauses::default(), secrets)
            }
            AttemptOutcome::Failed(failure) => call.failed(failure, clock.now(), backoff),
        };
        match decision {
            Decision::Again(pause) => observed.retry(pause),
            Decision::Fail(error) => return Err(error),
        }
    }
}
