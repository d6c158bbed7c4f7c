//! Limits of what the sandbox keeps, so that no request can use up the machine's memory. The README documents these.

use serde_json::Value;

use crate::api_response::ApiError;

/// The maximum size of a body of an operation, in bytes.
pub(crate) const OPERATION_BODY: usize = 4 << 20;

/// The maximum size of a body of a control, in bytes.
pub(crate) const CONTROL_BODY: usize = 1 << 20;

/// The maximum size of a head of a request, in bytes.
pub(crate) const HEAD: usize = 128 << 10;

/// How much of the body of a refused request is read, in bytes.
pub(crate) const DISCARDED: usize = 16 << 20;

/// Bodies that are larger wait for their turn, in bytes.
pub(crate) const SMALL_BODY: usize = 64 << 10;

/// The maximum number of bytes of larger bodies that are read at the same time.
pub(crate) const BODIES_AT_ONCE: usize = 64 << 20;

/// The maximum number of rooms of one seed.
pub(crate) const SEEDED_ROOMS: usize = 100_000;

/// The maximum number of rooms that seeds leave. Each takes less than a kilobyte.
pub(crate) const ALL_ROOMS: usize = 1_000_000;

/// The maximum number of sessions of one seed. They take no memory.
pub(crate) const SEEDED_SESSIONS: u32 = 10_000_000;

/// The maximum number of requests in the log.
pub(crate) const LOGGED: usize = 10_000;

/// The maximum number of bytes of the log.
pub(crate) const LOG: usize = 16 << 20;

/// The maximum size of a body that the log keeps, in bytes.
pub(crate) const LOGGED_BODY: usize = 256 << 10;

/// The maximum size of the headers of a request that the log keeps, in bytes.
pub(crate) const LOGGED_HEADERS: usize = 8 << 10;

/// How much of the body of a response the log keeps, in bytes.
pub(crate) const LOGGED_ANSWER: usize = 64 << 10;

/// The maximum number of deliveries of webhooks in their log.
pub(crate) const DELIVERIES: usize = 50_000;

/// The maximum number of bytes of that log.
pub(crate) const DELIVERIES_BYTES: usize = 128 << 20;

/// The maximum number of bytes of deliveries that wait to be sent.
pub(crate) const WAITING_BYTES: usize = 64 << 20;

/// The maximum number of replays of webhooks that are remembered.
pub(crate) const REPLAYS: usize = 200;

/// The maximum number of snapshots.
pub(crate) const SNAPSHOTS: usize = 1000;

/// The maximum number of bytes of all snapshots.
pub(crate) const SNAPSHOTS_BYTES: usize = 512 << 20;

/// The maximum number of rules of the fault script.
pub(crate) const FAULTS: usize = 1000;

/// The maximum number of bytes of the fault script.
pub(crate) const FAULTS_BYTES: usize = 4 << 20;

/// The maximum number of problems that one response names.
pub(crate) const PROBLEMS: usize = 100;

/// The maximum number of bytes of large values in the state.
const LARGE_VALUES: usize = 256 << 20;

/// Larger values are counted, in bytes.
const LARGE: usize = 16 << 10;

/// Return the approximate number of bytes of memory that a value takes.
pub(crate) fn weight(value: &Value) -> usize {
    const NODE: usize = size_of::<Value>();
    /// Key, hash and place of a field.
    const FIELD: usize = size_of::<String>() + 4 * size_of::<usize>();
    NODE + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| FIELD + key.len() + weight(value))
            .sum(),
        _ => 0,
    }
}

/// The large values that the state was given and may hold.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LargeValues(usize);

impl LargeValues {
    /// Count a value; 413 when there is no room for it.
    pub(crate) fn take(&mut self, value: &Value) -> Result<(), ApiError> {
        self.take_bytes(weight(value))
    }

    /// Count a value that takes this many bytes.
    pub(crate) fn take_bytes(&mut self, bytes: usize) -> Result<(), ApiError> {
        if bytes <= LARGE {
            return Ok(());
        }
        if self.0 + bytes > LARGE_VALUES {
            return Err(ApiError::new(413, "The sandbox is full").detail(format!(
                "large values may take at most {} MiB of memory; reset the sandbox or start another",
                LARGE_VALUES >> 20
            )));
        }
        self.0 += bytes;
        Ok(())
    }

    /// Return how many bytes there are.
    pub(crate) fn bytes(self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn many_small_values_weigh_more_than_their_text() {
        let lists = json!(vec![json!([]); 1000]);
        assert!(weight(&lists) > 10 * lists.to_string().len());
        assert!(weight(&json!("x".repeat(1000))) < 1100);
    }

    #[test]
    fn large_values_are_refused_when_there_are_too_many() {
        let mut values = LargeValues::default();
        let value = json!("x".repeat(100 << 20));
        assert!(values.take(&value).is_ok() && values.take(&value).is_ok());
        assert_eq!(values.take(&value).unwrap_err().code, 413);
        assert!(values.take(&json!("small")).is_ok());
    }
}
