//! The native part of the npm package: JSON text in, JSON text or a tagged failure out.
//!
//! It knows no operation by name and creates no JavaScript objects from results; the TypeScript in `node/` does.

#![expect(
    missing_debug_implementations,
    reason = "what is public here is public for JavaScript alone"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "napi hands values over, and by position is the cheapest way"
)]

mod bridge;
mod client;
mod failure;
mod journal;
mod runtime;
mod sandbox;
mod wake;
mod webhooks;

use napi_derive::napi;

/// Run the command `hundredms` with these arguments, of which the first is the name of the program, and return its exit code. Blocks
/// the thread.
#[napi]
pub fn run_command(arguments: Vec<String>) -> u8 {
    hundredms_cli::run(arguments)
}

/// Return the kinds of errors, for the test that compares the classes with them.
#[napi]
pub fn error_kinds() -> Vec<&'static str> {
    hundredms::ErrorKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .collect()
}

/// Return the tagged error for an argument that TypeScript refuses. `operation` and `field` may be empty.
#[napi]
pub fn refused_argument(operation: String, field: String, reason: String) -> String {
    failure::of_core(&hundredms::Error::invalid_request(
        &operation, &field, &reason,
    ))
}

/// Return the tagged error for an option that TypeScript refuses.
#[napi]
pub fn not_configured(message: String) -> String {
    failure::of_core(&hundredms::Error::configuration(message))
}

/// Return the names of the operations, for the test that compares the methods with them.
#[napi]
pub fn operations() -> Vec<&'static str> {
    hundredms::operations().map(|info| info.name).collect()
}

/// Return a transcript, as JSON, in another format.
#[napi]
pub fn export_transcript(transcript: String, format: String) -> napi::Result<String> {
    hundredms::jobs::export_transcript(transcript.as_bytes(), &format)
        .map_err(|error| failure::thrown(&error))
}

/// Return the tagged error for a handler of an event type that is not known.
#[napi]
pub fn unknown_event_type(name: String) -> String {
    failure::of_core(&hundredms::webhooks::EventType::unknown(&name))
}
