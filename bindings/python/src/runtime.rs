//! The runtime of this process: one thread for all calls to servers with TLS, and some for those without. Each is started by its first
//! call and never ended.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use crate::queue;
use hundredms::{EarlyTimer, LANES, Lane};
use pyo3::PyResult;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Runtime {
    /// The process that its thread belongs to; a forked child has no such thread.
    process: u32,
    /// A burst of calls wakes the thread only once.
    tasks: UnboundedSender<Task>,
}

/// Locked only with the interpreter attached, so never by another thread at the time of a fork.
static RUNTIMES: Mutex<[Option<Runtime>; LANES]> = Mutex::new([const { None }; LANES]);

/// Run `task` in the runtime of this process.
pub(crate) fn spawn(lane: Lane, task: impl Future<Output = ()> + Send + 'static) -> PyResult<()> {
    let mut runtimes = RUNTIMES.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = &mut runtimes[lane.index()];
    let process = std::process::id();
    let tasks = match &*runtime {
        Some(runtime) if runtime.process == process => &runtime.tasks,
        _ => {
            // The parent's runtime is left as it is: its locks may be held by threads that do not exist here.
            std::mem::forget(runtime.take());
            let tasks = start()?;
            &runtime.insert(Runtime { process, tasks }).tasks
        }
    };
    // The thread ends with the process, so it takes every task.
    let _ = tasks.send(Box::pin(task));
    Ok(())
}

fn start() -> std::io::Result<UnboundedSender<Task>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_park(queue::wake_loops)
        .build()?;
    let (sender, tasks) = unbounded_channel();
    std::thread::Builder::new()
        .name("hundredms".into())
        .spawn(move || {
            queue::collect();
            runtime.block_on(run(tasks));
        })?;
    Ok(sender)
}

async fn run(mut tasks: UnboundedReceiver<Task>) {
    let mut early = EarlyTimer::default();
    while let Some(task) = early.during(tasks.recv()).await {
        tokio::spawn(task);
    }
}
