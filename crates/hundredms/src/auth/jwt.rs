//! HS256 tokens: header and claims, signed with the secret of the workspace.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::claims::Claims;
use super::mac::Key;
use super::token_parts::{check_header, claims, header};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::secret::Secret;

/// Bytes that the claims of most tokens need.
const CLAIMS_BYTES: usize = 320;

/// Signs and verifies with one secret.
pub(crate) struct Signer {
    access_key: String,
    secret: Secret,
    key: Key,
    /// The header of every token, followed by the dot.
    header: String,
}

impl Signer {
    /// Create a signer. Both strings must not be empty, nor begin or end with white space.
    pub(crate) fn new(access_key: &str, secret: &str) -> Result<Self> {
        for (name, value) in [("access key", access_key), ("secret", secret)] {
            if value.trim().is_empty() {
                return Err(Error::configuration(format!("the {name} is empty")));
            }
            if value.trim() != value {
                return Err(Error::configuration(format!(
                    "the {name} begins or ends with white space, such as the line break of a file: remove it"
                )));
            }
        }
        let header = format!("{}.", URL_SAFE_NO_PAD.encode(header()));
        Ok(Self {
            access_key: access_key.to_owned(),
            secret: Secret::new(secret),
            key: Key::new(secret.as_bytes())?,
            header,
        })
    }

    pub(crate) fn access_key(&self) -> &str {
        &self.access_key
    }

    pub(crate) fn secret(&self) -> &str {
        self.secret.expose()
    }

    /// Create a token from `claims`.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String> {
        let claims = json(claims)?;
        let mut token = String::with_capacity(self.header.len() + claims.len() * 4 / 3 + 48);
        token.push_str(&self.header);
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let signature = self.key.sign(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// Read the claims of a token that this secret signed.
    pub(crate) fn verify(&self, token: &str) -> Result<Claims> {
        let claims = read_claims("tokens.verify", token)?;
        let verified = token.rsplit_once('.').is_some_and(|(signed, signature)| {
            let signature = URL_SAFE_NO_PAD.decode(signature);
            signature.is_ok_and(|signature| self.key.verify(signed.as_bytes(), &signature))
        });
        if !verified {
            return Err(Error::new(
                ErrorKind::Authentication,
                "the signature does not match the secret",
            ));
        }
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

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut json = Vec::with_capacity(CLAIMS_BYTES);
    serde_json::to_writer(&mut json, value)
        .map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
    Ok(json)
}

/// Read the claims of a token, whoever signed it. Errors name the operation.
pub(crate) fn read_claims(operation: &str, token: &str) -> Result<Claims> {
    let refuse = |reason: &str| Error::invalid_request(operation, "token", reason);
    check_header(token).map_err(refuse)?;
    let claims = claims(token)
        .ok_or_else(|| refuse("is not a token of the service: its claims are invalid"))?;
    claims.try_into().map_err(|reason: &str| refuse(reason))
}
