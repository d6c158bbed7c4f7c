//! The example of an operation in `tests/fixtures`, which the tests of every language use.

use serde_json::Value;

use crate::shell::{BoxError, root};

/// An example of a call.
#[derive(Debug)]
pub(super) struct Fixture {
    /// The body of the request, or null.
    pub(super) body: Value,
    pub(super) status: u64,
    /// The body of the response, or null.
    pub(super) answer: Value,
}

impl Fixture {
    /// Read the example of `rooms.create`.
    pub(super) fn read(operation: &str) -> Result<Self, BoxError> {
        let file = root().join(format!("tests/fixtures/{operation}.json"));
        let fixture: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        Ok(Self {
            body: fixture["request"]["body"].clone(),
            status: fixture["answer"]["status"].as_u64().unwrap_or(200),
            answer: fixture["answer"]["body"].clone(),
        })
    }
}
