//! Plain forms of models: dictionaries for arguments.

use std::fmt::Write as _;

use crate::codegen::surface::{Kind, Model, Surface, Type};

use super::names::{Names, input_name};
use super::text::{block, docstring};

/// The module of all plain forms.
pub(super) fn file(surface: &Surface, names: &Names<'_>) -> String {
    let mut file = String::from(
        "\"\"\"What arguments hold as plain dictionaries, under the names that the service has for it.\"\"\"\n\n\
         from __future__ import annotations\n\
         from collections.abc import Mapping, Sequence\n\
         from datetime import datetime\n\
         from typing import Any, TypedDict\n\
         from ._template_description import TemplateDescription as TemplateDescription  # noqa: PLC0414\n\
         from ._typing import NotRequired\n",
    );
    file.push_str(&names.imports("", ".models."));
    let models = surface
        .resources
        .iter()
        .flat_map(|resource| &resource.models);
    for model in models.filter(|model| model.input) {
        file.push_str(&typed_dict(&input_name(model), model, |of| {
            names.argument(of)
        }));
    }
    file
}

/// The class of a dictionary.
pub(super) fn typed_dict(name: &str, model: &Model, types: impl Fn(&Type) -> String) -> String {
    let mut class = format!("\n\nclass {name}(TypedDict):\n{}\n", block(&model.docs, 4));
    for field in &model.fields {
        let of = types(&field.r#type);
        let of = match field.kind {
            Kind::Required => of,
            Kind::Nullable if of != "Any" => format!("NotRequired[{of} | None]"),
            _ => format!("NotRequired[{of}]"),
        };
        let _ = writeln!(
            class,
            "    {}: {of}\n    {}",
            field.name,
            docstring(&field.docs)
        );
    }
    class
}
