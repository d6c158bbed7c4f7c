//! Tokens: minting, reading and checking the two kinds that the service knows.
//!
//! Service documentation: [get-started/security-and-tokens](https://www.100ms.live/docs/get-started/v2/get-started/security-and-tokens).

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

/// Mint, read and check tokens; nothing here goes over the network.
#[derive(Debug, Clone)]
pub struct Tokens {
    client: Client,
    /// The time of day, where it is not the clock that says it.
    now: Option<Timestamp>,
}

impl Tokens {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, now: None }
    }

    /// Use `now` as the time of day in place of this machine's clock, to mint and to check: for tests that freeze the time.
    ///
    /// What the client knows of the service's clock is added to it, as it is to the machine's.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = Some(now);
        self
    }

    /// Mint a token with which one user joins `room_id` in `role`; see [`AuthToken`] for user id and validity.
    ///
    /// Finish with [`mint`](AuthToken::mint). Fails when the client has no access key and secret.
    pub fn auth(&self, room_id: impl Into<String>, role: impl Into<String>) -> AuthToken {
        AuthToken::new(self.clone(), room_id.into(), role.into())
    }

    /// Mint a management token of its own, for another tool; see [`ManagementToken`] for its validity.
    ///
    /// It never becomes the token that this client sends. Fails when the client has no access key and secret.
    pub fn management(&self) -> ManagementToken {
        ManagementToken::new(self.clone())
    }

    /// Read the claims of a token **without** checking its signature or times.
    ///
    /// # Errors
    /// `invalid_request` if it is no JWT of the service.
    pub fn decode(&self, token: &str) -> Result<Claims> {
        jwt::read(token)
    }

    /// Read the claims of a token after checking that this client's secret signed it and that it is valid now.
    ///
    /// Now is what it is for minting too: the time of the service, as far as the client has learnt it. See [`at`](Self::at).
    ///
    /// # Errors
    /// `authentication` if the signature, the access key or the times do not fit; `invalid_request` if it is no JWT of the
    /// service; `configuration` when the client has no access key and secret.
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

    /// The second on the service's clock in which tokens are minted and checked.
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

    /// Sign `claims`; the common end of both kinds.
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

/// Round a validity to whole seconds, and refuse one that no token can have.
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

/// The service takes no token that is valid for longer: 90 days.
const MOST_SECONDS: i64 = 90 * 24 * 60 * 60;
