//! Formats generated Python with the package's formatter, ruff.

use std::path::PathBuf;
use std::process::Command;

use crate::codegen::filter::filter;
use crate::python;
use crate::shell::{BoxError, root};

/// Removes unused imports, sorts the others, and formats.
pub(super) struct Formatter {
    ruff: PathBuf,
}

impl Formatter {
    pub(super) fn new() -> Result<Self, BoxError> {
        Ok(Self {
            ruff: python::tool("ruff")?,
        })
    }

    /// Format a file of the package.
    pub(super) fn format(&self, path: &str, text: &str) -> Result<String, BoxError> {
        let path = path.strip_prefix("python/").unwrap_or(path);
        // In this order: imports that are wrapped before unused ones are removed stay wrapped.
        let mut text = text.to_owned();
        for rules in ["F401", "I"] {
            let fix = ["check", "--fix-only", "--quiet", "--select", rules];
            text = self.run(&fix, path, &text)?;
        }
        self.run(&["format", "--quiet"], path, &text)
    }

    fn run(&self, words: &[&str], path: &str, text: &str) -> Result<String, BoxError> {
        let mut ruff = Command::new(&self.ruff);
        ruff.args(words)
            .args(["--no-cache", "--stdin-filename", path, "-"])
            .current_dir(root().join("python"));
        filter(&mut ruff, text).map_err(|error| format!("{path}: {error}").into())
    }
}
