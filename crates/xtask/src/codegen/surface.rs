//! The API for the other languages, read from the operation table and the schemas of its types, and the webhook events.
//!
//! [`Surface::webhooks`] is what a generator needs for the events: `types` maps each name (`peer.join.success`) to the model of its
//! data (`PeerJoinSuccess`) with its docs, and `definitions` is a [`Resource`] without methods, so that what writes the models and
//! enums of a resource writes these too. They all come from the service; no operation takes or gives them.

use std::collections::BTreeMap;

use hundredms::jobs::JobInfo;
use hundredms::resources::{SHORTCUTS, Shortcut};
use hundredms::{ArgumentLocation, JobSchema, OperationInfo, OperationSchema, webhooks};
use schemars::SchemaGenerator;
use serde_json::Value;

use crate::shell::{BoxError, root};

/// The input of the generators.
#[derive(Debug)]
pub(crate) struct Surface {
    /// In the order of the table.
    pub(crate) resources: Vec<Resource>,
    pub(crate) webhooks: Webhooks,
}

/// The events of webhooks.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// In the order of the table.
    pub(crate) types: Vec<EventType>,
    /// The models of their data.
    pub(crate) definitions: Resource,
}

/// A type of events.
#[derive(Debug)]
pub(crate) struct EventType {
    /// `peer.join.success`
    pub(crate) name: &'static str,
    /// `PeerJoinSuccess`
    pub(crate) data: String,
    pub(crate) docs: &'static str,
}

/// One resource: `rooms`.
#[derive(Debug)]
pub(crate) struct Resource {
    /// `room_codes`
    pub(crate) name: String,
    /// `RoomCodes`
    pub(crate) class: String,
    /// Its description: `Rooms: where peers meet, and their settings.`
    pub(crate) about: String,
    pub(crate) methods: Vec<Method>,
    pub(crate) shortcuts: Vec<Shortcut>,
    pub(crate) jobs: Vec<Job>,
    /// Models that no earlier resource uses.
    pub(crate) models: Vec<Model>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) unions: Vec<Union>,
}

/// One operation: `create`.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) info: &'static OperationInfo,
    /// `create_for_role`
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// In order: token, path, query, body.
    pub(crate) arguments: Vec<Argument>,
    /// What the method of Rust takes: `template_id`, or `request`.
    pub(crate) rust: String,
    pub(crate) answer: Type,
    /// Its body is a value that was read, including unknown fields.
    pub(crate) rewrites: bool,
    /// The items of its pages, if it is paged.
    pub(crate) item: Option<Type>,
}

/// One job: `wait`.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) info: &'static JobInfo,
    /// `wait`
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// In order. Those that are required come first.
    pub(crate) arguments: Vec<Field>,
    /// What the method of Rust takes: `recording_id`, or `request`.
    pub(crate) rust: String,
    pub(crate) answer: Type,
    /// The type of what it reports.
    pub(crate) progress: Type,
}

/// Docs: the first paragraph, and the rest. Markdown, as in the Rust source.
#[derive(Debug, Clone, Default)]
pub(crate) struct Docs {
    pub(crate) summary: String,
    pub(crate) rest: String,
}

/// An argument of an operation.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) location: ArgumentLocation,
    pub(crate) field: Field,
}

/// A field of a model, or an argument.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Name on the wire.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) r#type: Type,
    pub(crate) docs: String,
    /// Limits as written in Rust: `in 120..=43200`, `len 100`.
    pub(crate) limits: Vec<String>,
}

/// Whether a field is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Always.
    Required,
    /// Optional.
    Optional,
    /// Optional, and may be null.
    Nullable,
    /// Optional. It selects what is listed, so it is never null or empty.
    Filter,
    /// Optional. It selects whom the call reaches, so it is never null or empty.
    Recipient,
    /// A list or map in a response: always present, empty if the service left it out.
    List,
    /// A list or map in a response: left out if the service left it out, which means empty.
    OptionalList,
}

