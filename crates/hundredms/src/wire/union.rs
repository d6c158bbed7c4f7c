//! Values whose shape depends on one of their fields.

use hundredms_deserialize_error::DeserializeError;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::deserialize::deserialize;
use super::field::Wire;
use super::mode::{mode, note_missing_list, note_normalised};

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
    if cfg!(target_arch = "wasm32") {
        // The code that reads values takes much room there.
        return parsed(value);
    }
    // Parsed again as text, for the path of the error.
    T::read(value).or_else(|_| parsed(value))
}

/// Read `value` from its text.
fn parsed<T: Wire>(value: &Value) -> Result<T, DeserializeError> {
    let text =
        serde_json::to_vec(value).map_err(|error| DeserializeError::whole(error.to_string()))?;
    let shaped = deserialize::<Shaped<T>>(mode(), &text)?;
    if shaped.normalised {
        note_normalised();
    }
    if shaped.lacks_list {
        note_missing_list();
    }
    Ok(shaped.value.0)
}

struct Shaped<T>(T);

impl<'de, T: Wire> Deserialize<'de> for Shaped<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use serde_json::json;

    use super::*;
    use crate::wire::mode::{Mode, Notes, with_mode};

    /// Read a value in both ways, which must agree, and return what was recorded.
    fn read_alike<T: Wire + Debug + PartialEq>(value: &Value) -> (bool, Notes) {
        let (of_value, notes) = with_mode(Mode::Lenient, || T::read(value).ok());
        let (of_text, same) = with_mode(Mode::Lenient, || parsed::<T>(value).ok());
        assert_eq!(of_value, of_text, "{value}");
        if of_value.is_some() {
            assert_eq!(notes, same, "{value}");
        }
        (of_value.is_some(), notes)
    }

    #[test]
    fn a_value_and_its_text_are_read_alike() {
        let numbers = read_alike::<BTreeMap<String, i64>>;
        let plain = Notes::default();
        assert_eq!(numbers(&json!({"a": 1, "b": -2})), (true, plain));
        for value in [json!({"a": "7"}), json!({"a": 7.0}), json!([])] {
            assert!(matches!(numbers(&value), (true, notes) if notes.normalised));
        }
        assert!(!numbers(&json!({"a": []})).0);
        let list = read_alike::<Vec<f64>>;
        assert_eq!(list(&json!([1, 0.1, 1e300])), (true, plain));
        assert!(matches!(list(&Value::Null), (true, notes) if notes.lacks_list));
    }
}
