//! What a call reports to Python while it runs: that it needs a token, and the events for hooks. The runtime's thread does not
//! touch Python, so these take the path of the outcome: to the thread that waits for the call, or through the queue to the event
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

/// The waiter of a call.
pub(crate) enum Waiter {
    Loop(Arc<Inbox>, u64),
    Thread(Sender<Outcome>),
}

impl Waiter {
    pub(crate) fn tell(&self, outcome: Outcome) {
        match self {
            Self::Loop(inbox, ticket) => inbox.put(*ticket, outcome),
            // A thread that has stopped waiting has cancelled the call.
            Self::Thread(sender) => drop(sender.send(outcome)),
        }
    }
}

/// Reports from a call to its waiter.
pub(crate) struct Asker {
    waiter: Arc<Waiter>,
    /// Whether the waiter observes the call.
    watched: bool,
}

impl Asker {
    pub(crate) fn new(waiter: Arc<Waiter>, watched: bool) -> Self {
        Self { waiter, watched }
    }

    /// Run `call`, which may report here.
    pub(crate) fn during<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
        ASKER.scope(self, call)
    }
}

/// Pass an observation of the current call to its waiter.
pub(crate) fn observe(seen: &Observation<'_>) {
    // A call without a waiter has no observer.
    let _ = ASKER.try_with(|asker| {
        if asker.watched {
            asker.waiter.tell(Outcome::Seen(seen.to_json()));
        }
    });
}

/// Ask the waiter of the current call for a token.
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

/// A call's request for a token. It fails if this is dropped without an answer.
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

    /// Give up: another waiter asks again.
    fn abandon(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Report why there is none.
    fn fail(&self, reason: String) {
        self.put(Err(reason));
    }
}
