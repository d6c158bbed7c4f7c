//! Values made from the definitions: every field filled, and one recognisable text in every secret one.

use std::collections::BTreeSet;

use hundredms::OperationSchema;
use hundredms::webhooks::{self, EventSchema};
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the service.
    In,
    /// From the service; fields that no version knows are added, with the secret in them.
    Out,
}

/// Makes values.
#[derive(Debug)]
pub(crate) struct Sampler {
    models: Map<String, Value>,
    secret: String,
}

/// A value, and the names of the secret fields in it.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) value: Value,
    pub(crate) secrets: BTreeSet<String>,
    secret: String,
}

impl Sample {
    /// The value with every secret in a list, where text belongs.
    pub(crate) fn wrapped(&self) -> Value {
        wrap(&self.value, &self.secret)
    }
}

fn wrap(value: &Value, secret: &str) -> Value {
    match value {
        Value::String(text) if text == secret => json!([text]),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), wrap(value, secret)))
            .collect(),
        Value::Array(items) => items.iter().map(|item| wrap(item, secret)).collect(),
        other => other.clone(),
    }
}

impl Sampler {
    /// Read the definitions of every operation; `secret` goes into the secret places.
    pub(crate) fn new(secret: &str) -> (Self, Vec<OperationSchema>) {
        Self::of(secret, OperationSchema::all)
    }

    /// Read the definitions of every type of webhooks.
    pub(crate) fn of_events(secret: &str) -> (Self, Vec<EventSchema>) {
        Self::of(secret, webhooks::schemas)
    }

    fn of<T>(secret: &str, describe: fn(&mut SchemaGenerator) -> Vec<T>) -> (Self, Vec<T>) {
        let mut generator = SchemaGenerator::default();
        let described = describe(&mut generator);
        let models = generator.take_definitions(true);
        let secret = secret.to_owned();
        (Self { models, secret }, described)
    }

    /// How many shapes the richest union has.
    pub(crate) fn most_shapes(&self) -> usize {
        let shapes = |model: &Value| model["x-union"]["shapes"].as_array().map_or(1, Vec::len);
        self.models.values().map(shapes).max().unwrap_or(1)
    }

    /// The names of all secret fields: `Model.field`, `operation.argument`.
    pub(crate) fn secrets(&self, operations: &[OperationSchema]) -> BTreeSet<String> {
        let requests = operations
            .iter()
            .map(|operation| (operation.info.name, operation.request.as_value()));
        let models = self
            .models
            .iter()
            .map(|(name, model)| (name.as_str(), model));
        let mut secrets = BTreeSet::new();
        for (name, schema) in requests.chain(models) {
            for (field, property) in schema["properties"].as_object().into_iter().flatten() {
                if property.to_string().contains(r#""x-secret":true"#) {
                    secrets.insert(format!("{name}.{field}"));
                }
            }
        }
        secrets
    }

    /// Make a value of `schema`, which is called `name`. Of each union it takes the shape number `shape`.
    pub(crate) fn value(
        &self,
        name: &str,
        schema: &Value,
        direction: Direction,
        shape: usize,
    ) -> Sample {
        let mut making = Making {
            sampler: self,
            direction,
            shape,
            secrets: BTreeSet::new(),
        };
        let value = making.value(name, schema, "", 0);
        Sample {
            value,
            secrets: making.secrets,
            secret: self.secret.clone(),
        }
    }
}

struct Making<'a> {
    sampler: &'a Sampler,
    direction: Direction,
    shape: usize,
    secrets: BTreeSet<String>,
}

impl Making<'_> {
    fn value(&mut self, name: &str, schema: &Value, limits: &str, depth: usize) -> Value {
        assert!(depth < 40, "{name} holds itself");
        if schema["x-secret"] == true {
            self.secrets.insert(name.to_owned());
            return self.sampler.secret.clone().into();
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let model = reference.rsplit('/').next().unwrap_or_default();
            let schema = &self.sampler.models[model];
            return self.value(model, schema, limits, depth + 1);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            return self.value(name, &choices[0], limits, depth + 1);
        }
        if let Some(words) = schema["x-open-enum"].as_array() {
            return words[0].clone();
        }
        if let Some(shapes) = schema["x-union"]["shapes"].as_array() {
            let shape = &shapes[self.shape % shapes.len()];
            let mut value = self.value(name, &shape["shape"], "", depth + 1);
            let tag = schema["x-union"]["tag"].as_str().expect("a tag");
            value[tag] = shape["words"][0].clone();
            return value;
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => &kinds[0],
            kind => kind,
        };
        match kind.as_str() {
            Some("object") => self.object(name, schema, depth),
            Some("array") => json!([self.value(name, &schema["items"], limits, depth + 1)]),
            Some("boolean") => true.into(),
            Some("integer" | "number") => first_number(limits).into(),
            Some("string") if schema["format"] == "date-time" => "2026-03-01T12:00:00Z".into(),
            Some("string") => "1".into(),
            Some("null") => Value::Null,
            _ => json!({}),
        }
    }

    fn object(&mut self, name: &str, schema: &Value, depth: usize) -> Value {
        let Some(properties) = schema["properties"].as_object() else {
            return match &schema["additionalProperties"] {
                Value::Object(_) => {
                    let inner = &schema["additionalProperties"];
                    json!({ "1": self.value(name, inner, "", depth + 1) })
                }
                _ => json!({}),
            };
        };
        let mut value = Map::new();
        for (field, property) in properties {
            let limits = property["x-limits"].to_string();
            let mut inner = self.value(&format!("{name}.{field}"), property, &limits, depth + 1);
            if field == "width" && inner == 144 {
                // The longer side of an HLS layer.
                inner = 192.into();
            }
            value.insert(field.clone(), inner);
        }
        if self.direction == Direction::Out {
            value.insert(
                "not_known_yet".to_owned(),
                self.sampler.secret.clone().into(),
            );
        }
        value.into()
    }
}

/// The least number that `in 120..=43200` allows; 1 without limits.
fn first_number(limits: &str) -> i64 {
    let number = |(_, rest): (&str, &str)| {
        rest.split("..")
            .next()?
            .trim()
            .replace('_', "")
            .parse()
            .ok()
    };
    limits.split_once("in ").and_then(number).unwrap_or(1)
}
