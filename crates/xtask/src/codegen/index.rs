//! `docs/api.md`: the index of operations, with every method in three languages.

use std::fmt::Write;

use hundredms::resources::Shortcut;
use hundredms::{ArgumentLocation, Retry};

use super::by_hand::{ByHand, OF_CLIENT, of_resource};
use super::output::Output;
use super::surface::{Argument, Field, Job, Method, Resource, Surface, camel};
use super::typescript::resources::alone;

/// Write the index.
pub(super) fn output(surface: &Surface) -> Output {
    let mut text = String::from(
        "<!-- @generated from crates/hundredms/src/resources by `cargo xtask gen` -->\n\n\
         # Every method\n\n\
         Each row describes one operation: what it does and its HTTP request, its method in Python, TypeScript and Rust, and whether it\n\
         is retried when the outcome of an attempt is unknown (always; if named; no). The docs of each method list its arguments,\n\
         units, limits and defaults. In Python, `Client` has the blocking methods, and `AsyncClient` the same as coroutines.\n",
    );
    for resource in &surface.resources {
        let _ = write!(
            text,
            "\n## {}\n\n| operation | Python, TypeScript, Rust | retried |\n| --- | --- | --- |\n",
            resource.name
        );
        for method in &resource.methods {
            row(&mut text, resource, method);
        }
        for shortcut in &resource.shortcuts {
            let _ = writeln!(
                text,
                "| {}<br>as `{}` | {} | |",
                shortcut.docs,
                shortcut.operation,
                calls(shortcut_signatures(resource, shortcut)),
            );
        }
        for method in of_resource(&resource.name) {
            by_hand_row(&mut text, method, " |");
        }
    }
    text.push_str(
        "\n## Client\n\nWhat belongs to no resource.\n\n| method | Python, TypeScript, Rust |\n| --- | --- |\n",
    );
    for method in OF_CLIENT {
        by_hand_row(&mut text, method, "");
    }
    text.push_str(
        "\n## Jobs\n\nA job makes several calls. It has one timeout for all of them, reports its progress to a callback, and ends at once when it is\n\
         cancelled.\n\n| job | Python, TypeScript, Rust | timeout |\n| --- | --- | --- |\n",
    );
    for resource in &surface.resources {
        for job in &resource.jobs {
            job_row(&mut text, resource, job);
        }
    }
    text.push_str(
        "\n## Webhook events\n\nThe model of the data has the same name in every language.\n\n\
         | type and data | meaning |\n| --- | --- |\n",
    );
    for event in &surface.webhooks.types {
        let models = &surface.webhooks.definitions.models;
        let model = models.iter().find(|model| model.name == event.data);
        let cause = model.and_then(|model| model.docs.split_once("\n\nCause: "));
        let cause = cause.map_or_else(String::new, |(_, cause)| format!(" Cause: {cause}"));
        let _ = writeln!(
            text,
            "| `{}`<br>`{}` | {}{cause} |",
            event.name, event.data, event.docs
        );
    }
    Output::new("docs/api.md", text)
}

/// The row of a method that is written by hand.
fn by_hand_row(text: &mut String, method: &ByHand, more: &str) {
    let _ = writeln!(
        text,
        "| {}<br>[guide]({}) | {} |{more}",
        method.docs,
        method.guide,
        calls(method.calls.map(str::to_owned)),
    );
}

/// A cell with the calls, in the order of the site's tabs.
fn calls([rust, python, typescript]: [String; 3]) -> String {
    let calls = [python, typescript, rust].into_iter();
    let calls = calls.filter(|call| !call.is_empty());
    let calls: Vec<String> = calls.map(|call| format!("`{call}`")).collect();
    calls.join("<br>")
}

fn row(text: &mut String, resource: &Resource, method: &Method) {
    let info = method.info;
    let _ = writeln!(
        text,
        "| {}<br>[`{} {}`]({}) | {} | {} |",
        method.docs.summary.replace('|', "\\|"),
        info.method.as_str(),
        info.path,
        info.docs_url(),
        calls(signatures(resource, method)),
        match info.retry {
            Retry::Always => "always",
            Retry::IfNamed => "if named",
            _ => "no",
        }
    );
}

/// How a shortcut is called in Rust, Python and TypeScript.
pub(super) fn shortcut_signatures(resource: &Resource, shortcut: &Shortcut) -> [String; 3] {
    let name = shortcut.name.rsplit('.').next().unwrap_or_default();
    [
        format!("{}().{name}({})", resource.name, shortcut.argument),
        format!("{}.{name}({})", resource.name, shortcut.argument),
        format!(
            "{}.{name}({})",
            lower_camel(&resource.name),
            lower_camel(shortcut.argument)
        ),
    ]
}

/// How an operation is called in Rust, Python and TypeScript.
pub(super) fn signatures(resource: &Resource, method: &Method) -> [String; 3] {
    let names = |alone: fn(&Argument) -> bool, name: fn(&str) -> String, rest: &str| {
        let arguments = method.arguments.iter();
        let (first, others): (Vec<_>, Vec<_>) = arguments.partition(|argument| alone(argument));
        let first = first.iter().map(|argument| name(&argument.field.name));
        let rest = (!others.is_empty()).then(|| rest.to_owned());
        first.chain(rest).collect::<Vec<_>>().join(", ")
    };
    let in_path = |argument: &Argument| argument.location == ArgumentLocation::Path;
    [
        format!("{}().{}({})", resource.name, method.name, method.rust),
        format!(
            "{}.{}({})",
            resource.name,
            method.name,
            names(in_path, str::to_owned, "...")
        ),
        format!(
            "{}.{}({})",
            lower_camel(&resource.name),
            lower_camel(&method.name),
            names(alone, lower_camel, "{...}")
        ),
    ]
}

fn job_row(text: &mut String, resource: &Resource, job: &Job) {
    let _ = writeln!(
        text,
        "| {} | {} | {} s |",
        job.docs.summary.replace('|', "\\|"),
        calls(job_signatures(resource, job)),
        job.info.timeout,
    );
}

/// How a job is called in Rust, Python and TypeScript.
pub(super) fn job_signatures(resource: &Resource, job: &Job) -> [String; 3] {
    let (required, optional) = job.split_arguments();
    let names = |name: fn(&str) -> String, more: Option<&str>| {
        let names = required.iter().map(|field: &Field| name(&field.name));
        let names: Vec<String> = names.chain(more.map(str::to_owned)).collect();
        names.join(", ")
    };
    let more = |more: &'static str| (!optional.is_empty()).then_some(more);
    [
        format!("{}().{}({})", resource.name, job.name, job.rust),
        format!(
            "{}.{}({})",
            resource.name,
            job.name,
            names(str::to_owned, more("..."))
        ),
        format!(
            "{}.{}({})",
            lower_camel(&resource.name),
            lower_camel(&job.name),
            names(lower_camel, more("{...}"))
        ),
    ]
}

/// `list_peers` to `listPeers`.
pub(super) fn lower_camel(name: &str) -> String {
    let name = camel(name);
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_lowercase().to_string() + letters.as_str())
        .unwrap_or_default()
}
