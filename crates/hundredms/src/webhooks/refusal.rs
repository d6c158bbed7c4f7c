//! [`Refusal`]: why a request is no event.

use std::fmt;

use serde::Serialize;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// A header that the service was told to send is not there.
    MissingHeader,
    /// A header that the service was told to send has another value.
    WrongHeader,
    /// There is no signature.
    MissingSignature,
    /// The signature is not that of the body.
    WrongSignature,
    /// It comes from an address that is not allowed.
    AddressNotAllowed,
    /// The body is larger than is taken.
    TooLarge,
    /// The body is not one JSON object.
    NotJson,
    /// The event is older than is taken.
    TooOld,
}

impl Reason {
    /// Every reason.
    pub const ALL: &'static [Self] = &[
        Self::MissingHeader,
        Self::WrongHeader,
        Self::MissingSignature,
        Self::WrongSignature,
        Self::AddressNotAllowed,
        Self::TooLarge,
        Self::NotJson,
        Self::TooOld,
    ];

    /// Give the name: `missing_header`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingHeader => "missing_header",
            Self::WrongHeader => "wrong_header",
            Self::MissingSignature => "missing_signature",
            Self::WrongSignature => "wrong_signature",
            Self::AddressNotAllowed => "address_not_allowed",
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::TooOld => "too_old",
        }
    }

    /// Give the HTTP status to answer with: 401, 403, 413 or 400.
    pub fn status(self) -> u16 {
        match self {
            Self::MissingHeader
            | Self::WrongHeader
            | Self::MissingSignature
            | Self::WrongSignature => 401,
            Self::AddressNotAllowed => 403,
            Self::TooLarge => 413,
            Self::NotJson | Self::TooOld => 400,
        }
    }

    /// Give the text to answer with. It helps nobody who should not be here: it names neither header nor address.
    pub fn public_message(self) -> &'static str {
        match self {
            Self::AddressNotAllowed => "not allowed from this address",
            Self::TooLarge => "the body is too large",
            Self::NotJson => "the body is not a JSON object",
            Self::TooOld => "the event is too old",
            _ => "not authenticated",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a request is no event. It holds no value of a header and nothing of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    reason: Reason,
    message: String,
}

impl Refusal {
    pub(super) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }

    /// Give the reason.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// Give the HTTP status to answer with: 401, 403, 413 or 400.
    pub fn status(&self) -> u16 {
        self.reason.status()
    }

    /// Say what is wrong, for your own log. To answer with, there is [`Reason::public_message`].
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Give it as one JSON object: `reason`, `status`, `message`, `public_message`.
    pub fn to_json(&self) -> String {
        serde_json::json!({
            "reason": self.reason,
            "status": self.status(),
            "message": self.message,
            "public_message": self.reason.public_message(),
        })
        .to_string()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.reason)
    }
}

impl std::error::Error for Refusal {}
