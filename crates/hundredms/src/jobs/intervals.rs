//! The length of what intervals cover together.

/// Return the length of what the intervals cover, in their unit. What several cover counts once. An interval that ends before it
/// begins covers nothing.
pub(super) fn covered(mut intervals: Vec<(i64, i64)>) -> i64 {
    intervals.sort_unstable();
    let mut length: i64 = 0;
    let mut reached = i64::MIN;
    for (begin, end) in intervals {
        let begin = begin.max(reached);
        if end > begin {
            length = length.saturating_add(end.saturating_sub(begin));
            reached = end;
        }
    }
    length
}

/// Return milliseconds as seconds.
#[expect(clippy::cast_precision_loss)]
pub(super) fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn overlaps_count_once() {
        assert_eq!(covered(Vec::new()), 0);
        assert_eq!(covered(vec![(0, 10)]), 10);
        assert_eq!(covered(vec![(20, 30), (0, 10)]), 20);
        assert_eq!(covered(vec![(0, 10), (5, 15)]), 15);
        assert_eq!(covered(vec![(0, 100), (10, 20), (30, 40)]), 100);
        assert_eq!(covered(vec![(0, 10), (10, 20)]), 20);
        assert_eq!(covered(vec![(5, 5), (7, 3)]), 0);
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(covered(vec![(i64::MIN, i64::MAX), (0, 1)]), i64::MAX);
        assert_eq!(covered(vec![(i64::MAX, i64::MIN)]), 0);
    }

    proptest::proptest! {
        #[test]
        fn the_length_is_that_of_the_points(intervals in proptest::collection::vec((-50_i64..50, -50_i64..50), 0..8)) {
            let inside = |point: i64| intervals.iter().any(|(begin, end)| *begin <= point && point < *end);
            let points = (-50..50).filter(|point| inside(*point)).count();
            proptest::prop_assert_eq!(covered(intervals.clone()), i64::try_from(points).unwrap());
        }
    }
}
