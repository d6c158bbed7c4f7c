//! The type of a class of attacks.

use super::victim::Victim;
use crate::shell::BoxError;

/// One class of attacks.
pub(crate) struct Class {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// Whether it is part of `cargo xtask test`.
    pub(crate) is_core: bool,
    /// Runs it against programs that use the package, and returns the lines to print.
    pub(super) run: fn(&[Victim]) -> Result<Vec<String>, BoxError>,
}
