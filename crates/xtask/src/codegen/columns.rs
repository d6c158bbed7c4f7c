//! The columns that lists have as tables: a compact table for the Node package, and the same in Arrow's words, which the tests of both
//! packages compare with their columns.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::output::Output;
use super::surface::{Kind, Model, Surface, Type, Union};
use crate::shell::BoxError;

/// A type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Text,
    Integer,
    Number,
    Boolean,
    Time,
    /// JSON as text.
    Json,
    /// A model, by its name.
    Struct(String),
    List {
        item: Box<Self>,
        nullable: bool,
    },
    /// A list of the values, or of keys and values.
    Map {
        value: Box<Self>,
        keyed: bool,
        nullable: bool,
    },
}

type Fields = Vec<(String, Column)>;

/// The models and unions by name.
struct Types<'a> {
    models: BTreeMap<&'a str, &'a Model>,
    unions: BTreeMap<&'a str, &'a Union>,
}

impl<'a> Types<'a> {
    fn of(surface: &'a Surface) -> Self {
        let resources = &surface.resources;
        let models = resources.iter().flat_map(|resource| &resource.models);
        let unions = resources.iter().flat_map(|resource| &resource.unions);
        Self {
            models: models
                .filter(|model| model.answer)
                .map(|model| (model.name.as_str(), model))
                .collect(),
            unions: unions.map(|union| (union.name.as_str(), union)).collect(),
        }
    }

    fn column(&self, of: &Type, nullable: bool) -> Column {
        match of {
            Type::Named(name) if self.unions.contains_key(name.as_str()) => Column::Json,
            Type::Named(name) if self.models.contains_key(name.as_str()) => {
                Column::Struct(name.clone())
            }
            // What is named is an enum.
            Type::Named(_)
            | Type::Text
            | Type::Secret
            | Type::Path
            | Type::Words(_)
            | Type::OpenWords(_)
            | Type::Operation
            | Type::Event => Column::Text,
            Type::Integer => Column::Integer,
            Type::Number => Column::Number,
            Type::Boolean => Column::Boolean,
            Type::Time => Column::Time,
            Type::Nothing
            | Type::Any
            | Type::Object
            | Type::TemplateDescription
            | Type::Tuple(_) => Column::Json,
            Type::Nullable(inner) => self.column(inner, true),
            Type::List(item) => Column::List {
                item: Box::new(self.column(item, false)),
                nullable,
            },
            Type::Map(value) if **value == Type::Any => Column::Json,
            Type::Map(value) => {
                let keyed = match &**value {
                    Type::Named(name) => !self
                        .models
                        .get(name.as_str())
                        .is_some_and(|model| model.fields.iter().any(|field| field.name == "id")),
                    _ => true,
                };
                Column::Map {
                    value: Box::new(self.column(value, false)),
                    keyed,
                    nullable,
                }
            }
        }
    }

