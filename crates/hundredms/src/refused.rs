//! Errors of what a binding itself refuses, before or after a call of the core.

use crate::by_name::operations;
use crate::error::{Error, ErrorKind};
use crate::operation::Method;

impl Error {
    /// Return the error for an argument that a binding refuses. `field` may be empty.
    #[doc(hidden)]
    #[must_use]
    pub fn of_argument(operation: &str, field: &str, reason: &str) -> Self {
        Self::invalid_request(operation, field, reason)
    }

    /// Return the error for an option that a binding refuses.
    #[doc(hidden)]
    #[must_use]
    pub fn of_option(message: &str) -> Self {
        Self::configuration(message)
    }

    /// Return the error for a response that the core accepted and a binding cannot represent.
    #[doc(hidden)]
    #[must_use]
    pub fn of_response(operation: &str, field: Option<&str>, reason: &str) -> Self {
        let info = operations().find(|info| info.name == operation);
        let subject = field.unwrap_or("the response");
        Self::new(
            ErrorKind::Decode,
            format!("{subject} cannot be decoded: {reason}"),
        )
        .with(|details| {
            details.operation = Some(operation.to_owned());
            details.method = info.map(|info| info.method.as_str().to_owned());
            details.route = info.map(|info| info.path.to_owned());
            details.field = field.map(str::to_owned);
            details.attempts = 1;
            details.may_have_applied = info.is_some_and(|info| info.method != Method::GET);
        })
    }
}
