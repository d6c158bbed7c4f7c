//! Which operation shows whether a call with an unknown outcome took effect, and its arguments.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::operation::Paging;

/// The operation that shows whether a call took effect; see [`Error::check_with`](crate::Error::check_with).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CheckWith {
    /// Name of the operation: `recordings.list`.
    pub operation: &'static str,
    /// Its arguments: those of the failed call that it takes too.
    pub arguments: Map<String, Value>,
    /// When the failed call began, on this machine's clock. Its effect is not older.
    pub since: Option<Timestamp>,
}

impl CheckWith {
    /// Say what to do before the call is repeated, as the message of its error ends.
    #[doc(hidden)]
    #[must_use]
    pub fn advice(&self) -> String {
        format!("check {self} before you send it again")
    }
}

/// A call that may have taken effect, and how to find its effect.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct AmbiguousCall {
    pub(crate) check_with: CheckWith,
    /// How the operation of `check_with` is paged.
    #[serde(skip)]
    pub(crate) paging: Option<Paging>,
    /// The operation of the call itself.
    #[serde(skip)]
    pub(crate) operation: &'static str,
    /// The arguments that its effect repeats.
    #[serde(skip)]
    pub(crate) identifying: Map<String, Value>,
    /// Whether these distinguish its effect from that of another call.
    #[serde(skip)]
    pub(crate) is_distinct: bool,
}

impl std::fmt::Debug for AmbiguousCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.check_with.fmt(f)
    }
}

impl std::fmt::Display for CheckWith {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.operation)?;
        for (index, (name, value)) in self.arguments.iter().enumerate() {
            let before = if index == 0 { " with " } else { ", " };
            write!(f, "{before}{name} {value}")?;
        }
        Ok(())
    }
}
