//! What a cassette contains: one [`Exchange`] for each attempt.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::harmless;
use crate::error::Phase;
use crate::raw_response::RawResponse;
use crate::request::{Definition, OperationDefinition, PreparedRequest};
use crate::transport::error_response::plain_text;
use crate::transport::outcome::{AttemptOutcome, FailedAttempt, FailureReason};
use crate::wire::scrub::redact;

/// The file, which contains `"cassette": 1`, its format.
#[derive(Deserialize)]
pub(super) struct CassetteFile {
    pub(super) exchanges: Vec<Exchange>,
}

/// One attempt.
#[derive(Serialize, Deserialize)]
pub(super) struct Exchange {
    /// Number of the call, the same for all its attempts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) call: Option<u64>,
    pub(super) operation: String,
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Value>,
    #[serde(flatten)]
    pub(super) outcome: RecordedOutcome,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecordedOutcome {
    Answer(RecordedAnswer),
    Failure(RecordedFailure),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RecordedAnswer {
    status: u16,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    /// The body of an error response that is not a JSON object, as far as errors show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// An attempt without a response.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct RecordedFailure {
    pub(super) phase: Phase,
    pub(super) unsent: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) stale: bool,
    #[serde(rename = "why")]
    pub(super) reason: RecordedReason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecordedReason {
    Deadline,
    ConnectTimeout,
    Broken,
}

/// Headers that matter for replay. They are kept if their values are valid for the header.
const HEADERS: [&str; 3] = ["date", "retry-after", "x-request-id"];

impl RecordedFailure {
    pub(super) fn of(failure: &FailedAttempt) -> Self {
        Self {
            phase: failure.phase,
            unsent: failure.unsent,
            stale: failure.stale,
            reason: match failure.reason {
                FailureReason::DeadlinePassed => RecordedReason::Deadline,
                FailureReason::ConnectTimeout(_) => RecordedReason::ConnectTimeout,
                FailureReason::Broken(_) | FailureReason::TooLarge(_) => RecordedReason::Broken,
            },
            status: failure.status,
        }
    }

    pub(super) fn failure(self) -> FailedAttempt {
        let cause = std::sync::Arc::new(std::io::Error::other("it did when it was recorded"));
        FailedAttempt {
            phase: self.phase,
            unsent: self.unsent,
            stale: self.stale,
            reason: match self.reason {
                RecordedReason::Deadline => FailureReason::DeadlinePassed,
                RecordedReason::ConnectTimeout => FailureReason::ConnectTimeout(cause),
                RecordedReason::Broken => FailureReason::Broken(cause),
            },
            status: self.status,
            address: None,
        }
    }
}

impl Exchange {
    /// Describe an attempt of call number `call`.
    pub(super) fn of(request: &PreparedRequest, outcome: &AttemptOutcome, call: u64) -> Self {
        Self {
            call: Some(call),
            operation: request.operation().to_owned(),
            method: request.method.to_string(),
            target: target(request),
            body: sent(request),
            outcome: match outcome {
                AttemptOutcome::Response(answer) => {
                    RecordedOutcome::Answer(RecordedAnswer::of(request, answer))
                }
                AttemptOutcome::Failed(failure) => {
                    RecordedOutcome::Failure(RecordedFailure::of(failure))
                }
            },
        }
    }
}

/// Path and query of a request. Without a definition, only parts that are known to be harmless.
fn target(request: &PreparedRequest) -> String {
    let target = &request.path_and_query;
    match request.definition {
        Definition::Operation(operation) => harmless::defined_target(target, |name| {
            let fields = operation.info.arguments;
            fields.iter().any(|field| field.name == name)
        }),
        Definition::Custom { is_path_word } => harmless::target(target, is_path_word),
    }
}

/// The body of a request, without its secrets.
fn sent(request: &PreparedRequest) -> Option<Value> {
    let body = request.body.as_ref()?;
    Some(harmless_part(request, body, |operation| {
        operation.scrub_body
    }))
}

/// The key by which an exchange is found.
pub(super) fn key(request: &PreparedRequest) -> String {
    let (operation, method) = (request.operation(), request.method.as_str());
    key_of(operation, method, &target(request), sent(request).as_ref())
}

impl Exchange {
    /// The key of the exchange's request.
    pub(super) fn key(&self) -> String {
        key_of(
            &self.operation,
            &self.method,
            &self.target,
            self.body.as_ref(),
        )
    }
}

fn key_of(operation: &str, method: &str, target: &str, body: Option<&Value>) -> String {
    json!([operation, method, target, body]).to_string()
}

impl RecordedAnswer {
    fn of(request: &PreparedRequest, answer: &RawResponse) -> Self {
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

    pub(super) fn raw(self) -> RawResponse {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (
                HeaderName::from_bytes(name.as_bytes()),
                HeaderValue::from_str(&value),
            ) {
                headers.insert(name, value);
            }
        }
        let body = self.body.map(|body| body.to_string()).or(self.text);
        RawResponse::new(
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY),
            headers,
            body.map_or_else(Bytes::new, Bytes::from),
        )
    }
}

/// The body of a response without its secrets. `None` for an error response that is not a JSON object.
fn body_of(request: &PreparedRequest, answer: &RawResponse) -> Option<Value> {
    if !answer.status.is_success() {
        return harmless::refusal(&answer.body);
    }
    if answer.body.is_empty() {
        return None;
    }
    Some(harmless_part(request, &answer.body, |operation| {
        operation.scrub_answer
    }))
}

/// Scrub a body that matches its definition with the function that `scrub` selects. Keep the structure of a body that does not
/// match, and the harmless parts of a body without a definition.
fn harmless_part(
    request: &PreparedRequest,
    body: &[u8],
    scrub: impl FnOnce(&OperationDefinition) -> fn(&[u8]) -> Option<Value>,
) -> Value {
    let json = || serde_json::from_slice(body).unwrap_or_default();
    match request.definition {
        Definition::Operation(operation) => {
            if let Some(mut value) = scrub(operation)(body) {
                harmless::redact_texts(&mut value);
                return value;
            }
            let mut value = json();
            redact(&mut value);
            value
        }
        Definition::Custom { .. } => {
            let mut value = json();
            harmless::keep_known(&mut value);
            value
        }
    }
}
