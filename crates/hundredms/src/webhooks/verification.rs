//! What proves that a request comes from the service: secret headers, and the signature.

use std::fmt;

use super::headers::Headers;
use super::verification_error::{VerificationErrorReason, WebhookVerificationError};
use crate::auth::mac::Key;
use crate::error::Result;

/// The header of the signature.
pub(super) const SIGNATURE: &str = "x-100ms-signature";

/// A required header.
///
/// Only keyed digests of its values are kept. The digests all have one length, so comparing them takes constant time, and there is
/// nothing to show.
#[derive(Clone)]
pub(super) struct SecretHeader {
    name: String,
    key: Key,
    digests: Vec<Vec<u8>>,
}

impl SecretHeader {
    pub(super) fn new<V: AsRef<[u8]>>(
        name: String,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self> {
        let random = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()].map(uuid::Uuid::into_bytes);
        let key = Key::new(random.as_flattened())?;
        let digests = values
            .into_iter()
            .map(|value| key.sign(value.as_ref()))
            .collect::<Result<_>>()?;
        Ok(Self { name, key, digests })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn verify<H: Headers + ?Sized>(
        &self,
        headers: &H,
    ) -> Result<(), WebhookVerificationError> {
        let mut times = 0;
        let mut right = false;
        headers.each(&self.name, &mut |value| {
            times += 1;
            for expected in &self.digests {
                right |= self.key.verify(value, expected);
            }
        });
        let name = &self.name;
        let (reason, message) = match times {
            1 if right => return Ok(()),
            0 => (
                VerificationErrorReason::MissingHeader,
                format!("the header {name} is missing"),
            ),
            1 => (
                VerificationErrorReason::WrongHeader,
                format!("the header {name} has a wrong value"),
            ),
            // Nobody knows which of them another program uses.
            _ => (
                VerificationErrorReason::WrongHeader,
                format!("the header {name} appears more than once"),
            ),
        };
        Err(WebhookVerificationError::new(reason, message))
    }
}

impl fmt::Debug for SecretHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{} redacted]", self.name, self.digests.len())
    }
}

/// The accepted keys. One of them has signed the body.
#[derive(Clone, Default)]
pub(super) struct SigningKeys(Vec<Key>);

impl SigningKeys {
    /// Add a key, which must not be empty.
    pub(super) fn add(&mut self, key: &[u8]) -> Result<()> {
        self.0.push(Key::new(key)?);
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn verify<H: Headers + ?Sized>(
        &self,
        headers: &H,
        body: &[u8],
    ) -> Result<(), WebhookVerificationError> {
        let mut given: Vec<Option<Vec<u8>>> = Vec::new();
        headers.each(SIGNATURE, &mut |value| {
            given.push(from_hex(value.trim_ascii()));
        });
        if given.is_empty() {
            let message = format!("the header {SIGNATURE} is missing");
            return Err(WebhookVerificationError::new(
                VerificationErrorReason::MissingSignature,
                message,
            ));
        }
        let mut right = false;
        if let [Some(given)] = given.as_slice() {
            for key in &self.0 {
                right |= key.verify(body, given);
            }
        }
        if right {
            return Ok(());
        }
        let message = format!("the header {SIGNATURE} is not the signature of the body");
        Err(WebhookVerificationError::new(
            VerificationErrorReason::WrongSignature,
            message,
        ))
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} redacted]", self.0.len())
    }
}

/// Read 32 bytes in hex.
fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16);
    if text.len() != 64 {
        return None;
    }
    text.chunks_exact(2)
        .map(|pair| u8::try_from(digit(&pair[0])? * 16 + digit(&pair[1])?).ok())
        .collect()
}