    /// The columns of a model, or of a union: those that all its shapes have alike, and JSON for the others.
    fn fields(&self, name: &str) -> Fields {
        if let Some(model) = self.models.get(name) {
            return self.fields_of(model);
        }
        let mut found = Fields::new();
        let shapes = self.unions.get(name).map_or(&[][..], |union| &union.shapes);
        let models = shapes
            .iter()
            .filter_map(|(shape, _)| self.models.get(shape.as_str()));
        for (name, column) in models.flat_map(|model| self.fields_of(model)) {
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) if *known != column => *known = Column::Json,
                Some(_) => {}
                None => found.push((name, column)),
            }
        }
        found
    }

    fn fields_of(&self, model: &Model) -> Fields {
        let fields = model.fields.iter();
        fields
            .map(|field| {
                let nullable = matches!(
                    field.kind,
                    Kind::Optional | Kind::Nullable | Kind::Filter | Kind::Recipient
                );
                (field.name.clone(), self.column(&field.r#type, nullable))
            })
            .collect()
    }

    /// The type in the words of Arrow.
    fn in_words(&self, column: &Column) -> String {
        match column {
            Column::Text | Column::Json => "string".to_owned(),
            Column::Integer => "int64".to_owned(),
            Column::Number => "double".to_owned(),
            Column::Boolean => "bool".to_owned(),
            Column::Time => "timestamp[us, tz=UTC]".to_owned(),
            Column::Struct(name) => format!("struct<{}>", self.fields_in_words(name)),
            Column::List { item, .. } => format!("list<item: {}>", self.in_words(item)),
            Column::Map {
                value,
                keyed: false,
                ..
            } => format!("list<item: {}>", self.in_words(value)),
            Column::Map { value, .. } => match &**value {
                Column::Struct(name) => format!(
                    "list<item: struct<key: string, {}>>",
                    self.fields_in_words(name)
                ),
                other => format!(
                    "list<item: struct<key: string, value: {}>>",
                    self.in_words(other)
                ),
            },
        }
    }

    fn fields_in_words(&self, name: &str) -> String {
        let fields = self.fields(name).into_iter();
        let fields = fields.map(|(name, column)| format!("{name}: {}", self.in_words(&column)));
        fields.collect::<Vec<_>>().join(", ")
    }
}

/// The type as the Node package has it.
fn compact(column: &Column) -> String {
    let or_null = |nullable: bool| if nullable { "?" } else { "" };
    match column {
        Column::Text => "s".to_owned(),
        Column::Integer => "i".to_owned(),
        Column::Number => "f".to_owned(),
        Column::Boolean => "b".to_owned(),
        Column::Time => "t".to_owned(),
        Column::Json => "j".to_owned(),
        Column::Struct(name) => name.clone(),
        Column::List { item, nullable } => format!("[{}]{}", compact(item), or_null(*nullable)),
        Column::Map {
            value,
            keyed,
            nullable,
        } => {
            let plus = if *keyed { "+" } else { "" };
            format!("<{plus}{}>{}", compact(value), or_null(*nullable))
        }
    }
}

/// The models that a column uses.
fn models_of(column: &Column) -> Option<&str> {
    match column {
        Column::Struct(name) => Some(name),
        Column::List { item, .. } => models_of(item),
        Column::Map { value, .. } => models_of(value),
        _ => None,
    }
}

/// The lists by operation, with what their items are.
fn lists(surface: &Surface) -> Vec<(&'static str, &str)> {
    let methods = surface
        .resources
        .iter()
        .flat_map(|resource| &resource.methods);
    methods
        .filter_map(|method| match &method.item {
            Some(Type::Named(item)) => Some((method.info.name, item.as_str())),
            _ => None,
        })
        .collect()
}

/// The table of the Node package, before it is formatted.
pub(super) fn typescript(surface: &Surface) -> String {
    let types = Types::of(surface);
    let lists = lists(surface);
    let mut models: BTreeMap<String, Fields> = BTreeMap::new();
    let mut wanted: Vec<String> = lists.iter().map(|(_, item)| (*item).to_owned()).collect();
    while let Some(name) = wanted.pop() {
        if models.contains_key(&name) {
            continue;
        }
        let fields = types.fields(&name);
        let inner = fields.iter().filter_map(|(_, column)| models_of(column));
        wanted.extend(inner.map(str::to_owned));
        models.insert(name, fields);
    }
    let mut text = String::from(
        "// @generated by `cargo xtask gen` from the models of the core; not edited by hand.\n\
         // The columns that lists have as tables.\n\n\
         /**\n\
         \x20* The fields of each model. `s` is text, `i` an integer, `f` a number, `b` a boolean, `t` a time, `j` JSON, a name another model,\n\
         \x20* `[x]` a list of x, `<x>` the values of a map, `<+x>` its keys and values. `?` follows a list that may be null.\n\
         \x20*/\n\
         export const MODELS: Readonly<Record<string, string>> = {\n",
    );
    for (name, fields) in &models {
        let fields = fields.iter();
        let fields = fields.map(|(name, column)| format!("{name}:{}", compact(column)));
        let fields = fields.collect::<Vec<_>>().join(",");
        let _ = writeln!(text, "  {name}: '{fields}',");
    }
    text.push_str("}\n\n/** The model of the items of each list. */\n");
    text.push_str("export const LISTS: Readonly<Record<string, string>> = {\n");
    for (operation, item) in &lists {
        let _ = writeln!(text, "  '{operation}': '{item}',");
    }
    text.push_str("}\n\n/** The fields that select the shape of unions. */\n");
    text.push_str("export const TAGS: Readonly<Record<string, string>> = {\n");
    for (name, union) in &types.unions {
        if models.contains_key(*name) {
            let _ = writeln!(text, "  {name}: '{}',", union.tag);
        }
    }
    text.push_str("}\n");
    text
}

/// The columns of each list in the words of Arrow, for the tests.
pub(super) fn expected(surface: &Surface) -> Result<Output, BoxError> {
    let types = Types::of(surface);
    let mut all = Map::new();
    for (operation, item) in lists(surface) {
        let columns = types.fields(item).into_iter();
        let columns = columns.map(|(name, column)| format!("{name}: {}", types.in_words(&column)));
        let columns: Vec<Value> = columns.map(Value::from).collect();
        all.insert(operation.to_owned(), columns.into());
    }
    let text = serde_json::to_string_pretty(&all)?;
    Ok(Output::new("tests/export/columns.json", text + "\n"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_list_has_columns_and_no_exploded_column_has_the_name_of_another() {
        let surface = Surface::read().unwrap();
        let types = Types::of(&surface);
        let paged = surface
            .resources
            .iter()
            .flat_map(|resource| &resource.methods)
            .filter(|method| method.info.paging.is_some());
        let lists = lists(&surface);
        assert_eq!(lists.len(), paged.count());
        for (operation, item) in lists {
            let fields = types.fields(item);
            assert!(!fields.is_empty(), "{operation}");
            for (exploded, column) in &fields {
                let inner = match column {
                    Column::List { item, .. } => models_of(item),
                    Column::Map { value, .. } => models_of(value),
                    _ => None,
                };
                let inner = inner.map_or_else(Vec::new, |name| types.fields(name));
                let mut names: BTreeSet<String> =
                    fields.iter().map(|(name, _)| name.clone()).collect();
                for name in inner
                    .into_iter()
                    .map(|(name, _)| name)
                    .chain(["key".to_owned()])
                {
                    assert!(
                        names.insert(format!("{exploded}_{name}")),
                        "{operation}: {name}"
                    );
                }
            }
        }
    }

    #[test]
    fn maps_have_their_keys_unless_the_values_repeat_them() {
        let surface = Surface::read().unwrap();
        let types = Types::of(&surface);
        let column = |model: &str, field: &str| {
            let fields = types.fields(model).into_iter();
            let mut found = fields.filter(|(name, _)| name == field);
            compact(&found.next().unwrap().1)
        };
        assert_eq!(column("Session", "peers"), "<SessionPeer>");
        assert_eq!(column("Template", "roles"), "<+Role>");
        assert_eq!(column("RoomWebhook", "headers"), "<+s>?");
        assert_eq!(column("AnalyticsEvent", "data"), "j");
        assert_eq!(column("AnalyticsEvent", "timestamp"), "t");
    }
}
