//! The controls of the sandbox: their methods and their models.

use std::fmt::Write as _;

use serde_json::Value;

use crate::codegen::controls::{Control, Controls};
use crate::codegen::surface::{Field, Kind, Model, Type};

use super::inputs::typed_dict;
use super::models::{IMPORTS, class};
use super::names::{argument_type, optional, type_of};
use super::text::{described, strings};

/// The models of results and arguments of controls.
pub(super) fn models(controls: &Controls) -> String {
    let mut file = format!(
        "\"\"\"Results and arguments of the sandbox's controls.\"\"\"\n\n{IMPORTS}from .._model import Model\nfrom .._typing import NotRequired\n"
    );
    for model in results(controls) {
        file.push_str(&class(&translated(model), false));
    }
    for model in controls.inputs() {
        let model = translated(model);
        file.push_str(&typed_dict(&model.name, &model, type_of));
    }
    file
}

fn results(controls: &Controls) -> Vec<Model> {
    controls.results(|control| !control.signature.by_hand_in_python)
}

/// The class with a method for each control.
pub(super) fn methods(controls: &Controls) -> String {
    let mut file = String::from(
        "\"\"\"The methods that run the sandbox's controls.\"\"\"\n\n\
         from __future__ import annotations\n\
         from collections.abc import Mapping, Sequence\n\
         from datetime import datetime\n\
         from typing import Any, Literal\n\
         from ._emulator import Emulator\n",
    );
    let models = results(controls).into_iter().chain(controls.inputs());
    let names: Vec<String> = models.map(|model| model.name).collect();
    let _ = writeln!(file, "from ._models import {}", names.join(", "));
    file.push_str("\n\nclass Methods(Emulator):\n    \"\"\"Runs the sandbox's controls.\"\"\"\n");
    let generated = controls.all.iter();
    for control in generated.filter(|control| !control.signature.by_hand_in_python) {
        file.push_str(&method(control, controls));
    }
    file
}

fn method(control: &Control, controls: &Controls) -> String {
    let (first, others) = control.partition();
    let parameter = |field: &&Field| parameter(field, control);
    let mut signature = vec!["self".to_owned()];
    signature.extend(first.iter().map(parameter));
    if !others.is_empty() {
        signature.push("*".to_owned());
    }
    signature.extend(others.iter().map(parameter));
    let fields = || first.iter().chain(&others);
    let name = control.name;
    let entries: Vec<String> = fields()
        .map(|field| format!("\"{}\": {}", field.name, argument_name(field)))
        .collect();
    let entries = entries.join(", ");
    let arguments: Vec<(String, String)> = fields()
        .map(|field| (argument_name(field).to_owned(), plain(&field.docs)))
        .collect();
    let part = returned_part(control, controls);
    let call = match (&control.answer, part) {
        (Type::Nothing, _) => format!("self._json(\"{name}\", {{{entries}}})"),
        (answer, part) => {
            let class = type_of(answer);
            let call = format!("return self._run(\"{name}\", {class}, {{{entries}}})");
            part.map_or(call.clone(), |(field, _)| format!("{call}.{field}"))
        }
    };
    let answer = answer(control, controls);
    format!(
        "\n    def {name}({}) -> {answer}:\n{}        {call}\n",
        signature.join(", "),
        described(&plain(&control.docs), &arguments, "", 8),
    )
}

/// The field of the result that a method returns instead of all, and its type.
fn returned_part(control: &Control, controls: &Controls) -> Option<(&'static str, Type)> {
    let field = control.signature.returns_in_python?;
    Some((field, controls.type_of_field(&control.answer, field)?))
}

/// The type that the method of a control returns.
pub(in crate::codegen) fn answer(control: &Control, controls: &Controls) -> String {
    match returned_part(control, controls) {
        Some((_, of)) => type_of(&of),
        None => type_of(&control.answer),
    }
}

/// The name of an argument. Seconds are the unit of all times in Python.
fn argument_name(field: &Field) -> &str {
    let name = &field.name;
    name.strip_suffix("_seconds").unwrap_or(name)
}

fn parameter(field: &Field, control: &Control) -> String {
    let name = argument_name(field);
    let of = argument_type(&field.r#type);
    match (field.kind, control.defaults.get(&field.name)) {
        (Kind::Required, _) => format!("{name}: {of}"),
        (_, Some(Value::Bool(true))) => format!("{name}: {of} = True"),
        (_, Some(Value::Bool(false))) => format!("{name}: {of} = False"),
        (_, Some(Value::Number(number))) => format!("{name}: {of} = {number}"),
        (_, Some(Value::Array(items))) => format!("{name}: {of} = ({})", strings(items)),
        _ => format!("{name}: {} = None", optional(&of)),
    }
}

/// A model with docs for Python.
fn translated(mut model: Model) -> Model {
    for field in &mut model.fields {
        field.docs = plain(&field.docs);
    }
    model.docs = plain(&model.docs);
    model
}

/// Docs with Python's terms.
fn plain(docs: &str) -> String {
    let docs = docs.replace(" (RFC 3339)", "").replace("`None`", "None");
    docs.replace("Null ", "None ").replace(" null", " None")
}
