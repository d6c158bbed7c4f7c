//! Cassettes: record the exchanges of a client in a file, without secrets, and replay them in tests without a network.

mod harmless;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::by_name::{scrubbed_answer, scrubbed_body};
use crate::error::{Error, Phase, Result};
use crate::request::Prepared;
use crate::transport::{Failure, Outcome, RawAnswer, Why, plain_text};
use crate::wire::redact;

/// What a client does with its cassette; see [`ClientBuilder::cassette`](crate::ClientBuilder::cassette).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CassetteMode {
    /// Make the calls, and write every exchange to the file, which is overwritten. Only harmless data is kept: bodies as JSON
    /// without their secrets; of refusals the code and the plain words; of requests without a definition ids, states and the
    /// structure. Other bodies are not kept.
    Record,
    /// Return responses from the file, without a network.
    Replay,
}

/// An open cassette.
#[derive(Debug)]
pub(crate) struct Cassette {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    Recording {
        file: File,
        /// Number of calls in the file.
        calls: u64,
    },
    /// Recording, until writing failed.
    Torn(std::io::Error),
    Replaying(HashMap<String, VecDeque<Take>>),
}

/// The recording of one call: its number, and the attempts that are still to be replayed.
#[derive(Debug, Default)]
pub(crate) struct Take {
    /// `None` in a cassette of the older format, which does not distinguish calls. There each attempt is a take.
    call: Option<u64>,
    tries: VecDeque<Recorded>,
}

/// The file, which contains `"cassette": 1`, its format.
#[derive(Deserialize)]
struct Tape {
    exchanges: Vec<Exchange>,
}

/// One attempt.
#[derive(Serialize, Deserialize)]
struct Exchange {
    /// Number of the call, the same for all its attempts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    call: Option<u64>,
    operation: String,
    method: String,
    /// Path and query.
    target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(flatten)]
    outcome: Recorded,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Recorded {
    Answer(Answer),
    Failure(Lost),
}

#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    /// The body of a refusal that is not a JSON object, as far as errors show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// An attempt without a response.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Lost {
    phase: Phase,
    unsent: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    stale: bool,
    why: Reason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    Deadline,
    ConnectTimeout,
    Broken,
}

const HEAD: &str = "{\n\"cassette\": 1,\n\"exchanges\": [\n";
const TAIL: &str = "\n]\n}\n";

/// Headers that matter for replay. They are kept if their values are valid for the header.
const HEADERS: [&str; 3] = ["date", "retry-after", "x-request-id"];

