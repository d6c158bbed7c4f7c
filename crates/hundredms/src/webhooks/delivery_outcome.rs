//! [`DeliveryOutcome`]: the result of a delivery, and the response to it.

use super::verification_error::VerificationErrorReason;

/// The result of a delivery, which determines the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeliveryOutcome {
    /// The handler handled the event.
    Handled,
    /// A background handler has the event.
    Accepted,
    /// The event was handled before.
    Duplicate,
    /// The event is being handled right now, by this process or another.
    InProgress,
    /// The event has no handler.
    NoHandler,
    /// The event has a handler, but its data does not match the type.
    Malformed,
    /// The handler or the store failed.
    Failed,
    /// The request was refused.
    Refused(VerificationErrorReason),
    /// The request is not a POST.
    NotPost,
    /// The connection broke while the body was read.
    Unreadable,
}

impl DeliveryOutcome {
    /// Return the HTTP status to respond with. The service sends the event again after any status other than 200.
    pub fn status(self) -> u16 {
        match self {
            Self::Handled | Self::Accepted | Self::Duplicate | Self::NoHandler => 200,
            Self::InProgress => 503,
            Self::Malformed | Self::Failed => 500,
            Self::Refused(reason) => reason.status(),
            Self::NotPost => 405,
            Self::Unreadable => 400,
        }
    }

    /// Return a text to respond with. It contains no secret and nothing of the event.
    pub fn message(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::InProgress => "the event is being handled",
            Self::NoHandler => "no handler",
            Self::Malformed => "the data of the event cannot be decoded",
            Self::Failed => "the event could not be handled",
            Self::Refused(reason) => reason.public_message(),
            Self::NotPost => "webhooks are sent with POST",
            Self::Unreadable => "the body could not be read",
        }
    }

    /// Return the seconds for the header `Retry-After`, if it is needed.
    pub fn retry_after(self) -> Option<u32> {
        (self == Self::InProgress).then_some(1)
    }

    /// Return the body to respond with: JSON.
    pub fn body(self) -> String {
        format!(r#"{{"message":"{}"}}"#, self.message())
    }
}
