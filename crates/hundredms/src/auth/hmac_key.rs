//! HMAC-SHA256 by the crate `hmac`.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::error::{Error, Result};

/// A key that signs and verifies. It is never shown, and is wiped from memory when it is dropped.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    /// Create a key from `secret`, which must not be empty.
    pub(crate) fn new(secret: &[u8]) -> Result<Self> {
        match Hmac::new_from_slice(secret) {
            Ok(mac) if !secret.is_empty() => Ok(Self(mac)),
            _ => Err(Error::configuration(
                "an empty secret cannot be used as a key",
            )),
        }
    }

    /// Sign `message`.
    #[expect(clippy::unnecessary_wraps, reason = "as the key of a provider")]
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mac = self.0.clone().chain_update(message);
        Ok(mac.finalize().into_bytes().to_vec())
    }

    /// Return whether `signature` is that of `message`, in constant time.
    #[expect(clippy::ptr_arg, reason = "as the key of a provider")]
    pub(crate) fn verify(&self, message: &[u8], signature: &Vec<u8>) -> bool {
        let mac = self.0.clone().chain_update(message);
        mac.verify_slice(signature).is_ok()
    }
}
