//! [`Journal`]: the items of a run that are done.

use std::path::PathBuf;

use hundredms::bulk;
use pyo3::prelude::*;

use crate::answer::exception;

/// The items of a run that are done, in a file.
#[pyclass(frozen, module = "hundredms._native")]
pub(crate) struct Journal(bulk::Journal);

#[pymethods]
impl Journal {
    #[new]
    fn new(py: Python<'_>, path: PathBuf, name: String) -> PyResult<Self> {
        let journal = py.detach(|| bulk::Journal::open(path, name));
        journal.map(Self).map_err(|error| exception(py, &error))
    }

    /// Return whether the item with this key is done.
    fn contains(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    /// Add the key of an item that is done.
    fn add(&self, py: Python<'_>, key: &str) -> PyResult<()> {
        let added = py.detach(|| self.0.add(key));
        added.map_err(|error| exception(py, &error))
    }

    /// Force what was written to the disk.
    fn sync(&self, py: Python<'_>) -> PyResult<()> {
        let synced = py.detach(|| self.0.sync());
        synced.map_err(|error| exception(py, &error))
    }
}
