//! Reads JSON from outside into a typed value, and says where and why it does not fit, without the values: they may be secrets.

use hundredms_misfit::Misfit;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a text that must be JSON.
pub(crate) fn json(text: &[u8]) -> Result<Value, Misfit> {
    serde_json::from_slice(text).map_err(|error| Misfit::of(text, &error))
}

/// Reads a value. From its text, since only there an error has a place.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| Misfit::of(text.as_bytes(), &error))
}
