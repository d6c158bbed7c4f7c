//! [`Flight`]: a running call.

use std::future::Future;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use hundredms::Lane;
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
use crate::asking::{Asker, Waiter};
use crate::leaving::{SIGNALS, detached};
use crate::queue::Queue;
use crate::runtime;

/// A running call. Dropping or cancelling this cancels the call and closes its connection.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Flight {
    keep: Mutex<Option<oneshot::Sender<()>>>,
    /// What the call reports to the thread that waits for it. `None` if an event loop waits. A receiver cannot be shared between
    /// threads, and only one thread uses it.
    said: Option<Mutex<Receiver<Outcome>>>,
}

#[pymethods]
impl Flight {
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

/// Start a call. Its reports go to `queue` under `ticket`, or else to [`Flight::next`].
pub(crate) fn begin<T: IntoOutcome>(
    lane: Lane,
    queue: Option<&Queue>,
    ticket: u64,
    watched: bool,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Flight> {
    let (keep, cancelled) = oneshot::channel();
    let (waiter, said) = if let Some(queue) = queue {
        (Waiter::Loop(queue.inbox(), ticket), None)
    } else {
        let (sender, said) = channel();
        (Waiter::Thread(sender), Some(Mutex::new(said)))
    };
    let waiter = Arc::new(waiter);
    let asker = Asker::new(waiter.clone(), watched);
    let delivery = Delivery { waiter, due: true };
    runtime::spawn(lane, async move {
        tokio::select! {
            biased;
            answer = asker.during(call) => delivery.tell(answer.into_outcome()),
            _ = cancelled => delivery.call_off(),
        }
    })?;
    Ok(Flight {
        keep: Mutex::new(Some(keep)),
        said,
    })
}
