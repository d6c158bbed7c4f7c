//! The pages of the sandbox's controls and faults.

use std::fmt::Write as _;

use hundredms_sandbox::FaultTrigger;
use serde_json::Value;

use super::text::{GENERATED, Homes, Way, heading, marked, row, titles};
use crate::codegen::controls::{Control, Controls};
use crate::codegen::index::lower_camel;
use crate::codegen::output::Output;
use crate::codegen::python;
use crate::codegen::surface::{Field, Kind, Model, Type};
use crate::codegen::typescript;
use crate::shell::{BoxError, root};

pub(super) fn outputs(controls: &Controls) -> Result<[Output; 2], BoxError> {
    Ok([
        Output::new("docs/reference/controls.md", page_of_controls(controls)?),
        Output::new("docs/reference/faults.md", page_of_faults(controls)),
    ])
}

fn page_of_controls(controls: &Controls) -> Result<String, BoxError> {
    let sources = Sources::read()?;
    let mut text = format!(
        "{GENERATED}# Controls of the sandbox in detail\n\nEvery control with every argument. [Sandbox controls](../sandbox.md) is the overview by \
         topic, and says how each language calls them.\nOver HTTP, send `POST /_sandbox/<name>` with the arguments as a JSON object. Null is `None` in Python and\n\
         Rust.\n\n"
    );
    for control in &controls.all {
        section(&mut text, control, controls, &sources);
    }
    text.push_str("## Values\n\n");
    for model in all(controls) {
        if !is_of_faults(&model.name) {
            text.push_str(&definition(&model, controls));
        }
    }
    Ok(text.trim_end().to_owned() + "\n")
}

/// What a language does in its own way.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("mute_track", "In TypeScript, `unmuteTrack` unmutes it."),
    (
        "set_webhook",
        "To send none, call `set_webhook(None)` in Python, `setWebhook()` in TypeScript, and `clear_webhook()` in Rust.",
    ),
];

/// The files with the methods that are written by hand.
struct Sources {
    rust: String,
    python: String,
    typescript: String,
}

impl Sources {
    fn read() -> Result<Self, BoxError> {
        let read = |path: &str| std::fs::read_to_string(root().join(path));
        Ok(Self {
            rust: read("crates/hundredms-sandbox/src/sandbox.rs")?,
            python: read("python/hundredms/sandbox/_controls.py")?
                + &read("python/hundredms/sandbox/__init__.py")?,
            typescript: read("node/src/sandbox.ts")?,
        })
    }
}

/// The type that a method returns, which is between two texts in its source.
fn returned<'a>(source: &'a str, method: &str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = source.split_once(method)?;
    let (signature, _) = rest.split_once(after)?;
    let (_, of) = signature.rsplit_once(before)?;
    Some(of.trim())
}

/// The table of what the method of each language returns.
fn returns(control: &Control, controls: &Controls, sources: &Sources) -> String {
    let name = control.name;
    let method = lower_camel(name);
    let signature = &control.signature;
    let python = if signature.by_hand_in_python {
        returned(&sources.python, &format!("def {name}("), "->", ":\n")
            .unwrap_or("None")
            .to_owned()
    } else {
        python::controls::answer(control, controls)
    };
    let typescript = if signature.by_hand_in_typescript {
        returned(
            &sources.typescript,
            &format!(" {method}("),
            "Promise<",
            "> {",
        )
        .unwrap_or("null")
        .to_owned()
    } else {
        typescript::controls::answer(control, controls)
    };
    let rust = returned(&sources.rust, &format!("fn {name}("), "->", " {\n");
    let rust = rust.map_or("()", |of| {
        let inner = of.strip_prefix("Result<");
        inner.map_or(of, |inner| inner.trim_end_matches(", SandboxError>"))
    });
    format!(
        "| | method | returns |\n| --- | --- | --- |\n| Python | `{name}` | `{python}` |\n| TypeScript | `{method}` | `{typescript}` |\n| Rust | `{name}` | `{rust}` |\n| HTTP | `{name}` | {} |\n\n",
        shown(&control.answer, controls)
    )
}

/// Docs with the term of JSON for no value.
fn in_json(docs: &str) -> String {
    docs.replace(". `None`", ". Null").replace("`None`", "null")
}

fn section(text: &mut String, control: &Control, controls: &Controls, sources: &Sources) {
    let name = control.name;
    let _ = writeln!(
        text,
        "{}\n\n{}{}\n",
        heading(name),
        marked(&in_json(&control.docs)),
        EXCEPTIONS
            .iter()
            .find(|(of, _)| *of == name)
            .map_or_else(String::new, |(_, more)| format!(" {more}")),
    );
    text.push_str(&returns(control, controls, sources));
    fields(text, &control.arguments, controls);
    for alternative in &control.alternatives {
        let _ = writeln!(
            text,
            "One set of arguments: `{}`.\n",
            alternative.join("`, `")
        );
    }
}

