//! `surface.txt` of the command `hundredms`: the operations and jobs, with the types and docs of their arguments, as short lines.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::output::Output;
use super::surface::{Docs, Field, Model, Resource, Surface, Type};

/// The definitions that types refer to.
struct Definitions<'a> {
    /// The words of each enum.
    enums: BTreeMap<&'a str, &'a [String]>,
    models: BTreeMap<&'a str, &'a Model>,
}

/// Write the table. `surface.rs` of the command describes and reads it.
pub(super) fn output(surface: &Surface) -> Output {
    let resources = &surface.resources;
    let enums = resources.iter().flat_map(|resource| &resource.enums);
    let models = resources.iter().flat_map(|resource| &resource.models);
    let definitions = Definitions {
        enums: enums
            .map(|found| (found.name.as_str(), found.words.as_slice()))
            .collect(),
        models: models.map(|found| (found.name.as_str(), found)).collect(),
    };
    let mut text = String::new();
    for resource in resources {
        line(&mut text, &["R", &kebab(&resource.name), &resource.about]);
        methods(&mut text, resource, &definitions);
    }
    Output::new("crates/hundredms-cli/src/surface.txt", text)
}

fn methods(text: &mut String, resource: &Resource, definitions: &Definitions<'_>) {
    for method in &resource.methods {
        head(text, "O", &method.name, &method.docs);
        for argument in &method.arguments {
            definitions.argument(text, &argument.field);
        }
        definitions.columns(text, method.item.as_ref().unwrap_or(&method.answer));
    }
    for job in &resource.jobs {
        head(text, "J", &job.name, &job.docs);
        for field in &job.arguments {
            definitions.argument(text, field);
        }
        definitions.columns(text, &job.answer);
    }
}

fn head(text: &mut String, kind: &str, name: &str, docs: &Docs) {
    line(text, &[kind, &kebab(name), &docs.summary, &docs.rest]);
}

impl Definitions<'_> {
    fn argument(&self, text: &mut String, field: &Field) {
        let kind = self.kind(&field.r#type);
        line(text, &["A", &kebab(&field.name), &kind, &field.docs]);
    }

    /// The fields of a model that fit into a column of a table or a file, then the others.
    fn columns(&self, text: &mut String, returned: &Type) {
        let Type::Named(name) = returned else {
            if let Type::List(item) = returned {
                self.columns(text, item);
            }
            return;
        };
        let Some(model) = self.models.get(name.as_str()) else {
            return;
        };
        let (flat, others): (Vec<_>, Vec<_>) = model.fields.iter().partition(|field| {
            let kind = self.kind(&field.r#type);
            !kind.contains("json") && !kind.starts_with("secret")
        });
        let names = |fields: Vec<&Field>| -> String {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            names.join(",")
        };
        let (flat, others) = (names(flat), names(others));
        match (flat.is_empty(), others.is_empty()) {
            (true, true) => {}
            (_, true) => line(text, &["C", &flat]),
            (_, false) => line(text, &["C", &flat, &others]),
        }
    }

    fn kind(&self, found: &Type) -> String {
        match found {
            Type::Text | Type::Operation | Type::Event => "text".to_owned(),
            Type::Secret => "secret".to_owned(),
            Type::Path => "path".to_owned(),
            Type::Integer => "integer".to_owned(),
            Type::Number => "number".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Time => "time".to_owned(),
            Type::Words(words) => format!("words {}", words.join("|")),
            Type::OpenWords(words) => format!("open {}", words.join("|")),
            Type::List(inner) => match self.kind(inner).as_str() {
                "json" => "json".to_owned(),
                inner => format!("list {inner}"),
            },
            Type::Nullable(inner) => self.kind(inner),
            Type::Named(name) => match self.enums.get(name.as_str()) {
                Some(words) => format!("open {}", words.join("|")),
                None => "json".to_owned(),
            },
            Type::Nothing
            | Type::Any
            | Type::Object
            | Type::TemplateDescription
            | Type::Tuple(_)
            | Type::Map(_) => "json".to_owned(),
        }
    }
}

fn line(text: &mut String, fields: &[&str]) {
    let fields = fields.iter().map(|field| plain(field));
    let _ = writeln!(text, "{}", fields.collect::<Vec<_>>().join("\t"));
}

/// Return docs without the marks of Markdown that a terminal would show.
fn plain(docs: &str) -> String {
    docs.replace("\n\n", " \\\\ ")
        .replace("[`", "`")
        .replace("`]", "`")
        .replace("**", "")
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}
