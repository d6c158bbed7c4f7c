//! The runtime of this process: one thread for all calls to servers with TLS, and some for those without. Each is started by its first
//! call and never ended.

use std::sync::{Mutex, PoisonError};

use hundredms::{LANES, Lane, Turns};
use pyo3::PyResult;

use crate::idle;

/// Locked only with the interpreter attached, so never by another thread at the time of a fork.
static RUNTIMES: Mutex<[Option<Turns>; LANES]> = Mutex::new([const { None }; LANES]);

/// Return the runtime of this process. Start it if needed.
pub(crate) fn runtime(lane: Lane) -> PyResult<Turns> {
    let mut runtimes = RUNTIMES.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = &mut runtimes[lane.index()];
    if let Some(turns) = runtime
        && turns.is_here()
    {
        return Ok(turns.clone());
    }
    // The parent's runtime is left as it is: its locks may be held by threads that do not exist here.
    std::mem::forget(runtime.take());
    let turns = Turns::start("hundredms", idle::collect, idle::wake_loops)?;
    Ok(runtime.insert(turns).clone())
}
