//! Files in the storage of recordings.

/// A file in a storage.
#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    pub(crate) path: String,
    pub(crate) size: i64,
    /// A control has set the size, and the contents are generated.
    pub(crate) generated: bool,
    /// Seconds; 0 where time means nothing.
    pub(crate) duration: i64,
}

pub(crate) fn below_scheme(path: &str) -> &str {
    path.split_once("://").map_or(path, |(_, path)| path)
}
