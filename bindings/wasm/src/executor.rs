//! Runs the work of calls on the only thread: what can go on is polled whenever JavaScript calls.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};

use crate::host;
use crate::outcome::Outcome;

/// Work that ends with an outcome.
pub(crate) type Work = Pin<Box<dyn Future<Output = Outcome>>>;

struct Task {
    work: Work,
    waker: Waker,
}

/// The ids of calls that can go on.
static READY: Mutex<VecDeque<u32>> = Mutex::new(VecDeque::new());

thread_local! {
    static TASKS: RefCell<HashMap<u32, Task>> = RefCell::default();
    /// The id of the call that is polled.
    static CURRENT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Return the id of the call that runs here.
pub(crate) fn current_call() -> Option<u32> {
    CURRENT.get()
}

struct CallWaker(u32);

impl Wake for CallWaker {
    fn wake(self: Arc<Self>) {
        ready().push_back(self.0);
    }
}

fn ready() -> std::sync::MutexGuard<'static, VecDeque<u32>> {
    READY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Run the work of the call `id`, from the next [`run`] on.
pub(crate) fn spawn(id: u32, work: Work) {
    let waker = Waker::from(Arc::new(CallWaker(id)));
    TASKS.with_borrow_mut(|tasks| tasks.insert(id, Task { work, waker }));
    ready().push_back(id);
}

/// Drop the work of a call.
pub(crate) fn abort(id: u32) {
    let task = TASKS.with_borrow_mut(|tasks| tasks.remove(&id));
    if task.is_some() {
        drop(task);
        host::deliver(id, &Outcome::Dropped);
    }
}

/// Poll what can go on, until nothing can.
pub(crate) fn run() {
    loop {
        let Some(id) = ready().pop_front() else {
            return;
        };
        // Taken out, so that what it calls may spawn and abort.
        let Some(mut task) = TASKS.with_borrow_mut(|tasks| tasks.remove(&id)) else {
            continue;
        };
        CURRENT.set(Some(id));
        let polled = task
            .work
            .as_mut()
            .poll(&mut Context::from_waker(&task.waker));
        CURRENT.set(None);
        match polled {
            std::task::Poll::Ready(outcome) => {
                drop(task);
                host::deliver(id, &outcome);
            }
            std::task::Poll::Pending => {
                TASKS.with_borrow_mut(|tasks| tasks.insert(id, task));
            }
        }
    }
}
