//! The token that goes with each call: minted or asked for once, shared by all calls, renewed in time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderValue;
use jiff::Timestamp;

use super::{Signer, jwt, management_token};
use crate::error::{Error, ErrorKind, Result};

type Asked =
    Pin<Box<dyn Future<Output = Result<String, Box<dyn std::error::Error + Send + Sync>>> + Send>>;

/// Gives a management token when asked.
pub(crate) type TokenProvider = Arc<dyn Fn() -> Asked + Send + Sync>;

/// A token is renewed so many seconds before it ends.
const RENEW_BEFORE: i64 = 5 * 60;

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

/// Gives each call its token.
pub(crate) struct Authenticator {
    source: Source,
    current: RwLock<Option<Bearer>>,
    /// Only one asks the provider at a time; the others wait for its answer.
    asking: tokio::sync::Mutex<()>,
    /// Seconds that the service's clock is ahead of this machine's.
    ahead: AtomicI64,
}

impl Authenticator {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            current: RwLock::new(None),
            asking: tokio::sync::Mutex::new(()),
            ahead: AtomicI64::new(0),
        }
    }

    pub(crate) fn signer(&self) -> Option<&Signer> {
        match &self.source {
            Source::Keys(signer) => Some(signer),
            _ => None,
        }
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
        if let Some(bearer) = self.fresh(now) {
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
                self.keep(&token, expires_at)
            }
            Source::Provider(provider) => {
                let _turn = self.asking.lock().await;
                if let Some(bearer) = self.fresh(now) {
                    return Ok(bearer);
                }
                let token = provider().await.map_err(|cause| {
                    Error::new(ErrorKind::Authentication, "the token callback failed")
                        .caused_by(cause)
                })?;
                let expires_at = jwt::read(&token)
                    .ok()
                    .and_then(|claims| claims.expires_at)
                    .map_or(0, Timestamp::as_second);
                self.keep(&token, expires_at)
            }
        }
    }

    fn fresh(&self, now: i64) -> Option<Bearer> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current
            .as_ref()
            .filter(|bearer| now < bearer.expires_at - RENEW_BEFORE)
            .cloned()
    }

    fn keep(&self, token: &str, expires_at: i64) -> Result<Bearer> {
        let header = authorization(token)?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let bearer = Bearer {
            header,
            generation: current.as_ref().map_or(1, |bearer| bearer.generation + 1),
            expires_at,
        };
        *current = Some(bearer.clone());
        Ok(bearer)
    }

    /// Take note that the service refused `bearer` at `service_time`; tells whether another token can be had.
    ///
    /// Calls that were refused together renew the token once: the others find it renewed already.
    pub(crate) fn refused(
        &self,
        bearer: &Bearer,
        now: Timestamp,
        service_time: Option<Timestamp>,
    ) -> bool {
        if matches!(self.source, Source::Token(_)) {
            return false;
        }
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = current
            .as_mut()
            .filter(|held| held.generation == bearer.generation)
        {
            held.expires_at = i64::MIN / 2;
            if let Some(service_time) = service_time {
                let ahead = service_time.as_second() - now.as_second();
                self.ahead.store(ahead, Ordering::Relaxed);
            }
        }
        true
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
