//! [`Extra`]: the fields of a response that this version does not know.

use std::fmt;
use std::ops::Deref;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Fields that this version does not know: received from the service and kept unchanged, or to be sent.
///
/// `Debug` shows only their names, since their values are unknown.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl From<Map<String, Value>> for Extra {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

impl Extra {
    pub(crate) fn add(&mut self, name: String, value: Value) {
        self.0.insert(name, value);
    }
}

impl Deref for Extra {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Read the remaining fields. For arguments too: a value that was read is written back with them, and `check::unknown_fields`
/// checks the names.
pub(crate) fn unknown<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Extra, D::Error> {
    Map::deserialize(deserializer).map(Extra)
}
