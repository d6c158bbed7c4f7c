//! What an engine wrote, compared with what there is.

use std::collections::BTreeMap;

/// How often each session was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Compared {
    /// Sessions in the output.
    pub(super) read: usize,
    /// Sessions that are missing in it, or are no sessions of the sandbox.
    pub(super) lost: usize,
    /// How many are there too often.
    pub(super) doubled: usize,
}

/// Compare the ids that were written with those that were expected, each of which is expected once.
pub(super) fn compare(expected: &[String], written: &[String]) -> Compared {
    let mut counts: BTreeMap<&str, usize> = expected.iter().map(|id| (id.as_str(), 0)).collect();
    let mut unknown = 0;
    for id in written {
        match counts.get_mut(id.as_str()) {
            Some(count) => *count += 1,
            None => unknown += 1,
        }
    }
    Compared {
        read: written.len(),
        lost: counts.values().filter(|count| **count == 0).count() + unknown,
        doubled: counts.values().map(|count| count.saturating_sub(1)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Compared, compare};

    fn ids(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_missing_doubled_or_unknown_is_counted() {
        let counted = |written| {
            let Compared {
                read,
                lost,
                doubled,
            } = compare(&ids("a b c"), &ids(written));
            [read, lost, doubled]
        };
        assert_eq!(counted("c a b"), [3, 0, 0]);
        assert_eq!(counted("a b"), [2, 1, 0]);
        assert_eq!(counted("a b c b b"), [5, 0, 2]);
        assert_eq!(counted("a b c d"), [4, 1, 0]);
    }
}
