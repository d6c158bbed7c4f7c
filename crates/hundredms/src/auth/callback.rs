//! The token callback of a client: it runs once at a time, and all waiting calls share its result.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use jiff::Timestamp;

use super::bearer::{Bearer, CurrentToken};
use super::jwt::read_claims;
use crate::error::{Error, ErrorKind, Result};

type Cause = Box<dyn StdError + Send + Sync>;
type TokenFuture = Pin<Box<dyn Future<Output = Result<String, Cause>> + Send>>;

/// Returns a management token when called.
pub(crate) type TokenProvider = Arc<dyn Fn() -> TokenFuture + Send + Sync>;

/// The error of a token callback whose caller was dropped before it returned: the next waiting call starts it again.
#[derive(Debug, Clone, Copy)]
pub struct CallbackCancelled;

impl fmt::Display for CallbackCancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token callback was cancelled")
    }
}

impl StdError for CallbackCancelled {}

type SharedResult = Result<Bearer, Arc<dyn StdError + Send + Sync>>;
type Pending = Pin<Box<dyn Future<Output = SharedResult> + Send>>;

/// The running callback. It is dropped with the last call that waits for it.
#[derive(Default)]
pub(crate) struct SharedCallback(Arc<Mutex<Option<WeakShared<Pending>>>>);

tokio::task_local! {
    /// The callbacks inside which this code runs, as addresses.
    static RUNNING_IN: Vec<usize>;
}

impl SharedCallback {
    /// Wait for the running callback, or start it.
    pub(crate) async fn call(
        &self,
        provider: &TokenProvider,
        current: &Arc<CurrentToken>,
    ) -> Result<Bearer> {
        let id = Arc::as_ptr(current) as usize;
        let within = RUNNING_IN.try_with(Clone::clone).unwrap_or_default();
        if within.contains(&id) {
            return Err(Error::configuration(
                "the token callback calls the client that waits for its token: let it use another client",
            ));
        }
        loop {
            let (pending, mine) = self.pending(provider, current, &within);
            match pending.await {
                Ok(bearer) => return Ok(bearer),
                // The call that started it was dropped before it returned.
                Err(cause) if !mine && cause.is::<CallbackCancelled>() => {}
                Err(cause) => {
                    return Err(
                        Error::new(ErrorKind::Authentication, "the token callback failed")
                            .with(|details| details.source = Some(cause)),
                    );
                }
            }
        }
    }

    /// Join the running callback, or start it. Also return whether it was started here.
    fn pending(
        &self,
        provider: &TokenProvider,
        current: &Arc<CurrentToken>,
        within: &[usize],
    ) -> (Shared<Pending>, bool) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pending) = running.as_ref().and_then(WeakShared::upgrade) {
            return (pending, false);
        }
        let (provider, current, slot) =
            (provider.clone(), current.clone(), Arc::downgrade(&self.0));
        let mut within = within.to_vec();
        within.push(Arc::as_ptr(&current) as usize);
        let future = async move {
            // The callback itself is called here, by the first call that waits.
            let future =
                AssertUnwindSafe(RUNNING_IN.scope(within, async move { provider().await }));
            let result = future
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err("it panicked".into()));
            if let Some(slot) = slot.upgrade() {
                slot.lock().unwrap_or_else(PoisonError::into_inner).take();
            }
            let token = result.map_err(Arc::from)?;
            let expires_at = read_claims("token", &token)
                .ok()
                .and_then(|claims| claims.expires_at)
                .map_or(0, Timestamp::as_second);
            current
                .set(&token, expires_at)
                .map_err(|error| -> Arc<dyn StdError + Send + Sync> { Arc::new(error) })
        };
        let pending = (Box::pin(future) as Pending).shared();
        *running = pending.downgrade();
        (pending, true)
    }
}
