//! Limits that delay calls before they are sent: a full connection pool, and a service that asked to wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit, TryAcquireError};

use crate::host::time::Instant;

/// The maximum number of connections to one server, or of requests in flight.
#[derive(Debug)]
pub(crate) struct ConnectionLimit(Option<Semaphore>);

impl ConnectionLimit {
    /// Allow `most` at a time. `None` for no limit.
    pub(crate) fn new(most: Option<usize>) -> Self {
        Self(most.map(|most| Semaphore::new(most.min(Semaphore::MAX_PERMITS))))
    }

    /// Return a permit at once, if one is free.
    pub(crate) fn try_acquire(&self) -> Result<Option<SemaphorePermit<'_>>, TryAcquireError> {
        self.0.as_ref().map(Semaphore::try_acquire).transpose()
    }

    /// Wait for a permit, first come, first served.
    pub(crate) async fn acquire(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.0.as_ref()?.acquire().await.ok()
    }
}

/// When the calls of each group of resources may continue, after the service asked for a pause with 429.
#[derive(Debug, Default)]
pub(crate) struct Pauses {
    until: Mutex<HashMap<String, Instant>>,
    any: AtomicBool,
}

impl Pauses {
    /// Make every call of `group` wait until `until`.
    pub(crate) fn hold(&self, group: &str, until: Instant) {
        let mut pauses = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let current = pauses.entry(group.to_owned()).or_insert(until);
        *current = until.max(*current);
        self.any.store(true, Ordering::Release);
    }

    /// Return how long calls of `group` must wait. `now` is not called if no call must.
    pub(crate) fn left(&self, group: &str, now: impl FnOnce() -> Instant) -> Duration {
        if !self.any.load(Ordering::Acquire) {
            return Duration::ZERO;
        }
        let now = now();
        let mut pauses = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        pauses.retain(|_, until| *until > now);
        self.any.store(!pauses.is_empty(), Ordering::Release);
        pauses
            .get(group)
            .map_or(Duration::ZERO, |until| until.duration_since(now))
    }
}

/// The group of resources that a path belongs to: its first segment.
pub(crate) fn group(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    path.split(['/', '?']).next().unwrap_or_default()
}
