//! [`Flight`]: a call under way.

use std::future::Future;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
use crate::asking::{Asker, Question, Waiter};
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
    watched: bool,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Flight> {
    let (keep, cancelled) = oneshot::channel();
    let asker = Asker::new(Waiter::Loop(inbox.clone(), ticket), watched);
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
    /// Something to see of the call, as JSON.
    Seen(String),
}

/// What a waiting thread calls meanwhile.
pub(crate) struct Callbacks {
    /// Gives a management token.
    pub(crate) token: Option<Py<PyAny>>,
    /// Takes what is seen of a call.
    pub(crate) observe: Option<Py<PyAny>>,
}

/// Make a call and wait for its outcome. Signals are seen meanwhile, and one that raises gives the call up; `callbacks` are called
/// here.
pub(crate) fn wait<'py, T: IntoOutcome + Send + 'static>(
    py: Python<'py>,
    callbacks: &Callbacks,
    watched: bool,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Bound<'py, PyTuple>> {
    let (sender, receiver) = channel();
    let (_keep, cancelled) = oneshot::channel::<()>();
    let asker = Asker::new(Waiter::Thread(sender.clone()), watched);
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
            Ok(Told::Asked(question)) => cause = question.put_to(py, callbacks.token.as_ref())?,
            Ok(Told::Seen(seen)) => {
                if let Some(observe) = &callbacks.observe {
                    observe.call1(py, (PyBytes::new(py, seen.as_bytes()),))?;
                }
            }
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
