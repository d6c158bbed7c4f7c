//! Interpreter shutdown. A finalizing interpreter unwinds threads that return to it, through frames that cannot be unwound. So
//! after shutdown has begun, threads do not return.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

use pyo3::prelude::*;

/// How long a thread waits, detached, before Python checks for signals.
pub(crate) const SIGNALS: Duration = Duration::from_millis(100);

static LEAVING: AtomicBool = AtomicBool::new(false);

/// How many threads are returning to the interpreter.
static RETURNING: AtomicUsize = AtomicUsize::new(0);

/// The thread that finalizes the interpreter. It may always return.
static LEAVER: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Do `work` while other Python threads run.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    let done = py.detach(|| {
        let done = work();
        return_or_stay();
        done
    });
    RETURNING.fetch_sub(1, Ordering::SeqCst);
    done
}

fn return_or_stay() {
    RETURNING.fetch_add(1, Ordering::SeqCst);
    if LEAVING.load(Ordering::SeqCst) && leaver() != Some(std::thread::current().id()) {
        RETURNING.fetch_sub(1, Ordering::SeqCst);
        loop {
            std::thread::park();
        }
    }
}

fn leaver() -> Option<ThreadId> {
    *LEAVER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begin the shutdown. The interpreter calls this in the thread that finalizes it.
#[pyfunction]
pub(crate) fn leave(py: Python<'_>) {
    *LEAVER.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::current().id());
    LEAVING.store(true, Ordering::SeqCst);
    py.detach(|| {
        while RETURNING.load(Ordering::SeqCst) > 0 {
            std::thread::yield_now();
        }
    });
}

/// Forget the threads of the parent. Called in a forked child.
#[pyfunction]
pub(crate) fn after_fork() {
    RETURNING.store(0, Ordering::SeqCst);
}
