//! npm: runs it in a folder, and installs what a lock file names.

use std::path::Path;
use std::process::Command;

use crate::shell::BoxError;

/// Install what the lock file in `folder` names, unless it is installed.
pub(crate) fn install_in(folder: &Path) -> Result<(), BoxError> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    let changed = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified());
    match (changed(&installed), changed(&lock)) {
        (Ok(installed), Ok(lock)) if installed >= lock => Ok(()),
        _ => npm_in(folder, &["ci"]),
    }
}

/// Run npm in a folder.
pub(crate) fn npm_in(folder: &Path, words: &[&str]) -> Result<(), BoxError> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm).args(words).current_dir(folder).status()?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`npm {}` failed in {}", words.join(" "), folder.display()).into())
}
