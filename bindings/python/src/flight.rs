//! [`Flight`]: a call under way.

use std::future::Future;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
use crate::asking::{Asker, Question};
use crate::leaving::detached;
use crate::queue::Inbox;
use crate::runtime;

/// How long a blocking call waits before it looks for signals.
const SIGNALS: Duration = Duration::from_millis(100);

/// A call under way. It is given up, and its connection closed, when this is dropped or cancelled.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Flight(Mutex<Option<oneshot::Sender<()>>>);

#[pymethods]
impl Flight {
    /// Give the call up; nothing happens if it has finished.
    fn cancel(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Puts the outcome of a call into the queue of its loop, also when the call panics.
struct Delivery {
    inbox: Arc<Inbox>,
    ticket: u64,
    due: bool,
}

impl Delivery {
    fn put(mut self, outcome: Outcome) {
        self.due = false;
        self.inbox.put(self.ticket, outcome);
    }

    fn call_off(mut self) {
        self.due = false;
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if self.due {
            self.inbox.put(self.ticket, Outcome::Lost);
        }
    }
}

/// Begin a call whose outcome goes into `inbox` under `ticket`; so does a wish for a token.
pub(crate) fn begin<T: IntoOutcome>(
    inbox: Arc<Inbox>,
    ticket: u64,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Flight> {
    let (keep, cancelled) = oneshot::channel();
    let asker = Asker::Loop(inbox.clone(), ticket);
    let delivery = Delivery {
        inbox,
        ticket,
        due: true,
    };
    runtime::spawn(async move {
        tokio::select! {
            biased;
            answer = asker.during(call) => delivery.put(answer.into_outcome()),
            _ = cancelled => delivery.call_off(),
        }
    })?;
    Ok(Flight(Mutex::new(Some(keep))))
}

/// What a waiting thread is told.
pub(crate) enum Told {
    /// The call is over.
    Over(Outcome),
    /// The call needs a token.
    Asked(Question),
}

/// Make a call and wait for its outcome. Signals are seen meanwhile, and one that raises gives the call up; `token` is called here
/// when the call needs a token.
pub(crate) fn wait<'py, T: IntoOutcome + Send + 'static>(
    py: Python<'py>,
    token: Option<&Py<PyAny>>,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Bound<'py, PyTuple>> {
    let (sender, receiver) = channel();
    let (_keep, cancelled) = oneshot::channel::<()>();
    let asker = Asker::Thread(sender.clone());
    runtime::spawn(async move {
        tokio::select! {
            biased;
            answer = asker.during(call) => drop(sender.send(Told::Over(answer.into_outcome()))),
            _ = cancelled => {}
        }
    })?;
    // The receiver may not be shared between threads, and this thread alone uses it.
    let receiver = Mutex::new(receiver);
    let mut cause = None;
    loop {
        let waited = detached(py, || {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.recv_timeout(SIGNALS)
        });
        match waited {
            Ok(Told::Asked(question)) => cause = question.put_to(py, token)?,
            Ok(Told::Over(outcome)) => {
                return outcome.into_tuple(py).inspect_err(|error| {
                    if cause.is_some() {
                        error.set_cause(py, cause);
                    }
                });
            }
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Outcome::Lost.into_tuple(py),
        }
    }
}
