//! What a call reports to Python while it runs: that it needs a token, and the events for hooks. What runs calls does not
//! touch Python, so these take the path of the outcome: to the thread that waits for the call, or through the queue to the event
//! loop.

use std::error::Error;
use std::future::Future;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hundredms::tokens::CallbackCancelled;
use hundredms::{Observation, Running};

use crate::answer::Outcome;
use crate::queue::Inbox;
use crate::token_request::TokenRequest;

tokio::task_local! {
    static CURRENT: CallContext;
}

/// Who waits for a call.
pub(crate) enum Waits {
    Loop(Arc<Inbox>, u64),
    Thread(Sender<Outcome>),
}

/// The waiter of a call.
pub(crate) struct Waiter {
    waits: Waits,
    /// Whether a thread waits that may run its next call itself.
    may_run: bool,
    /// Held while the thread in the background runs the call.
    running: Mutex<Option<Running>>,
}

impl Waiter {
    pub(crate) fn new(waits: Waits, may_run: bool) -> Self {
        Self {
            waits,
            may_run,
            running: Mutex::default(),
        }
    }

    /// Note that the thread in the background runs the call.
    pub(crate) fn runs(&self, running: Running) {
        *self.running() = Some(running);
    }

    pub(crate) fn tell(&self, outcome: Outcome) {
        match &self.waits {
            Waits::Loop(inbox, ticket) => inbox.put(*ticket, outcome),
            // A thread that has stopped waiting has cancelled the call.
            Waits::Thread(sender) => drop(sender.send(outcome)),
        }
    }

    /// Note that the call ends. Before its outcome is told: on a single core, a thread that is told begins its next call at once.
    pub(crate) fn end(&self) {
        if let Some(running) = self.running().take() {
            if self.may_run {
                running.is_waited_for();
            }
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reports from a call to its waiter.
pub(crate) struct CallContext {
    waiter: Arc<Waiter>,
    /// Whether the waiter observes the call.
    observed: bool,
}

impl CallContext {
    pub(crate) fn new(waiter: Arc<Waiter>, observed: bool) -> Self {
        Self { waiter, observed }
    }

    /// Run `call`, which may report here.
    pub(crate) fn during<F: Future>(self, call: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self, call)
    }
}

/// Pass an observation of the current call to its waiter: all if it observes the call, else warnings.
pub(crate) fn observe(seen: &Observation<'_>) {
    // A call without a waiter has no observer.
    let _ = CURRENT.try_with(|call| {
        if call.observed || seen.warns() {
            call.waiter.tell(Outcome::Observed(seen.to_json()));
        }
    });
}

/// Pass the progress of the current job to its waiter.
pub(crate) fn report(progress: String) {
    // A job that runs has a waiter.
    let _ = CURRENT.try_with(|call| call.waiter.tell(Outcome::Progress(progress)));
}

/// Ask the waiter of the current call for a token.
pub(crate) fn ask() -> impl Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send {
    let (request, answered) = TokenRequest::new();
    let asked = CURRENT.try_with(|call| call.waiter.tell(Outcome::TokenWanted(request)));
    async move {
        asked.map_err(|_| "no call needs it")?;
        let token = answered.await.map_err(|_| CallbackCancelled)?;
        Ok(token?)
    }
}
