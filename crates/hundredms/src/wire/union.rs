//! Values whose shape depends on one of their fields.

use hundredms_deserialize_error::DeserializeError;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::deserialize::deserialize;
use super::field::Wire;
use super::mode::mode;

/// Read an object and the string in its field `tag`.
pub(crate) fn tagged<'de, D: Deserializer<'de>>(
    deserializer: D,
    tag: &str,
) -> Result<(String, Map<String, Value>), D::Error> {
    let fields = Map::deserialize(deserializer)?;
    match fields.get(tag) {
        Some(Value::String(word)) => Ok((word.clone(), fields)),
        _ => Err(de::Error::custom(format_args!(
            "no text in the field `{tag}`"
        ))),
    }
}

/// Read `value`, an object, as the shape that the tag selects, or return why it does not match.
pub(crate) fn shaped<T: Wire>(value: &Value) -> Result<T, DeserializeError> {
    T::read(value).or_else(|_| {
        // Parsed again as text, for the path of the error.
        let text = serde_json::to_vec(value)
            .map_err(|error| DeserializeError::whole(error.to_string()))?;
        deserialize::<Shaped<T>>(mode(), &text).map(|shaped| shaped.value.0)
    })
}

struct Shaped<T>(T);

impl<'de, T: Wire> Deserialize<'de> for Shaped<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}
