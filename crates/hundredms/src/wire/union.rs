//! Values whose shape depends on a field of theirs.

use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::Wire;

/// Read an object and the text of its field `tag`.
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

/// Read `fields` as the shape that the tag asks for.
pub(crate) fn shaped<T: Wire, E: de::Error>(fields: Map<String, Value>) -> Result<T, E> {
    T::read(Value::Object(fields)).map_err(E::custom)
}
