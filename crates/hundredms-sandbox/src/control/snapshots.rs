//! Controls of the whole state: `reset`, `snapshot`, `restore`, `drop_snapshot`.

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::SandboxError};
use crate::{
    limits, rules::hooks::new_state, sandbox_state::SandboxState, snapshots::Snapshots,
    webhooks::faults::Faults,
};

fn unknown(id: u64) -> SandboxError {
    SandboxError::not_found(format!("no snapshot has the id {id}"))
}

/// A saved state. The copy itself stays in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Number of the snapshot.
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

/// Reset everything.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Reset {}

/// Store a copy of the state.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct TakeSnapshot {}

/// Restore a snapshot.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct Restore(pub(crate) Snapshot);

/// Delete a snapshot.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct DropSnapshot(pub(crate) Snapshot);

impl Control for Reset {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        reset(sandbox);
        Ok(())
    }
}

impl Control for TakeSnapshot {
    type Answer = Snapshot;

    fn run(self, sandbox: &mut SandboxState) -> Result<Snapshot, SandboxError> {
        let id = sandbox.snapshots.keep(&sandbox.state).ok_or_else(|| {
            SandboxError::too_large(format!(
                "there may be {} snapshots, of {} MiB together: drop some, or reset the sandbox",
                limits::SNAPSHOTS,
                limits::SNAPSHOTS_BYTES >> 20,
            ))
        })?;
        Ok(Snapshot { id })
    }
}

impl Control for Restore {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        sandbox.state = sandbox
            .snapshots
            .get(self.0.id)
            .ok_or_else(|| unknown(self.0.id))?
            .clone();
        sandbox.state.deliveries.drop_pending();
        sandbox.queue.drop_all();
        sandbox.state.settle();
        Ok(())
    }
}

impl Control for DropSnapshot {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        if sandbox.snapshots.drop(self.0.id) {
            Ok(())
        } else {
            Err(unknown(self.0.id))
        }
    }
}
