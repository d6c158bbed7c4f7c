//! [`ManagementToken`]: authorizes calls of the API.

use std::time::Duration;

use super::issuer::Issuer;
use crate::auth::jti::jti;
use crate::auth::management::{ManagementClaims, VALID_FOR, whole_seconds};
use crate::error::Result;
use crate::wire::secret::Secret;

/// A management token for another tool, about to be created.
#[derive(Debug, Clone)]
#[must_use = "no token is created until `create` is called"]
pub struct ManagementToken {
    issuer: Issuer,
    valid_for: Duration,
}

impl ManagementToken {
    pub(super) fn new(issuer: Issuer) -> Self {
        Self {
            issuer,
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
    pub fn create(&self) -> Result<Secret> {
        let validity = whole_seconds("tokens.management", self.valid_for)?;
        let now = self.issuer.service_time();
        let access_key = self.issuer.access_key();
        let mut id = uuid::Uuid::encode_buffer();
        let id = jti().encode_lower(&mut id);
        self.issuer
            .sign(&ManagementClaims::new(access_key, id, now, validity))
    }
}
