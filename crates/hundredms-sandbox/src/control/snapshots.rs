//! Controls of the whole state: `reset`, `snapshot`, `restore`, `drop_snapshot`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{limits, state::State, webhooks::faults::Faults, world::World};

/// Copies of states, with the approximate memory of each in bytes.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    by_id: BTreeMap<u64, (State, usize)>,
    bytes: usize,
    last: u64,
}

impl Snapshots {
    fn keep(&mut self, state: &State) -> Result<u64, ControlError> {
        let bytes = state.bytes();
        if self.by_id.len() == limits::SNAPSHOTS || self.bytes + bytes > limits::SNAPSHOTS_BYTES {
            return Err(ControlError::too_large(format!(
                "there may be {} snapshots, of {} MiB together: drop some, or reset the sandbox",
                limits::SNAPSHOTS,
                limits::SNAPSHOTS_BYTES >> 20,
            )));
        }
        self.last += 1;
        self.bytes += bytes;
        self.by_id.insert(self.last, (state.clone(), bytes));
        Ok(self.last)
    }

    fn get(&self, id: u64) -> Result<&State, ControlError> {
        let found = self.by_id.get(&id).map(|(state, _)| state);
        found.ok_or_else(|| unknown(id))
    }

    fn drop(&mut self, id: u64) -> Result<(), ControlError> {
        let (_, bytes) = self.by_id.remove(&id).ok_or_else(|| unknown(id))?;
        self.bytes -= bytes;
        Ok(())
    }
}

fn unknown(id: u64) -> ControlError {
    ControlError::not_found(format!("no snapshot has the id {id}"))
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
pub(crate) fn reset(world: &mut World) {
    let origin = world.state.origin.clone();
    world.state = State::new(world.state.credentials.clone());
    world.state.origin = origin;
    world.rate_limit = None;
    world.state.webhook = world.first_webhook.clone();
    world.courier.drop_all();
    world.courier.set_faults(Faults::default());
    world.snapshots = Snapshots::default();
    world.log.clear();
    world.faults.clear();
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

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        reset(world);
        Ok(())
    }
}

impl Control for TakeSnapshot {
    type Answer = Snapshot;

    fn run(self, world: &mut World) -> Result<Snapshot, ControlError> {
        let id = world.snapshots.keep(&world.state)?;
        Ok(Snapshot { id })
    }
}

impl Control for Restore {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        world.state = world.snapshots.get(self.0.id)?.clone();
        world.state.deliveries.drop_pending();
        world.courier.drop_all();
        world.state.settle();
        Ok(())
    }
}

impl Control for DropSnapshot {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        world.snapshots.drop(self.0.id)
    }
}
