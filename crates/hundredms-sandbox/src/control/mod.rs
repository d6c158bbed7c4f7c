//! The controls of a sandbox, by name, over HTTP and in process.

use std::fmt;

use hundredms_deserialize_error::DeserializeError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    api_response::ApiError,
    reading,
    sandbox_state::{SandboxState, SharedSandbox},
};

pub(crate) mod analytics;
pub(crate) mod clock;
mod faults;
mod ingest;
mod jobs;
pub(crate) mod messages;
pub(crate) mod peers;
pub(crate) mod polls;
mod requests;
pub(crate) mod seed;
pub(crate) mod snapshots;
pub(crate) mod tracks;
mod webhook_sending;
pub(crate) mod webhooks;

pub use analytics::{ClientError, FailedDelivery, RecordedDelivery, ReportedClientError};
pub use clock::Clock;
pub use ingest::{RtmpIn, RtmpInto};
pub use jobs::Job;
pub use messages::RoomMessage;
pub use peers::{JoinPeer, LeavePeer, Peer};
pub use polls::{PollAnswer, PollAnswered, PollRun};
pub use seed::{Seed, Stats};
pub use snapshots::Snapshot;
pub use tracks::{PublishTrack, Track};
pub(crate) use webhook_sending::RequestWebhook;
pub use webhook_sending::{
    SendWebhook, SentWebhook, WebhookFault, WebhookFaultKind, WebhookRequest,
};
pub use webhooks::{WebhookAttempt, WebhookDelivery, WebhookQueue, WebhookTarget};

/// One row of the control table.
#[derive(Debug)]
pub(crate) struct Control {
    name: &'static str,
    run: fn(&mut SandboxState, Value) -> Result<Value, ControlError>,
    /// Whether the state stores strings from its arguments.
    keeps_arguments: bool,
}

impl Control {
    const fn new(
        name: &'static str,
        run: fn(&mut SandboxState, Value) -> Result<Value, ControlError>,
    ) -> Self {
        Self {
            name,
            run,
            keeps_arguments: false,
        }
    }

    const fn keeping(self) -> Self {
        Self {
            keeps_arguments: true,
            ..self
        }
    }
}

/// The rows of all modules.
const TABLES: &[&[Control]] = &[
    analytics::CONTROLS,
    clock::CONTROLS,
    faults::CONTROLS,
    ingest::CONTROLS,
    jobs::CONTROLS,
    messages::CONTROLS,
    peers::CONTROLS,
    polls::CONTROLS,
    requests::CONTROLS,
    seed::CONTROLS,
    snapshots::CONTROLS,
    tracks::CONTROLS,
    webhook_sending::CONTROLS,
    webhooks::CONTROLS,
];

/// Run the control of this name. A control that waits or takes long holds the lock only for short times.
pub(crate) async fn run_shared(
    sandbox: &SharedSandbox,
    name: &str,
    arguments: Value,
) -> Result<Value, ControlError> {
    match name {
        webhooks::SETTLE => webhooks::settle(sandbox, arguments).await,
        clock::ADVANCE => clock::advance_and_deliver(sandbox, arguments).await,
        seed::SEED => seed::in_steps(sandbox, arguments).await,
        _ => {
            let mut sandbox = sandbox.lock();
            sandbox.state.settle();
            run(&mut sandbox, name, arguments)
        }
    }
}

/// Run the control of this name on an up-to-date state.
pub(crate) fn run(
    sandbox: &mut SandboxState,
    name: &str,
    arguments: Value,
) -> Result<Value, ControlError> {
    let control = TABLES
        .iter()
        .copied()
        .flatten()
        .find(|control| control.name == name);
    let control =
        control.ok_or_else(|| ControlError::not_found(format!("no control is called {name}")))?;
    let mut large_values = sandbox.state.large_values;
    if control.keeps_arguments {
        large_values.take(&arguments)?;
    }
    let answer = (control.run)(sandbox, arguments)?;
    if control.keeps_arguments {
        sandbox.state.large_values = large_values;
    }
    Ok(answer)
}

/// Read the arguments of a control. Null counts as an empty object.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, ControlError> {
    let arguments = match arguments {
        Value::Null => json!({}),
        _ => arguments,
    };
    Ok(reading::object(&arguments)?)
}

/// The JSON of a control's typed result.
pub(crate) fn answer(answer: &impl Serialize) -> Result<Value, ControlError> {
    serde_json::to_value(answer).map_err(|error| ControlError::invalid(error.to_string()))
}

/// A control that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlError {
    status: u16,
    message: String,
}

impl ControlError {
    /// The arguments are invalid, or the state does not allow it.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self {
            status: 400,
            message: message.into(),
        }
    }

    /// The control or its object does not exist.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self {
            status: 404,
            message: message.into(),
        }
    }

    /// A limit is exceeded.
    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self {
            status: 413,
            message: message.into(),
        }
    }

    /// The wait timed out.
    pub(crate) fn too_late(message: impl Into<String>) -> Self {
        Self {
            status: 408,
            message: message.into(),
        }
    }

    /// The HTTP status of the control: 400 for invalid arguments, 404 if the object does not exist, 401 and 403 if a client would
    /// be refused, 413 beyond a limit of the sandbox, 408 if a wait timed out.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl From<ApiError> for ControlError {
    fn from(error: ApiError) -> Self {
        let message = match error.details.as_slice() {
            [] => error.message,
            details => format!("{}: {}", error.message, details.join(", ")),
        };
        Self {
            status: error.code,
            message,
        }
    }
}

impl From<DeserializeError> for ControlError {
    fn from(misfit: DeserializeError) -> Self {
        Self::invalid(misfit.to_string())
    }
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ControlError {}