impl Cassette {
    /// Open the cassette at `path`.
    pub(crate) fn open(path: &Path, mode: CassetteMode) -> Result<Self> {
        let failed = |what: &str, cause: std::io::Error| {
            Error::configuration(format!("the cassette {} cannot be {what}", path.display()))
                .caused_by(cause)
        };
        let state = match mode {
            CassetteMode::Record => {
                let mut file = File::create(path).map_err(|cause| failed("written", cause))?;
                file.write_all([HEAD, TAIL].concat().as_bytes())
                    .map_err(|cause| failed("written", cause))?;
                State::Recording { file, calls: 0 }
            }
            CassetteMode::Replay => {
                let text = std::fs::read(path).map_err(|cause| failed("read", cause))?;
                let tape: Tape = serde_json::from_slice(&text).map_err(|cause| {
                    Error::configuration(format!("the file {} is no cassette", path.display()))
                        .caused_by(cause)
                })?;
                let mut takes: HashMap<_, VecDeque<Take>> = HashMap::new();
                for exchange in tape.exchanges {
                    let (operation, method) = (&exchange.operation, &exchange.method);
                    let key =
                        json!([operation, method, exchange.target, exchange.body]).to_string();
                    let takes = takes.entry(key).or_default();
                    let call = exchange.call;
                    let same = |take: &&mut Take| call.is_some() && take.call == call;
                    match takes.iter_mut().rev().find(same) {
                        Some(take) => take.tries.push_back(exchange.outcome),
                        None => takes.push_back(Take {
                            call,
                            tries: [exchange.outcome].into(),
                        }),
                    }
                }
                State::Replaying(takes)
            }
        };
        Ok(Self {
            path: path.to_owned(),
            state: Mutex::new(state),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Return whether responses come from the cassette.
    pub(crate) fn replays(&self) -> bool {
        matches!(*self.state(), State::Replaying(_))
    }

    /// Return how the next attempt of `request` ended. `take` is what the call has replayed so far.
    pub(crate) fn play(&self, request: &Prepared, take: &mut Take) -> Result<Outcome> {
        if take.call.is_none() {
            *take = self.next(request, VecDeque::pop_front).unwrap_or_default();
        }
        match take.tries.pop_front() {
            Some(Recorded::Answer(answer)) => Ok(Outcome::Answered(answer.raw())),
            Some(Recorded::Failure(lost)) => Ok(Outcome::Failed(lost.failure())),
            None => Err(Error::configuration(format!(
                "the cassette {} has no further answer to {} {} with these arguments: record it again",
                self.path.display(),
                request.method,
                request.template(),
            ))),
        }
    }

    /// Return whether the call had another attempt.
    pub(crate) fn has_more(&self, request: &Prepared, take: &Take) -> bool {
        match take.call {
            Some(_) => !take.tries.is_empty(),
            None => self
                .next(request, |takes| takes.front().map(|_| ()))
                .is_some(),
        }
    }

    /// Return the calls with `request` that were not replayed yet.
    fn next<T>(
        &self,
        request: &Prepared,
        look: impl FnOnce(&mut VecDeque<Take>) -> Option<T>,
    ) -> Option<T> {
        match &mut *self.state() {
            State::Replaying(takes) => look(takes.get_mut(&key(request))?),
            State::Recording { .. } | State::Torn(_) => None,
        }
    }

    /// Fail if an exchange could not be written. The call that made the exchange keeps its outcome; later calls are refused.
    pub(crate) fn whole(&self) -> Result<()> {
        let State::Torn(cause) = &*self.state() else {
            return Ok(());
        };
        let message = format!("the cassette {} cannot be written", self.path.display());
        let cause = std::io::Error::new(cause.kind(), cause.to_string());
        Err(Error::configuration(message).caused_by(cause))
    }

    /// Record how an attempt of the call with this `take` ended.
    pub(crate) fn record(&self, request: &Prepared, outcome: &Outcome, take: &mut Take) {
        let recorded = match outcome {
            Outcome::Answered(answer) => Recorded::Answer(Answer::of(request, answer)),
            Outcome::Failed(failure) => Recorded::Failure(Lost::of(failure)),
        };
        let mut state = self.state();
        if let State::Recording { file, calls } = &mut *state {
            let call = *take.call.get_or_insert_with(|| {
                *calls += 1;
                *calls
            });
            if let Err(cause) = append(file, &Exchange::of(request, recorded, call)) {
                *state = State::Torn(cause);
            }
        }
    }
}

/// Write an exchange before the tail, so that the file is complete after each exchange.
fn append(file: &mut File, exchange: &Exchange) -> std::io::Result<()> {
    let tail = i64::try_from(TAIL.len()).unwrap_or_default();
    let at = file.seek(SeekFrom::End(-tail))?;
    let between = if at == HEAD.len() as u64 { "" } else { ",\n" };
    let text = serde_json::to_string_pretty(exchange)?;
    file.write_all([between, &text, TAIL].concat().as_bytes())
}

impl Lost {
    fn of(failure: &Failure) -> Self {
        Self {
            phase: failure.phase,
            unsent: failure.unsent,
            stale: failure.stale,
            why: match failure.why {
                Why::OutOfTime => Reason::Deadline,
                Why::ConnectTimeout(_) => Reason::ConnectTimeout,
                Why::Broken(_) | Why::TooLarge(_) => Reason::Broken,
            },
            status: failure.status,
        }
    }

    fn failure(self) -> Failure {
        let cause = std::sync::Arc::new(std::io::Error::other("it did when it was recorded"));
        Failure {
            phase: self.phase,
            unsent: self.unsent,
            stale: self.stale,
            why: match self.why {
                Reason::Deadline => Why::OutOfTime,
                Reason::ConnectTimeout => Why::ConnectTimeout(cause),
                Reason::Broken => Why::Broken(cause),
            },
            status: self.status,
        }
    }
}

impl Exchange {
    fn of(request: &Prepared, outcome: Recorded, call: u64) -> Self {
        Self {
            call: Some(call),
            operation: request.operation.to_owned(),
            method: request.method.to_string(),
            target: target(request),
            body: sent(request),
            outcome,
        }
    }
}

/// Path and query of a request. Without a definition, only parts that are known to be harmless.
fn target(request: &Prepared) -> String {
    let target = &request.path_and_query;
    match crate::by_name::info(request.operation) {
        Some(info) => harmless::defined_target(target, |name| {
            info.fields.iter().any(|field| field.name == name)
        }),
        None => harmless::target(target),
    }
}

/// The body of a request, without its secrets.
fn sent(request: &Prepared) -> Option<Value> {
    let body = request.body.as_ref()?;
    Some(harmless_part(request, body, scrubbed_body))
}

/// The key by which an exchange is found.
fn key(request: &Prepared) -> String {
    let (operation, method) = (request.operation, request.method.as_str());
    json!([operation, method, target(request), sent(request)]).to_string()
}

impl Answer {
    fn of(request: &Prepared, answer: &RawAnswer) -> Self {
        let header = |name: &&'static str| {
            let value = answer.headers.get(*name)?.to_str().ok()?;
            harmless::header(name, value).then(|| ((*name).to_owned(), value.to_owned()))
        };
        let body = body_of(request, answer);
        let text = plain_text(answer)
            .filter(|text| body.is_none() && !answer.status.is_success() && !text.is_empty())
            .map(|text| harmless::words(&text));
        Self {
            status: answer.status.as_u16(),
            headers: HEADERS.iter().filter_map(header).collect(),
            body,
            text,
        }
    }

    fn raw(self) -> RawAnswer {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(&value),
            ) {
                headers.insert(name, value);
            }
        }
        RawAnswer {
            status: StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY),
            headers,
            body: self
                .body
                .map(|body| body.to_string())
                .or(self.text)
                .map_or_else(Bytes::new, Bytes::from),
            attempts: 0,
            elapsed: Duration::ZERO,
        }
    }
}