/// A model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) docs: String,
    /// It is sent to the service: `input` or `both`.
    pub(crate) input: bool,
    /// It is received from the service: `answer` or `both`.
    pub(crate) answer: bool,
    /// The model that was read, if this model is written back instead.
    pub(crate) of: Option<String>,
    pub(crate) fields: Vec<Field>,
}

/// A string enum to which the service may add values.
#[derive(Debug, Clone)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) words: Vec<String>,
}

/// A value whose shape depends on the field `tag`.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) tag: String,
    /// The models, each with the values of the tag that select it.
    pub(crate) shapes: Vec<(String, Vec<String>)>,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Nothing,
    Text,
    Secret,
    /// The path of a file.
    Path,
    Integer,
    Number,
    Boolean,
    Time,
    /// Any JSON.
    Any,
    /// Any JSON object.
    Object,
    /// One of these strings.
    Words(Vec<String>),
    /// One of these strings, or any other.
    OpenWords(Vec<String>),
    /// The name of an operation.
    Operation,
    /// The type of a webhook event: a known type, or any other.
    Event,
    /// What a template should contain. Its type is written by hand in each language.
    TemplateDescription,
    List(Box<Type>),
    Tuple(Vec<Type>),
    Map(Box<Type>),
    Nullable(Box<Type>),
    /// A model, an enum or a union.
    Named(String),
}

impl Surface {
    /// Read the API from the core.
    pub(crate) fn read() -> Result<Self, BoxError> {
        let mut generator = SchemaGenerator::default();
        let operations: Vec<_> = OperationSchema::all(&mut generator);
        let jobs = JobSchema::all(&mut generator);
        let events = webhooks::schemas(&mut generator);
        let mut definitions: BTreeMap<String, Value> =
            generator.take_definitions(true).into_iter().collect();
        let source = source_of(&["resources", "jobs"])?;
        let mut resources: Vec<Resource> = Vec::new();
        for operation in &operations {
            let Some((name, method)) = operation.info.name.split_once('.') else {
                continue;
            };
            if resources
                .last()
                .is_none_or(|resource| resource.name != name)
            {
                resources.push(Resource::of_core(name)?);
            }
            let Some(resource) = resources.last_mut() else {
                continue;
            };
            for schema in [&operation.request, &operation.answer] {
                resource.take(schema.as_value(), &mut definitions);
            }
            let rust = rust_arguments(&source, &resource.class, method)?;
            let method = Method::read(operation, method, rust);
            resource.methods.push(method);
        }
        for job in &jobs {
            let (name, method) = job.info.name.split_once('.').unwrap_or_default();
            let resource = resources.iter_mut().find(|resource| resource.name == name);
            let Some(resource) = resource else {
                return Err(format!("{}: there is no such resource", job.info.name).into());
            };
            for schema in [&job.arguments, &job.answer, &job.progress] {
                resource.take(schema.as_value(), &mut definitions);
            }
            let rust = rust_arguments(&source, &resource.class, method)?;
            resource.jobs.push(Job::read(job, method, rust));
        }
        // The items of pages may be defined in an earlier resource.
        let lists: BTreeMap<String, Type> = resources
            .iter()
            .flat_map(|resource| &resource.models)
            .flat_map(|model| {
                model.fields.iter().map(|field| {
                    (
                        format!("{}.{}", model.name, field.name),
                        field.r#type.clone(),
                    )
                })
            })
            .collect();
        for method in resources
            .iter_mut()
            .flat_map(|resource| &mut resource.methods)
        {
            if let (Some(paging), Type::Named(page)) = (method.info.paging, &method.answer) {
                if let Some(Type::List(item)) = lists.get(&format!("{page}.{}", paging.items)) {
                    method.item = Some((**item).clone());
                }
            }
        }
        let webhooks = Webhooks::read(&events, &mut definitions);
        Ok(Self {
            resources,
            webhooks,
        })
    }
}

