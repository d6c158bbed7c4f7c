//! [`Client`]: makes the calls.

use std::sync::Arc;

use jiff::Timestamp;

use crate::auth::jwt::Signer;
use crate::transport::clock::Clock;
use crate::transport::send::Transport;

/// A client of the service. Cloning is cheap, and clones share connections and tokens.
#[derive(Debug, Clone)]
pub struct Client(Arc<Transport>);

impl Client {
    pub(crate) fn new(transport: Transport) -> Self {
        Self(Arc::new(transport))
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
