//! A generated file.

use std::path::PathBuf;

/// A generated file.
pub(crate) struct Output {
    /// Its path in the repository.
    pub(crate) path: PathBuf,
    /// Its contents.
    pub(crate) text: String,
}

impl Output {
    pub(crate) fn new(path: impl Into<PathBuf>, text: String) -> Self {
        Self {
            path: path.into(),
            text,
        }
    }
}
