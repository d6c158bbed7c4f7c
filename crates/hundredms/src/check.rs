//! The limits of arguments, checked before anything is sent.

use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::wire::Secret;

/// An argument outside its limits, and the path of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(unreachable_pub)]
pub struct Violation {
    pub(crate) path: String,
    pub(crate) reason: String,
}

impl Violation {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            reason: reason.into(),
        }
    }

    /// Place the violation under the field `name`.
    pub(crate) fn under(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path.insert_str(0, dot);
        self.path.insert_str(0, name);
        self
    }

    /// Place the violation at `index` of a list.
    pub(crate) fn at(self, index: usize) -> Self {
        self.under(&format!("[{index}]"))
    }
}

type Checked = Result<(), Violation>;

/// A value, an optional value, or a list of values that one rule is for.
pub(crate) trait Each<T: ?Sized> {
    /// Hold each value against `rule`.
    fn each(&self, rule: &dyn Fn(&T) -> Checked) -> Checked;
}

impl Each<f64> for i64 {
    #[expect(clippy::cast_precision_loss)]
    fn each(&self, rule: &dyn Fn(&f64) -> Checked) -> Checked {
        rule(&(*self as f64))
    }
}

impl Each<f64> for f64 {
    fn each(&self, rule: &dyn Fn(&f64) -> Checked) -> Checked {
        rule(self)
    }
}

impl Each<str> for String {
    fn each(&self, rule: &dyn Fn(&str) -> Checked) -> Checked {
        rule(self)
    }
}

impl Each<str> for Secret {
    fn each(&self, rule: &dyn Fn(&str) -> Checked) -> Checked {
        rule(self.expose())
    }
}

impl<T: ?Sized, V: Each<T>> Each<T> for Option<V> {
    fn each(&self, rule: &dyn Fn(&T) -> Checked) -> Checked {
        self.as_ref().map_or(Ok(()), |value| value.each(rule))
    }
}

impl<T: ?Sized, V: Each<T>> Each<T> for Vec<V> {
    fn each(&self, rule: &dyn Fn(&T) -> Checked) -> Checked {
        for (index, value) in self.iter().enumerate() {
            value.each(rule).map_err(|violation| violation.at(index))?;
        }
        Ok(())
    }
}

/// Refuse numbers outside `range`.
pub(crate) fn range<N: Into<f64> + Copy + fmt::Display>(
    value: &impl Each<f64>,
    range: impl RangeBounds<N>,
) -> Checked {
    value.each(&|number| {
        let low = match range.start_bound() {
            Bound::Included(low) => *number >= (*low).into(),
            Bound::Excluded(low) => *number > (*low).into(),
            Bound::Unbounded => true,
        };
        let high = match range.end_bound() {
            Bound::Included(high) => *number <= (*high).into(),
            Bound::Excluded(high) => *number < (*high).into(),
            Bound::Unbounded => true,
        };
        if low && high {
            return Ok(());
        }
        Err(Violation::new(
            match (range.start_bound(), range.end_bound()) {
                (Bound::Included(low), Bound::Included(high)) => {
                    format!("{number} is out of range: {low} to {high}")
                }
                (Bound::Included(low), _) => format!("{number} is out of range: at least {low}"),
                (_, Bound::Included(high)) => format!("{number} is out of range: at most {high}"),
                _ => format!("{number} is out of range"),
            },
        ))
    })
}

/// Refuse text of more than `most` characters.
pub(crate) fn length(value: &impl Each<str>, most: usize) -> Checked {
    value.each(&|text| {
        let count = text.chars().count();
        if count <= most {
            return Ok(());
        }
        Err(Violation::new(format!(
            "{count} characters: at most {most}"
        )))
    })
}

/// A list that may be absent.
pub(crate) trait Items {
    /// How many items it has.
    fn count(&self) -> usize;
}

impl<T> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
}

impl<T> Items for Option<Vec<T>> {
    fn count(&self) -> usize {
        self.as_ref().map_or(0, Vec::len)
    }
}

/// Refuse lists of more than `most` items.
pub(crate) fn items(value: &impl Items, most: usize) -> Checked {
    let count = value.count();
    if count <= most {
        return Ok(());
    }
    Err(Violation::new(format!("{count} items: at most {most}")))
}

/// A rule for text: what it must look like, in words, and the check.
pub(crate) struct Pattern {
    /// What the text must look like, to go after "must be".
    pub(crate) words: &'static str,
    /// Tells whether a text is like that.
    pub(crate) fits: fn(&str) -> bool,
}

/// Refuse text that does not look as it must. The text stays out of the message, since it may be secret.
pub(crate) fn like(value: &impl Each<str>, pattern: &Pattern) -> Checked {
    value.each(&|text| {
        if (pattern.fits)(text) {
            return Ok(());
        }
        Err(Violation::new(format!("must be {}", pattern.words)))
    })
}

/// A word of an enum of strings.
pub(crate) trait Word {
    /// The word on the wire.
    fn text(&self) -> &str;

    /// The words that are known.
    fn known(&self) -> &'static [&'static str];
}

/// Refuse words that the service does not accept here.
pub(crate) fn known(value: &impl Each<dyn Word>) -> Checked {
    value.each(&|word| {
        if word.known().contains(&word.text()) {
            return Ok(());
        }
        Err(Violation::new(format!(
            "`{}` is not one of {}",
            word.text(),
            word.known().join(", ")
        )))
    })
}

/// Refuse path arguments that would name another endpoint.
pub(crate) fn path_argument(name: &str, value: &str) -> Checked {
    let reason = match value {
        "" => "must not be empty",
        "." | ".." => "must not be `.` or `..`",
        _ => return Ok(()),
    };
    Err(Violation::new(reason).under(name))
}

/// Refuse a request with none of these fields.
pub(crate) fn any_given(fields: &[(&str, bool)]) -> Checked {
    if fields.is_empty() || fields.iter().any(|(_, given)| *given) {
        return Ok(());
    }
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    Err(Violation::new(format!(
        "give at least one of {}",
        names.join(", ")
    )))
}
