//! [`Client`]: makes the calls.

use std::sync::Arc;

use jiff::Timestamp;

use crate::call::Call;
use crate::config::ClientBuilder;
use crate::error::Result;
use crate::operation::Operation;
use crate::paging::{Paged, Pager};
use crate::tokens::{Signer, Tokens};
use crate::transport::{Clock, Transport};

/// A client of the service. Cloning is cheap, and clones share connections and tokens.
#[derive(Debug, Clone)]
pub struct Client(Arc<Transport>);

impl Client {
    pub(crate) fn new(transport: Transport) -> Self {
        Self(Arc::new(transport))
    }

    /// Create a client with the credentials of the environment. See [`ClientBuilder::build`] for the variables.
    ///
    /// # Errors
    ///
    /// `configuration` if there are no credentials, or a URL is invalid.
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// Create a client with this access key and secret, and other settings from the environment.
    ///
    /// # Errors
    ///
    /// `configuration` if one of them is empty.
    pub fn with_keys(access_key: impl Into<String>, secret: impl Into<String>) -> Result<Self> {
        Self::builder().keys(access_key, secret).build()
    }

    /// Configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Create, read and check tokens.
    pub fn tokens(&self) -> Tokens {
        Tokens::new(self.clone())
    }

    /// Create a call from its request. The methods of the resources do the same.
    pub fn send<O: Operation>(&self, request: O) -> Call<O> {
        Call::new(self.clone(), request)
    }

    /// Read a list from its request. The methods of the resources do the same.
    pub fn list<O: Paged>(&self, request: O) -> Pager<O> {
        Pager::new(self.clone(), request)
    }

    /// Set by how many seconds the service's clock is ahead of this machine's, as a 401 does. Use it with a sandbox whose clock was
    /// advanced.
    pub fn set_clock_offset(&self, seconds: i64) {
        self.0.authenticator.set_ahead(seconds);
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub(crate) fn signer(&self) -> Option<&Signer> {
        self.0.authenticator.signer()
    }

    /// Return the time on the service's clock, as far as it is known.
    pub(crate) fn service_time(&self) -> Timestamp {
        self.service_time_at(self.0.clock.unix())
    }

    /// Return the time on the service's clock when this machine's time is `now`.
    pub(crate) fn service_time_at(&self, now: Timestamp) -> Timestamp {
        self.0.authenticator.service_time(now)
    }
}
