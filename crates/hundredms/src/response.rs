//! [`Response`]: a value with its status and headers.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::raw_response::RawResponse;

/// The value that a call returns, with status, headers and attempts.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The value that the call returns otherwise.
    pub value: T,
    /// HTTP status, 2xx.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
    /// Duration of the call, over all attempts.
    pub elapsed: Duration,
}

impl<T> Response<T> {
    pub(crate) fn of(value: T, raw: RawResponse) -> Self {
        Self {
            value,
            status: raw.status,
            headers: raw.headers,
            attempts: raw.attempts,
            elapsed: raw.elapsed,
        }
    }

    /// Return the service's id of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }
}

/// Header values are not shown.
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
