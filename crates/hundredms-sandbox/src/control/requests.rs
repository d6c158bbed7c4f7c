//! Controls of the log: `requests`, `clear_requests`.

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::SandboxError};
use crate::{request_log::LoggedRequest, sandbox_state::SandboxState};

/// Return the log.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListRequests {
    /// Only the requests after this number. For the command `hundredms logs`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    #[serde(default)]
    after: u64,
}

/// The log.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Requests {
    /// Oldest first.
    requests: Vec<LoggedRequest>,
    /// The number of the last request, counted from the start. Clearing the log does not change it.
    #[cfg_attr(feature = "schema", schemars(skip))]
    last: u64,
}

/// Clear the log.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ClearRequests {}

impl Control for ListRequests {
    type Answer = Requests;

    fn run(self, sandbox: &mut SandboxState) -> Result<Requests, SandboxError> {
        let requests = sandbox.log.kept_after(self.after).collect();
        let last = sandbox.log.last_number();
        Ok(Requests { requests, last })
    }
}

impl Control for ClearRequests {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        sandbox.log.clear();
        Ok(())
    }
}