/// The body of a response without its secrets. `None` for a refusal that is not a JSON object.
fn body_of(request: &Prepared, answer: &RawAnswer) -> Option<Value> {
    if !answer.status.is_success() {
        return harmless::refusal(&answer.body);
    }
    if answer.body.is_empty() {
        return None;
    }
    Some(harmless_part(request, &answer.body, scrubbed_answer))
}

/// Apply `known` to a body that matches its definition. Keep the structure of a body that does not match, and the harmless parts of
/// a body without a definition.
fn harmless_part(
    request: &Prepared,
    body: &[u8],
    known: impl FnOnce(&Prepared, &[u8]) -> Option<Value>,
) -> Value {
    if let Some(mut value) = known(request, body) {
        harmless::mend_texts(&mut value);
        return value;
    }
    let mut value = serde_json::from_slice(body).unwrap_or_default();
    if request.is_known() {
        redact(&mut value);
    } else {
        harmless::keep_known(&mut value);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::prepare_unknown;

    #[test]
    fn a_cassette_that_can_no_longer_be_written_spares_the_call_and_stops_the_next() {
        let path = std::env::temp_dir().join(format!("hundredms-{}-torn", std::process::id()));
        std::fs::write(&path, [HEAD, TAIL].concat()).expect("a file");
        let cassette = Cassette {
            path: path.clone(),
            state: Mutex::new(State::Recording {
                file: File::open(&path).expect("a file"),
                calls: 0,
            }),
        };
        assert!(cassette.whole().is_ok());
        let lost = Lost {
            phase: Phase::Wait,
            unsent: false,
            stale: false,
            why: Reason::Deadline,
            status: None,
        };
        let request = prepare_unknown("GET", "/new", &[], None).expect("a request");
        cassette.record(
            &request,
            &Outcome::Failed(lost.failure()),
            &mut Take::default(),
        );
        let error = cassette.whole().expect_err("read only");
        assert!(error.message().contains("cannot be written"), "{error}");
        std::fs::remove_file(path).expect("removed");
    }
}
