//! [`Bearer`]: a token as it is sent, and [`CurrentToken`], which calls share.

use std::sync::{PoisonError, RwLock};

use http::HeaderValue;

use crate::error::{Error, Result};

/// A token is renewed this many seconds before it expires.
const RENEW_BEFORE: i64 = 5 * 60;

/// A token as it is sent. Two are equal if they were created at the same time.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) header: HeaderValue,
    generation: u64,
    expires_at: i64,
}

impl Bearer {
    /// Create one that is never renewed.
    pub(crate) fn permanent(header: HeaderValue) -> Self {
        Self {
            header,
            generation: 0,
            expires_at: i64::MAX,
        }
    }

    /// The token itself.
    pub(crate) fn token(&self) -> Option<&str> {
        self.header.to_str().ok()?.strip_prefix("Bearer ")
    }
}

/// The current management token of a client, if there is one.
#[derive(Default)]
pub(crate) struct CurrentToken(RwLock<Option<Bearer>>);

impl CurrentToken {
    /// Return the token, unless it expires soon.
    pub(crate) fn fresh(&self, now: i64) -> Option<Bearer> {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        current
            .as_ref()
            .filter(|bearer| now < bearer.expires_at - RENEW_BEFORE)
            .cloned()
    }

    /// Make `token` the current one.
    pub(crate) fn set(&self, token: &str, expires_at: i64) -> Result<Bearer> {
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
    pub(crate) fn discard(&self, bearer: &Bearer) -> bool {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let same = current
            .as_mut()
            .filter(|current| current.generation == bearer.generation);
        same.map(|current| current.expires_at = i64::MIN / 2)
            .is_some()
    }
}

/// Create the header of a token. Debug output never shows it.
pub(crate) fn authorization(token: &str) -> Result<HeaderValue> {
    let mut header = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
        Error::configuration("the token contains characters that a header cannot contain")
    })?;
    header.set_sensitive(true);
    Ok(header)
}
