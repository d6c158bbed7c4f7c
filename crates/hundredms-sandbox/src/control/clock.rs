//! Controls of the virtual clock: `advance_clock`, `clock`.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    clock::text,
    sandbox_state::{SandboxState, SharedSandbox},
    state::State,
    webhook_task,
};

/// The control that waits for webhooks. It is handled separately.
pub(crate) const ADVANCE: &str = "advance_clock";

/// The maximum wait, in real time.
const WAIT: Duration = Duration::from_secs(5);

pub(super) const CONTROLS: &[Control] = &[
    Control::new("advance_clock", advance),
    Control::new("clock", |sandbox, _| answer(&now(&sandbox.state))),
];

/// The virtual time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Clock {
    /// The time by the virtual clock (RFC 3339).
    pub now: String,
    /// How far it is ahead of real time.
    pub advanced_seconds: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: f64,
    /// Whether to wait until all due webhooks were attempted. Defaults to true.
    #[serde(default)]
    deliver: Option<bool>,
}

/// Advance the clock, and wait until all due webhooks were attempted.
pub(crate) async fn advance_and_deliver(
    sandbox: &SharedSandbox,
    arguments: Value,
) -> Result<Value, ControlError> {
    let Advance { seconds, deliver } = read(arguments)?;
    {
        let mut sandbox = sandbox.lock();
        sandbox.state.settle();
        advance_by(&mut sandbox, seconds)?;
    }
    if deliver.unwrap_or(true) {
        webhook_task::wait(sandbox, WAIT, webhook_task::is_caught_up).await;
    }
    answer(&now(&sandbox.lock().state))
}

/// Advance the clock, for a caller that holds the lock.
fn advance(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Advance { seconds, .. } = read(arguments)?;
    advance_by(sandbox, seconds)?;
    answer(&now(&sandbox.state))
}

fn advance_by(sandbox: &mut SandboxState, seconds: f64) -> Result<(), ControlError> {
    let by = SignedDuration::try_from_secs_f64(seconds)
        .ok()
        .filter(|by| !by.is_negative());
    let by = by.ok_or_else(|| {
        ControlError::invalid("seconds must be zero or more: the clock does not go back")
    })?;
    if sandbox.state.advance(by) {
        Ok(())
    } else {
        Err(ControlError::invalid(
            "the clock goes no further than fifty years ahead",
        ))
    }
}

/// The virtual time of a settled state.
pub(crate) fn now(state: &State) -> Clock {
    Clock {
        now: text(state.now()),
        advanced_seconds: state.advanced().as_secs_f64(),
    }
}
