//! What holds calls back before they are sent: connections that are all in use, and a service that asked to wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, SemaphorePermit, TryAcquireError};

/// Connections to one server.
#[derive(Debug)]
pub(super) struct Connections(Option<Semaphore>);

impl Connections {
    /// Allow `most` at a time; none for as many as there are calls.
    pub(super) fn new(most: Option<usize>) -> Self {
        Self(most.map(|most| Semaphore::new(most.min(Semaphore::MAX_PERMITS))))
    }

    /// Return a place at once, if one is free.
    pub(super) fn free(&self) -> Result<Option<SemaphorePermit<'_>>, TryAcquireError> {
        self.0.as_ref().map(Semaphore::try_acquire).transpose()
    }

    /// Wait for a place, first come, first served.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.0.as_ref()?.acquire().await.ok()
    }
}

/// When calls may go on that the service asked to wait with 429, for each group of resources.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    until: Mutex<HashMap<String, Instant>>,
    any: AtomicBool,
}

impl Pauses {
    /// Let every call of `group` wait until then.
    pub(super) fn hold(&self, group: &str, until: Instant) {
        let mut held = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let held = held.entry(group.to_owned()).or_insert(until);
        *held = until.max(*held);
        self.any.store(true, Ordering::Release);
    }

    /// Return how long calls of `group` have to wait.
    pub(super) fn left(&self, group: &str, now: Instant) -> Duration {
        if !self.any.load(Ordering::Acquire) {
            return Duration::ZERO;
        }
        let mut held = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, until| *until > now);
        self.any.store(!held.is_empty(), Ordering::Release);
        held.get(group)
            .map_or(Duration::ZERO, |until| until.duration_since(now))
    }
}

/// The group of resources that a path belongs to: its first segment.
pub(super) fn group(path: &str) -> &str {
    let path = path.trim_start_matches('/');
    path.split(['/', '?']).next().unwrap_or_default()
}
