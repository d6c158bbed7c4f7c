//! The event loops that the thread of a runtime wakes when it is idle.
//!
//! On a single core, a loop that is woken runs at once, in place of the thread that wakes it: then it would find a few outcomes each
//! time.

use std::cell::RefCell;
use std::sync::Arc;

use hundredms::{LARGE_OUTCOME, enough_outcomes};

/// An event loop that outcomes wait for.
pub(crate) trait Waiting {
    /// Wake it if there are outcomes that it does not know of.
    fn wake(&self);
}

/// The loops to wake.
struct Later {
    /// One for each outcome.
    waiting: Vec<Arc<dyn Waiting>>,
    /// After this many, the loops are woken even if the thread is not idle.
    enough: usize,
}

thread_local! {
    /// `None` in threads that wake loops at once.
    static LATER: RefCell<Option<Later>> = const { RefCell::new(None) };
}

/// Let this thread wake loops later. It must call [`wake_loops`] when it is idle.
pub(crate) fn collect() {
    LATER.set(Some(Later {
        waiting: Vec::new(),
        // With several cores, each outcome wakes its loop.
        enough: enough_outcomes(1),
    }));
}

/// Wake the loops that outcomes wait for.
pub(crate) fn wake_loops() {
    let collected = LATER.with_borrow_mut(|later| {
        let later = later.as_mut()?;
        Some(std::mem::take(&mut later.waiting))
    });
    for waiting in collected.into_iter().flatten() {
        waiting.wake();
    }
}

/// Wake a loop for an outcome of so many bytes: now, or when this thread is idle.
pub(crate) fn wake_for<W: Waiting + 'static>(waiting: &Arc<W>, bytes: usize) {
    let collects = LATER.with_borrow_mut(|later| match later {
        Some(later) if bytes <= LARGE_OUTCOME && later.waiting.len() + 1 < later.enough => {
            later.waiting.push(waiting.clone());
            true
        }
        _ => false,
    });
    if !collects {
        wake_loops();
        waiting.wake();
    }
}
