//! Controls of the whole state: `reset`, `snapshot`, `restore`, `drop_snapshot`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    limits, rules::hooks::new_state, sandbox_state::SandboxState, snapshots::Snapshots,
    webhooks::faults::Faults,
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("reset", |sandbox, _| {
        reset(sandbox);
        Ok(Value::Null)
    }),
    Control::new("snapshot", |sandbox, _| answer(&snapshot(sandbox)?)),
    Control::new("restore", restore),
    Control::new("drop_snapshot", drop_snapshot),
];

fn unknown(id: u64) -> ControlError {
    ControlError::not_found(format!("no snapshot has the id {id}"))
}

/// A saved state. The copy itself stays in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    id: u64,
}

/// Reset everything to its start.
pub(crate) fn reset(sandbox: &mut SandboxState) {
    let origin = sandbox.state.origin.clone();
    sandbox.state = new_state(sandbox.state.credentials.clone());
    sandbox.state.origin = origin;
    sandbox.rate_limit = None;
    sandbox.state.webhook = sandbox.first_webhook.clone();
    sandbox.queue.drop_all();
    sandbox.queue.set_faults(Faults::default());
    sandbox.snapshots = Snapshots::default();
    sandbox.log.clear();
    sandbox.faults.clear();
}

/// Store a copy of the state.
pub(crate) fn snapshot(sandbox: &mut SandboxState) -> Result<Snapshot, ControlError> {
    let id = sandbox.snapshots.keep(&sandbox.state).ok_or_else(|| {
        ControlError::too_large(format!(
            "there may be {} snapshots, of {} MiB together: drop some, or reset the sandbox",
            limits::SNAPSHOTS,
            limits::SNAPSHOTS_BYTES >> 20,
        ))
    })?;
    Ok(Snapshot { id })
}

fn drop_snapshot(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Snapshot { id } = read(arguments)?;
    if sandbox.snapshots.drop(id) {
        Ok(Value::Null)
    } else {
        Err(unknown(id))
    }
}

fn restore(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Snapshot { id } = read(arguments)?;
    sandbox.state = sandbox
        .snapshots
        .get(id)
        .ok_or_else(|| unknown(id))?
        .clone();
    sandbox.state.deliveries.drop_pending();
    sandbox.queue.drop_all();
    sandbox.state.settle();
    Ok(Value::Null)
}
