//! The legs of the Node package: its tools, its tests and its demo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands::{Failure, root};

fn folder() -> PathBuf {
    root().join("node")
}

/// Install the tools of the package as its lock file says, unless they are there.
pub(crate) fn install() -> Result<(), Failure> {
    let lock = folder().join("package-lock.json");
    let installed = folder().join("node_modules/.package-lock.json");
    let changed = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified());
    match (changed(&installed), changed(&lock)) {
        (Ok(installed), Ok(lock)) if installed >= lock => Ok(()),
        _ => npm(&["ci"]),
    }
}

/// The path of a tool that is installed.
pub(crate) fn tool(name: &str) -> PathBuf {
    folder().join("node_modules/.bin").join(name)
}

/// Build the package from source, and run its tests against it as it installs.
pub(crate) fn test() -> Result<(), Failure> {
    install()?;
    npm(&["run", "lint"])?;
    npm(&["run", "build"])?;
    npm(&["test"])
}

/// Build the package from source, and tell the story of the demo with it.
pub(crate) fn demo() -> Result<(), Failure> {
    install()?;
    npm(&["run", "build"])?;
    npm(&["run", "demo"])
}

fn npm(words: &[&str]) -> Result<(), Failure> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm)
        .args(words)
        .current_dir(folder())
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`npm {}` failed in node/", words.join(" ")).into())
}
