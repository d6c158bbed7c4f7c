//! Models: what responses and events contain.

use std::fmt::Write as _;

use crate::codegen::surface::{Enum, Field, Kind, Model, Resource, Surface, Type, Union};

use super::names::{Names, defined, optional, type_of};
use super::text::{attribute, block, docstring, exports, strings};

/// The imports of modules with models. The formatter removes unused ones.
pub(super) const IMPORTS: &str = "\
from __future__ import annotations
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypedDict
import msgspec
";

/// Models with methods that are written by hand, and the class that has the methods, with its module.
const WITH_METHODS: &[(&str, &str, &str)] = &[("Transcript", "TranscriptModel", ".._transcript")];

/// The module of a resource's models.
pub(super) fn file(resource: &Resource, names: &Names<'_>, others: &str) -> String {
    let title = resource.name.replace('_', " ");
    let mut file = format!("\"\"\"Models of {title}.\"\"\"\n\n{IMPORTS}");
    file.push_str("from .._model import EXTRA, Model, OpenUnion, SecretModel\n");
    for (model, base, module) in WITH_METHODS {
        if resource.models.iter().any(|it| it.name == *model) {
            let _ = writeln!(file, "from {module} import {base}");
        }
    }
    file.push_str(&names.imports(&resource.name, others));
    if !resource.enums.is_empty() {
        file.push_str(&aliases(&resource.enums));
    }
    for model in resource.models.iter().filter(|model| model.answer) {
        file.push_str(&class(model, names.keeps(model)));
    }
    for union in &resource.unions {
        file.push_str(&union_class(union));
    }
    file
}

/// The module with the models of all responses.
pub(super) fn all(surface: &Surface) -> String {
    let mut file =
        "\"\"\"The models of all responses.\"\"\"\n\nfrom .._model import Model\n".to_owned();
    let mut all = vec!["Model".to_owned()];
    for resource in &surface.resources {
        let mut names: Vec<String> = defined(resource).map(str::to_owned).collect();
        for union in &resource.unions {
            names.extend(["Unknown", "Malformed"].map(|kind| format!("{kind}{}", union.name)));
        }
        if !names.is_empty() {
            let _ = writeln!(file, "from .{} import {}", resource.name, names.join(", "));
        }
        all.append(&mut names);
    }
    file.push_str(&exports(all));
    file
}

/// Open enums: their values for the type checker, plain text at run time.
fn aliases(enums: &[Enum]) -> String {
    let mut text = String::from("\nif TYPE_CHECKING:\n");
    for (number, words) in enums.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let values = strings(&words.words);
        let _ = writeln!(
            text,
            "    {}: TypeAlias = Literal[{values}] | str",
            words.name
        );
        let _ = writeln!(text, "    {}", docstring(&words.docs));
    }
    text.push_str(
        "else:\n    # The service may add words, and msgspec reads no union of words and text.\n",
    );
    for words in enums {
        let _ = writeln!(text, "    {} = str", words.name);
    }
    text
}

fn is_secret(of: &Type) -> bool {
    match of {
        Type::Secret => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_secret(inner),
        _ => false,
    }
}

/// A class variable with the names of fields.
fn field_names(variable: &str, names: &[String]) -> String {
    let names = strings(names);
    format!("\n    {variable}: ClassVar[frozenset[str]] = frozenset({{{names}}})\n")
}

