//! HMAC-SHA256 with the provider of `jsonwebtoken` that a feature of this crate names.
//!
//! The process-wide provider of `jsonwebtoken` is neither read nor installed. In a program that includes both of its providers
//! there is none, and every function that asks for it panics.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};

use crate::error::{Error, Result};

#[cfg(feature = "jwt-aws-lc")]
const PROVIDER: Option<&CryptoProvider> = Some(&jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER);
#[cfg(all(feature = "jwt-rust-crypto", not(feature = "jwt-aws-lc")))]
const PROVIDER: Option<&CryptoProvider> =
    Some(&jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER);
#[cfg(not(any(feature = "jwt-rust-crypto", feature = "jwt-aws-lc")))]
const PROVIDER: Option<&CryptoProvider> = None;

/// A key that signs and verifies. It is never shown, and is wiped from memory when it is dropped.
#[derive(Clone)]
pub(crate) struct Key(Arc<Material>);

struct Material {
    signing: EncodingKey,
    verifying: DecodingKey,
}

/// A key prepared by the provider. It is not `Send`, so each thread prepares its own, once.
struct PreparedKey {
    key: Weak<Material>,
    signer: Box<dyn JwtSigner>,
    verifier: Box<dyn JwtVerifier>,
}

/// How many prepared keys a thread keeps.
const KEPT: usize = 8;

thread_local! {
    static PREPARED: RefCell<Vec<PreparedKey>> = const { RefCell::new(Vec::new()) };
}

impl Key {
    /// Create a key from `secret`, which must not be empty.
    pub(crate) fn new(secret: &[u8]) -> Result<Self> {
        let refuse = |_| Error::configuration("an empty secret cannot be used as a key");
        let key = Self(Arc::new(Material {
            signing: EncodingKey::from_secret(secret).map_err(refuse)?,
            verifying: DecodingKey::from_secret(secret).map_err(refuse)?,
        }));
        key.prepared(|_| ())?;
        Ok(key)
    }

    /// Sign `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        self.prepared(|key| key.signer.try_sign(message))?
            .map_err(|cause| Error::configuration("the secret cannot sign").caused_by(cause))
    }

    /// Return whether `signature` is that of `message`, in constant time.
    pub(crate) fn verify(&self, message: &[u8], signature: &Vec<u8>) -> bool {
        self.prepared(|key| key.verifier.verify(message, signature).is_ok())
            .unwrap_or(false)
    }

    /// Use the key that this thread has prepared.
    fn prepared<T>(&self, mut f: impl FnMut(&PreparedKey) -> T) -> Result<T> {
        let kept = PREPARED.try_with(|prepared| {
            let mut prepared = prepared.try_borrow_mut().ok()?;
            let mine = |it: &PreparedKey| std::ptr::eq(it.key.as_ptr(), Arc::as_ptr(&self.0));
            let index = if let Some(index) = prepared.iter().position(mine) {
                index
            } else {
                prepared.retain(|it| it.key.strong_count() > 0);
                if prepared.len() == KEPT {
                    prepared.remove(0);
                }
                prepared.push(self.prepare().ok()?);
                prepared.len() - 1
            };
            Some(f(&prepared[index]))
        });
        match kept {
            Ok(Some(value)) => Ok(value),
            // The thread is ending, or there is no provider.
            _ => Ok(f(&self.prepare()?)),
        }
    }

    fn prepare(&self) -> Result<PreparedKey> {
        let provider = PROVIDER.ok_or_else(|| {
            Error::configuration(
                "nothing to sign and verify with: turn on the feature `jwt-aws-lc` or `jwt-rust-crypto` of the crate hundredms",
            )
        })?;
        let refuse = |cause: jsonwebtoken::errors::Error| {
            Error::configuration("the secret cannot be used as a key").caused_by(cause)
        };
        Ok(PreparedKey {
            key: Arc::downgrade(&self.0),
            signer: (provider.signer_factory)(&Algorithm::HS256, &self.0.signing)
                .map_err(refuse)?,
            verifier: (provider.verifier_factory)(&Algorithm::HS256, &self.0.verifying)
                .map_err(refuse)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Key};

    #[test]
    fn a_key_signs_as_rfc_4231_says_and_verifies_that_alone() {
        let key = Key::new(b"Jefe").expect("a key");
        let message = b"what do ya want for nothing?";
        let signature = key.sign(message).expect("a signature");
        assert_eq!(signature[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert!(key.verify(message, &signature));
        assert!(!key.verify(b"another", &signature));
        assert!(!key.verify(message, &signature[..31].to_vec()));
    }

    #[test]
    fn more_keys_than_a_thread_keeps_prepared_sign_all_the_same() {
        let keys: Vec<Key> = (0..=u8::try_from(KEPT).expect("a small number"))
            .map(|byte| Key::new(&[byte]).expect("a key"))
            .collect();
        let sign = || -> Vec<_> {
            let signed = keys.iter().map(|key| key.sign(b"it").expect("signed"));
            signed.collect()
        };
        let first = sign();
        assert_eq!(sign(), first);
        assert!(
            keys.iter()
                .zip(&first)
                .all(|(key, it)| key.verify(b"it", it))
        );
    }

    #[test]
    fn an_empty_secret_is_no_key() {
        assert!(Key::new(b"").is_err());
    }
}
