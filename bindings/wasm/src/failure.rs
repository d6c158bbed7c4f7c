//! How a failure is passed to JavaScript: its data as JSON, a line break, and the message.

use hundredms::Error;

/// Tag a failure of the core.
pub(crate) fn of_core(error: &Error) -> String {
    format!("{}\n{error}", error.to_json())
}
