//! What proves that a request comes from the service: secret headers, and the signature.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use super::{Headers, Reason, Refusal};

/// The header of the signature.
pub(super) const SIGNATURE: &str = "x-100ms-signature";

/// A header that the service was told to send.
///
/// Only digests of its values are kept: they are all of one length, so that comparing them takes the same time for every
/// value, and there is nothing to show.
#[derive(Clone)]
pub(super) struct SecretHeader {
    name: String,
    digests: Vec<[u8; 32]>,
}

impl SecretHeader {
    pub(super) fn new<V: AsRef<[u8]>>(name: String, values: impl IntoIterator<Item = V>) -> Self {
        let digests = values
            .into_iter()
            .map(|value| Sha256::digest(value).into())
            .collect();
        Self { name, digests }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn verify<H: Headers + ?Sized>(&self, headers: &H) -> Result<(), Refusal> {
        let mut there = false;
        let mut right = Choice::from(0);
        headers.each(&self.name, &mut |value| {
            there = true;
            let digest: [u8; 32] = Sha256::digest(value).into();
            for expected in &self.digests {
                right |= expected.ct_eq(&digest);
            }
        });
        let name = &self.name;
        if bool::from(right) {
            Ok(())
        } else if there {
            let message = format!("the header {name} has a wrong value");
            Err(Refusal::new(Reason::WrongHeader, message))
        } else {
            let message = format!("the header {name} is missing");
            Err(Refusal::new(Reason::MissingHeader, message))
        }
    }
}

impl fmt::Debug for SecretHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{} redacted]", self.name, self.digests.len())
    }
}

/// The keys of which one has signed the body.
#[derive(Clone, Default)]
pub(super) struct SigningKeys(Vec<Hmac<Sha256>>);

impl SigningKeys {
    /// Take a key; any length will do.
    pub(super) fn add(&mut self, key: &[u8]) {
        self.0.extend(Hmac::<Sha256>::new_from_slice(key).ok());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn verify<H: Headers + ?Sized>(
        &self,
        headers: &H,
        body: &[u8],
    ) -> Result<(), Refusal> {
        let mut given: Vec<Option<[u8; 32]>> = Vec::new();
        headers.each(SIGNATURE, &mut |value| {
            given.push(from_hex(value.trim_ascii()));
        });
        if given.is_empty() {
            let message = format!("the header {SIGNATURE} is missing");
            return Err(Refusal::new(Reason::MissingSignature, message));
        }
        let mut right = Choice::from(0);
        for key in &self.0 {
            let mut mac = key.clone();
            mac.update(body);
            let expected: [u8; 32] = mac.finalize().into_bytes().into();
            for given in given.iter().flatten() {
                right |= expected.ct_eq(given);
            }
        }
        if bool::from(right) {
            return Ok(());
        }
        let message = format!("the header {SIGNATURE} is not the signature of the body");
        Err(Refusal::new(Reason::WrongSignature, message))
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} redacted]", self.0.len())
    }
}

/// Read 32 bytes in hex.
fn from_hex(text: &[u8]) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let digits = std::str::from_utf8(digits).ok()?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(bytes)
}
