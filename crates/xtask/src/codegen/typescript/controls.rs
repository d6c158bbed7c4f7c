//! The controls of the sandbox: a class with their methods, and their types.

use std::fmt::Write as _;

use crate::codegen::controls::{Control, Controls};
use crate::codegen::surface::{Field, Kind, Model, Type};
use crate::shell::BoxError;

use super::types::{Way, camel, comment, entry, key, typed};

const HEAD: &str = "\
// @generated from crates/hundredms-sandbox/src/control by `cargo xtask gen`; do not edit.
// The controls of the sandbox, and their types.
import type { Time } from './arguments'
import type { OperationName } from './operations'
import type { EventType } from './webhooks/event'

/** Runs the controls of a sandbox. */
export abstract class SandboxControls {
/** Run a control by name. */
abstract control<Answer = unknown>(name: string, args?: object): Promise<Answer>
";

/// The file with the class and the types.
pub(super) fn file(controls: &Controls) -> Result<String, BoxError> {
    let writer = Writer { controls };
    let mut text = HEAD.to_owned();
    let by_hand = |control: &Control| control.signature.by_hand_in_typescript;
    for control in controls.all.iter().filter(|control| !by_hand(control)) {
        writer.method(&mut text, control)?;
    }
    text.push_str("}\n\n");
    text.push_str(
        "/** The controls, each with the arguments that its method takes one by one. */\nexport const CONTROLS: { readonly [name: string]: readonly string[] } = {\n",
    );
    for control in &controls.all {
        let fields = match control.signature.object {
            Some(_) => [].as_slice(),
            None => &control.arguments.fields,
        };
        let names = fields.iter().map(|field| format!("'{}'", field.name));
        let names: Vec<String> = names.collect();
        writeln!(text, "{}: [{}],", control.name, names.join(", "))?;
    }
    text.push_str("}\n\n");
    let mut written: Vec<String> = Vec::new();
    let mut first = |name: &str| {
        let is_first = written.iter().all(|known| known != name);
        written.push(name.to_owned());
        is_first
    };
    for control in controls.all.iter().filter(|control| !by_hand(control)) {
        let model = &control.arguments;
        if control.signature.object.is_some() && first(&model.name) {
            writer.arguments(&mut text, control)?;
        }
    }
    for model in controls.inputs() {
        if first(&model.name) {
            writer.model(&mut text, &model)?;
        }
    }
    // If methods return only a part of a result, the result has no type.
    let whole = |control: &Control| control.signature.returns.is_none();
    let models = controls.results(|control| !by_hand(control) && whole(control));
    let parts = controls.results(|control| !by_hand(control) && !whole(control));
    let wrappers: Vec<&Type> = controls
        .all
        .iter()
        .filter(|control| !whole(control))
        .map(|control| &control.answer)
        .collect();
    for model in models.iter().chain(&parts) {
        let is_wrapper = wrappers
            .iter()
            .any(|wrapper| **wrapper == Type::Named(model.name.clone()));
        if !is_wrapper && first(&model.name) {
            writer.model(&mut text, model)?;
        }
    }
    Ok(text)
}

/// The type that the method of a control returns.
pub(in crate::codegen) fn answer(control: &Control, controls: &Controls) -> String {
    Writer { controls }.answer(control)
}

struct Writer<'a> {
    controls: &'a Controls,
}