/// The source of these folders of the core.
fn source_of(folders: &[&str]) -> Result<String, BoxError> {
    let mut source = String::new();
    for folder in folders {
        for file in std::fs::read_dir(root().join("crates/hundredms/src").join(folder))? {
            source.push_str(&std::fs::read_to_string(file?.path())?);
        }
    }
    Ok(source)
}

/// What a method of Rust takes, by its definition: `method Templates::get(template_id);`, or the request without a list.
fn rust_arguments(source: &str, class: &str, method: &str) -> Result<String, BoxError> {
    let definition = format!("method {class}::{method}");
    let mut found = source.split(&definition).skip(1);
    let after = found.find(|after| after.starts_with(['(', ';']));
    let after = after.ok_or(format!("{definition} is not found"))?;
    let Some(list) = after.strip_prefix('(') else {
        return Ok("request".to_owned());
    };
    let list = list.split(')').next().unwrap_or_default();
    let names = list
        .split(',')
        .map(|one| one.split(':').next().unwrap_or_default());
    Ok(names.map(str::trim).collect::<Vec<_>>().join(", "))
}

impl Webhooks {
    fn read(events: &[webhooks::EventSchema], definitions: &mut BTreeMap<String, Value>) -> Self {
        let mut resource = Resource::new("webhooks");
        let types = events
            .iter()
            .map(|event| {
                resource.take(event.data.as_value(), definitions);
                let reference = text(&event.data.as_value()["$ref"]);
                EventType {
                    name: event.kind,
                    data: reference.rsplit('/').next().unwrap_or_default().to_owned(),
                    docs: event.docs,
                }
            })
            .collect();
        Self {
            types,
            definitions: resource,
        }
    }
}

/// The classes with the methods of a resource that are written by hand, because they do more than run an operation or a job.
const BASES: [(&str, &str); 3] = [
    ("recording_assets", "AssetStreaming"),
    ("sessions", "SessionWindows"),
    ("templates", "TemplateEditing"),
];

impl Resource {
    /// The class that its class extends.
    pub(crate) fn base(&self) -> &'static str {
        let base = BASES.iter().find(|(name, _)| *name == self.name);
        base.map_or("Resource", |(_, base)| base)
    }

    /// A resource of the core, with the first line of its source.
    fn of_core(name: &str) -> Result<Self, BoxError> {
        let path = format!("crates/hundredms/src/resources/{name}.rs");
        let source = std::fs::read_to_string(root().join(path))?;
        let line = source.lines().next().unwrap_or_default();
        Ok(Self {
            about: line.trim_start_matches("//! ").to_owned(),
            ..Self::new(name)
        })
    }

    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            class: camel(name),
            about: String::new(),
            methods: Vec::new(),
            shortcuts: SHORTCUTS
                .iter()
                .filter(|shortcut| shortcut.name.split('.').next() == Some(name))
                .copied()
                .collect(),
            jobs: Vec::new(),
            models: Vec::new(),
            enums: Vec::new(),
            unions: Vec::new(),
        }
    }

    /// Take every definition that `schema` uses and no earlier resource has taken.
    fn take(&mut self, schema: &Value, definitions: &mut BTreeMap<String, Value>) {
        match schema {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(reference) if name == "$ref" => {
                            let name = reference.rsplit('/').next().unwrap_or_default();
                            if let Some(definition) = definitions.remove(name) {
                                self.define(name, &definition);
                                self.take(&definition, definitions);
                            }
                        }
                        value => self.take(value, definitions),
                    }
                }
            }
            Value::Array(values) => values
                .iter()
                .for_each(|value| self.take(value, definitions)),
            _ => {}
        }
    }

    fn define(&mut self, name: &str, definition: &Value) {
        let name = name.to_owned();
        let docs = text(&definition["description"]);
        if let Some(words) = definition["x-open-enum"].as_array() {
            let words = words.iter().map(text).collect();
            self.enums.push(Enum { name, docs, words });
        } else if let Some(shapes) = definition["x-union"]["shapes"].as_array() {
            let shapes = shapes
                .iter()
                .map(|shape| {
                    let model = text(&shape["shape"]["$ref"]);
                    let model = model.rsplit('/').next().unwrap_or_default().to_owned();
                    (
                        model,
                        shape["words"]
                            .as_array()
                            .into_iter()
                            .flatten()
                            .map(text)
                            .collect(),
                    )
                })
                .collect();
            let tag = text(&definition["x-union"]["tag"]);
            self.unions.push(Union {
                name,
                docs,
                tag,
                shapes,
            });
        } else {
            let direction = text(&definition["x-direction"]);
            self.models.push(Model {
                name,
                docs,
                input: direction != "answer",
                answer: direction != "input",
                of: definition["x-of"].as_str().map(str::to_owned),
                fields: fields(definition).collect(),
            });
        }
    }
}

