//! The median of several figures, and their spread.

use serde::Serialize;

/// The minimum, the median and the maximum.
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
        let median = if figures.len().is_multiple_of(2) {
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

    /// Of a single measurement.
    pub(super) fn one(figure: f64) -> Self {
        Self {
            least: figure,
            median: figure,
            most: figure,
        }
    }

    /// Of pairs of figures, as ratios: each of `ours` by its counterpart of `theirs`.
    pub(super) fn of_ratios(ours: &[f64], theirs: &[f64]) -> Option<Self> {
        Self::of(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs))
    }

    /// The three values, formatted by `one`, with the median in bold. A single value alone.
    pub(super) fn shown(self, one: impl Fn(f64) -> String) -> String {
        let [least, median, most] = [self.least, self.median, self.most].map(one);
        if least == most {
            return median;
        }
        format!("{least}, **{median}**, {most}")
    }
}

/// Write a whole number with a comma after each thousand.
pub(super) fn grouped(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Spread, grouped};

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        let spread = Spread::of([4.0, 1.0, 3.0, 2.0]).expect("figures");
        assert!((spread.median - 2.5).abs() < f64::EPSILON);
        assert!((spread.least - 1.0).abs() < f64::EPSILON);
        assert!((spread.most - 4.0).abs() < f64::EPSILON);
        assert!(Spread::of([]).is_none());
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped(999.4), "999");
        assert_eq!(grouped(1_234_567.0), "1,234,567");
    }

    #[test]
    fn ratios_are_taken_pair_by_pair() {
        let spread = Spread::of_ratios(&[2.0, 9.0], &[1.0, 3.0]).expect("figures");
        assert_eq!(
            spread.shown(|figure| format!("{figure:.1}")),
            "2.0, **2.5**, 3.0"
        );
    }
}
