//! The token of each call: created or requested once, shared by all calls, renewed in time.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderValue;
use jiff::Timestamp;

use super::asking::{Asking, TokenProvider};
use super::{Signer, management_token};
use crate::error::{Error, Result};

/// A token is renewed this many seconds before it expires.
const RENEW_BEFORE: i64 = 5 * 60;

/// Maximum offset of the service's clock from this machine's, in seconds: a year, since tests advance sandboxes by months.
const MOST_AHEAD: u64 = 366 * 24 * 60 * 60;

/// Where management tokens come from.
pub(crate) enum Source {
    /// Created here.
    Keys(Signer),
    /// Set once. It cannot be renewed.
    Token(HeaderValue),
    /// Requested from a callback.
    Provider(TokenProvider),
}

/// A token as it is sent. Two are equal if they were created at the same time.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) header: HeaderValue,
    generation: u64,
    expires_at: i64,
}

impl Bearer {
    /// The token itself.
    pub(crate) fn token(&self) -> Option<&str> {
        self.header.to_str().ok()?.strip_prefix("Bearer ")
    }
}

/// The current token, if there is one.
#[derive(Default)]
pub(super) struct Held(RwLock<Option<Bearer>>);

impl Held {
    fn fresh(&self, now: i64) -> Option<Bearer> {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        current
            .as_ref()
            .filter(|bearer| now < bearer.expires_at - RENEW_BEFORE)
            .cloned()
    }

    pub(super) fn keep(&self, token: &str, expires_at: i64) -> Result<Bearer> {
        let header = authorization(token)?;
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let bearer = Bearer {
            header,
            generation: current.as_ref().map_or(1, |bearer| bearer.generation + 1),
            expires_at,
        };
        *current = Some(bearer.clone());
        Ok(bearer)
    }

    /// Drop `bearer` if it is the current token. Return whether it was.
    fn discard(&self, bearer: &Bearer) -> bool {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let held = current
            .as_mut()
            .filter(|held| held.generation == bearer.generation);
        held.map(|held| held.expires_at = i64::MIN / 2).is_some()
    }
}

/// Provides the token of each call.
pub(crate) struct Authenticator {
    source: Source,
    held: Arc<Held>,
    asking: Asking,
    learns: bool,
    /// Seconds that the service's clock is ahead of this machine's.
    ahead: AtomicI64,
}

impl Authenticator {
    /// Create one. It `learns` the service's clock if nobody in between can have changed the date.
    pub(crate) fn new(source: Source, learns: bool) -> Self {
        Self {
            source,
            held: Arc::default(),
            asking: Asking::default(),
            learns,
            ahead: AtomicI64::new(0),
        }
    }

    pub(crate) fn signer(&self) -> Option<&Signer> {
        match &self.source {
            Source::Keys(signer) => Some(signer),
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
    pub(crate) async fn bearer(&self, now: Timestamp) -> Result<Bearer> {
        let now = self.service_time(now).as_second();
        if let Some(bearer) = self.held.fresh(now) {
            return Ok(bearer);
        }
        match &self.source {
            Source::Token(header) => Ok(Bearer {
                header: header.clone(),
                generation: 0,
                expires_at: i64::MAX,
            }),
            Source::Keys(signer) => {
                let (token, expires_at) = management_token::mint(signer, now)?;
                self.held.keep(&token, expires_at)
            }
            Source::Provider(provider) => self.asking.ask(provider, &self.held).await,
        }
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
        if matches!(self.source, Source::Token(_)) {
            return false;
        }
        if self.held.discard(bearer) {
            let ahead = service_time
                .filter(|_| self.learns)
                .map(|service_time| service_time.as_second() - now.as_second())
                .filter(|ahead| ahead.unsigned_abs() <= MOST_AHEAD);
            self.ahead.store(ahead.unwrap_or(0), Ordering::Relaxed);
        }
        true
    }

    /// Record that the service also refused `bearer`, obtained after a refusal. The learnt clock did not help, so it is discarded.
    pub(crate) fn refused_again(&self, bearer: &Bearer) {
        if self.held.discard(bearer) {
            self.ahead.store(0, Ordering::Relaxed);
        }
    }
}

/// Create the header of a token. Debug output never shows it.
pub(crate) fn authorization(token: &str) -> Result<HeaderValue> {
    let mut header = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
        Error::configuration("the token holds characters that a header cannot have")
    })?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::Keys(_) => "access key and secret",
            Source::Token(_) => "ready token",
            Source::Provider(_) => "token callback",
        })
    }
}
