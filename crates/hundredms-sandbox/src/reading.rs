//! Parses untrusted JSON into a typed value, and reports where and why it does not match, without the values, which may be secrets.

use hundredms_deserialize_error::{DeserializeError, Object};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

/// Read a text that must be JSON.
pub(crate) fn json(text: &[u8]) -> Result<Value, DeserializeError> {
    serde_json::from_slice(text).map_err(|error| DeserializeError::new(text, &error))
}

/// Read a value. From its text, since only there an error has a place.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, DeserializeError> {
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| DeserializeError::new(text.as_bytes(), &error))
}

/// Read a value that must be an object.
pub(crate) fn object<T: DeserializeOwned>(value: &Value) -> Result<T, DeserializeError> {
    typed(value).map(|Object(object)| object)
}

/// Read a field that must be an object or null.
pub(crate) fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let object = Option::<Object<T>>::deserialize(deserializer)?;
    Ok(object.map(|Object(object)| object))
}
