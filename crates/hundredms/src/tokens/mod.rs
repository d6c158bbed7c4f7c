//! Tokens: create, decode and verify the two kinds that the service knows.
//!
//! Service documentation:
//! [get-started/security-and-tokens](https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens).

mod auth_token;
mod issuer;
mod management_token;

use jiff::Timestamp;

pub use crate::auth::callback::CallbackCancelled;
pub use crate::auth::claims::{Claims, TokenKind};
use crate::auth::jwt::read_claims;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
pub use auth_token::AuthToken;
use issuer::Issuer;
pub use management_token::ManagementToken;

/// Creates, decodes and verifies tokens. Nothing here uses the network.
#[derive(Debug, Clone)]
pub struct Tokens {
    issuer: Issuer,
}

impl Client {
    /// Create, decode and verify tokens.
    pub fn tokens(&self) -> Tokens {
        Tokens {
            issuer: Issuer {
                client: self.clone(),
                now: None,
            },
        }
    }
}

impl Tokens {
    /// Use `now` as the time of day instead of this machine's clock, for creating and checking tokens: for tests that freeze the
    /// time.
    ///
    /// The learnt offset of the service's clock is added to it, as it is to the machine's.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.issuer.now = Some(now);
        self
    }

    /// Create a token with which one user joins `room_id` in `role`. See [`AuthToken`] for user id and validity.
    ///
    /// Finish with [`create`](AuthToken::create). Fails if the client has no access key and secret.
    pub fn auth(&self, room_id: impl Into<String>, role: impl Into<String>) -> AuthToken {
        AuthToken::new(self.issuer.clone(), room_id.into(), role.into())
    }

    /// Create a separate management token, for another tool. See [`ManagementToken`] for its validity.
    ///
    /// This client never sends it. Fails if the client has no access key and secret.
    pub fn management(&self) -> ManagementToken {
        ManagementToken::new(self.issuer.clone())
    }

    /// Read the claims of a token **without** checking its signature or times.
    ///
    /// # Errors
    ///
    /// `invalid_request` if it is not a JWT of the service.
    pub fn decode(&self, token: &str) -> Result<Claims> {
        read_claims("tokens.decode", token)
    }

    /// Read the claims of a token after checking that this client's secret signed it and that it is valid now.
    ///
    /// Now is the time of the service, as far as the client has learnt it, as for creating tokens. See [`at`](Self::at).
    ///
    /// # Errors
    ///
    /// `authentication` if the signature, the access key or the times are wrong; `invalid_request` if it is not a JWT of the
    /// service; `configuration` if the client has no access key and secret.
    pub fn verify(&self, token: &str) -> Result<Claims> {
        let signer = self.issuer.signer()?;
        let claims = signer.verify(token)?;
        let refuse = |reason: &str| Err(Error::new(ErrorKind::Authentication, reason));
        if claims.access_key != signer.access_key() {
            return refuse("the token belongs to another access key");
        }
        let now = self.issuer.service_time();
        if claims.not_before.is_some_and(|time| time.as_second() > now) {
            return refuse("the token is not valid yet");
        }
        if claims.expires_at.is_none_or(|time| time.as_second() <= now) {
            return refuse("the token has expired");
        }
        Ok(claims)
    }
}
