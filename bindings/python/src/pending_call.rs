//! [`PendingCall`]: a running call.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;

use hundredms::{Driven, Turns};
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::{IntoOutcome, Outcome};
use crate::call_context::{CallContext, Waiter, Waits};
use crate::context::Context;
use crate::detach::{SIGNALS, detached};
use crate::stack::has_left;

/// A call that ends by telling its waiter.
type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A call. Dropping or cancelling this cancels the call and closes its connection.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct PendingCall {
    keep: Mutex<Option<oneshot::Sender<()>>>,
    /// `None` if an event loop waits.
    waiting: Option<Mutex<Waiting>>,
}

/// What the thread that waits for a call uses. A receiver cannot be shared between threads, and only one thread uses it.
struct Waiting {
    /// What the call reports.
    said: Receiver<Outcome>,
    /// The call, if it has not begun.
    call: Option<Task>,
    /// Not held here: when the call is dropped, nothing more is said.
    waiter: Weak<Waiter>,
    runtime: Turns,
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
        let waiting = self.waiting.as_ref()?;
        let waited = detached(py, || {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.next()
        });
        match waited {
            Ok(outcome) => Some(outcome.into_python(py)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Outcome::Lost.into_python(py)),
        }
    }
}

impl Waiting {
    fn next(&mut self) -> Result<Outcome, RecvTimeoutError> {
        let until = Instant::now() + SIGNALS;
        if let Some(call) = self.call.take() {
            let said = || self.said.try_recv().ok();
            match self.runtime.drive(call, SIGNALS, said) {
                Driven::Ended(Some(outcome)) => return Ok(outcome),
                Driven::Ended(None) => {}
                Driven::Continues(outcome, call) => {
                    self.run_in_background(call);
                    return Ok(outcome);
                }
                Driven::Refused(call) => self.run_in_background(call),
            }
        }
        let left = until.saturating_duration_since(Instant::now());
        self.said.recv_timeout(left)
    }

    fn run_in_background(&self, call: Task) {
        run_in_background(&self.runtime, &self.waiter, call);
    }
}

fn run_in_background(runtime: &Turns, waiter: &Weak<Waiter>, call: Task) {
    runtime.spawn(|running| {
        // The call has its waiter, to which it reports.
        if let Some(waiter) = waiter.upgrade() {
            waiter.runs(running);
        }
        call
    });
}

/// Delivers the outcome of a call, even if it panics.
struct Delivery {
    waiter: Arc<Waiter>,
    due: bool,
}

impl Delivery {
    fn tell(mut self, outcome: Outcome) {
        self.due = false;
        self.waiter.end();
        self.waiter.tell(outcome);
    }

    fn call_off(mut self) {
        self.due = false;
        self.waiter.end();
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        if self.due {
            self.waiter.end();
            self.waiter.tell(Outcome::Lost);
        }
    }
}

/// A call with TLS needs about 50 KiB of stack, and Python lets programs choose as little as 32 KiB.
const ROOM: usize = 256 * 1024;

/// Start a call. Its reports go to the queue of its context, or else to [`PendingCall::next`], which starts a call that the thread
/// `may_run` itself.
pub(crate) fn begin<T: IntoOutcome>(
    runtime: Turns,
    context: Context<'_>,
    may_run: bool,
    call: impl Future<Output = T> + Send + 'static,
) -> PendingCall {
    let (keep, cancelled) = oneshot::channel();
    let (waiting, observed) = context.waiting();
    let (waits, said) = if let Some((queue, ticket)) = waiting {
        (Waits::Loop(queue.get().inbox(), ticket), None)
    } else {
        let (sender, said) = channel();
        (Waits::Thread(sender), Some(said))
    };
    // A call that is observed reports several times, each time to Python.
    let may_run = may_run && said.is_some() && !observed && has_left(ROOM);
    let waiter = Arc::new(Waiter::new(waits, may_run));
    let weak = Arc::downgrade(&waiter);
    let current = CallContext::new(waiter.clone(), observed);
    let delivery = Delivery { waiter, due: true };
    let call: Task = Box::pin(async move {
        tokio::select! {
            biased;
            // First, since a call that is cancelled before it begins must not begin.
            _ = cancelled => delivery.call_off(),
            answer = current.during(call) => delivery.tell(answer.into_outcome()),
        }
    });
    let call = if may_run {
        Some(call)
    } else {
        run_in_background(&runtime, &weak, call);
        None
    };
    let waiting = said.map(|said| {
        Mutex::new(Waiting {
            said,
            call,
            waiter: weak,
            runtime,
        })
    });
    PendingCall {
        keep: Mutex::new(Some(keep)),
        waiting,
    }
}
