//! [`Outcome`]: what a call reports to JavaScript.

use bytes::Bytes;

/// What a call reports. The kinds are those of the addon (`node/src/native.ts`).
pub(crate) enum Outcome {
    /// JSON text, the cursor of the next page.
    Answer(Bytes, Option<String>),
    /// JSON text; status, headers, attempts and seconds as JSON text.
    Responded(Bytes, String),
    /// Status and headers as JSON text, body.
    Raw(String, Bytes),
    /// A tagged failure.
    Failure(String),
    /// Not finished: this call asks the provider with this number for a token.
    TokenWanted(u32, Option<u32>),
    /// Not finished: an observation, as JSON, for the observer whose number replaces the id; and its call.
    Observed(String, Option<u32>),
    /// Not finished: the progress of a job, as JSON.
    Progress(String),
    /// The work was dropped.
    Dropped,
}
