//! [`TokenRequest`]: what a call asks of the token callback of its client.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use tokio::sync::oneshot;

/// A call's request for a token. It fails if this is dropped without an answer.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct TokenRequest(Mutex<Option<oneshot::Sender<Token>>>);

/// A token, or why there is none.
pub(crate) type Token = Result<String, String>;

impl TokenRequest {
    /// Create a request, and what receives its token.
    pub(crate) fn new() -> (Self, oneshot::Receiver<Token>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Mutex::new(Some(sender))), receiver)
    }

    fn put(&self, token: Token) {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(answer) = answer {
            // A call that has ended meanwhile needs none.
            let _ = answer.send(token);
        }
    }
}

#[pymethods]
impl TokenRequest {
    /// Provide the token.
    fn answer(&self, token: String) {
        self.put(Ok(token));
    }

    /// Give up: another waiter asks again.
    fn abandon(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Report why there is none.
    fn fail(&self, reason: String) {
        self.put(Err(reason));
    }
}
