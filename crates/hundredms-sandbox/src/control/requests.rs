//! Controls of the log: `requests`, `clear_requests`.

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::ControlError};
use crate::{request_log::LoggedRequest, world::World};

/// Return the log.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListRequests {}

/// The log.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Requests {
    /// Oldest first.
    requests: Vec<LoggedRequest>,
}

/// Clear the log.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ClearRequests {}

impl Control for ListRequests {
    type Answer = Requests;

    fn run(self, world: &mut World) -> Result<Requests, ControlError> {
        let requests = world.log.kept().collect();
        Ok(Requests { requests })
    }
}

impl Control for ClearRequests {
    type Answer = ();

    fn run(self, world: &mut World) -> Result<(), ControlError> {
        world.log.clear();
        Ok(())
    }
}
