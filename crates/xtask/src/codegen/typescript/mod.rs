//! The Node package's generated files: resources, events, and the controls of the sandbox.

pub(super) mod controls;
mod events;
mod format;
pub(super) mod resources;
pub(super) mod types;

use std::collections::BTreeMap;

use super::columns;
use super::controls::Controls;
use super::output::Output;
use super::surface::Surface;
use crate::node;
use crate::shell::BoxError;
use format::formatted;
use types::dashed;

/// Write the surface.
pub(super) fn outputs(surface: &Surface, controls: &Controls) -> Result<Vec<Output>, BoxError> {
    node::install()?;
    let homes: BTreeMap<&str, &str> = surface
        .resources
        .iter()
        .flat_map(resources::homes)
        .collect();
    let mut files = Vec::new();
    for resource in &surface.resources {
        let path = format!("node/src/resources/{}.ts", dashed(&resource.name));
        files.push((path, resources::file(resource, &homes)?));
    }
    let own = [
        ("node/src/resources/index.ts", resources::index(surface)?),
        ("node/src/operations.ts", resources::operations(surface)?),
        (
            "node/src/resources/recipients.ts",
            resources::recipients(surface)?,
        ),
        (
            "node/src/webhooks/events.ts",
            events::file(&surface.webhooks)?,
        ),
        ("node/src/sandbox-controls.ts", controls::file(controls)?),
        ("node/src/columns.ts", columns::typescript(surface)),
    ];
    files.extend(own.map(|(path, text)| (path.to_owned(), text)));
    files
        .into_iter()
        .map(|(path, text)| Ok(Output::new(path, formatted(&text)?)))
        .collect()
}
