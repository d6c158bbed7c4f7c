//! [`Reply`]: what came of a delivery, and what to answer to it.

use super::Reason;

/// What came of a delivery, and so what to answer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reply {
    /// The handler has handled the event.
    Handled,
    /// A handler in the background has the event.
    Taken,
    /// The event was handled before.
    HandledBefore,
    /// The event is being handled right now, by this process or another one.
    InProgress,
    /// No handler is for the event.
    NoHandler,
    /// There is a handler, but the data does not fit it.
    Malformed,
    /// The handler failed, or the store.
    Failed,
    /// The request was refused.
    Refused(Reason),
    /// The request is no POST.
    NotPost,
    /// The connection broke within the body.
    Unreadable,
}

impl Reply {
    /// Give the HTTP status to answer with. The service sends the event again after anything but 200.
    pub fn status(self) -> u16 {
        match self {
            Self::Handled | Self::Taken | Self::HandledBefore | Self::NoHandler => 200,
            Self::InProgress => 503,
            Self::Malformed | Self::Failed => 500,
            Self::Refused(reason) => reason.status(),
            Self::NotPost => 405,
            Self::Unreadable => 400,
        }
    }

    /// Say it in words that may be answered with: they hold no secret and nothing of the event.
    pub fn message(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Taken => "taken",
            Self::HandledBefore => "handled before",
            Self::InProgress => "the event is being handled",
            Self::NoHandler => "no handler",
            Self::Malformed => "the data of the event does not fit",
            Self::Failed => "the event could not be handled",
            Self::Refused(reason) => reason.public_message(),
            Self::NotPost => "webhooks are sent with POST",
            Self::Unreadable => "the body could not be read",
        }
    }

    /// Give the seconds for the header `Retry-After`, if it is to be sent.
    pub fn retry_after(self) -> Option<u32> {
        (self == Self::InProgress).then_some(1)
    }

    /// Give the body to answer with: JSON.
    pub fn body(self) -> String {
        format!(r#"{{"message":"{}"}}"#, self.message())
    }
}
