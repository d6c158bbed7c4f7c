//! Generates the public APIs of the other languages and the reference of the documentation site from the Rust definitions.

mod by_hand;
mod columns;
mod command;
mod controls;
mod dashboard;
mod filter;
mod index;
mod output;
mod python;
mod site;
mod surface;
mod typescript;

use crate::shell::{BoxError, root};
use controls::Controls;
use output::Output;
use surface::Surface;

/// Generate everything.
fn outputs() -> Result<Vec<Output>, BoxError> {
    let surface = Surface::read()?;
    let controls = Controls::read();
    let mut outputs = vec![
        index::output(&surface),
        command::output(&surface),
        columns::expected(&surface)?,
    ];
    outputs.extend(dashboard::outputs(&surface)?);
    outputs.extend(python::outputs(&surface, &controls)?);
    outputs.extend(typescript::outputs(&surface, &controls)?);
    outputs.extend(site::outputs(&surface, &controls)?);
    Ok(outputs)
}

/// Write all generated files.
pub(crate) fn write() -> Result<(), BoxError> {
    for output in outputs()? {
        let path = root().join(&output.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == output.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, output.text)?;
        println!("wrote {}", output.path.display());
    }
    Ok(())
}

/// Fail if a generated file is stale.
pub(crate) fn check() -> Result<(), BoxError> {
    let stale: Vec<String> = outputs()?
        .into_iter()
        .filter(|output| {
            std::fs::read_to_string(root().join(&output.path))
                .ok()
                .as_deref()
                != Some(&output.text)
        })
        .map(|output| output.path.display().to_string())
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale, run `cargo xtask gen`: {}", stale.join(", ")).into())
}
