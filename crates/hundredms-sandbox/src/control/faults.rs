//! Controls of faults: `add_fault`, `faults`, `clear_faults`, `refuse_connections`, `rate_limit`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{
    faults::{Effect, Fault, FaultReport},
    limits, rate_limit,
    world::World,
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

    fn run(self, world: &mut World) -> Result<AddedFault, ControlError> {
        if let Some(misfit) = self.misfit() {
            return Err(ControlError::invalid(misfit));
        }
        let id = world.faults.add(self).ok_or_else(|| {
            ControlError::too_large(format!(
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

    fn run(self, world: &mut World) -> Result<Faults, ControlError> {
        let faults = world.faults.reports().cloned().collect();
        Ok(Faults { faults })
    }
}

impl Control for ClearFaults {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        world.faults.clear();
        Ok(())
    }
}

impl Control for RateLimit {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        world.rate_limit = match self.per_second {
            Some(number @ 1..=10_000) => Some(rate_limit::RateLimit::new(number as usize)),
            Some(_) => {
                return Err(ControlError::invalid(
                    "per_second must be 1 to 10000, or null for no limit",
                ));
            }
            None => None,
        };
        Ok(())
    }
}

impl Control for RefuseConnections {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        let time = Duration::try_from_secs_f64(self.seconds)
            .map_err(|_| ControlError::invalid("seconds must be zero or more"))?;
        let same = Fault::new(Effect::new().refuse_connections(time));
        if let Some(misfit) = same.misfit().filter(|_| !time.is_zero()) {
            return Err(ControlError::invalid(misfit));
        }
        world.faults.door.shut(time);
        Ok(())
    }
}
