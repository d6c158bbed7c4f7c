//! [`Violation`]: an argument that violates its limits.

use super::hints;

/// An argument that violates its limits, and the path of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(unreachable_pub)]
pub struct Violation {
    pub(crate) path: String,
    pub(crate) reason: String,
}

impl Violation {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
        }
    }

    /// Prefix the violation's path with the field `name`.
    pub(crate) fn under(self, name: &str) -> Self {
        Self {
            path: hints::join(name, &self.path),
            ..self
        }
    }

    /// Prefix the violation's path with `index` of a list.
    pub(crate) fn at(self, index: usize) -> Self {
        self.under(&format!("[{index}]"))
    }
}
