//! How a failure is passed to JavaScript: its data as JSON, a line break, and the message.

use hundredms::Error;
use hundredms_sandbox::SandboxError;

/// Tag a failure of the core.
pub(crate) fn of_core(error: &Error) -> String {
    format!("{}\n{error}", error.to_json())
}

/// Tag an error of a control of the sandbox.
pub(crate) fn of_control(name: &str, error: &SandboxError) -> String {
    let known = serde_json::json!({"kind": "sandbox", "status": error.status(), "message": error.to_string()});
    format!("{known}\n{name}: {error}")
}

/// Tag a failure to start the sandbox.
pub(crate) fn of_start(error: &std::io::Error) -> String {
    let known = serde_json::json!({"kind": "sandbox", "message": error.to_string()});
    format!("{known}\nthe sandbox cannot start: {error}")
}

/// Throw the error of an argument that is refused before it reaches the core.
pub(crate) fn refused(operation: &str, field: &str, reason: &str) -> napi::Error {
    thrown(&Error::invalid_request(operation, field, reason))
}

/// Throw a failure that is known at once.
pub(crate) fn thrown(error: &Error) -> napi::Error {
    napi::Error::from_reason(of_core(error))
}