fn page_of_faults(controls: &Controls) -> String {
    let mut text = format!(
        "{GENERATED}# Faults of the sandbox\n\nA fault is a rule: which requests it matches, which of those it affects, and what happens to them. Add it \
         with the control [`add_fault`](controls.md#add_fault), or for one request with the header `x-sandbox-fault`.\n\n\
         ```console\n$ curl -H 'content-type: application/json' \\\n    -d '{{\"match\": {{\"operation\": \"rooms.create\"}}, \"on\": {{\"nth\": 1}}, \"effect\": {{\"status\": 503}}}}' \\\n    \
         http://127.0.0.1:8100/_sandbox/add_fault\n```\n\n"
    );
    for model in all(controls) {
        if is_of_faults(&model.name) {
            text.push_str(&definition(&model, controls));
        }
        if model.name == "FaultMatch" {
            text.push_str(&triggers());
        }
    }
    text.push_str(
        "## Errors worth testing\n\n| what | fault |\n| --- | --- |\n\
         | too many requests | `{\"status\": 429, \"retry_after\": 3}` |\n\
         | the change is made, and the response is lost | `{\"disconnect\": \"close_after\"}` |\n\
         | a gateway gives up, and the change is made | `{\"status\": 504, \"apply\": true}` |\n\
         | a page of a proxy instead of JSON | `{\"status\": 502, \"body\": \"<html>\"}` |\n\
         | a slow response | `{\"delay_answer_ms\": 2000}` |\n\
         | a body that breaks off | `{\"cut_body\": 100}` |\n\
         | every token has expired | `{\"expire_tokens\": true}` |\n",
    );
    text
}

/// The values of `on`, from the schema of the Rust type.
fn triggers() -> String {
    let schema = schemars::schema_for!(FaultTrigger).to_value();
    let docs = |of: &Value| marked(of["description"].as_str().unwrap_or_default());
    let mut text = format!(
        "## FaultTrigger {{ #faulttrigger }}\n\n{} One of these values of `on`.\n\n| value | affects | fields |\n| --- | --- | --- |\n",
        docs(&schema)
    );
    let variants = schema["anyOf"].as_array().into_iter().flatten();
    for variant in variants {
        let fields = variant["properties"].as_object();
        let (value, fields) = match fields {
            None => (r#""every""#.to_owned(), String::new()),
            Some(fields) => {
                let names: Vec<String> =
                    fields.keys().map(|name| format!("\"{name}\": …")).collect();
                let docs: Vec<String> = fields
                    .iter()
                    .map(|(name, field)| match &field["default"] {
                        Value::Null => format!("`{name}`: {}", docs(field)),
                        default => format!("`{name}`: {} Defaults to `{default}`.", docs(field)),
                    })
                    .collect();
                (format!("{{{}}}", names.join(", ")), docs.join(" "))
            }
        };
        let _ = writeln!(text, "| `{value}` | {} | {fields} |", docs(variant));
    }
    text + "\n"
}

/// The models in arguments and results of controls, each once.
fn all(controls: &Controls) -> Vec<Model> {
    let mut all = controls.inputs();
    for model in controls.results(|_| true) {
        if all.iter().all(|other| other.name != model.name) {
            all.push(model);
        }
    }
    all
}

fn is_of_faults(name: &str) -> bool {
    name.starts_with("Fault") || name == "Drip"
}

fn definition(model: &Model, controls: &Controls) -> String {
    let mut text = format!(
        "### {} {{ #{} }}\n\n{}\n\n",
        model.name,
        model.name.to_lowercase(),
        marked(&in_json(&model.docs))
    );
    if is_of_faults(&model.name) {
        text = text.replacen("###", "##", 1);
    }
    fields(&mut text, model, controls);
    text
}

fn fields(text: &mut String, model: &Model, controls: &Controls) {
    if model.fields.is_empty() {
        return;
    }
    text.push_str(&titles("name"));
    for field in &model.fields {
        let field = Field {
            name: field.name.clone(),
            kind: if model.answer {
                Kind::Optional
            } else {
                field.kind
            },
            r#type: field.r#type.clone(),
            docs: in_json(&field.docs),
            limits: Vec::new(),
        };
        let of = if field.name == "on" && field.r#type == Type::Any {
            // Languages take any JSON here, because one value is a word.
            "[`FaultTrigger`](faults.md#faulttrigger)".to_owned()
        } else {
            shown(&field.r#type, controls)
        };
        text.push_str(&row(&field, &of, Way::Sent));
    }
    text.push('\n');
}

/// A type. Its models are on these pages.
fn shown(of: &Type, controls: &Controls) -> String {
    let all = all(controls);
    let homes = Homes::of_models(all.iter().map(|model| {
        let page = if is_of_faults(&model.name) {
            "faults.md"
        } else {
            "controls.md"
        };
        (model.name.as_str(), page)
    }));
    homes.from("", of)
}

#[cfg(test)]
mod tests {
    use super::triggers;

    #[test]
    fn every_value_of_on_has_a_row() {
        let text = triggers();
        for row in [
            "| `\"every\"` | Each one. |",
            "| `{\"nth\": …}` | A single one. | `nth`: Which one, starting at 1. |",
            "| `{\"first\": …}` | The first ones. | `first`: How many. |",
            "`seed`: The same seed selects the same ones. Defaults to `0`. |",
        ] {
            assert!(text.contains(row), "{row}: {text}");
        }
    }
}
