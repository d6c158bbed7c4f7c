//! [`Authenticator`]: provides the token of each call. It is created or requested once, shared by all calls, and renewed in time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::HeaderValue;
use jiff::Timestamp;

use super::bearer::{Bearer, CurrentToken};
use super::callback::{SharedCallback, TokenProvider};
use super::jwt::Signer;
use super::management::create;
use crate::error::Result;

/// Maximum offset of the service's clock from this machine's, in seconds: a year, since tests advance sandboxes by months.
const MAX_AHEAD: u64 = 366 * 24 * 60 * 60;

/// Where management tokens come from.
pub(crate) enum TokenSource {
    /// Created here.
    Keys(Signer),
    /// Set once. It cannot be renewed.
    Token(HeaderValue),
    /// Requested from a callback.
    Provider(TokenProvider),
}

/// The token of a call.
pub(crate) enum CallToken<F> {
    Ready(Bearer),
    /// The callback returns it.
    Requested(F),
}

/// Provides the token of each call.
pub(crate) struct Authenticator {
    source: TokenSource,
    current: Arc<CurrentToken>,
    callback: SharedCallback,
    learns_clock: bool,
    /// Seconds that the service's clock is ahead of this machine's.
    ahead: AtomicI64,
}

impl Authenticator {
    /// Create one. With `learns_clock`, it learns the service's clock from the `Date` header. Set it if nobody can change that
    /// header on its way.
    pub(crate) fn new(source: TokenSource, learns_clock: bool) -> Self {
        Self {
            source,
            current: Arc::default(),
            callback: SharedCallback::default(),
            learns_clock,
            ahead: AtomicI64::new(0),
        }
    }

    pub(crate) fn signer(&self) -> Option<&Signer> {
        match &self.source {
            TokenSource::Keys(signer) => Some(signer),
            _ => None,
        }
    }

    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::Relaxed);
    }

    /// Return the time on the service's clock, as far as it is known.
    pub(crate) fn service_time(&self, now: Timestamp) -> Timestamp {
        let ahead = self.ahead.load(Ordering::Relaxed);
        now.saturating_add(jiff::SignedDuration::from_secs(ahead))
            .unwrap_or(now)
    }

    /// Return the token for a call at `now`, this machine's time.
    pub(crate) fn bearer(
        &self,
        now: Timestamp,
    ) -> Result<CallToken<impl Future<Output = Result<Bearer>>>> {
        let now = self.service_time(now).as_second();
        if let Some(bearer) = self.current.fresh(now) {
            return Ok(CallToken::Ready(bearer));
        }
        Ok(match &self.source {
            TokenSource::Token(header) => CallToken::Ready(Bearer::permanent(header.clone())),
            TokenSource::Keys(signer) => {
                let (token, expires_at) = create(signer, now)?;
                CallToken::Ready(self.current.set(&token, expires_at)?)
            }
            TokenSource::Provider(provider) => {
                CallToken::Requested(self.callback.call(provider, &self.current))
            }
        })
    }

    /// Record that the service refused `bearer` at `service_time`, and return whether another token can be obtained.
    ///
    /// Calls that are refused together renew the token once: the others find it renewed already.
    ///
    /// This is when the service's clock is learnt: only over TLS or from this machine, and only if it is at most a year away. If it
    /// is not learnt again, the earlier value is discarded.
    pub(crate) fn refused(
        &self,
        bearer: &Bearer,
        now: Timestamp,
        service_time: Option<Timestamp>,
    ) -> bool {
        if matches!(self.source, TokenSource::Token(_)) {
            return false;
        }
        if self.current.discard(bearer) {
            let ahead = service_time
                .filter(|_| self.learns_clock)
                .map(|service_time| service_time.as_second() - now.as_second())
                .filter(|ahead| ahead.unsigned_abs() <= MAX_AHEAD);
            self.ahead.store(ahead.unwrap_or(0), Ordering::Relaxed);
        }
        true
    }

    /// Record that the service also refused `bearer`, obtained after a 401. The learnt clock did not help, so it is discarded.
    pub(crate) fn refused_again(&self, bearer: &Bearer) {
        if self.current.discard(bearer) {
            self.ahead.store(0, Ordering::Relaxed);
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            TokenSource::Keys(_) => "access key and secret",
            TokenSource::Token(_) => "ready token",
            TokenSource::Provider(_) => "token callback",
        })
    }
}
