//! [`AssetReader`]: reads the file of an asset, piece by piece.

use std::sync::{Arc, OnceLock};

use hundredms::jobs::AssetStream;
use hundredms::{Lane, Turns};
use pyo3::prelude::*;
use tokio::sync::Mutex;

use crate::context::Context;
use crate::pending_call::{PendingCall, begin};
use crate::runtime::runtime;

/// Reads the file of an asset. Dropping it ends the transfer.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct AssetReader {
    lane: Lane,
    /// Locked while a piece is read.
    stream: Arc<Mutex<AssetStream>>,
    /// What has read it.
    runtime: OnceLock<Turns>,
}

impl AssetReader {
    pub(crate) fn new(lane: Lane, stream: AssetStream) -> Self {
        Self {
            lane,
            stream: Arc::new(Mutex::new(stream)),
            runtime: OnceLock::new(),
        }
    }
}

#[pymethods]
impl AssetReader {
    /// Start to read the next piece. The result is a tuple of it, or of None at the end.
    fn begin_next(&self, context: Context<'_>) -> PyResult<PendingCall> {
        let stream = self.stream.clone();
        let read = async move { stream.lock().await.next().await.transpose() };
        let turns = runtime(self.lane)?;
        let _ = self.runtime.set(turns.clone());
        // In the background, where the connection reads on between two pieces.
        Ok(begin(turns, context, false, read))
    }
}

impl Drop for AssetReader {
    fn drop(&mut self) {
        if let Some(turns) = self.runtime.get()
            && turns.is_here()
        {
            turns.attend();
        }
    }
}
