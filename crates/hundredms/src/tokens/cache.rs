//! The token that goes with each call: minted or asked for once, shared by all calls, renewed in time.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderValue;
use jiff::Timestamp;

use super::asking::{Asking, TokenProvider};
use super::{Signer, management_token};
use crate::error::{Error, Result};

/// A token is renewed so many seconds before it ends.
const RENEW_BEFORE: i64 = 5 * 60;

/// How far the service's clock may be from this machine's, in seconds: a year, since sandboxes move theirs by months.
const MOST_AHEAD: u64 = 366 * 24 * 60 * 60;

/// Where management tokens come from.
pub(crate) enum Source {
    /// Minted here.
    Keys(Signer),
    /// Given once; it cannot be renewed.
    Token(HeaderValue),
    /// Asked for.
    Provider(TokenProvider),
}

/// A token as it is sent. Two are the same if they were made at the same time.
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

/// The token that is held, if there is one.
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

    /// Hold `bearer` no more; returns whether it was the one that is held.
    fn discard(&self, bearer: &Bearer) -> bool {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let held = current
            .as_mut()
            .filter(|held| held.generation == bearer.generation);
        held.map(|held| held.expires_at = i64::MIN / 2).is_some()
    }
}

/// Gives each call its token.
pub(crate) struct Authenticator {
    source: Source,
    held: Arc<Held>,
    asking: Asking,
    learns: bool,
    /// Seconds that the service's clock is ahead of this machine's.
    ahead: AtomicI64,
}

impl Authenticator {
    /// Make one; it `learns` the service's clock where nobody between can have written the date.
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

    /// Give the time on the service's clock, as far as it is known.
    pub(crate) fn service_time(&self, now: Timestamp) -> Timestamp {
        let ahead = self.ahead.load(Ordering::Relaxed);
        now.saturating_add(jiff::SignedDuration::from_secs(ahead))
            .unwrap_or(now)
    }

    /// Give the token for a call at `now`, this machine's time.
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

    /// Take note that the service refused `bearer` at `service_time`, and return whether another token can be had.
    ///
    /// Calls that were refused together renew the token once: the others find it renewed already.
    ///
    /// The service's clock is learnt then, over TLS or from this machine alone, and if it is not more than a year away. What was
    /// learnt before is forgotten where it is not learnt anew.
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

    /// Take note that the service refused `bearer` too, which was had after a refusal: what was learnt of its clock did not help, so
    /// it is forgotten.
    pub(crate) fn refused_again(&self, bearer: &Bearer) {
        if self.held.discard(bearer) {
            self.ahead.store(0, Ordering::Relaxed);
        }
    }
}

/// Make the header of a token; it never shows in debug output.
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
