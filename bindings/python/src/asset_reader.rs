//! [`AssetReader`]: reads the file of an asset, piece by piece.

use std::sync::Arc;

use hundredms::Lane;
use hundredms::jobs::AssetStream;
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
}

impl AssetReader {
    pub(crate) fn new(lane: Lane, stream: AssetStream) -> Self {
        Self {
            lane,
            stream: Arc::new(Mutex::new(stream)),
        }
    }
}

#[pymethods]
impl AssetReader {
    /// Start to read the next piece. The result is a tuple of it, or of None at the end.
    fn begin_next(&self, py: Python<'_>, context: Context<'_>) -> PyResult<PendingCall> {
        let stream = self.stream.clone();
        let read = async move { stream.lock().await.next().await.transpose() };
        Ok(begin(py, runtime(self.lane)?, context, read))
    }
}
