//! Controls of the whole state: `reset`, `snapshot`, `restore`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Control, ControlError, answer, read};
use crate::{state::State, webhooks::faults::Faults, world::World};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("reset", |world, _| {
        reset(world);
        Ok(Value::Null)
    }),
    Control::new("snapshot", |world, _| answer(&snapshot(world))),
    Control::new("restore", restore),
];

/// A state to come back to; the copy itself stays in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    id: u64,
}

/// Makes everything as it was at the start.
pub(crate) fn reset(world: &mut World) {
    world.state = State::new(world.state.credentials.clone());
    world.state.webhook = world.first_webhook.clone();
    world.courier.drop_all();
    world.courier.set_faults(Faults::default());
    world.snapshots.clear();
    world.log.clear();
    world.faults.clear();
}

/// Keeps a copy of the state.
pub(crate) fn snapshot(world: &mut World) -> Snapshot {
    let id = world
        .snapshots
        .keys()
        .next_back()
        .map_or(1, |last| last + 1);
    world.snapshots.insert(id, world.state.clone());
    Snapshot { id }
}

fn restore(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let Snapshot { id } = read(arguments)?;
    let snapshot = world.snapshots.get(&id);
    let snapshot =
        snapshot.ok_or_else(|| ControlError::not_found(format!("no snapshot has the id {id}")))?;
    world.state = snapshot.clone();
    world.state.deliveries.drop_pending();
    world.courier.drop_all();
    world.state.settle();
    Ok(Value::Null)
}
