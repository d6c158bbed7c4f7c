//! The rate limit that a test can set: a number of requests per second for each resource, and 429 above it.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::api_response::ApiError;

/// The time in which requests are counted, by the virtual clock.
const WINDOW: SignedDuration = SignedDuration::from_secs(1);

/// How many requests a second the operations of each resource take.
#[derive(Debug, Default)]
pub(crate) struct RateLimit {
    /// Of resources without their own.
    others: Option<usize>,
    /// By resource.
    own: BTreeMap<String, usize>,
    /// When the latest ones arrived, by resource.
    taken: BTreeMap<&'static str, VecDeque<Timestamp>>,
}

impl RateLimit {
    /// Set the limit of a resource, or of all that have none of their own. `None` for no limit.
    pub(crate) fn set(&mut self, resource: Option<String>, per_second: Option<usize>) {
        match (resource, per_second) {
            (Some(resource), Some(per_second)) => {
                self.own.insert(resource, per_second);
            }
            (Some(resource), None) => {
                self.own.remove(&resource);
            }
            (None, per_second) => {
                self.others = per_second;
                self.own.clear();
            }
        }
        self.taken.clear();
    }

    /// Count a request of an operation; 429 in the documented words when there are too many of its resource.
    pub(crate) fn take(&mut self, operation: &'static str, now: Timestamp) -> Result<(), ApiError> {
        let resource = operation.split('.').next().unwrap_or_default();
        let Some(per_second) = self.own.get(resource).copied().or(self.others) else {
            return Ok(());
        };
        let taken = self.taken.entry(resource).or_default();
        while taken
            .front()
            .is_some_and(|came| now.duration_since(*came) >= WINDOW)
        {
            taken.pop_front();
        }
        if taken.len() >= per_second {
            let message = "rate limit exceeded, retry after 1 seconds";
            return Err(ApiError::new(429, message));
        }
        taken.push_back(now);
        Ok(())
    }
}
