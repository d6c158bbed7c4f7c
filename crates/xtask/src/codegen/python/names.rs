//! The names of models and types in Python, and the modules that define them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::codegen::surface::{Model, Resource, Surface, Type};

use super::text::strings;

/// The definition of each name, and its module.
pub(super) struct Names<'a> {
    modules: BTreeMap<&'a str, Vec<&'a str>>,
    models: BTreeMap<&'a str, &'a Model>,
    /// The models that keep fields that this version does not know, so that they can be written back.
    keeping: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(surface: &'a Surface) -> Self {
        let mut names = Self {
            modules: BTreeMap::new(),
            models: BTreeMap::new(),
            keeping: BTreeSet::new(),
        };
        for resource in &surface.resources {
            names
                .modules
                .insert(&resource.name, defined(resource).collect());
        }
        let webhooks = &surface.webhooks.definitions;
        for resource in surface.resources.iter().chain([webhooks]) {
            for model in &resource.models {
                names.models.insert(&model.name, model);
                names.keeping.extend(model.of.as_deref());
                if model.input && model.answer {
                    names.keeping.insert(&model.name);
                }
            }
            for method in resource.methods.iter().filter(|method| method.rewrites) {
                if let Type::Named(answer) = &method.answer {
                    names.keeping.insert(answer);
                }
            }
        }
        names
    }

    /// Whether a model keeps fields that this version does not know.
    pub(super) fn keeps(&self, model: &Model) -> bool {
        self.keeping.contains(model.name.as_str())
    }

    /// Imports of every model that other modules define. The formatter removes the unused ones.
    pub(super) fn imports(&self, own: &str, prefix: &str) -> String {
        let mut imports = String::new();
        for (module, names) in &self.modules {
            if *module != own && !names.is_empty() {
                let _ = writeln!(imports, "from {prefix}{module} import {}", names.join(", "));
            }
        }
        imports
    }

    /// An import of every plain form of a model.
    pub(super) fn inputs(&self) -> String {
        let models = self.models.values().filter(|model| model.input);
        let names: Vec<String> = models.map(|model| input_name(model)).collect();
        format!("from ..inputs import {}\n", names.join(", "))
    }

    /// The type of a value in an argument: models or their plain form.
    pub(super) fn argument(&self, of: &Type) -> String {
        match of {
            Type::List(inner) => format!("Sequence[{}]", self.argument(inner)),
            Type::Map(inner) => format!("Mapping[str, {}]", self.argument(inner)),
            Type::Nullable(inner) => format!("{} | None", self.argument(inner)),
            Type::Named(name) => match self.models.get(name.as_str()) {
                Some(model) if model.answer => format!("{name} | {}", input_name(model)),
                Some(model) => match &model.of {
                    Some(read) => format!("{read} | {name}"),
                    None => name.clone(),
                },
                None => name.clone(),
            },
            other => argument_type(other),
        }
    }
}

/// The names that the module of a resource's models defines, without unknown and malformed values.
pub(super) fn defined(resource: &Resource) -> impl Iterator<Item = &str> {
    let models = resource.models.iter().filter(|model| model.answer);
    let models = models.map(|model| model.name.as_str());
    let enums = resource.enums.iter().map(|words| words.name.as_str());
    let unions = resource.unions.iter().map(|union| union.name.as_str());
    models.chain(enums).chain(unions)
}

/// The name of the plain form of a model. A model that is only sent has no other form.
pub(super) fn input_name(model: &Model) -> String {
    let suffix = if model.answer { "Input" } else { "" };
    format!("{}{suffix}", model.name)
}

/// The type of a value in a response.
pub(super) fn type_of(of: &Type) -> String {
    match of {
        Type::Nothing => "None".into(),
        Type::Text
        | Type::Secret
        | Type::Path
        | Type::OpenWords(_)
        | Type::Operation
        | Type::Event => "str".into(),
        Type::Words(words) => format!("Literal[{}]", strings(words)),
        Type::Integer => "int".into(),
        Type::Number => "float".into(),
        Type::Boolean => "bool".into(),
        Type::Time => "datetime".into(),
        Type::Any => "Any".into(),
        Type::TemplateDescription => "TemplateDescription".into(),
        Type::Object => "dict[str, Any]".into(),
        Type::List(inner) => format!("list[{}]", type_of(inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(type_of).collect();
            format!("tuple[{}]", items.join(", "))
        }
        Type::Map(inner) => format!("dict[str, {}]", type_of(inner)),
        Type::Nullable(inner) => format!("{} | None", type_of(inner)),
        Type::Named(name) => name.clone(),
    }
}

/// The type of a value in an argument without models.
pub(super) fn argument_type(of: &Type) -> String {
    match of {
        Type::Path => "str | PathLike[str]".into(),
        Type::Object => "Mapping[str, Any]".into(),
        Type::List(inner) => format!("Sequence[{}]", argument_type(inner)),
        Type::Map(inner) => format!("Mapping[str, {}]", argument_type(inner)),
        Type::Nullable(inner) => format!("{} | None", argument_type(inner)),
        other => type_of(other),
    }
}

/// A type that may also be None.
pub(super) fn optional(of: &str) -> String {
    if of == "Any" {
        return of.to_owned();
    }
    format!("{of} | None")
}
