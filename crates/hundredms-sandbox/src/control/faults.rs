//! Controls of faults: `add_fault`, `faults`, `clear_faults`, `refuse_connections`, `rate_limit`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Control, ControlError, answer, read};
use crate::{
    api::routes::is_operation,
    faults::{effect::Effect, fault::Fault},
    limits,
    rate_limit::RateLimit,
    sandbox_state::SandboxState,
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("add_fault", add),
    Control::new("faults", |sandbox, _| {
        let reports: Vec<_> = sandbox.faults.reports().collect();
        Ok(json!({"faults": answer(&reports)?}))
    }),
    Control::new("clear_faults", |sandbox, _| {
        sandbox.faults.clear();
        Ok(Value::Null)
    }),
    Control::new("refuse_connections", refuse_connections),
    Control::new("rate_limit", rate_limit),
];

fn add(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let fault: Fault = read(arguments)?;
    if let Some(problem) = fault.problem(is_operation) {
        return Err(ControlError::invalid(problem));
    }
    let id = sandbox.faults.add(fault).ok_or_else(|| {
        ControlError::too_large(format!(
            "there may be {} faults, of {} MiB together: call clear_faults",
            limits::FAULTS,
            limits::FAULTS_BYTES >> 20,
        ))
    })?;
    Ok(json!({"id": id}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    #[serde(default)]
    per_second: Option<u32>,
}

fn rate_limit(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Limit { per_second } = read(arguments)?;
    sandbox.rate_limit = match per_second {
        Some(number @ 1..=10_000) => Some(RateLimit::new(number as usize)),
        Some(_) => {
            return Err(ControlError::invalid(
                "per_second must be 1 to 10000, or null for no limit",
            ));
        }
        None => None,
    };
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refuse {
    seconds: f64,
}

fn refuse_connections(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let Refuse { seconds } = read(arguments)?;
    let time = Duration::try_from_secs_f64(seconds)
        .map_err(|_| ControlError::invalid("seconds must be zero or more"))?;
    let same = Fault::new(Effect::new().refuse_connections(time));
    if let Some(problem) = same.problem(is_operation).filter(|_| !time.is_zero()) {
        return Err(ControlError::invalid(problem));
    }
    sandbox.faults.gate.close(time);
    Ok(Value::Null)
}
