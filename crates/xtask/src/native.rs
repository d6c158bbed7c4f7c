//! The native modules of Python and Node for demos, in the development profile, with the features of the xtask itself.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::shell::{BoxError, root, run_command};

/// Crates that are built together, so that their common dependencies have the same features and are compiled once.
const TOGETHER: [&str; 3] = ["xtask", "hundredms-python", "hundredms-node"];

/// Build both, and return the file of the requested library.
pub(crate) fn library(wanted: &str) -> Result<PathBuf, BoxError> {
    println!(
        "\nBuilding the native modules for Python and Node. The first build takes a few minutes."
    );
    run_command(&mut build(&[]))?;
    let built = build(&["--quiet", "--message-format", "json"]).output()?;
    let lines = String::from_utf8(built.stdout)?;
    let messages = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let artifacts = messages.filter(|message| message["target"]["name"] == wanted);
    let files =
        artifacts.flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default());
    let mut files = files.filter_map(|file| Some(PathBuf::from(file.as_str()?)));
    files
        .find(|file| {
            file.extension()
                .is_some_and(|end| ["so", "dylib", "dll"].iter().any(|of| end == *of))
        })
        .ok_or_else(|| format!("cargo built no {wanted}").into())
}

fn build(words: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--locked"]);
    for package in TOGETHER {
        cargo.args(["--package", package]);
    }
    if cfg!(not(feature = "full")) {
        cargo.arg("--no-default-features");
    }
    // Python's symbols come from the program that loads the module.
    cargo
        .args(words)
        .env("PYO3_BUILD_EXTENSION_MODULE", "1")
        .current_dir(root());
    cargo
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::Command;

    use super::TOGETHER;
    use crate::shell::{root, stdout_of};

    /// The dependencies of some crates on this machine, each with its features.
    fn built_with(packages: &[&str]) -> BTreeSet<String> {
        let mut tree = Command::new("cargo");
        // As for `demo`.
        tree.args([
            "tree",
            "--locked",
            "--edges",
            "normal,build",
            "--no-default-features",
            "--prefix",
            "none",
            "--format",
            "{p} {f}",
        ]);
        for package in packages {
            tree.args(["--package", package]);
        }
        let tree = stdout_of(tree.current_dir(root())).unwrap();
        tree.lines()
            .map(|line| line.trim_end_matches(" (*)").to_owned())
            .collect()
    }

    #[test]
    fn what_the_xtask_is_built_with_serves_the_native_modules_too() {
        let (alone, together) = (built_with(&TOGETHER[..1]), built_with(&TOGETHER));
        let again: Vec<_> = alone.difference(&together).collect();
        assert!(
            again.is_empty(),
            "name the features of these that the native modules ask for in crates/xtask/Cargo.toml: {again:#?}"
        );
    }
}
