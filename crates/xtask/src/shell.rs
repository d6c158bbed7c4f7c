//! Errors for the terminal, folders, and running other programs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// An error message for the terminal.
pub(crate) type BoxError = Box<dyn std::error::Error>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .components()
        .collect()
}

/// The target folder of cargo.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Copy a folder and all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), BoxError> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Lock the work with this name in this clone, and wait for other processes that do it. Dropping the returned value unlocks it.
#[allow(clippy::incompatible_msrv)] // the xtask is built with the newest Rust alone
pub(crate) fn one_at_a_time(work: &str) -> Result<std::fs::File, BoxError> {
    std::fs::create_dir_all(target())?;
    let file = std::fs::File::create(target().join(format!("{work}.lock")))?;
    file.lock()?;
    Ok(file)
}

/// Run a command that must succeed, and return its output.
pub(crate) fn stdout_of(command: &mut Command) -> Result<String, BoxError> {
    let words = command.get_program().display().to_string();
    let output = command
        .output()
        .map_err(|error| format!("{words} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?.trim().to_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("{words} ended with {}: {told}", output.status).into())
}

/// Run a command that must succeed.
pub(crate) fn run_command(command: &mut Command) -> Result<(), BoxError> {
    let words = command.get_program().display().to_string();
    let status = command
        .status()
        .map_err(|error| format!("{words} cannot be run: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("{words} ended with {status}").into())
}
