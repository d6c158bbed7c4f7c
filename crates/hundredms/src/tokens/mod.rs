//! Tokens: create, read and check the two kinds that the service knows.
//!
//! Service documentation:
//! [get-started/security-and-tokens](https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens).

mod asking;
mod auth_token;
mod cache;
mod claims;
mod jti;
mod jwt;
mod management_token;

pub(crate) use asking::TokenProvider;
pub use asking::Unanswered;
pub use auth_token::AuthToken;
pub(crate) use cache::{Authenticator, Bearer, Source, authorization};
pub use claims::{Claims, TokenKind};
pub(crate) use jwt::Signer;
#[cfg(feature = "fuzzing")]
pub(crate) use jwt::read as read_claims;
pub use management_token::ManagementToken;

use jiff::Timestamp;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::wire::Secret;

/// Creates, reads and checks tokens. Nothing here uses the network.
#[derive(Debug, Clone)]
pub struct Tokens {
    client: Client,
    /// The time of day, if it does not come from the clock.
    now: Option<Timestamp>,
}

impl Tokens {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, now: None }
    }

    /// Use `now` as the time of day instead of this machine's clock, for creating and checking tokens: for tests that freeze the
    /// time.
    ///
    /// The learnt offset of the service's clock is added to it, as it is to the machine's.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Create a token with which one user joins `room_id` in `role`. See [`AuthToken`] for user id and validity.
    ///
    /// Finish with [`mint`](AuthToken::mint). Fails if the client has no access key and secret.
    pub fn auth(&self, room_id: impl Into<String>, role: impl Into<String>) -> AuthToken {
        AuthToken::new(self.clone(), room_id.into(), role.into())
    }

    /// Create a separate management token, for another tool. See [`ManagementToken`] for its validity.
    ///
    /// This client never sends it. Fails if the client has no access key and secret.
    pub fn management(&self) -> ManagementToken {
        ManagementToken::new(self.clone())
    }

    /// Read the claims of a token **without** checking its signature or times.
    ///
    /// # Errors
    ///
    /// `invalid_request` if it is not a JWT of the service.
    pub fn decode(&self, token: &str) -> Result<Claims> {
        jwt::read(token)
    }

    /// Read the claims of a token after checking that this client's secret signed it and that it is valid now.
    ///
    /// Now is the time of the service, as far as the client has learnt it, as for creating tokens. See [`at`](Self::at).
    ///
    /// # Errors
    ///
    /// `authentication` if the signature, the access key or the times are wrong; `invalid_request` if it is not a JWT of the
    /// service; `configuration` if the client has no access key and secret.
    pub fn check(&self, token: &str) -> Result<Claims> {
        let signer = self.signer()?;
        let claims = signer.verify(token)?;
        let refuse = |reason: &str| Err(Error::new(crate::ErrorKind::Authentication, reason));
        if claims.access_key != signer.access_key() {
            return refuse("the token belongs to another access key");
        }
        let now = self.service_time();
        if claims.not_before.is_some_and(|time| time.as_second() > now) {
            return refuse("the token is not valid yet");
        }
        if claims.expires_at.is_none_or(|time| time.as_second() <= now) {
            return refuse("the token has expired");
        }
        Ok(claims)
    }

    /// The time on the service's clock, in seconds, at which tokens are created and checked.
    fn service_time(&self) -> i64 {
        match self.now {
            Some(now) => self.client.service_time_at(now),
            None => self.client.service_time(),
        }
        .as_second()
    }

    fn access_key(&self) -> &str {
        self.client.signer().map_or("", Signer::access_key)
    }

    /// Sign `claims`, for both kinds of tokens.
    fn sign(&self, claims: &impl serde::Serialize) -> Result<Secret> {
        self.signer()?.sign(claims).map(Secret::from)
    }

    fn signer(&self) -> Result<&Signer> {
        self.client.signer().ok_or_else(|| {
            Error::configuration(
                "tokens are minted with an access key and a secret; this client was given a ready token",
            )
        })
    }
}

/// Round a validity to whole seconds, and refuse an impossible one.
fn whole_seconds(operation: &str, validity: std::time::Duration) -> Result<i64> {
    let seconds = i64::try_from(validity.as_secs()).unwrap_or(i64::MAX);
    if seconds < 1 {
        return Err(Error::invalid_request(
            operation,
            "valid_for",
            "must be at least one second",
        ));
    }
    if seconds > MOST_SECONDS {
        return Err(Error::invalid_request(
            operation,
            "valid_for",
            "must be at most 90 days",
        ));
    }
    Ok(seconds)
}

/// The service accepts tokens with a validity of at most 90 days.
const MOST_SECONDS: i64 = 90 * 24 * 60 * 60;
