//! [`Malformed`]: a value of a known type that does not match it, kept unchanged.

use hundredms_deserialize_error::DeserializeError;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

/// A value that does not match its type although the type is known, kept unchanged.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Malformed {
    /// Where and why it does not match: `data.peer_id: missing field`. It never quotes a value.
    pub problem: String,
    /// The received data. Its JSON text if no value can hold it, as for numbers above 1e308 and more than 127 levels.
    pub data: Value,
}

impl Malformed {
    pub(crate) fn new(error: &DeserializeError, data: Value) -> Self {
        Self {
            problem: error.to_string(),
            data,
        }
    }

    /// Write it as one shape of a union whose tag is `tag`: the tag is `malformed`, and `kind` is the original one.
    pub(crate) fn as_shape<S: Serializer>(
        &self,
        tag: &str,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut shape = serializer.serialize_map(Some(4))?;
        shape.serialize_entry(tag, TAG)?;
        shape.serialize_entry("kind", &self.data[tag])?;
        shape.serialize_entry("problem", &self.problem)?;
        shape.serialize_entry("raw", &self.data)?;
        shape.end()
    }

    /// Read what [`as_shape`](Self::as_shape) wrote.
    pub(crate) fn of_shape(word: &str, fields: &Map<String, Value>) -> Option<Self> {
        if word != TAG || fields.len() != 4 {
            return None;
        }
        Some(Self {
            problem: fields.get("problem")?.as_str()?.to_owned(),
            data: fields.get("raw").filter(|raw| raw.is_object())?.clone(),
        })
    }
}

const TAG: &str = "malformed";

impl std::fmt::Debug for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Malformed")
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