impl Writer<'_> {
    fn method(&self, text: &mut String, control: &Control) -> Result<(), BoxError> {
        let mut lines = vec![self.docs(&control.docs)];
        let name = camel(control.name);
        let (signature, arguments) = if let Some(object) = control.signature.object {
            let of = self.name(&control.arguments.name);
            (format!("{object}: {of}"), format!(", {object}"))
        } else {
            lines.extend(self.tags(control));
            self.parameters(control)
        };
        comment(text, &lines)?;
        let answer = self.answer(control);
        match control.signature.returns {
            Some(field) => {
                let of = answer;
                writeln!(
                    text,
                    "async {name}({signature}): Promise<{of}> {{\nconst {{ {field} }} = await this.control<{{ {field}: {of} }}>('{}'{arguments})\nreturn {field}\n}}\n",
                    control.name
                )?;
            }
            None => writeln!(
                text,
                "{name}({signature}): Promise<{answer}> {{\nreturn this.control('{}'{arguments})\n}}\n",
                control.name
            )?,
        }
        Ok(())
    }

    /// The type that the method of a control returns.
    fn answer(&self, control: &Control) -> String {
        let part = control.signature.returns;
        let part = part.and_then(|field| self.controls.type_of_field(&control.answer, field));
        self.typed(part.as_ref().unwrap_or(&control.answer), Way::Out)
    }

    /// The docs of parameters.
    fn tags(&self, control: &Control) -> Option<String> {
        let (first, others) = control.partition();
        let fields = first.iter().chain(&others);
        let tags = fields.map(|field| {
            let docs = self.docs(&field.docs);
            format!("@param {} {docs}", camel(&field.name))
        });
        let tags: Vec<String> = tags.collect();
        (!tags.is_empty()).then(|| tags.join("\n"))
    }

    /// The parameters of a method, and the arguments of the control.
    fn parameters(&self, control: &Control) -> (String, String) {
        let (first, others) = control.partition();
        let fields = || first.iter().chain(&others);
        let parameters = fields().map(|field| {
            let mark = match field.kind {
                Kind::Required => "",
                _ => "?",
            };
            let of = self.typed(&field.r#type, Way::In);
            format!("{}{mark}: {of}", camel(&field.name))
        });
        let parameters: Vec<String> = parameters.collect();
        let entries: Vec<String> = fields().map(|field| entry(&field.name)).collect();
        let arguments = match entries.as_slice() {
            [] => String::new(),
            entries => format!(", {{ {} }}", entries.join(", ")),
        };
        (parameters.join(", "), arguments)
    }

    /// The type of the object with the arguments of a control.
    fn arguments(&self, text: &mut String, control: &Control) -> Result<(), BoxError> {
        let model = &control.arguments;
        if control.alternatives.is_empty() {
            return self.model(text, model);
        }
        comment(text, &[self.docs(&model.docs)])?;
        let mut alternatives = Vec::new();
        for names in &control.alternatives {
            let mut part = String::from("{\n");
            for name in names {
                let field = name.trim_end_matches('?');
                let field = model.fields.iter().find(|known| known.name == field);
                let field = field.ok_or("an alternative names no argument")?;
                self.input_field(&mut part, field, !name.ends_with('?'))?;
            }
            part.push('}');
            alternatives.push(part);
        }
        let named = |field: &&Field| {
            let names = control.alternatives.iter().flatten();
            names
                .map(|name| name.trim_end_matches('?'))
                .any(|name| name == field.name)
        };
        let common: Vec<&Field> = model.fields.iter().filter(|field| !named(field)).collect();
        write!(text, "export type {} = ", self.name(&model.name))?;
        let alternatives = alternatives.join(" | ");
        if common.is_empty() {
            writeln!(text, "{alternatives}\n")?;
            return Ok(());
        }
        text.push_str("{\n");
        for field in common {
            self.input_field(text, field, false)?;
        }
        writeln!(text, "}} & ({alternatives})\n")?;
        Ok(())
    }

    fn model(&self, text: &mut String, model: &Model) -> Result<(), BoxError> {
        comment(text, &[self.docs(&model.docs)])?;
        writeln!(text, "export interface {} {{", self.name(&model.name))?;
        for field in &model.fields {
            if model.input {
                self.input_field(text, field, field.kind == Kind::Required)?;
                continue;
            }
            comment(text, &[self.docs(&field.docs)])?;
            let null = match field.kind {
                Kind::Optional if field.r#type != Type::Any => " | null",
                _ => "",
            };
            let of = self.typed(&field.r#type, Way::Out);
            writeln!(text, "readonly {}: {of}{null}", key(&field.name))?;
        }
        writeln!(text, "}}\n")?;
        Ok(())
    }

    fn input_field(&self, text: &mut String, field: &Field, given: bool) -> Result<(), BoxError> {
        comment(text, &[self.docs(&field.docs)])?;
        let of = self.typed(&field.r#type, Way::In);
        let name = key(&field.name);
        match (given, &field.r#type) {
            (true, _) => writeln!(text, "readonly {name}: {of}")?,
            (false, Type::Any) => writeln!(text, "readonly {name}?: {of}")?,
            (false, _) => writeln!(text, "readonly {name}?: {of} | undefined")?,
        }
        Ok(())
    }

    fn typed(&self, of: &Type, way: Way) -> String {
        // Unlike a type with an index signature, it accepts values whose type is an interface.
        if *of == Type::Object && way == Way::In {
            return "object".into();
        }
        typed(&self.renamed(of), way)
    }

    /// The type with the names that models have in TypeScript.
    fn renamed(&self, of: &Type) -> Type {
        let inner = |of: &Type| Box::new(self.renamed(of));
        match of {
            Type::List(of) => Type::List(inner(of)),
            Type::Map(of) => Type::Map(inner(of)),
            Type::Nullable(of) => Type::Nullable(inner(of)),
            Type::Named(name) => Type::Named(self.name(name)),
            other => other.clone(),
        }
    }

    fn name(&self, name: &str) -> String {
        format!("Sandbox{}", self.controls.typescript_name(name))
    }

    /// Docs with TypeScript's terms.
    fn docs(&self, docs: &str) -> String {
        let mut docs = docs.replace("`None`", "null").replace("*/", "*\u{200b}/");
        for control in &self.controls.all {
            let name = control.name;
            docs = docs.replace(&format!("`{name}`"), &format!("`{}`", camel(name)));
        }
        docs
    }
}
