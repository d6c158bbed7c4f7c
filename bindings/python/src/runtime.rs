//! The runtime of this process: one thread for all calls to servers with TLS, and some for those without. Each is started by its first
//! call and never ended.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use hundredms::{EarlyTimer, LANES, Lane};
use pyo3::PyResult;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::idle;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Runtime {
    /// The process that its thread belongs to; a forked child has no such thread.
    process: u32,
    tasks: Tasks,
}

/// Takes tasks for the thread of a runtime. A burst of them wakes the thread only once.
#[derive(Clone)]
pub(crate) struct Tasks(UnboundedSender<Task>);

/// Locked only with the interpreter attached, so never by another thread at the time of a fork.
static RUNTIMES: Mutex<[Option<Runtime>; LANES]> = Mutex::new([const { None }; LANES]);

/// Return the sender of tasks to the runtime of this process. Start it if needed.
pub(crate) fn tasks(lane: Lane) -> PyResult<Tasks> {
    let mut runtimes = RUNTIMES.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = &mut runtimes[lane.index()];
    let process = std::process::id();
    if let Some(runtime) = &*runtime
        && runtime.process == process
    {
        return Ok(runtime.tasks.clone());
    }
    // The parent's runtime is left as it is: its locks may be held by threads that do not exist here.
    std::mem::forget(runtime.take());
    let tasks = Tasks(start()?);
    Ok(runtime.insert(Runtime { process, tasks }).tasks.clone())
}

impl Tasks {
    /// Run `task` in the runtime.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        // The thread ends with the process, so it takes every task.
        let _ = self.0.send(Box::pin(task));
    }
}

fn start() -> std::io::Result<UnboundedSender<Task>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_park(idle::wake_loops)
        .build()?;
    let (sender, tasks) = unbounded_channel();
    std::thread::Builder::new()
        .name("hundredms".into())
        .spawn(move || {
            idle::collect();
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
