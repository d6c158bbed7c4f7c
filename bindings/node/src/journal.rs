//! [`Journal`]: the items of a run that are done.

use hundredms::bulk;
use napi_derive::napi;

use crate::failure;

/// The items of a run that are done, in a file.
#[napi]
pub struct Journal(Option<bulk::Journal>);

#[napi]
impl Journal {
    /// Open the journal of the run `name`, or create it.
    #[napi(constructor)]
    pub fn new(path: String, name: String) -> napi::Result<Self> {
        let journal = bulk::Journal::open(path, name).map_err(|error| failure::thrown(&error))?;
        Ok(Self(Some(journal)))
    }

    /// Return whether the item with this key is done.
    #[napi]
    pub fn contains(&self, key: String) -> bool {
        self.0
            .as_ref()
            .is_some_and(|journal| journal.contains(&key))
    }

    /// Add the key of an item that is done.
    #[napi]
    pub fn add(&self, key: String) -> napi::Result<()> {
        let Some(journal) = &self.0 else {
            return Ok(());
        };
        journal.add(&key).map_err(|error| failure::thrown(&error))
    }

    /// Force what was written to the disk, and close the file.
    #[napi]
    pub fn close(&mut self) -> napi::Result<()> {
        let Some(journal) = self.0.take() else {
            return Ok(());
        };
        journal.sync().map_err(|error| failure::thrown(&error))
    }
}
