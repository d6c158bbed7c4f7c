//! [`ManagementToken`]: authorizes calls of the API.

use std::time::Duration;

use serde::Serialize;

use super::auth_token::{DATED_BACK, VALID_FOR};
use super::jti::jti;
use super::{Signer, Tokens, whole_seconds};
use crate::error::Result;
use crate::wire::Secret;

/// A management token for another tool, about to be created.
#[derive(Debug, Clone)]
#[must_use = "nothing is minted until `mint` is called"]
pub struct ManagementToken {
    tokens: Tokens,
    valid_for: Duration,
}

#[derive(Serialize)]
struct ManagementClaims<'a> {
    access_key: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    version: u8,
    jti: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl<'a> ManagementClaims<'a> {
    fn new(access_key: &'a str, jti: &'a str, now: i64, validity: i64) -> Self {
        Self {
            access_key,
            kind: "management",
            version: 2,
            jti,
            iat: now - DATED_BACK,
            nbf: now - DATED_BACK,
            exp: now.saturating_add(validity),
        }
    }
}

impl ManagementToken {
    pub(super) fn new(tokens: Tokens) -> Self {
        Self {
            tokens,
            valid_for: VALID_FOR,
        }
    }

    /// Set how long the token is valid. Defaults to 24 hours. At least one second.
    pub fn valid_for(mut self, validity: Duration) -> Self {
        self.valid_for = validity;
        self
    }

    /// Create the token.
    ///
    /// # Errors
    ///
    /// `invalid_request` for a validity below one second; `configuration` if the client has no access key and secret.
    pub fn mint(&self) -> Result<Secret> {
        let validity = whole_seconds("tokens.management", self.valid_for)?;
        let now = self.tokens.service_time();
        let access_key = self.tokens.access_key();
        let mut id = uuid::Uuid::encode_buffer();
        let id = jti().encode_lower(&mut id);
        self.tokens
            .sign(&ManagementClaims::new(access_key, id, now, validity))
    }
}

/// Create the token that the client itself sends. Return it and the second in which it expires.
pub(super) fn mint(signer: &Signer, now: i64) -> Result<(String, i64)> {
    let mut id = uuid::Uuid::encode_buffer();
    let id = jti().encode_lower(&mut id);
    let claims = ManagementClaims::new(signer.access_key(), id, now, whole_seconds("", VALID_FOR)?);
    Ok((signer.sign(&claims)?, claims.exp))
}
