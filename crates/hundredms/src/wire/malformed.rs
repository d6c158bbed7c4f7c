//! [`Malformed`]: what does not fit a type that is known, kept as it came.

use hundredms_misfit::Misfit;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::scrub::{redact, scrubbing};

/// What does not fit its type although the type is known, kept as it came.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Malformed {
    /// Where it does not fit and why: `data.peer_id: missing field`. It never quotes a value.
    pub problem: String,
    /// The data as it came; its JSON text where no value can hold it, as numbers past 1e308 and more than 127 levels.
    pub data: Value,
}

impl Malformed {
    pub(crate) fn new(misfit: &Misfit, data: Value) -> Self {
        Self {
            problem: misfit.to_string(),
            data,
        }
    }

    /// Write it as one shape of a union whose tag is `tag`: `malformed` there, and beside it `kind`, what was there.
    pub(crate) fn as_shape<S: Serializer>(
        &self,
        tag: &str,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut data = self.data.clone();
        if scrubbing() {
            redact(&mut data);
        }
        let mut shape = serializer.serialize_map(Some(4))?;
        shape.serialize_entry(tag, TAG)?;
        shape.serialize_entry("kind", &self.data[tag])?;
        shape.serialize_entry("problem", &self.problem)?;
        shape.serialize_entry("raw", &data)?;
        shape.end()
    }

    /// Read what [`as_shape`](Self::as_shape) has written.
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
