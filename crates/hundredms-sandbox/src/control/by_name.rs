//! Runs controls by their names, with JSON in and out.

use serde_json::Value;

use super::{
    clock::AdvanceClock,
    definition::{answer, read},
    error::SandboxError,
    seed,
    table::TABLE,
    webhooks::{self, SettleWebhooks},
};
use crate::sandbox_state::{SandboxState, SharedSandbox};

/// Run the control of this name. A control that waits or takes long holds the lock only for short times.
pub(crate) async fn run_shared(
    sandbox: &SharedSandbox,
    name: &str,
    arguments: Value,
) -> Result<Value, SandboxError> {
    match name {
        "settle_webhooks" => {
            let settle: SettleWebhooks = read(arguments)?;
            answer(&webhooks::settle(sandbox, settle.timeout()?).await?)
        }
        "advance_clock" => {
            let advance: AdvanceClock = read(arguments)?;
            answer(&advance.and_deliver(sandbox).await?)
        }
        "seed" => answer(&seed::in_steps(sandbox, &read(arguments)?).await?),
        _ => {
            let mut sandbox = sandbox.lock();
            sandbox.state.settle();
            run_now(&mut sandbox, name, arguments)
        }
    }
}

/// The same on the caller's thread.
pub(crate) fn run_blocking(
    sandbox: &SharedSandbox,
    name: &str,
    arguments: Value,
) -> Result<Value, SandboxError> {
    match name {
        "settle_webhooks" => {
            let settle: SettleWebhooks = read(arguments)?;
            answer(&webhooks::settle_blocking(sandbox, settle.timeout()?)?)
        }
        "seed" => answer(&seed::in_steps_blocking(sandbox, &read(arguments)?)?),
        _ => {
            let mut sandbox = sandbox.lock();
            sandbox.state.settle();
            run_now(&mut sandbox, name, arguments)
        }
    }
}

fn run_now(
    sandbox: &mut SandboxState,
    name: &str,
    arguments: Value,
) -> Result<Value, SandboxError> {
    let control = TABLE.iter().find(|control| control.name == name);
    let control =
        control.ok_or_else(|| SandboxError::not_found(format!("no control is called {name}")))?;
    (control.run)(sandbox, arguments)
}
