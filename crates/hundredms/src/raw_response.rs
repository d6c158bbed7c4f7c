//! [`RawResponse`]: the status, headers and bytes of a response.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

/// A raw response.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// HTTP status, 2xx.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, unchanged.
    pub body: Bytes,
    /// How many attempts it took.
    pub attempts: u32,
    /// Duration, over all attempts.
    pub elapsed: Duration,
    /// When the call began, if it was to change something.
    pub(crate) began: Option<Timestamp>,
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            attempts: 0,
            elapsed: Duration::ZERO,
            began: None,
        }
    }
}

impl std::fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
