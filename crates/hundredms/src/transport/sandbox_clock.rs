//! Skips pauses while the server is a sandbox: the client says how long it would have paused, and the sandbox advances its clock.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

/// Asks a sandbox to advance its clock before it handles the request, in seconds.
const ADVANCE: HeaderName = HeaderName::from_static("x-sandbox-advance");

/// A sandbox says in how many seconds something happens by itself. Without it, advancing the clock would change nothing.
const NEXT_CHANGE: HeaderName = HeaderName::from_static("x-sandbox-next-change");

/// Ask for it.
pub(crate) fn advance(headers: &mut HeaderMap, by: Duration) {
    if let Ok(seconds) = HeaderValue::try_from(by.as_secs_f64().to_string()) {
        headers.insert(ADVANCE, seconds);
    }
}

/// Return whether the server is a sandbox in which something happens soon.
pub(crate) fn has_next_change(headers: &HeaderMap) -> bool {
    headers.contains_key(NEXT_CHANGE)
}