/// The class of a model. If it keeps unknown fields, they are in `extra`.
pub(super) fn class(model: &Model, keeps: bool) -> String {
    let name = |field: &Field| attribute(&field.name);
    let secrets = model.fields.iter().filter(|field| is_secret(&field.r#type));
    let mut secrets: Vec<String> = secrets.map(name).collect();
    secrets.extend(keeps.then(|| "extra".to_owned()));
    // Fields whose userinfo and query are not shown.
    let is_url = |field: &&Field| field.limits.iter().any(|limit| limit == "url");
    let urls: Vec<String> = model.fields.iter().filter(is_url).map(name).collect();
    let hides = !secrets.is_empty() || !urls.is_empty();
    let base = if hides { "SecretModel" } else { "Model" };
    let with_methods = WITH_METHODS.iter().find(|(name, ..)| *name == model.name);
    let base = with_methods.map_or(base, |(_, base, _)| base);
    // The first decoder fails at an unknown field, and then a second one keeps it.
    let stops = if keeps {
        ", forbid_unknown_fields=True"
    } else {
        ""
    };
    let mut class = format!(
        "\n\nclass {}({base}, frozen=True, kw_only=True{stops}):\n{}",
        model.name,
        block(&model.docs, 4)
    );
    if !urls.is_empty() {
        class.push_str(&field_names("_urls", &urls));
    }
    if hides {
        class.push_str(&field_names("_secrets", &secrets));
    }
    class.push('\n');
    for field in &model.fields {
        class.push_str(&model_field(field));
    }
    if keeps {
        class.push_str(
            "    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})\n    \"\"\"Fields that the service sent and this version does not know. They are written back.\"\"\"\n",
        );
    }
    class
}

fn model_field(field: &Field) -> String {
    let name = attribute(&field.name);
    let of = type_of(&field.r#type);
    let (of, default) = match field.kind {
        Kind::Required | Kind::List => (of, None),
        Kind::OptionalList if of.starts_with("dict") => (of, Some("{}")),
        Kind::OptionalList => (of, Some("[]")),
        _ => (optional(&of), Some("None")),
    };
    let value = match default {
        None if name == field.name => String::new(),
        None => format!(" = msgspec.field(name=\"{}\")", field.name),
        Some(default) if name == field.name => format!(" = {default}"),
        Some(default) => format!(
            " = msgspec.field(name=\"{}\", default={default})",
            field.name
        ),
    };
    format!("    {name}: {of}{value}\n    {}\n", docstring(&field.docs))
}

fn union_class(union: &Union) -> String {
    let name = &union.name;
    let tag = &union.tag;
    let mut class = format!(
        "\n\nclass Unknown{name}(Model, frozen=True, kw_only=True):\n    \"\"\"One of a kind that this version does not know.\"\"\"\n\n"
    );
    let _ = write!(
        class,
        "    {tag}: str\n    \"\"\"The kind.\"\"\"\n    raw: dict[str, Any]\n    \"\"\"All of it, as it came.\"\"\"\n\n\n"
    );
    let _ = write!(
        class,
        "class Malformed{name}(Model, frozen=True, kw_only=True):\n    \"\"\"A value of a known kind that does not match its type.\"\"\"\n\n    {tag}: str\n    \"\"\"The kind.\"\"\"\n    problem: str\n    \"\"\"Where it does not match, and why.\"\"\"\n    raw: dict[str, Any]\n    \"\"\"All of it, as it came.\"\"\"\n\n\n"
    );
    class.push_str("if TYPE_CHECKING:\n");
    let _ = writeln!(class, "    {name}: TypeAlias = (");
    for (number, (shape, _)) in union.shapes.iter().enumerate() {
        let or = if number == 0 { "" } else { "| " };
        let _ = writeln!(class, "        {or}{shape}");
    }
    let _ = write!(
        class,
        "        | Unknown{name}\n        | Malformed{name}\n    )\n    {}\nelse:\n\n    class {name}(OpenUnion):\n{}\n",
        docstring(&union.docs),
        block(&union.docs, 8)
    );
    let _ = write!(
        class,
        "        tag = \"{tag}\"\n        unknown = Unknown{name}\n        malformed = Malformed{name}\n        shapes = {{\n"
    );
    for (shape, words) in &union.shapes {
        for word in words {
            let _ = writeln!(class, "            \"{word}\": {shape},");
        }
    }
    class.push_str("        }\n");
    class
}
