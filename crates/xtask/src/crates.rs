//! The crates that are published.

use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;

use crate::shell::{BoxError, root, run_command, stdout_of};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A crate that is published.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) rust_version: Option<String>,
    pub(crate) version: String,
    pub(crate) publish: Option<Vec<String>>,
    pub(crate) readme: Option<PathBuf>,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) keywords: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) manifest_path: PathBuf,
}

/// Return the crates that are published.
pub(crate) fn crates() -> Result<Vec<Package>, BoxError> {
    let words = ["metadata", "--locked", "--no-deps", "--format-version", "1"];
    let metadata = stdout_of(Command::new("cargo").args(words).current_dir(root()))?;
    let Metadata { mut packages } = serde_json::from_str(&metadata)?;
    packages.retain(|package| package.publish.is_none());
    Ok(packages)
}

/// Pack the crates, and build each packed crate.
pub(crate) fn package_crates() -> Result<(), BoxError> {
    each_crate(&["package", "--allow-dirty"])
}

/// Publish the crates, in the order of their dependencies.
pub(crate) fn publish_crates() -> Result<(), BoxError> {
    each_crate(&["publish"])
}

/// Run a command of cargo for all crates that are published, at once.
pub(crate) fn each_crate(words: &[&str]) -> Result<(), BoxError> {
    let mut cargo = Command::new("cargo");
    cargo.args(words).arg("--locked").current_dir(root());
    for package in crates()? {
        cargo.args(["--package", &package.name]);
    }
    run_command(&mut cargo)
}
