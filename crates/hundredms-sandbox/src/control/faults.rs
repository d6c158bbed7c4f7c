//! Controls of faults: `add_fault`, `faults`, `clear_faults`, `refuse_connections`, `rate_limit`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::SandboxError};
use crate::{
    api::routes::{all, unknown_operation},
    faults::{
        effect::FaultEffect,
        fault::{Fault, FaultReport},
    },
    limits,
    sandbox_state::SandboxState,
};

/// A fault that was added.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct AddedFault {
    /// Its number, as in the log of requests.
    pub(crate) id: u64,
}

/// Return the faults.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListFaults {}

/// All faults.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Faults {
    /// In the order in which they were added.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub(crate) faults: Vec<FaultReport>,
}

/// Remove all faults.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ClearFaults {}

/// Limit the requests.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    /// Between 1 and 10000. Null removes the limit.
    #[serde(default)]
    pub(crate) per_second: Option<u32>,
    /// The resource that is limited, such as `rooms`. Without it, every resource is, and limits of single resources are removed.
    #[serde(default)]
    pub(crate) resource: Option<String>,
}

/// Refuse connections for a while.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseConnections {
    /// Seconds of real time, at most 600.
    pub(crate) seconds: f64,
}

/// Add a fault.
impl Control for Fault {
    type Answer = AddedFault;

    fn run(self, sandbox: &mut SandboxState) -> Result<AddedFault, SandboxError> {
        if let Some(problem) = self.problem(unknown_operation) {
            return Err(SandboxError::invalid(problem));
        }
        let id = sandbox.faults.add(self).ok_or_else(|| {
            SandboxError::too_large(format!(
                "there may be {} faults, of {} MiB together: call clear_faults",
                limits::FAULTS,
                limits::FAULTS_BYTES >> 20,
            ))
        })?;
        Ok(AddedFault { id })
    }
}

impl Control for ListFaults {
    type Answer = Faults;

    fn run(self, sandbox: &mut SandboxState) -> Result<Faults, SandboxError> {
        let faults = sandbox.faults.reports().cloned().collect();
        Ok(Faults { faults })
    }
}

impl Control for ClearFaults {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        sandbox.faults.clear();
        Ok(())
    }
}

impl Control for RateLimit {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        if self
            .per_second
            .is_some_and(|number| !(1..=10_000).contains(&number))
        {
            return Err(SandboxError::invalid(
                "per_second must be 1 to 10000, or null for no limit",
            ));
        }
        if let Some(resource) = &self.resource {
            let mut resources = all().filter_map(|operation| operation.name.split('.').next());
            if !resources.any(|name| name == resource) {
                return Err(SandboxError::invalid(format!(
                    "resource: there is no resource {resource}"
                )));
            }
        }
        let limit = sandbox.rate_limit.get_or_insert_default();
        limit.set(self.resource, self.per_second.map(|number| number as usize));
        Ok(())
    }
}

impl Control for RefuseConnections {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        let time = Duration::try_from_secs_f64(self.seconds)
            .map_err(|_| SandboxError::invalid("seconds must be zero or more"))?;
        let same = Fault::new(FaultEffect::new().refuse_connections(time));
        if let Some(problem) = same.problem(unknown_operation).filter(|_| !time.is_zero()) {
            return Err(SandboxError::invalid(problem));
        }
        sandbox.faults.gate.close(time);
        Ok(())
    }
}
