//! [`Issuer`]: signs tokens with the keys of a client, and knows the time for them.

use jiff::Timestamp;

use crate::auth::jwt::Signer;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::wire::secret::Secret;

/// Signs tokens with the keys of a client.
#[derive(Debug, Clone)]
pub(crate) struct Issuer {
    pub(crate) client: Client,
    /// The time of day. `None` for that of the client's clock.
    pub(crate) now: Option<Timestamp>,
}

impl Issuer {
    /// Return the time on the service's clock, in seconds, at which tokens are created and checked.
    pub(crate) fn service_time(&self) -> i64 {
        match self.now {
            Some(now) => self.client.service_time_at(now),
            None => self.client.service_time(),
        }
        .as_second()
    }

    /// Return the access key. Empty if the client has none.
    pub(crate) fn access_key(&self) -> &str {
        self.client.signer().map_or("", Signer::access_key)
    }

    /// Sign `claims`, of either kind of token.
    pub(crate) fn sign(&self, claims: &impl serde::Serialize) -> Result<Secret> {
        self.signer()?.sign(claims).map(Secret::from)
    }

    /// Return the signer of the client.
    ///
    /// # Errors
    ///
    /// `configuration` if the client has no access key and secret.
    pub(crate) fn signer(&self) -> Result<&Signer> {
        self.client.signer().ok_or_else(|| {
            Error::configuration(
                "tokens are created with an access key and a secret; this client has only a token",
            )
        })
    }
}
