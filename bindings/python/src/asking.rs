//! What a call says to Python before it is over: that it needs a token, and what its hooks are to see. The runtime's thread does
//! not touch Python, so this goes the way of the outcome: to the thread that waits for the call, or through the queue to the event
//! loop.

use std::error::Error;
use std::future::Future;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use hundredms::Observation;
use hundredms::tokens::Unanswered;
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::Outcome;
use crate::queue::Inbox;

tokio::task_local! {
    static ASKER: Asker;
}

/// Who waits for a call.
pub(crate) enum Waiter {
    Loop(Arc<Inbox>, u64),
    Thread(Sender<Outcome>),
}

impl Waiter {
    pub(crate) fn tell(&self, outcome: Outcome) {
        match self {
            Self::Loop(inbox, ticket) => inbox.put(*ticket, outcome),
            // A thread that waits no longer has given the call up.
            Self::Thread(sender) => drop(sender.send(outcome)),
        }
    }
}

/// What a call has to say to those who wait for it.
pub(crate) struct Asker {
    waiter: Arc<Waiter>,
    /// Whether they want to see what becomes of it.
    watched: bool,
}

impl Asker {
    pub(crate) fn new(waiter: Arc<Waiter>, watched: bool) -> Self {
        Self { waiter, watched }
    }

    /// Make `call`, which may speak here.
    pub(crate) fn during<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
        ASKER.scope(self, call)
    }
}

/// Show what is seen of the call that runs here to who waits for it.
pub(crate) fn observe(seen: &Observation<'_>) {
    // A call without a waiter has nobody who looks.
    let _ = ASKER.try_with(|asker| {
        if asker.watched {
            asker.waiter.tell(Outcome::Seen(seen.to_json()));
        }
    });
}

/// Ask who waits for the call that runs here for a token.
pub(crate) fn ask() -> impl Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send {
    let (answer, answered) = oneshot::channel();
    let question = Outcome::Asked(Question(Mutex::new(Some(answer))));
    let asked = ASKER.try_with(|asker| asker.waiter.tell(question));
    async move {
        asked.map_err(|_| "no call needs it")?;
        let token = answered.await.map_err(|_| Unanswered)?;
        Ok(token?)
    }
}

/// The wish of a call for a token. It fails when this is dropped without an answer.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Question(Mutex<Option<oneshot::Sender<Result<String, String>>>>);

impl Question {
    fn put(&self, token: Result<String, String>) {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(answer) = answer {
            // A call that has ended meanwhile needs none.
            let _ = answer.send(token);
        }
    }
}

#[pymethods]
impl Question {
    /// Give the token.
    fn answer(&self, token: String) {
        self.put(Ok(token));
    }

    /// Leave it to others to ask again: who was to answer gives up.
    fn abandon(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Say why there is none.
    fn fail(&self, reason: String) {
        self.put(Err(reason));
    }
}
