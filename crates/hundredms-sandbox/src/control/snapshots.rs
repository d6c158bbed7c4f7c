//! Controls of the whole state: `reset`, `snapshot`, `restore`, `drop_snapshot`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{
    limits, rules::hooks::new_state, snapshots::Snapshots, webhooks::faults::Faults, world::World,
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("reset", |world, _| {
        reset(world);
        Ok(Value::Null)
    }),
    Control::new("snapshot", |world, _| answer(&snapshot(world)?)),
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
pub(crate) fn reset(world: &mut World) {
    let origin = world.state.origin.clone();
    world.state = new_state(world.state.credentials.clone());
    world.state.origin = origin;
    world.rate_limit = None;
    world.state.webhook = world.first_webhook.clone();
    world.queue.drop_all();
    world.queue.set_faults(Faults::default());
    world.snapshots = Snapshots::default();
    world.log.clear();
    world.faults.clear();
}

/// Store a copy of the state.
pub(crate) fn snapshot(world: &mut World) -> Result<Snapshot, ControlError> {
    let id = world.snapshots.keep(&world.state).ok_or_else(|| {
        ControlError::too_large(format!(
            "there may be {} snapshots, of {} MiB together: drop some, or reset the sandbox",
            limits::SNAPSHOTS,
            limits::SNAPSHOTS_BYTES >> 20,
        ))
    })?;
    Ok(Snapshot { id })
}

fn drop_snapshot(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let Snapshot { id } = read(arguments)?;
    if world.snapshots.drop(id) {
        Ok(Value::Null)
    } else {
        Err(unknown(id))
    }
}

fn restore(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let Snapshot { id } = read(arguments)?;
    world.state = world.snapshots.get(id).ok_or_else(|| unknown(id))?.clone();
    world.state.deliveries.drop_pending();
    world.queue.drop_all();
    world.state.settle();
    Ok(Value::Null)
}
