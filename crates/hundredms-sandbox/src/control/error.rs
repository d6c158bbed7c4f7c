//! The error of a control.

use std::fmt;

use hundredms_deserialize_error::DeserializeError;

use crate::api_response::ApiError;

/// A control that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxError {
    status: u16,
    message: String,
}

impl SandboxError {
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

impl From<ApiError> for SandboxError {
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

impl From<DeserializeError> for SandboxError {
    fn from(problem: DeserializeError) -> Self {
        Self::invalid(problem.to_string())
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SandboxError {}
