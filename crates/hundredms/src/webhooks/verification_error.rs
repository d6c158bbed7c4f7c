//! [`WebhookVerificationError`]: why a request is refused.

use std::fmt;

use serde::Serialize;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VerificationErrorReason {
    /// A required header is missing.
    MissingHeader,
    /// A required header has another value.
    WrongHeader,
    /// The signature is missing.
    MissingSignature,
    /// The signature does not match the body.
    WrongSignature,
    /// It comes from an address that is not allowed.
    AddressNotAllowed,
    /// The body is larger than the limit.
    TooLarge,
    /// The body is not one JSON object.
    NotJson,
    /// The event is older than the maximum age.
    TooOld,
}

impl VerificationErrorReason {
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

    /// Return the name: `missing_header`.
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

    /// Return the HTTP status to respond with: 401, 403, 413 or 400.
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

    /// Return the text to respond with. It names neither header nor address, so it does not help an attacker.
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

impl fmt::Display for VerificationErrorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a request is refused. Contains no header value and nothing of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookVerificationError {
    reason: VerificationErrorReason,
    message: String,
}

impl WebhookVerificationError {
    pub(super) fn new(reason: VerificationErrorReason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }

    /// Return the reason.
    pub fn reason(&self) -> VerificationErrorReason {
        self.reason
    }

    /// Return the HTTP status to respond with: 401, 403, 413 or 400.
    pub fn status(&self) -> u16 {
        self.reason.status()
    }

    /// Return what is wrong, for your own log. To respond, use [`VerificationErrorReason::public_message`].
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Return it as one JSON object: `reason`, `status`, `message`, `public_message`.
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

impl fmt::Display for WebhookVerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.reason)
    }
}

impl std::error::Error for WebhookVerificationError {}
