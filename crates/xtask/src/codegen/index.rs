//! `docs/api.md`: the index of operations, with every method in three languages.

use std::fmt::Write;

use hundredms::resources::Shortcut;
use hundredms::{ArgumentLocation, Retry};

use super::output::Output;
use super::surface::{Field, Job, Method, Resource, Surface, camel};

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

/// A cell with the three calls, in the order of the site's tabs.
fn calls([rust, python, typescript]: [String; 3]) -> String {
    format!("`{python}`<br>`{typescript}`<br>`{rust}`")
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
    let path: Vec<&str> = method
        .arguments
        .iter()
        .filter(|argument| argument.location == ArgumentLocation::Path)
        .map(|argument| argument.field.name.as_str())
        .collect();
    let more = method.arguments.len() > path.len();
    let rust = if more {
        "request".to_owned()
    } else {
        path.join(", ")
    };
    let camel_path: Vec<String> = path.iter().map(|name| lower_camel(name)).collect();
    let with = |arguments: &[&str], rest: &str| {
        let mut all = arguments.to_vec();
        if more {
            all.push(rest);
        }
        all.join(", ")
    };
    let camel_path: Vec<&str> = camel_path.iter().map(String::as_str).collect();
    [
        format!("{}().{}({rust})", resource.name, method.name),
        format!("{}.{}({})", resource.name, method.name, with(&path, "...")),
        format!(
            "{}.{}({})",
            lower_camel(&resource.name),
            lower_camel(&method.name),
            with(&camel_path, "{...}")
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
        format!(
            "{}().{}({})",
            resource.name,
            job.name,
            names(str::to_owned, None)
        ),
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
