//! [`Response`]: an answer, and what came beside it.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::transport::RawAnswer;

/// The value that a call answers, with status, headers and attempts.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the call would have given without this.
    pub value: T,
    /// HTTP status, 2xx.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
    /// How long the call took, over all attempts.
    pub elapsed: Duration,
}

impl<T> Response<T> {
    pub(crate) fn of(value: T, raw: RawAnswer) -> Self {
        Self {
            value,
            status: raw.status,
            headers: raw.headers,
            attempts: raw.attempts,
            elapsed: raw.elapsed,
        }
    }

    /// Return the id under which the service knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }
}

/// Values of headers are not shown.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
