//! [`TemplateDescription`]: what a template should contain, as from a file.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::template_secrets::{inner, leave_out};
use crate::error::{Error, ErrorKind, Result};
use crate::resources::templates::{RecordingConfig, Template};
use crate::wire::field::Wire;
use crate::wire::shape::Shape;

/// What a template should contain: `name`, `roles`, `settings`, `destinations`, `recordings` and `plugins`, under the names of the
/// service.
///
/// It is partial: what it does not mention stays as it is, and a list replaces the list. Null removes a role, a destination, a
/// plugin, a recording storage, or an optional part of them. `{"$secret": "stored"}` stands for a stored value that must not be in a
/// file: it stays as it is, and is refused where nothing is stored. It implements `Deserialize`, so any format of serde can be read into
/// it. `Debug` shows only the names of the parts.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct TemplateDescription(pub(super) Map<String, Value>);

impl TemplateDescription {
    /// Read a description from JSON.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `text` is not a JSON object.
    pub fn from_json(text: &str) -> Result<Self> {
        serde_json::from_str(text).map(Self).map_err(|error| {
            let message = format!("the description must be one JSON object: {error}");
            Error::new(ErrorKind::InvalidRequest, message)
        })
    }

    /// Set the recording configuration, as `templates.get_recordings` returns it. An empty list removes what is stored.
    #[must_use]
    pub fn recordings(mut self, recordings: Vec<RecordingConfig>) -> Self {
        let recordings = serde_json::to_value(recordings).unwrap_or_default();
        self.0.insert("recordings".to_owned(), recordings);
        self
    }

    /// Replace each secret, and each text in fields that this version does not know, by `{"$secret": "stored"}`. Return their paths.
    ///
    /// The result still describes the template that it was read from, and can be kept in a repository.
    pub fn leave_out_secrets(&mut self) -> Vec<String> {
        let mut paths = Vec::new();
        for (part, value) in &mut self.0 {
            let shape = if part == "recordings" {
                Some(<Vec<RecordingConfig>>::SHAPE)
            } else {
                inner(Some(Template::SHAPE), part)
            };
            leave_out(value, shape, part, &mut paths);
        }
        paths
    }
}

impl From<Template> for TemplateDescription {
    /// Describe a template that was read. `templates.get` does not return the recording configuration: add it with
    /// [`TemplateDescription::recordings`].
    fn from(template: Template) -> Self {
        match serde_json::to_value(template) {
            Ok(Value::Object(fields)) => Self(fields),
            _ => Self::default(),
        }
    }
}

impl From<Map<String, Value>> for TemplateDescription {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

impl fmt::Debug for TemplateDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<'de> Deserialize<'de> for TemplateDescription {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

impl Wire for TemplateDescription {
    const SHAPE: &'static Shape = <Map<String, Value> as Wire>::SHAPE;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Map<String, Value> as Wire>::read(deserializer).map(Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TemplateDescription {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TemplateDescription".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = generator.subschema_for::<Map<String, Value>>();
        schema.insert("x-name".to_owned(), "template_description".into());
        schema
    }
}
