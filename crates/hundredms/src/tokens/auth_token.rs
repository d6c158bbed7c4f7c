//! [`AuthToken`]: lets one user join one room in one role.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::issuer::Issuer;
use crate::auth::jti::jti;
use crate::auth::management::{DATED_BACK, VALID_FOR, whole_seconds};
use crate::error::{Error, Result};
use crate::wire::secret::Secret;

const OPERATION: &str = "tokens.auth";

/// A client auth token that is about to be created.
///
/// Valid from now. Defaults to 24 hours. Dated 10 seconds back to allow for clock differences.
#[derive(Debug, Clone)]
#[must_use = "no token is created until `create` is called"]
pub struct AuthToken {
    issuer: Issuer,
    room_id: String,
    role: String,
    user_id: Option<String>,
    valid_for: Duration,
    not_before: Option<Timestamp>,
}

#[derive(Serialize)]
struct AuthClaims<'a> {
    access_key: &'a str,
    room_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    role: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    version: u8,
    jti: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AuthToken {
    pub(super) fn new(issuer: Issuer, room_id: String, role: String) -> Self {
        Self {
            issuer,
            room_id,
            role,
            user_id: None,
            valid_for: VALID_FOR,
            not_before: None,
        }
    }

    /// Set your own id for the user. It is returned in peers, sessions and webhooks. Not empty.
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// Set how long the token is valid, from its start. Defaults to 24 hours. At least one second.
    pub fn valid_for(mut self, validity: Duration) -> Self {
        self.valid_for = validity;
        self
    }

    /// Set when the token becomes valid. Defaults to now.
    pub fn not_before(mut self, time: Timestamp) -> Self {
        self.not_before = Some(time);
        self
    }

    /// Create the token.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an empty room id, role or user id, or a validity below one second; `configuration` if the client has no access
    /// key and secret.
    pub fn create(&self) -> Result<Secret> {
        for (name, value) in [("room_id", &self.room_id), ("role", &self.role)] {
            if value.is_empty() {
                return Err(Error::invalid_request(OPERATION, name, "must not be empty"));
            }
        }
        if self.user_id.as_ref().is_some_and(String::is_empty) {
            let reason = "must not be empty; leave it out for a user without an id";
            return Err(Error::invalid_request(OPERATION, "user_id", reason));
        }
        let validity = whole_seconds(OPERATION, self.valid_for)?;
        let now = self.issuer.service_time();
        let (iat, nbf, begins) = match self.not_before {
            Some(time) => (now - DATED_BACK, time.as_second(), time.as_second()),
            None => (now - DATED_BACK, now - DATED_BACK, now),
        };
        self.issuer.sign(&AuthClaims {
            access_key: self.issuer.access_key(),
            room_id: &self.room_id,
            user_id: self.user_id.as_deref(),
            role: &self.role,
            kind: "app",
            version: 2,
            jti: jti().encode_lower(&mut uuid::Uuid::encode_buffer()),
            iat,
            nbf,
            exp: begins.saturating_add(validity),
        })
    }
}
