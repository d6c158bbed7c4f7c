//! The event loops that the thread of a runtime wakes when it is idle.
//!
//! On a single core, a loop that is woken runs at once, in place of the thread that wakes it: then it would find a few outcomes each
//! time.

use std::cell::RefCell;
use std::sync::Arc;

use hundredms::is_worth_a_wake_up;

/// An event loop that outcomes wait for.
pub(crate) trait Waiting {
    /// Wake it if there are outcomes that it does not know of.
    fn wake(&self);
}

/// This many outcomes wake their loops at once if there are several cores.
const ENOUGH: usize = 1;

thread_local! {
    /// The loops to wake, one for each outcome. `None` in threads that do not wake them later.
    static LATER: RefCell<Option<Vec<Arc<dyn Waiting>>>> = const { RefCell::new(None) };
}

/// Let this thread wake loops later. It must call [`wake_loops`] when it is idle.
pub(crate) fn collect() {
    LATER.set(Some(Vec::new()));
}

/// Wake the loops that outcomes wait for.
pub(crate) fn wake_loops() {
    let collected = LATER.with_borrow_mut(|later| later.as_mut().map(std::mem::take));
    for waiting in collected.into_iter().flatten() {
        waiting.wake();
    }
}

/// Wake a loop for an outcome of so many bytes: now, or when this thread is idle.
pub(crate) fn wake_for(waiting: Arc<dyn Waiting>, bytes: usize) {
    let now = LATER.with_borrow_mut(|later| {
        let Some(later) = later else {
            waiting.wake();
            return false;
        };
        later.push(waiting);
        is_worth_a_wake_up(later.len(), bytes, ENOUGH)
    });
    if now {
        wake_loops();
    }
}
