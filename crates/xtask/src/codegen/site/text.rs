//! Markdown of the generated pages: cells of tables, types with links to their models, JSON.

use std::fmt::Write as _;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::codegen::index::lower_camel;
use crate::codegen::surface::{Field, Kind, Resource, Surface, Type};
use crate::codegen::typescript::types::plain;

/// The first line of a generated page.
pub(super) const GENERATED: &str =
    "<!-- @generated from the Rust definitions by `cargo xtask gen` -->\n\n";

/// The heading of a method, which has another name in TypeScript if it is of several words.
pub(super) fn heading(name: &str) -> String {
    let in_typescript = lower_camel(name);
    if in_typescript == name {
        return format!("## {name} {{ #{name} }}");
    }
    format!("## {name}, {in_typescript} {{ #{name} }}")
}

/// The page of each model, enum and union.
#[derive(Debug)]
pub(super) struct Homes(BTreeMap<String, String>);

impl Homes {
    pub(super) fn of(surface: &Surface) -> Self {
        let mut homes = BTreeMap::new();
        let webhooks = [&surface.webhooks.definitions];
        for resource in surface.resources.iter().chain(webhooks) {
            for name in names(resource) {
                homes.insert(name.to_owned(), page_of(&resource.name));
            }
        }
        Self(homes)
    }

    /// These models, each with its page.
    pub(super) fn of_models<'a>(models: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = models.map(|(name, page)| (name.to_owned(), page.to_owned()));
        Self(owned.collect())
    }

    /// A type, with links from a page of `reference/<folder>/` to its models.
    pub(super) fn shown(&self, of: &Type) -> String {
        self.from("../", of)
    }

    /// A type, with links from a page whose path to `reference/` is `up`.
    pub(super) fn from(&self, up: &str, of: &Type) -> String {
        match of {
            Type::Nothing => "nothing".into(),
            Type::Text | Type::Event => "string".into(),
            Type::Operation => "name of an operation".into(),
            Type::Secret => "string, secret".into(),
            Type::Path => "path".into(),
            Type::Integer => "integer".into(),
            Type::Number => "number".into(),
            Type::Boolean => "boolean".into(),
            Type::Time => "time".into(),
            Type::Any => "any JSON".into(),
            Type::Object => "object".into(),
            Type::TemplateDescription => {
                format!("[description]({up}../jobs.md#keep-templates-in-files)")
            }
            Type::Words(words) => format!("one of {}", listed(words)),
            Type::OpenWords(words) => format!("{}, or another string", listed(words)),
            Type::List(item) => format!("list of {}", self.from(up, item)),
            Type::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.from(up, item)).collect();
                format!("list of {}", items.join(" and "))
            }
            Type::Map(value) => format!("map of names to {}", self.from(up, value)),
            Type::Nullable(inner) => format!("{} or null", self.from(up, inner)),
            Type::Named(name) => match self.0.get(name) {
                Some(page) => format!("[`{name}`]({up}{page}#{})", name.to_lowercase()),
                None => format!("`{name}`"),
            },
        }
    }
}

/// The page of the models of a resource, relative to `reference/`.
fn page_of(resource: &str) -> String {
    match resource {
        "webhooks" => "events.md".to_owned(),
        resource => format!("models/{resource}.md"),
    }
}

/// The names of the models, enums and unions of a resource.
pub(super) fn names(resource: &Resource) -> impl Iterator<Item = &str> {
    let models = resource.models.iter().map(|model| model.name.as_str());
    let enums = resource.enums.iter().map(|found| found.name.as_str());
    let unions = resource.unions.iter().map(|union| union.name.as_str());
    models.chain(enums).chain(unions)
}

/// Words of code: `a`, `b`.
pub(super) fn listed<T: std::fmt::Display>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Text for a cell of a table.
pub(super) fn cell(text: &str) -> String {
    marked(text).replace('|', "\\|").replace("\n\n", " ")
}

/// Docs as Markdown that is shown as they are: outside of code, asterisks and angle brackets stand for themselves.
pub(super) fn marked(docs: &str) -> String {
    let docs = plain(docs);
    let parts = docs.split('`').enumerate().map(|(index, part)| {
        // The parts between two of them are code.
        if index % 2 == 1 {
            return part.to_owned();
        }
        let mut text = String::new();
        let mut before = None;
        for letter in part.chars() {
            if matches!(letter, '*' | '<') && before != Some('\\') {
                text.push('\\');
            }
            text.push(letter);
            before = Some(letter);
        }
        text
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Which way the fields of a table go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Sent,
    Received,
}

/// Whether a field must be given, or is there, for the reader of what it means.
fn presence(kind: Kind, way: Way) -> &'static str {
    match (kind, way) {
        (Kind::Required, Way::Sent) => "**Required.** ",
        (Kind::Required, Way::Received) | (Kind::List, _) => "Always there. ",
        (Kind::Nullable, _) => "May be null. ",
        (Kind::Optional | Kind::Filter | Kind::Recipient | Kind::OptionalList, _) => "",
    }
}

/// The titles of a table of fields.
pub(super) fn titles(of: &str) -> String {
    format!("| {of} | type | meaning |\n| --- | --- | --- |\n")
}

/// A row of a table of fields.
pub(super) fn row(field: &Field, shown: &str, way: Way) -> String {
    let docs = cell(&crate::codegen::typescript::types::field_docs(field));
    let presence = presence(field.kind, way);
    let meaning = format!("{presence}{docs}");
    format!("| `{}` | {shown} | {} |\n", field.name, meaning.trim_end())
}

/// A collapsed block with JSON.
pub(super) fn details(title: &str, value: &Value) -> String {
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut text = format!("??? example \"{title}\"\n\n    ```json\n");
    for line in json.lines() {
        let _ = writeln!(text, "    {line}");
    }
    text.push_str("    ```\n\n");
    text
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::codegen::surface::{Field, Kind, Type};
    use crate::codegen::typescript::types::field_docs;

    #[test]
    fn what_markdown_would_interpret_is_shown_as_it_is() {
        assert_eq!(
            marked("Of the form ***-*** or <b>."),
            r"Of the form \*\*\*-\*\*\* or \<b>."
        );
        assert_eq!(marked("Or `*` and `<b>`."), "Or `*` and `<b>`.");
    }

    #[test]
    fn a_limit_that_the_docs_have_is_not_repeated() {
        let field = |docs: &str| Field {
            name: "recordings".to_owned(),
            kind: Kind::Required,
            r#type: Type::Any,
            docs: docs.to_owned(),
            limits: vec!["items 1".to_owned()],
        };
        assert_eq!(
            field_docs(&field("A list. At most 1 item.")),
            "A list. At most 1 item."
        );
        assert_eq!(field_docs(&field("A list.")), "A list. At most 1 item.");
    }
}
