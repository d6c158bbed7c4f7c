//! [`Queue`]: the calls of one event loop that have finished.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::answer::Outcome;
use crate::detach::detached;
use crate::idle::{Waiting, wake_for};
#[cfg(unix)]
use crate::wake::Wakeup;

/// The finished calls of one event loop, and what wakes that loop.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Queue {
    inbox: Arc<Inbox>,
    process: u32,
}

/// The part that the runtime's thread uses.
pub(crate) struct Inbox {
    finished: Mutex<Finished>,
    wake: Wake,
}

#[derive(Default)]
struct Finished {
    outcomes: Vec<(u64, Outcome)>,
    /// Whether the loop was woken and has not taken them yet.
    is_woken: bool,
}

enum Wake {
    /// The loop reads a descriptor.
    #[cfg(unix)]
    Wakeup(Wakeup),
    /// A Python thread waits.
    Thread(Condvar),
}

impl Inbox {
    /// Add the outcome of the call `ticket`.
    pub(crate) fn put(self: &Arc<Self>, ticket: u64, outcome: Outcome) {
        let bytes = outcome.answer_size();
        self.finished().outcomes.push((ticket, outcome));
        wake_for(self, bytes);
    }

    fn take(&self) -> Vec<(u64, Outcome)> {
        // Cleared first: after the outcomes are taken, this would erase the ring of the next one.
        #[cfg(unix)]
        if let Wake::Wakeup(wakeup) = &self.wake {
            wakeup.clear();
        }
        std::mem::take(&mut *self.finished()).outcomes
    }

    fn finished(&self) -> MutexGuard<'_, Finished> {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting for Inbox {
    fn wake(&self) {
        let mut finished = self.finished();
        if finished.is_woken || finished.outcomes.is_empty() {
            return;
        }
        finished.is_woken = true;
        drop(finished);
        match &self.wake {
            #[cfg(unix)]
            Wake::Wakeup(wakeup) => wakeup.ring(),
            Wake::Thread(waiting) => waiting.notify_one(),
        }
    }
}

impl Queue {
    pub(crate) fn inbox(&self) -> Arc<Inbox> {
        self.inbox.clone()
    }

    fn with(wake: Wake) -> Self {
        Self {
            inbox: Arc::new(Inbox {
                finished: Mutex::default(),
                wake,
            }),
            process: std::process::id(),
        }
    }
}

#[pymethods]
impl Queue {
    /// Create a queue whose loop reads the descriptor `fileno()`.
    #[cfg(unix)]
    #[staticmethod]
    fn with_descriptor() -> PyResult<Self> {
        Ok(Self::with(Wake::Wakeup(Wakeup::new()?)))
    }

    /// Create a queue that a thread waits for.
    #[staticmethod]
    fn with_thread() -> Self {
        Self::with(Wake::Thread(Condvar::new()))
    }

    /// Return the descriptor that is readable when calls have finished. `None` if a thread waits.
    fn fileno(&self) -> Option<i32> {
        match &self.inbox.wake {
            #[cfg(unix)]
            Wake::Wakeup(wakeup) => Some(wakeup.descriptor()),
            Wake::Thread(_) => None,
        }
    }

    /// Wait at most `timeout` seconds until calls have finished, and return whether there are any.
    fn wait(&self, py: Python<'_>, timeout: f64) -> bool {
        let Wake::Thread(waiting) = &self.inbox.wake else {
            return false;
        };
        let timeout = Duration::try_from_secs_f64(timeout).unwrap_or(Duration::MAX);
        detached(py, || {
            let (finished, _) = waiting
                .wait_timeout_while(self.inbox.finished(), timeout, |finished| {
                    finished.outcomes.is_empty()
                })
                .unwrap_or_else(PoisonError::into_inner);
            !finished.outcomes.is_empty()
        })
    }

    /// Take the finished calls: pairs of ticket and outcome, which is a result, a [`Large`](crate::answer::Large) one, or an exception.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        // The parent's calls do not finish here, and its lock may be held by threads that do not exist here.
        if self.process != std::process::id() {
            return Ok(PyList::empty(py));
        }
        let finished = self.inbox.take();
        let list = PyList::empty(py);
        for (ticket, outcome) in finished {
            list.append((ticket, outcome.for_later(py)))?;
        }
        Ok(list)
    }
}
