//! Scheduled changes, in order, applied lazily.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// Scheduled changes by time, then by order of scheduling. `A` is the type of the action.
#[derive(Debug, Clone)]
pub(crate) struct Timeline<A> {
    pub(crate) due: BTreeMap<(Timestamp, u64), (A, String)>,
    pub(crate) scheduled: u64,
}

impl<A> Default for Timeline<A> {
    fn default() -> Self {
        Self {
            due: BTreeMap::new(),
            scheduled: 0,
        }
    }
}

impl<A> Timeline<A> {
    pub(crate) fn schedule(&mut self, at: Timestamp, action: A, subject: String) {
        self.scheduled += 1;
        self.due.insert((at, self.scheduled), (action, subject));
    }

    /// Take out the earliest change that is due by `now`.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, A, String)> {
        let first = self.due.first_entry()?;
        if first.key().0 > now {
            return None;
        }
        let ((at, _), (action, subject)) = first.remove_entry();
        Some((at, action, subject))
    }

    /// Return when the earliest change is due.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due.keys().next().map(|(at, _)| *at)
    }

    pub(crate) fn len(&self) -> usize {
        self.due.len()
    }
}
