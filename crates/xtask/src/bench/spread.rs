//! The middle of several figures, and how far they lie apart.

use serde::Serialize;

/// The least, the middle and the most.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Spread {
    pub(super) least: f64,
    pub(super) median: f64,
    pub(super) most: f64,
}

impl Spread {
    /// Of one figure or more.
    pub(super) fn of(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        let middle = figures.len() / 2;
        let upper = *figures.get(middle)?;
        let median = if figures.len() % 2 == 0 {
            f64::midpoint(figures[middle - 1], upper)
        } else {
            upper
        };
        Some(Self {
            least: figures[0],
            median,
            most: figures[figures.len() - 1],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        let spread = Spread::of([4.0, 1.0, 3.0, 2.0]).expect("figures");
        assert!((spread.median - 2.5).abs() < f64::EPSILON);
        assert!((spread.least - 1.0).abs() < f64::EPSILON);
        assert!((spread.most - 4.0).abs() < f64::EPSILON);
        assert!(Spread::of([]).is_none());
    }
}
