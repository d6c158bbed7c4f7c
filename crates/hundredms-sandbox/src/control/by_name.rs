//! Runs controls by their names, with JSON in and out.

use serde_json::Value;

use super::{
    clock::AdvanceClock,
    definition::{answer, read},
    error::ControlError,
    seed,
    table::TABLE,
    webhooks::{self, SettleWebhooks},
};
use crate::world::{SharedWorld, World};

/// Run the control of this name. A control that waits or takes long holds the lock only for short times.
pub(crate) async fn run_shared(
    world: &SharedWorld,
    name: &str,
    arguments: Value,
) -> Result<Value, ControlError> {
    match name {
        "settle_webhooks" => {
            let settle: SettleWebhooks = read(arguments)?;
            answer(&webhooks::settle(world, settle.timeout()?).await?)
        }
        "advance_clock" => {
            let advance: AdvanceClock = read(arguments)?;
            answer(&advance.and_deliver(world).await?)
        }
        "seed" => answer(&seed::in_steps(world, &read(arguments)?).await?),
        _ => {
            let mut world = world.lock();
            world.state.settle();
            run_now(&mut world, name, arguments)
        }
    }
}

/// The same on the caller's thread.
pub(crate) fn run_blocking(
    world: &SharedWorld,
    name: &str,
    arguments: Value,
) -> Result<Value, ControlError> {
    match name {
        "settle_webhooks" => {
            let settle: SettleWebhooks = read(arguments)?;
            answer(&webhooks::settle_blocking(world, settle.timeout()?)?)
        }
        "seed" => answer(&seed::in_steps_blocking(world, &read(arguments)?)?),
        _ => {
            let mut world = world.lock();
            world.state.settle();
            run_now(&mut world, name, arguments)
        }
    }
}

fn run_now(world: &mut World, name: &str, arguments: Value) -> Result<Value, ControlError> {
    let control = TABLE.iter().find(|control| control.name == name);
    let control =
        control.ok_or_else(|| ControlError::not_found(format!("no control is called {name}")))?;
    (control.run)(world, arguments)
}
