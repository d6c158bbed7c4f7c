//! The Python package's generated files: models, plain inputs, resources, events, and the controls of the sandbox.

pub(super) mod controls;
mod format;
mod inputs;
mod models;
mod names;
mod resources;
mod text;
mod webhooks;

use super::controls::Controls;
use super::output::Output;
use super::surface::Surface;
use crate::shell::BoxError;
use format::Formatter;
use names::Names;

const MODELS: &str = "python/hundredms/models";
const RESOURCES: &str = "python/hundredms/resources";
const WEBHOOKS: &str = "python/hundredms/webhooks";
const SANDBOX: &str = "python/hundredms/sandbox";

/// Write the surface.
pub(super) fn outputs(surface: &Surface, controls: &Controls) -> Result<Vec<Output>, BoxError> {
    let names = Names::new(surface);
    let mut files = Vec::new();
    for resource in &surface.resources {
        let module = &resource.name;
        let source = format!("resources/{module}.rs");
        if names::defined(resource).next().is_some() {
            let text = models::file(resource, &names, ".");
            files.push((format!("{MODELS}/{module}.py"), core(&source), text));
        }
        let text = resources::file(resource, &names);
        files.push((format!("{RESOURCES}/{module}.py"), core(&source), text));
    }
    let definitions = &surface.webhooks.definitions;
    let own = [
        (
            format!("{MODELS}/__init__.py"),
            core("resources"),
            models::all(surface),
        ),
        (
            format!("{RESOURCES}/__init__.py"),
            core("resources"),
            resources::all(surface),
        ),
        (
            "python/hundredms/inputs.py".into(),
            core("resources"),
            inputs::file(surface, &names),
        ),
        (
            format!("{WEBHOOKS}/events.py"),
            core("webhooks"),
            models::file(definitions, &names, "..models."),
        ),
        (
            format!("{WEBHOOKS}/_types.py"),
            core("webhooks"),
            webhooks::types(&surface.webhooks),
        ),
        (
            format!("{SANDBOX}/_models.py"),
            sandbox(),
            controls::models(controls),
        ),
        (
            format!("{SANDBOX}/_methods.py"),
            sandbox(),
            controls::methods(controls),
        ),
    ];
    files.extend(own);
    let formatter = Formatter::new()?;
    files
        .into_iter()
        .map(|(path, source, text)| {
            let head = format!("# @generated from {source} by `cargo xtask gen`; do not edit.\n");
            let text = formatter.format(&path, &(head + &text))?;
            Ok(Output::new(path, text))
        })
        .collect()
}

fn core(source: &str) -> String {
    format!("crates/hundredms/src/{source}")
}

fn sandbox() -> String {
    "crates/hundredms-sandbox/src/control".into()
}
