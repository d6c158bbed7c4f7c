//! What an answer that is no 2xx means.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use super::RawAnswer;
use super::retry_after::retry_after;
use crate::error::ErrorKind;
use crate::wire::{Wire, decode};

/// An answer that is no 2xx, read as far as it can be.
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

/// The body of a refusal. Gateways answer with something else.
#[derive(Deserialize)]
struct ApiError {
    #[serde(default, deserialize_with = "decode")]
    code: Option<i64>,
    #[serde(default, alias = "error", deserialize_with = "decode")]
    message: Option<String>,
    #[serde(default, deserialize_with = "decode")]
    details: Vec<String>,
}

impl Wire for ApiError {
    fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// At most so much of a body that is no JSON is repeated.
const MOST_TEXT: usize = 200;

impl Refusal {
    /// Read `answer`, which came at `now`.
    pub(super) fn read(answer: &RawAnswer, now: Timestamp) -> Self {
        let body: Option<ApiError> = serde_json::from_slice(&answer.body).ok();
        let (code, message, details) = match body {
            Some(body) => (body.code, body.message, body.details),
            None => (None, plain_text(answer), Vec::new()),
        };
        let message = message
            .filter(|message| !message.trim().is_empty())
            .unwrap_or_else(|| in_words(answer.status));
        let said = details
            .iter()
            .fold(message.clone(), |said, detail| said + "\n" + detail);
        Self {
            kind: kind(answer.status),
            status: answer.status.as_u16(),
            retry_after: retry_after(&answer.headers, &said, now),
            message,
            code,
            details,
            request_id: answer
                .headers
                .get("x-request-id")
                .and_then(|id| id.to_str().ok())
                .map(str::to_owned),
        }
    }
}

/// The text of a plain-text body; a page of HTML says nothing.
pub(crate) fn plain_text(answer: &RawAnswer) -> Option<String> {
    let text = std::str::from_utf8(&answer.body).ok()?.trim();
    if text.starts_with(['<', '{', '[']) {
        return None;
    }
    let end = text.char_indices().nth(MOST_TEXT);
    let end = end.map_or(text.len(), |(end, _)| end);
    Some(text[..end].trim_end().to_owned())
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
