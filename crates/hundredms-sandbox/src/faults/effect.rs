//! The effect of a fault on a request and its response. All effects can be combined.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::reading;

/// The maximum delay.
const MAX_DELAY: Duration = Duration::from_secs(600);

/// What happens to a request. All effects can be combined. Delays are in real time, not by the virtual clock.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FaultEffect"))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FaultEffect {
    /// Wait this many milliseconds before the request is handled. It is handled even if the client has disconnected.
    #[serde(skip_serializing_if = "is_default")]
    pub delay_before_ms: u64,
    /// Wait this many milliseconds between handling the request and responding.
    #[serde(skip_serializing_if = "is_default")]
    pub delay_answer_ms: u64,
    /// Return this status. The request is not handled, unless `apply` is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Handle the request although the response is replaced.
    #[serde(skip_serializing_if = "is_default")]
    pub apply: bool,
    /// Add these headers to the response.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Add `Retry-After` with this many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Add `Retry-After` with the date in this many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_date: Option<u64>,
    /// Return this body: a string as it is, anything else as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Send the body in gzip format.
    #[serde(skip_serializing_if = "is_default")]
    pub gzip: bool,
    /// Close the connection without a response, before or after the request was handled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disconnect: Option<Disconnect>,
    /// Close the connection after this many bytes of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_body: Option<usize>,
    /// Send a `Content-Length` that is wrong by this many bytes: too large, or too small if negative.
    #[serde(skip_serializing_if = "is_default")]
    pub content_length_off: i64,
    /// Send the body in small pieces.
    #[serde(
        deserialize_with = "reading::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub drip: Option<Drip>,
    /// Expire every token that was accepted so far, including this request's.
    #[serde(skip_serializing_if = "is_default")]
    pub expire_tokens: bool,
    /// Offset the service's clock by this many seconds for this request: for its token and in the `Date` of the response.
    #[serde(skip_serializing_if = "is_default")]
    pub clock_off: i64,
    /// Refuse new connections for this many milliseconds. Open ones close when they are idle. Clearing the faults ends this
    /// earlier.
    #[serde(skip_serializing_if = "is_default")]
    pub refuse_connections_ms: u64,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How a connection ends without a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(inline))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Disconnect {
    /// Closed, and the request was not handled.
    CloseBefore,
    /// Closed after the request was handled: its change takes effect.
    CloseAfter,
    /// Reset, and the request was not handled.
    ResetBefore,
    /// Reset after the request was handled: its change takes effect.
    ResetAfter,
}

impl Disconnect {
    pub(crate) fn is_before(self) -> bool {
        matches!(self, Self::CloseBefore | Self::ResetBefore)
    }

    pub(crate) fn is_reset(self) -> bool {
        matches!(self, Self::ResetBefore | Self::ResetAfter)
    }
}

/// How slowly a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Drip {
    /// Bytes at a time.
    pub bytes: usize,
    /// Milliseconds between them.
    pub every_ms: u64,
}

impl FaultEffect {
    /// Create an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Return this status instead of handling the request.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Handle the request although the response is replaced.
    pub fn apply(mut self) -> Self {
        self.apply = true;
        self
    }

    /// Add a header to the response.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Add `Retry-After` with seconds to the response.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Add `Retry-After` with the date in this many seconds to the response.
    pub fn retry_after_date(mut self, seconds: u64) -> Self {
        self.retry_after_date = Some(seconds);
        self
    }

    /// Set the body: a string as it is, anything else as JSON.
    pub fn body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Wait before the request is handled.
    pub fn delay_before(mut self, delay: Duration) -> Self {
        self.delay_before_ms = milliseconds(delay);
        self
    }

    /// Wait between handling the request and responding.
    pub fn delay_answer(mut self, delay: Duration) -> Self {
        self.delay_answer_ms = milliseconds(delay);
        self
    }

    /// End the connection without a response.
    pub fn disconnect(mut self, disconnect: Disconnect) -> Self {
        self.disconnect = Some(disconnect);
        self
    }

    /// End the connection after this many bytes of the body.
    pub fn cut_body(mut self, bytes: usize) -> Self {
        self.cut_body = Some(bytes);
        self
    }

    /// Send a `Content-Length` that is too large, or too small if negative.
    pub fn content_length_off(mut self, bytes: i64) -> Self {
        self.content_length_off = bytes;
        self
    }

