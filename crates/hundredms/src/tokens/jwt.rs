//! HS256 tokens: three base64url parts, signed with the secret of the workspace.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

use super::claims::{Claims, RawClaims};
use crate::error::{Error, ErrorKind, Result};

/// `{"alg":"HS256","typ":"JWT"}`
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Signs and verifies with one secret. The key schedule is done once.
pub(crate) struct Signer {
    access_key: String,
    mac: Hmac<Sha256>,
}

impl Signer {
    /// Make a signer; both texts must not be empty.
    pub(crate) fn new(access_key: &str, secret: &str) -> Result<Self> {
        for (name, value) in [("access key", access_key), ("secret", secret)] {
            if value.trim().is_empty() {
                return Err(Error::configuration(format!("the {name} is empty")));
            }
        }
        let mac = Hmac::new_from_slice(secret.as_bytes())
            .map_err(|_| Error::configuration("the secret cannot be used as a key"))?;
        Ok(Self {
            access_key: access_key.to_owned(),
            mac,
        })
    }

    pub(crate) fn access_key(&self) -> &str {
        &self.access_key
    }

    /// Make a token of `claims`.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let claims = serde_json::to_vec(claims)
            .map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
        let mut token = String::with_capacity(HEADER.len() + claims.len() * 4 / 3 + 50);
        token.push_str(HEADER);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let mut mac = self.mac.clone();
        mac.update(token.as_bytes());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(mac.finalize().into_bytes(), &mut token);
        Ok(token)
    }

    /// Read the claims of a token that this secret signed.
    pub(crate) fn verify(&self, token: &str) -> Result<Claims> {
        let claims = read(token)?;
        let refuse = || {
            Error::new(
                ErrorKind::Authentication,
                "the signature does not fit the secret",
            )
        };
        let (signed, signature) = token.rsplit_once('.').ok_or_else(refuse)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| refuse())?;
        let mut mac = self.mac.clone();
        mac.update(signed.as_bytes());
        mac.verify_slice(&signature).map_err(|_| refuse())?;
        Ok(claims)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("access_key", &self.access_key)
            .finish_non_exhaustive()
    }
}

#[derive(serde::Deserialize)]
struct Header {
    alg: String,
}

/// Read the claims of a token, whoever signed it.
pub(crate) fn read(token: &str) -> Result<Claims> {
    let refuse = |reason: &str| Error::invalid_request("tokens.decode", "token", reason);
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refuse("is no JWT: it must have three parts"));
    };
    let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let header: Header = part(header)
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| refuse("is no JWT: its header is not base64url JSON"))?;
    if header.alg != "HS256" {
        return Err(refuse("is not signed with HS256"));
    }
    let claims: RawClaims = part(claims)
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| refuse("is no token of the service: its claims do not fit"))?;
    claims.try_into().map_err(|reason: &str| refuse(reason))
}
