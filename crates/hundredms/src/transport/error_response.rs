//! [`ErrorResponse`]: what a response that is not 2xx means.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::retry_after::retry_after;
use crate::error::{ErrorKind, single_line};
use crate::raw_response::RawResponse;
use crate::wire::scrub::REDACTED;
use crate::wire::surrogates::without_lone_surrogates;

/// A response that is not 2xx, parsed as far as possible.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) kind: ErrorKind,
    pub(crate) status: u16,
    pub(crate) message: String,
    pub(crate) code: Option<i64>,
    pub(crate) details: Vec<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

/// The credentials of a call: an error never contains them, even if a response repeats them.
#[derive(Debug, Default)]
pub(crate) struct CallSecrets<'a>(Vec<&'a str>);

/// Shorter texts occur inside other words.
const SHORTEST_SECRET: usize = 8;

impl<'a> CallSecrets<'a> {
    pub(crate) fn new(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let long = |secret: &&str| secret.len() >= SHORTEST_SECRET;
        Self(secrets.into_iter().filter(long).collect())
    }

    fn masked(&self, text: &str) -> String {
        let mask = |text: String, secret: &&str| text.replace(secret, REDACTED);
        self.0.iter().fold(text.to_owned(), mask)
    }
}

/// The maximum length of a message or detail that is repeated, in characters, and the maximum number of details.
const MAX_MESSAGE_CHARS: usize = 1_000;
const MAX_DETAIL_CHARS: usize = 1_000;
const MAX_DETAILS: usize = 20;

/// Maximum size of an error response in bytes. A larger one is not the service's.
const MAX_BYTES: usize = 64 * 1024;

/// Maximum length of a repeated body that is not JSON.
const MAX_TEXT_CHARS: usize = 200;

/// The body of an error response. Each field is parsed independently, because gateways send other bodies.
#[derive(Default)]
struct ApiError {
    code: Option<i64>,
    message: Option<String>,
    details: Vec<String>,
}

impl ApiError {
    fn read(body: &[u8]) -> Option<Self> {
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        let fields: Map<String, Value> = match serde_json::from_slice(body) {
            Ok(fields) => fields,
            Err(_) => serde_json::from_slice(&without_lone_surrogates(body)?).ok()?,
        };
        let message = fields.get("message").and_then(text);
        Some(Self {
            code: fields.get("code").and_then(|code| match code {
                Value::Number(code) => code.as_i64(),
                Value::String(code) => code.trim().parse().ok(),
                _ => None,
            }),
            message: message.or_else(|| fields.get("error").and_then(text)),
            details: match fields.get("details") {
                Some(Value::Array(details)) => details.iter().filter_map(text).collect(),
                Some(detail) => text(detail).into_iter().collect(),
                None => Vec::new(),
            },
        })
    }
}

/// A string, or the message of an object.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => Some(fields.get("message")?.as_str()?.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

impl ErrorResponse {
    /// Parse `answer`, which arrived at `now`, and mask `secrets`.
    pub(crate) fn read(answer: &RawResponse, now: Timestamp, secrets: &CallSecrets<'_>) -> Self {
        let is_small = answer.body.len() <= MAX_BYTES;
        let error = is_small.then(|| ApiError::read(&answer.body)).flatten();
        let ApiError {
            code,
            message,
            mut details,
        } = error.unwrap_or_else(|| ApiError {
            message: whole_text(answer).map(|text| beginning(&secrets.masked(text)).to_owned()),
            ..ApiError::default()
        });
        let message = message
            .filter(|message| !message.trim().is_empty())
            .unwrap_or_else(|| describe_status(answer.status));
        let texts = details
            .iter()
            .fold(message.clone(), |texts, detail| texts + "\n" + detail);
        details.truncate(MAX_DETAILS);
        Self {
            kind: kind_of(answer.status),
            status: answer.status.as_u16(),
            retry_after: retry_after(&answer.headers, &texts, now),
            message: single_line(&secrets.masked(&message), MAX_MESSAGE_CHARS),
            code,
            details: details
                .iter()
                .map(|detail| single_line(&secrets.masked(detail), MAX_DETAIL_CHARS))
                .collect(),
            request_id: answer
                .headers
                .get("x-request-id")
                .and_then(|id| id.to_str().ok())
                .map(|id| single_line(&secrets.masked(id), MAX_TEXT_CHARS)),
        }
    }
}

/// The beginning of the text of a plain-text body. HTML pages, JSON and JavaScript are ignored.
pub(crate) fn plain_text(answer: &RawResponse) -> Option<String> {
    whole_text(answer).map(|text| beginning(text).to_owned())
}

/// The text of a plain-text body. HTML pages, JSON and JavaScript are ignored.
fn whole_text(answer: &RawResponse) -> Option<&str> {
    let text = std::str::from_utf8(&answer.body).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['<', '{', '[', '"', '/', ')']) || is_call(text) {
        return None;
    }
    Some(text)
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT_CHARS);
    let end = end.map_or(text.len(), |(end, _)| end);
    text[..end].trim_end()
}

/// Whether it is a JSONP call: `callback({`.
fn is_call(text: &str) -> bool {
    text.split_once('(').is_some_and(|(name, rest)| {
        !name.contains(char::is_whitespace) && rest.trim_start().starts_with(['{', '[', '"'])
    })
}

fn describe_status(status: StatusCode) -> String {
    if status.is_redirection() {
        return "the service answered with a redirect, and redirects are not followed: check the base URL".to_owned();
    }
    match status.canonical_reason() {
        Some(reason) => format!("the service answered {} {reason}", status.as_u16()),
        None => format!("the service answered {}", status.as_u16()),
    }
}

/// Return whether with this status a gateway says that it does not know the outcome.
pub(crate) fn is_outcome_unknown(status: u16) -> bool {
    matches!(status, 408 | 502 | 504)
}

/// Return the error kind for a status.
pub(crate) fn kind_of(status: StatusCode) -> ErrorKind {
    match status.as_u16() {
        401 => ErrorKind::Authentication,
        403 => ErrorKind::PermissionDenied,
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::RateLimited,
        400..=499 => ErrorKind::BadRequest,
        _ => ErrorKind::Server,
    }
}
