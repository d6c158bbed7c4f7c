//! Controls of the fault script: `add_fault`, `faults`, `clear_faults`, `refuse_connections`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, ControlError, answer, read};
use crate::{
    faults::{Effect, Fault},
    world::World,
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("add_fault", add),
    Control::new("faults", |world, _| {
        let reports: Vec<_> = world.faults.reports().collect();
        Ok(json!({"faults": answer(&reports)?}))
    }),
    Control::new("clear_faults", |world, _| {
        world.faults.clear();
        Ok(Value::Null)
    }),
    Control::new("refuse_connections", refuse_connections),
];

fn add(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let fault: Fault = read(arguments)?;
    match fault.misfit() {
        Some(misfit) => Err(ControlError::invalid(misfit)),
        None => Ok(json!({"id": world.faults.add(fault)})),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refuse {
    seconds: f64,
}

fn refuse_connections(world: &mut World, arguments: Value) -> Result<Value, ControlError> {
    let Refuse { seconds } = read(arguments)?;
    let time = Duration::try_from_secs_f64(seconds)
        .map_err(|_| ControlError::invalid("seconds must be zero or more"))?;
    let same = Fault::new(Effect::new().refuse_connections(time));
    if let Some(misfit) = same.misfit().filter(|_| !time.is_zero()) {
        return Err(ControlError::invalid(misfit));
    }
    world.faults.door.shut(time);
    Ok(Value::Null)
}