impl Docs {
    /// Read the docs of a schema, without the paragraph that begins with `last`.
    fn read(schema: &Value, last: &str) -> Self {
        let text = text(&schema["description"]);
        let (text, _) = text
            .rsplit_once(&format!("\n\n{last}"))
            .unwrap_or((&text, ""));
        let (summary, rest) = text.split_once("\n\n").unwrap_or((text, ""));
        Self {
            summary: summary.to_owned(),
            rest: rest.to_owned(),
        }
    }
}

impl Job {
    fn read(job: &JobSchema, name: &str, rust: String) -> Self {
        let schema = job.arguments.as_value();
        let mut arguments: Vec<Field> = fields(schema).collect();
        arguments.sort_by_key(|field| field.kind != Kind::Required);
        Self {
            info: job.info,
            name: name.to_owned(),
            docs: Docs::read(schema, "Arguments of `"),
            arguments,
            rust,
            answer: Type::read(job.answer.as_value()),
            progress: Type::read(job.progress.as_value()),
        }
    }

    /// Return the required arguments, and the others.
    pub(crate) fn split_arguments(&self) -> (&[Field], &[Field]) {
        let required = |field: &Field| field.kind == Kind::Required;
        self.arguments
            .split_at(self.arguments.partition_point(required))
    }
}

impl Method {
    /// Notes on what follows a call.
    pub(crate) fn notes(&self) -> Vec<String> {
        let causes = self.info.causes;
        let causes = causes.map(|events| format!("Webhook events that follow: {events}."));
        let timeout = self.info.timeout.map(|seconds| {
            format!(
                "Defaults to a timeout of {seconds} seconds, unless the client has a timeout of its own."
            )
        });
        causes.into_iter().chain(timeout).collect()
    }

    fn read(operation: &OperationSchema, name: &str, rust: String) -> Self {
        let request = operation.request.as_value();
        let docs = Docs::read(request, "Request of `");
        let arguments = fields(request)
            .filter_map(|field| {
                let row = operation
                    .info
                    .arguments
                    .iter()
                    .find(|row| row.name == field.name)?;
                Some(Argument {
                    location: row.location,
                    field,
                })
            })
            .collect();
        Self {
            info: operation.info,
            name: name.to_owned(),
            docs,
            arguments,
            rust,
            answer: Type::read(operation.answer.as_value()),
            rewrites: operation.info.rewrites.is_some(),
            item: None,
        }
    }
}

fn fields(schema: &Value) -> impl Iterator<Item = Field> + '_ {
    schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, field)| Field {
            name: name.clone(),
            kind: match field["x-kind"].as_str() {
                Some("required") => Kind::Required,
                Some("nullable") => Kind::Nullable,
                Some("filter") => Kind::Filter,
                Some("recipient") => Kind::Recipient,
                Some("list") => Kind::List,
                Some("optional_list" | "optional_map") => Kind::OptionalList,
                _ => Kind::Optional,
            },
            r#type: match Type::read(field) {
                // The kind says whether a field is optional.
                Type::Nullable(inner) => *inner,
                other => other,
            },
            docs: text(&field["description"]),
            limits: field["x-limits"]
                .as_array()
                .into_iter()
                .flatten()
                .map(text)
                .collect(),
        })
}

