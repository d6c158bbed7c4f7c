//! What a response that is not 2xx means.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::RawAnswer;
use super::retry_after::retry_after;
use crate::error::{ErrorKind, on_one_line};
use crate::wire::{REDACTED, without_lone_surrogates};

/// A response that is not 2xx, parsed as far as possible.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) kind: ErrorKind,
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) code: Option<i64>,
    pub(super) details: Vec<String>,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
}

/// The credentials of a call: an error never contains them, even if a response repeats them.
#[derive(Debug, Default)]
pub(super) struct OwnSecrets<'a>(Vec<&'a str>);

/// Shorter texts occur inside other words.
const SHORTEST_SECRET: usize = 8;

impl<'a> OwnSecrets<'a> {
    pub(super) fn new(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let long = |secret: &&str| secret.len() >= SHORTEST_SECRET;
        Self(secrets.into_iter().filter(long).collect())
    }

    fn masked(&self, text: &str) -> String {
        let mask = |text: String, secret: &&str| text.replace(secret, REDACTED);
        self.0.iter().fold(text.to_owned(), mask)
    }
}

/// The maximum length of a message or detail that is repeated, in characters, and the maximum number of details.
const MOST_MESSAGE: usize = 1_000;
const MOST_DETAIL: usize = 1_000;
const MOST_DETAILS: usize = 20;

/// Maximum number of bytes of a refusal that are read. A larger one is not an error of the service.
const MOST_BYTES: usize = 64 * 1024;

/// Maximum length of a repeated body that is not JSON.
const MOST_TEXT: usize = 200;

/// The body of a refusal. Each field is parsed independently, because gateways send other bodies.
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

impl Refusal {
    /// Parse `answer`, which arrived at `now`, and mask `own`.
    pub(super) fn read(answer: &RawAnswer, now: Timestamp, own: &OwnSecrets<'_>) -> Self {
        let readable = answer.body.len() <= MOST_BYTES;
        let error = readable.then(|| ApiError::read(&answer.body)).flatten();
        let ApiError {
            code,
            message,
            mut details,
        } = error.unwrap_or_else(|| ApiError {
            message: whole_text(answer).map(|text| beginning(&own.masked(text)).to_owned()),
            ..ApiError::default()
        });
        let message = message
            .filter(|message| !message.trim().is_empty())
            .unwrap_or_else(|| in_words(answer.status));
        let said = details
            .iter()
            .fold(message.clone(), |said, detail| said + "\n" + detail);
        details.truncate(MOST_DETAILS);
        Self {
            kind: kind(answer.status),
            status: answer.status.as_u16(),
            retry_after: retry_after(&answer.headers, &said, now),
            message: on_one_line(&own.masked(&message), MOST_MESSAGE),
            code,
            details: details
                .iter()
                .map(|detail| on_one_line(&own.masked(detail), MOST_DETAIL))
                .collect(),
            request_id: answer
                .headers
                .get("x-request-id")
                .and_then(|id| id.to_str().ok())
                .map(|id| on_one_line(&own.masked(id), MOST_TEXT)),
        }
    }
}

/// The beginning of the text of a plain-text body. HTML pages, JSON and JavaScript are ignored.
pub(crate) fn plain_text(answer: &RawAnswer) -> Option<String> {
    whole_text(answer).map(|text| beginning(text).to_owned())
}

/// The text of a plain-text body; a page of HTML says nothing, nor do JSON and JavaScript.
fn whole_text(answer: &RawAnswer) -> Option<&str> {
    let text = std::str::from_utf8(&answer.body).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['<', '{', '[', '"', '/', ')']) || is_call(text) {
        return None;
    }
    Some(text)
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_TEXT);
    let end = end.map_or(text.len(), |(end, _)| end);
    text[..end].trim_end()
}

/// Whether it is a JSONP call: `callback({`.
fn is_call(text: &str) -> bool {
    text.split_once('(').is_some_and(|(name, rest)| {
        !name.contains(char::is_whitespace) && rest.trim_start().starts_with(['{', '[', '"'])
    })
}

fn in_words(status: StatusCode) -> String {
    if status.is_redirection() {
        return "the service answered with a redirect, and redirects are not followed: check the base URL".to_owned();
    }
    match status.canonical_reason() {
        Some(reason) => format!("the service answered {} {reason}", status.as_u16()),
        None => format!("the service answered {}", status.as_u16()),
    }
}

pub(super) fn kind(status: StatusCode) -> ErrorKind {
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
