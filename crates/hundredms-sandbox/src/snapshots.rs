//! Saved copies of the whole state.

use std::collections::BTreeMap;

use crate::{limits, state::State};

/// Copies of states, with the approximate memory of each in bytes.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    by_id: BTreeMap<u64, (State, usize)>,
    bytes: usize,
    last: u64,
}

impl Snapshots {
    /// Save a copy and return its id. Return `None` if there are too many copies, or they take too much memory.
    pub(crate) fn keep(&mut self, state: &State) -> Option<u64> {
        let bytes = state.bytes();
        if self.by_id.len() == limits::SNAPSHOTS || self.bytes + bytes > limits::SNAPSHOTS_BYTES {
            return None;
        }
        self.last += 1;
        self.bytes += bytes;
        self.by_id.insert(self.last, (state.clone(), bytes));
        Some(self.last)
    }

    pub(crate) fn get(&self, id: u64) -> Option<&State> {
        self.by_id.get(&id).map(|(state, _)| state)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        self.by_id.keys().copied()
    }

    /// Delete a copy. Return false if there is none with this id.
    pub(crate) fn drop(&mut self, id: u64) -> bool {
        let Some((_, bytes)) = self.by_id.remove(&id) else {
            return false;
        };
        self.bytes -= bytes;
        true
    }
}