impl Type {
    pub(super) fn read(schema: &Value) -> Self {
        if schema["x-secret"] == true {
            return if may_be_null(schema) {
                Self::Secret.nullable()
            } else {
                Self::Secret
            };
        }
        if let Some(words) = words(schema) {
            return if may_be_null(schema) {
                words.nullable()
            } else {
                words
            };
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return Self::Named(reference.rsplit('/').next().unwrap_or_default().to_owned());
        }
        if let Some(alternatives) = schema["anyOf"].as_array() {
            let inner = alternatives.iter().find(|inner| inner["type"] != "null");
            return inner.map_or(Self::Any, |inner| Self::read(inner).nullable());
        }
        let names: Vec<&str> = match &schema["type"] {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return Self::Any,
        };
        let inner = match names.iter().find(|name| **name != "null") {
            Some(&"string") if schema["format"] == "date-time" => Self::Time,
            Some(&"string") if schema["format"] == "path" => Self::Path,
            Some(&"string") => Self::Text,
            Some(&"integer") => Self::Integer,
            Some(&"number") => Self::Number,
            Some(&"boolean") => Self::Boolean,
            Some(&"array") => match &schema["prefixItems"] {
                Value::Array(items) => Self::Tuple(items.iter().map(Self::read).collect()),
                _ => Self::List(Box::new(Self::read(&schema["items"]))),
            },
            Some(&"object") => match &schema["additionalProperties"] {
                Value::Object(_) => {
                    Self::Map(Box::new(Self::read(&schema["additionalProperties"])))
                }
                _ => Self::Object,
            },
            _ => return Self::Nothing,
        };
        if may_be_null(schema) {
            inner.nullable()
        } else {
            inner
        }
    }

    fn nullable(self) -> Self {
        Self::Nullable(Box::new(self))
    }
}

/// The type of a string: one of some values, or a name.
fn words(schema: &Value) -> Option<Type> {
    match schema["x-name"].as_str() {
        Some("operation") => return Some(Type::Operation),
        Some("event_type") => return Some(Type::Event),
        Some("template_description") => return Some(Type::TemplateDescription),
        _ => {}
    }
    let list = |words: &Value| -> Option<Vec<String>> {
        let words = words.as_array()?.iter();
        words.map(|word| word.as_str().map(str::to_owned)).collect()
    };
    if let Some(words) = list(&schema["x-open"]) {
        return Some(Type::OpenWords(words));
    }
    if let Some(words) = list(&schema["enum"]) {
        return Some(Type::Words(words));
    }
    let variants = schema["oneOf"].as_array()?.iter();
    let words = variants.map(|variant| variant["const"].as_str().map(str::to_owned));
    words.collect::<Option<_>>().map(Type::Words)
}

fn may_be_null(schema: &Value) -> bool {
    schema["type"]
        .as_array()
        .is_some_and(|names| names.iter().any(|name| name == "null"))
}

/// The text of a value, each paragraph in one line.
pub(super) fn text(value: &Value) -> String {
    paragraphs(value.as_str().unwrap_or_default())
}

/// The same for docs.
pub(super) fn paragraphs(text: &str) -> String {
    text.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// `room_codes` to `RoomCodes`.
pub(super) fn camel(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_events_has_a_model_that_comes_from_the_service_only() {
        let surface = Surface::read().unwrap();
        let webhooks = &surface.webhooks;
        assert_eq!(webhooks.types.len(), 32);
        assert!(webhooks.definitions.methods.is_empty());
        for event in &webhooks.types {
            let model = webhooks
                .definitions
                .models
                .iter()
                .find(|model| model.name == event.data)
                .unwrap_or_else(|| panic!("{} has no model", event.name));
            assert!(model.answer && !model.input, "{}", model.name);
            assert!(model.fields.iter().any(|field| field.name == "room_id"));
        }
    }
}