    /// Send the body in small pieces.
    pub fn drip(mut self, bytes: usize, every: Duration) -> Self {
        self.drip = Some(Drip {
            bytes,
            every_ms: milliseconds(every),
        });
        self
    }

    /// Send the body compressed.
    pub fn gzip(mut self) -> Self {
        self.gzip = true;
        self
    }

    /// Expire every token that was accepted so far.
    pub fn expire_tokens(mut self) -> Self {
        self.expire_tokens = true;
        self
    }

    /// Set the offset of the service's clock, in seconds.
    pub fn clock_off(mut self, seconds: i64) -> Self {
        self.clock_off = seconds;
        self
    }

    /// Refuse new connections for a while.
    pub fn refuse_connections(mut self, time: Duration) -> Self {
        self.refuse_connections_ms = milliseconds(time);
        self
    }

    /// Whether the request is not handled.
    pub(crate) fn prevents(&self) -> bool {
        self.disconnect.is_some_and(Disconnect::is_before) || (self.status.is_some() && !self.apply)
    }

    /// Whether hyper can send the response.
    pub(crate) fn is_plain(&self) -> bool {
        self.disconnect.is_none()
            && self.cut_body.is_none()
            && self.content_length_off == 0
            && self.drip.is_none()
    }

    /// Add the effects of another fault, which takes precedence.
    pub(crate) fn and(self, other: Self) -> Self {
        let mut headers = self.headers;
        headers.extend(other.headers);
        Self {
            delay_before_ms: self.delay_before_ms.saturating_add(other.delay_before_ms),
            delay_answer_ms: self.delay_answer_ms.saturating_add(other.delay_answer_ms),
            status: other.status.or(self.status),
            apply: other.apply || self.apply,
            headers,
            retry_after: other.retry_after.or(self.retry_after),
            retry_after_date: other.retry_after_date.or(self.retry_after_date),
            body: other.body.or(self.body),
            gzip: other.gzip || self.gzip,
            disconnect: other.disconnect.or(self.disconnect),
            cut_body: other.cut_body.or(self.cut_body),
            content_length_off: or(other.content_length_off, self.content_length_off),
            drip: other.drip.or(self.drip),
            expire_tokens: other.expire_tokens || self.expire_tokens,
            clock_off: or(other.clock_off, self.clock_off),
            refuse_connections_ms: self.refuse_connections_ms.max(other.refuse_connections_ms),
        }
    }

    /// Return why it is invalid, if it is.
    pub(crate) fn problem(&self) -> Option<String> {
        let longest = milliseconds(MAX_DELAY);
        let delays = [
            ("delay_before_ms", self.delay_before_ms),
            ("delay_answer_ms", self.delay_answer_ms),
            ("refuse_connections_ms", self.refuse_connections_ms),
            ("drip.every_ms", self.drip.map_or(0, |drip| drip.every_ms)),
        ];
        let header = |(name, value): (&String, &String)| {
            hyper::header::HeaderName::try_from(name).is_ok()
                && hyper::header::HeaderValue::try_from(value).is_ok()
        };
        if *self == Self::default() {
            return Some("effect: must have at least one field".into());
        }
        if let Some((name, _)) = delays.iter().find(|(_, delay)| *delay > longest) {
            return Some(format!("effect.{name}: must be at most {longest}"));
        }
        if self
            .status
            .is_some_and(|status| !(200..600).contains(&status))
        {
            return Some("effect.status: must be between 200 and 599".into());
        }
        if self.drip.is_some_and(|drip| drip.bytes == 0) {
            return Some("effect.drip.bytes: must be at least 1".into());
        }
        if !self.headers.iter().all(header) {
            return Some("effect.headers: a name or value is invalid".into());
        }
        let year = 366 * 24 * 60 * 60;
        if !(-year..=year).contains(&self.clock_off) {
            return Some("effect.clock_off: must be at most one year".into());
        }
        let waits = [self.retry_after, self.retry_after_date];
        if waits
            .iter()
            .flatten()
            .any(|wait| *wait > year.unsigned_abs())
        {
            return Some("effect.retry_after: must be at most one year".into());
        }
        None
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn or(one: i64, other: i64) -> i64 {
    if one == 0 { other } else { one }
}
