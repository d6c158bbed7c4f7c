//! [`PendingCall`]: a running call.

use std::future::Future;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
use crate::call_context::{CallContext, Waiter};
use crate::context::Context;
use crate::detach::{SIGNALS, detached};
use crate::runtime::Tasks;

/// A running call. Dropping or cancelling this cancels the call and closes its connection.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct PendingCall {
    keep: Mutex<Option<oneshot::Sender<()>>>,
    /// What the call reports to the thread that waits for it. `None` if an event loop waits. A receiver cannot be shared between
    /// threads, and only one thread uses it.
    said: Option<Mutex<Receiver<Outcome>>>,
}

#[pymethods]
impl PendingCall {
    /// Cancel the call. Does nothing if it has finished.
    fn cancel(&self) {
        drop(
            self.keep
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }

    /// Wait at most 100 ms for the next report of the call. Return None after that, so that Python handles signals. The caller runs
    /// hooks and callbacks: below a Rust frame they could not be unwound when the interpreter ends.
    fn next<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        let said = self.said.as_ref()?;
        let waited = detached(py, || {
            let said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.recv_timeout(SIGNALS)
        });
        match waited {
            Ok(outcome) => Some(outcome.into_python(py)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Outcome::Lost.into_python(py)),
        }
    }
}

/// Delivers the outcome of a call, even if it panics.
struct Delivery {
    waiter: Arc<Waiter>,
    due: bool,
}

impl Delivery {
    fn tell(mut self, outcome: Outcome) {
        self.due = false;
        self.waiter.tell(outcome);
    }

    fn call_off(mut self) {
        self.due = false;
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if self.due {
            self.waiter.tell(Outcome::Lost);
        }
    }
}

/// Start a call. Its reports go to the queue of its context, or else to [`PendingCall::next`].
pub(crate) fn begin<T: IntoOutcome>(
    tasks: &Tasks,
    context: Context<'_>,
    call: impl Future<Output = T> + Send + 'static,
) -> PendingCall {
    let (keep, cancelled) = oneshot::channel();
    let (waiting, observed) = context.waiting();
    let (waiter, said) = if let Some((queue, ticket)) = waiting {
        (Waiter::Loop(queue.get().inbox(), ticket), None)
    } else {
        let (sender, said) = channel();
        (Waiter::Thread(sender), Some(Mutex::new(said)))
    };
    let waiter = Arc::new(waiter);
    let current = CallContext::new(waiter.clone(), observed);
    let delivery = Delivery { waiter, due: true };
    tasks.spawn(async move {
        tokio::select! {
            biased;
            // First, since a call that is cancelled before it begins must not begin.
            _ = cancelled => delivery.call_off(),
            answer = current.during(call) => delivery.tell(answer.into_outcome()),
        }
    });
    PendingCall {
        keep: Mutex::new(Some(keep)),
        said,
    }
}
