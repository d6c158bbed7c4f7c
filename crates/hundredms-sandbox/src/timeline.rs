//! Scheduled changes, in order, applied lazily.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::state::State;

/// A scheduled change. It checks itself whether it still applies: nothing is ever unscheduled.
pub(crate) type Action = fn(&mut State, &str);

/// Scheduled changes by time, then by order of scheduling.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timeline {
    due: BTreeMap<(Timestamp, u64), (Action, String)>,
    scheduled: u64,
}

impl Timeline {
    pub(crate) fn schedule(&mut self, at: Timestamp, action: Action, subject: String) {
        self.scheduled += 1;
        self.due.insert((at, self.scheduled), (action, subject));
    }

    /// Take out the earliest change that is due by `now`.
    pub(crate) fn pop_due(&mut self, now: Timestamp) -> Option<(Timestamp, Action, String)> {
        let first = self.due.first_entry()?;
        if first.key().0 > now {
            return None;
        }
        let ((at, _), (action, subject)) = first.remove_entry();
        Some((at, action, subject))
    }

    /// When the earliest change is due.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due.keys().next().map(|(at, _)| *at)
    }

    pub(crate) fn len(&self) -> usize {
        self.due.len()
    }
}
