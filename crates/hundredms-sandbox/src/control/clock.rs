//! Controls of the virtual clock: `advance_clock`, `clock`.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{
    definition::{Control, run},
    error::SandboxError,
};
use crate::{
    clock::text,
    sandbox_state::{SandboxState, SharedSandbox},
    state::State,
    webhook_task,
};

/// The maximum wait, in real time.
const WAIT: Duration = Duration::from_secs(5);

/// The virtual time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Clock {
    /// The time by the virtual clock (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub now: String,
    /// How far it is ahead of real time, in seconds: the sum of all advances.
    pub advanced_seconds: f64,
}

/// Advance the clock.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct AdvanceClock {
    /// Seconds of the virtual clock.
    pub(crate) seconds: f64,
    /// Whether to wait until all due webhooks were attempted. Defaults to true.
    #[serde(default)]
    pub(crate) deliver: Option<bool>,
}

/// Return the time.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GetClock {}

impl AdvanceClock {
    /// Advance the clock, and wait until all due webhooks were attempted, unless `deliver` is false.
    pub(super) async fn and_deliver(self, sandbox: &SharedSandbox) -> Result<Clock, SandboxError> {
        let deliver = self.deliver.unwrap_or(true);
        {
            let mut sandbox = sandbox.lock();
            sandbox.state.settle();
            run(&mut sandbox, self)?;
        }
        if deliver {
            webhook_task::wait(sandbox, WAIT, webhook_task::is_caught_up).await;
        }
        Ok(now(&sandbox.lock().state))
    }
}

/// Without waiting, for a caller that holds the lock.
impl Control for AdvanceClock {
    type Answer = Clock;

    fn run(self, sandbox: &mut SandboxState) -> Result<Clock, SandboxError> {
        let by = SignedDuration::try_from_secs_f64(self.seconds)
            .ok()
            .filter(|by| !by.is_negative());
        let by = by.ok_or_else(|| {
            SandboxError::invalid("seconds must be zero or more: the clock does not go back")
        })?;
        if sandbox.state.advance(by) {
            Ok(now(&sandbox.state))
        } else {
            Err(SandboxError::invalid(
                "the clock goes no further than fifty years ahead",
            ))
        }
    }
}

impl Control for GetClock {
    type Answer = Clock;

    fn run(self, sandbox: &mut SandboxState) -> Result<Clock, SandboxError> {
        Ok(now(&sandbox.state))
    }
}

/// The virtual time of a settled state.
pub(crate) fn now(state: &State) -> Clock {
    Clock {
        now: text(state.now()),
        advanced_seconds: state.advanced().as_secs_f64(),
    }
}
