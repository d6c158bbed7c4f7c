//! Creates the management token that a client sends, and defines what both kinds of tokens have in common.

use std::time::Duration;

use serde::Serialize;

use super::jti::jti;
use super::jwt::Signer;
use crate::error::{Error, Result};

/// How far `nbf` and `iat` are dated back to allow for clock differences, in seconds.
pub(crate) const DATED_BACK: i64 = 10;

/// The default validity of tokens: 24 hours.
pub(crate) const VALID_FOR: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Serialize)]
pub(crate) struct ManagementClaims<'a> {
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
    pub(crate) fn new(access_key: &'a str, jti: &'a str, now: i64, validity: i64) -> Self {
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

/// Create the token that the client itself sends. Return it and the second in which it expires.
pub(crate) fn create(signer: &Signer, now: i64) -> Result<(String, i64)> {
    let mut id = uuid::Uuid::encode_buffer();
    let id = jti().encode_lower(&mut id);
    let claims = ManagementClaims::new(signer.access_key(), id, now, whole_seconds("", VALID_FOR)?);
    Ok((signer.sign(&claims)?, claims.exp))
}

/// Round a validity to whole seconds, and refuse an impossible one.
pub(crate) fn whole_seconds(operation: &str, validity: Duration) -> Result<i64> {
    let seconds = i64::try_from(validity.as_secs()).unwrap_or(i64::MAX);
    if seconds < 1 {
        return Err(Error::invalid_request(
            operation,
            "valid_for",
            "must be at least one second",
        ));
    }
    if seconds > MAX_SECONDS {
        return Err(Error::invalid_request(
            operation,
            "valid_for",
            "must be at most 90 days",
        ));
    }
    Ok(seconds)
}

/// The service accepts tokens with a validity of at most 90 days.
const MAX_SECONDS: i64 = 90 * 24 * 60 * 60;
