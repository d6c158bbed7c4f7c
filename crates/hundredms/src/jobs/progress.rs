//! [`ItemProgress`]: how far a job is that does the same for many.

use crate::define::model;
use crate::wire::extra::Extra;

model! {
    /// How far a job is.
    answer ItemProgress {
        /// How many are done: sessions, peers or calls, as the job says.
        required done: i64,
        /// How many there are. Null if that is not known yet.
        nullable total: i64,
    }
}

impl ItemProgress {
    pub(super) fn new(done: usize, total: Option<usize>) -> Self {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            done: count(done),
            total: total.map(count),
            extra: Extra::default(),
        }
    }
}
