//! [`Flight`]: a call under way.

use std::future::Future;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
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

/// Begin a call whose outcome goes into `inbox` under `ticket`.
pub(crate) fn begin<T: IntoOutcome>(
    inbox: Arc<Inbox>,
    ticket: u64,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Flight> {
    let (keep, cancelled) = oneshot::channel();
    let delivery = Delivery {
        inbox,
        ticket,
        due: true,
    };
    runtime::spawn(async move {
        tokio::select! {
            biased;
            answer = call => delivery.put(answer.into_outcome()),
            _ = cancelled => delivery.call_off(),
        }
    })?;
    Ok(Flight(Mutex::new(Some(keep))))
}

/// Make a call and wait for its outcome. Signals are seen meanwhile, and one that raises gives the call up.
pub(crate) fn wait<T: IntoOutcome + Send + 'static>(
    py: Python<'_>,
    call: impl Future<Output = T> + Send + 'static,
) -> PyResult<Outcome> {
    let (sender, receiver) = sync_channel(1);
    let (_keep, cancelled) = oneshot::channel::<()>();
    runtime::spawn(async move {
        tokio::select! {
            biased;
            answer = call => drop(sender.send(answer)),
            _ = cancelled => {}
        }
    })?;
    // The receiver may not be shared between threads, and this thread alone uses it.
    let receiver = Mutex::new(receiver);
    loop {
        let waited = detached(py, || {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.recv_timeout(SIGNALS)
        });
        match waited {
            Ok(answer) => return Ok(answer.into_outcome()),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(Outcome::Lost),
        }
    }
}
