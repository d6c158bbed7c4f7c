//! The sandbox's controls for other languages, read from the table of controls and the schemas of its types.

use std::collections::BTreeMap;

use hundredms_sandbox::{ControlSchema, Signature, control_schemas};
use schemars::SchemaGenerator;
use serde_json::Value;

use super::surface::{Field, Kind, Model, Type, paragraphs, text};

/// All controls.
#[derive(Debug)]
pub(crate) struct Controls {
    /// In the order of the table.
    pub(crate) all: Vec<Control>,
    /// The schemas of models, by name.
    definitions: BTreeMap<String, Value>,
}

/// One control.
#[derive(Debug)]
pub(crate) struct Control {
    /// `join_peer`
    pub(crate) name: &'static str,
    pub(crate) docs: String,
    /// The arguments, as a model.
    pub(crate) arguments: Model,
    /// The defaults of arguments, if they are not null.
    pub(crate) defaults: BTreeMap<String, Value>,
    /// The sets of arguments of which one is required. The names of optional arguments end with a question mark.
    pub(crate) alternatives: Vec<Vec<String>>,
    pub(crate) answer: Type,
    pub(crate) signature: Signature,
    schemas: [Value; 2],
}

impl Controls {
    pub(crate) fn read() -> Self {
        let mut generator = SchemaGenerator::default();
        let all = control_schemas(&mut generator);
        let definitions = generator.take_definitions(true).into_iter().collect();
        let all = all
            .iter()
            .map(|control| Control::read(control, &definitions))
            .collect();
        Self { all, definitions }
    }

    /// The models of the results of some controls, in the order in which they are first used.
    pub(crate) fn results(&self, of: impl Fn(&Control) -> bool) -> Vec<Model> {
        let mut models = Vec::new();
        for control in self.all.iter().filter(|control| of(control)) {
            let [_, answer] = &control.schemas;
            self.collect(answer, false, &mut models);
        }
        models
    }

    /// The models in the arguments of all controls, in the order in which they are first used.
    pub(crate) fn inputs(&self) -> Vec<Model> {
        let mut models = Vec::new();
        for control in &self.all {
            let [arguments, _] = &control.schemas;
            self.collect(&arguments["properties"], true, &mut models);
        }
        models
    }

    /// The name of a model in TypeScript, without the common prefix.
    pub(crate) fn typescript_name<'a>(&'a self, name: &'a str) -> &'a str {
        let definition = self.definitions.get(name);
        let other = definition.and_then(|definition| definition["x-typescript"].as_str());
        other.unwrap_or(name)
    }

    /// The type of a field of a model.
    pub(crate) fn type_of_field(&self, model: &Type, field: &str) -> Option<Type> {
        let Type::Named(name) = model else {
            return None;
        };
        let field = &self.definitions.get(name)?["properties"][field];
        Some(Type::read(field))
    }

    fn collect(&self, schema: &Value, input: bool, models: &mut Vec<Model>) {
        match schema {
            Value::Object(fields) => {
                if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                    let name = name.rsplit('/').next().unwrap_or_default();
                    if let Some(definition) = self.definitions.get(name) {
                        if models.iter().all(|model| model.name != name) {
                            models.push(model(name, definition, input));
                            self.collect(definition, input, models);
                        }
                    }
                }
                for value in fields.values() {
                    self.collect(value, input, models);
                }
            }
            Value::Array(values) => values
                .iter()
                .for_each(|value| self.collect(value, input, models)),
            _ => {}
        }
    }
}

impl Control {
    fn read(control: &ControlSchema, definitions: &BTreeMap<String, Value>) -> Self {
        let schema = control.arguments.as_value();
        // Controls may share the type of their arguments.
        let shared = schema["$ref"].as_str();
        let shared = shared.and_then(|reference| {
            let name = reference.rsplit('/').next()?;
            definitions.get_key_value(name)
        });
        let own = (&control.type_name, schema);
        let (type_name, schema) = shared.unwrap_or(own);
        let mut arguments = model(type_name, schema, true);
        let properties = schema["properties"].as_object();
        let defaults = properties.into_iter().flatten();
        let defaults: BTreeMap<String, Value> = defaults
            .filter_map(|(name, field)| Some((name.clone(), field.get("default")?.clone())))
            .filter(|(_, default)| !default.is_null())
            .collect();
        let signature = control.signature;
        for field in &mut arguments.fields {
            let name = field.name.as_str();
            let default = defaults.get(name);
            if signature.nullable == Some(name) {
                field.kind = Kind::Required;
                field.r#type = Type::Nullable(Box::new(field.r#type.clone()));
            } else if default.is_some_and(|default| {
                default == "" || (signature.positional.contains(&name) && !default.is_array())
            }) {
                field.kind = Kind::Required;
            }
        }
        let alternatives = schema["x-alternatives"].as_array().into_iter().flatten();
        let names = |names: &Value| names.as_array().into_iter().flatten().map(text).collect();
        Self {
            name: control.name,
            docs: paragraphs(control.docs),
            arguments,
            defaults,
            alternatives: alternatives.map(names).collect(),
            answer: Type::read(control.answer.as_value()),
            signature,
            schemas: [schema.clone(), control.answer.as_value().clone()],
        }
    }

    /// The arguments that may be positional, in order, and the others.
    pub(crate) fn partition(&self) -> (Vec<&Field>, Vec<&Field>) {
        let positional = self.signature.positional;
        let fields = &self.arguments.fields;
        let first = positional
            .iter()
            .filter_map(|name| fields.iter().find(|field| field.name == *name))
            .collect();
        let others = fields
            .iter()
            .filter(|field| !positional.contains(&field.name.as_str()))
            .collect();
        (first, others)
    }
}

fn model(name: &str, definition: &Value, input: bool) -> Model {
    let required = definition["required"].as_array().into_iter().flatten();
    let required: Vec<&str> = required.filter_map(Value::as_str).collect();
    let fields = definition["properties"].as_object().into_iter().flatten();
    let fields = fields.map(|(name, field)| {
        let (kind, r#type) = match Type::read(field) {
            Type::Nullable(inner) => (Kind::Optional, *inner),
            other if required.contains(&name.as_str()) => (Kind::Required, other),
            other if input || other == Type::Any => (Kind::Optional, other),
            other => (Kind::OptionalList, other),
        };
        Field {
            name: name.clone(),
            kind,
            r#type,
            docs: text(&field["description"]),
            limits: Vec::new(),
        }
    });
    Model {
        name: name.to_owned(),
        docs: text(&definition["description"]),
        input,
        answer: !input,
        of: None,
        fields: fields.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_and_each_of_its_arguments_has_docs() {
        let controls = Controls::read();
        assert!(controls.all.len() > 30);
        for control in &controls.all {
            assert!(control.docs.ends_with('.'), "{}", control.name);
            for field in &control.arguments.fields {
                assert!(field.docs.ends_with('.'), "{}.{}", control.name, field.name);
            }
        }
    }

    #[test]
    fn a_signature_names_arguments_and_results_that_exist() {
        for control in &Controls::read().all {
            let fields = &control.arguments.fields;
            let is_argument = |name: &str| fields.iter().any(|field| field.name == name);
            let signature = &control.signature;
            let alternatives = control.alternatives.iter().flatten();
            let named = alternatives.map(|name| name.trim_end_matches('?'));
            let named = named.chain(signature.positional.iter().copied());
            for name in named.chain(signature.nullable) {
                assert!(is_argument(name), "{}: {name}", control.name);
            }
        }
    }
}
