//! The limits of arguments, checked before anything is sent.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Bound, RangeBounds};

use hundredms_deserialize_error::{DeserializeError, is_near, is_typo_of_short, value_at};
use serde_json::Value;

use crate::wire::extra::Extra;
use crate::wire::hints::Hints;
use crate::wire::secret::Secret;
use crate::wire::violation::Violation;

type Checked = Result<(), Violation>;

/// A value, an optional value, or a list of values to which one rule applies.
pub(crate) trait Each<T: ?Sized> {
    /// Check each value against `rule`.
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

impl<T: ?Sized, V: Each<T>> Each<T> for BTreeMap<String, V> {
    fn each(&self, rule: &dyn Fn(&T) -> Checked) -> Checked {
        for (name, value) in self {
            value
                .each(rule)
                .map_err(|violation| violation.under(name))?;
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

/// A value that may be empty.
pub(crate) trait Given {
    /// Return whether the value is not empty.
    fn is_given(&self) -> bool;
}

impl Given for String {
    fn is_given(&self) -> bool {
        !self.is_empty()
    }
}

impl Given for bool {
    fn is_given(&self) -> bool {
        true
    }
}

impl Given for i64 {
    fn is_given(&self) -> bool {
        true
    }
}

impl Given for jiff::Timestamp {
    fn is_given(&self) -> bool {
        true
    }
}

impl<T: Given> Given for Vec<T> {
    fn is_given(&self) -> bool {
        !self.is_empty() && self.iter().all(Given::is_given)
    }
}

/// Refuse an argument that is present but empty, if the call would reach more without it.
pub(crate) fn given(value: Option<&impl Given>) -> Checked {
    match value {
        Some(value) if !value.is_given() => Err(Violation::new(EMPTY)),
        _ => Ok(()),
    }
}

const EMPTY: &str = "must not be empty; omit the argument instead";

/// A list that may be absent.
pub(crate) trait Items {
    /// Return the number of items.
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

/// A rule for strings: its description and the check.
pub(crate) struct Pattern {
    /// What the string must look like, to follow "must be".
    pub(crate) description: &'static str,
    /// Returns whether a string matches.
    pub(crate) matches: fn(&str) -> bool,
}

/// Refuse a string that does not match. The message does not contain the string, since it may be secret.
pub(crate) fn like(value: &impl Each<str>, pattern: &Pattern) -> Checked {
    value.each(&|text| {
        if (pattern.matches)(text) {
            return Ok(());
        }
        Err(Violation::new(format!("must be {}", pattern.description)))
    })
}

/// Add a hint for a value that is not known: the service may know it, unless it is a misspelling.
pub(crate) fn known(value: &str, known: &'static [&'static str], hints: &mut Hints) {
    if known.contains(&value) {
        return;
    }
    // A new version of a codec is no misspelling of the last one: `h265`.
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let is_meant = |known: &&&str| is_near(value, known, 4) && digits(value) == digits(known);
    match known.iter().find(is_meant) {
        Some(meant) => hints.add_misspelling(value, meant),
        None => hints.add_value(value, known),
    }
}

/// Refuse integers that are not a multiple of `of`.
pub(crate) fn multiple(value: &impl Each<f64>, of: i32) -> Checked {
    value.each(&|number| {
        if number % f64::from(of) == 0.0 {
            return Ok(());
        }
        Err(Violation::new(format!(
            "{number} is not a multiple of {of}"
        )))
    })
}

/// Check each value against a rule across its own fields.
pub(crate) fn by<T, V: Each<T>>(value: &V, rule: &dyn Fn(&T) -> Checked) -> Checked {
    value.each(rule)
}

/// Refuse unknown fields that are misspellings of known ones. Add a hint for the others, which are sent unchanged: they were read
/// from the service, or are newer than this version. Fields in `ignored` are not checked.
pub(crate) fn unknown_fields(
    fields: &Extra,
    known: &[&str],
    ignored: &[&str],
    hints: &mut Hints,
) -> Checked {
    for name in fields.keys() {
        if ignored.contains(&name.as_str()) {
            continue;
        }
        if let Some(meant) = known.iter().find(|known| is_spelling_of(name, known)) {
            let reason = format!("unknown field `{name}`; did you mean `{meant}`?");
            return Err(Violation::new(reason).under(name));
        }
        hints.add_field(name);
    }
    Ok(())
}

/// Suggest a known field when an unknown one is refused: "unknown field `nmae`, expected one of `name`, `role`".
pub(crate) fn with_guess(reason: &str) -> Cow<'_, str> {
    let mut named = reason.split('`').skip(1).step_by(2);
    let (true, Some(name)) = (reason.starts_with("unknown field `"), named.next()) else {
        return reason.into();
    };
    match named.find(|known| is_near(name, known, 3)) {
        Some(meant) => format!("unknown field `{name}`; did you mean `{meant}`?").into(),
        None => reason.into(),
    }
}

/// Return the error for arguments that do not match, with what was probably meant: a known field for a misspelt one, or the id of an
/// object for the object.
pub(crate) fn with_advice(arguments: &[u8], error: DeserializeError) -> DeserializeError {
    let Ok(arguments) = serde_json::from_slice(arguments) else {
        return error;
    };
    if let Some(misspelt) = misspelt(&arguments, &error) {
        return misspelt;
    }
    let error = error.about_arguments(&arguments);
    DeserializeError {
        reason: with_guess(&error.reason).into_owned(),
        ..error
    }
}

/// Return the error if a required field is missing because its name is misspelt: "unknown field `ulr`; did you mean `url`?". `error`
/// is the one about the missing field.
fn misspelt(arguments: &Value, error: &DeserializeError) -> Option<DeserializeError> {
    let missing = error
        .reason
        .strip_prefix("missing field `")?
        .strip_suffix('`')?;
    let parent = error.path.strip_suffix(missing)?;
    let object = value_at(arguments, parent.trim_end_matches('.'))?.as_object()?;
    let name = object.keys().find(|name| is_near(name, missing, 3))?;
    Some(DeserializeError {
        path: format!("{parent}{name}"),
        reason: format!("unknown field `{name}`; did you mean `{missing}`?"),
    })
}

/// Return whether `name` is a misspelling of `known`: `publish_params`, `alowed`, `typ`.
fn is_spelling_of(name: &str, known: &str) -> bool {
    is_near(name, known, 5) || is_typo_of_short(name, known)
}

/// Refuse path arguments that would name a different endpoint.
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

#[cfg(test)]
mod tests {
    use hundredms_deserialize_error::DeserializeError;

    use super::{misspelt, with_guess};

    #[test]
    fn a_missing_field_is_reported_as_unknown_if_its_name_is_misspelt() {
        let error = |path: &str, reason: &str| DeserializeError {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        for (arguments, path, reason, misspelling) in [
            (
                r#"{"webhook":{"ulr":"x"}}"#,
                "webhook.url",
                "missing field `url`",
                Some(("webhook.ulr", "unknown field `ulr`; did you mean `url`?")),
            ),
            (
                r#"{"a":{"b":[{},{"Text_":1}]}}"#,
                "a.b[1].text",
                "missing field `text`",
                Some((
                    "a.b[1].Text_",
                    "unknown field `Text_`; did you mean `text`?",
                )),
            ),
            (
                r#"{"webhook":{"path":"x"}}"#,
                "webhook.url",
                "missing field `url`",
                None,
            ),
            (r#"{"nmae":1}"#, "name", "expected a string", None),
        ] {
            let found = misspelt(
                &serde_json::from_str(arguments).expect("JSON"),
                &error(path, reason),
            );
            let misspelling = misspelling.map(|(path, reason)| error(path, reason));
            assert_eq!(found, misspelling, "{arguments}");
        }
    }

    #[test]
    fn an_unknown_field_that_is_similar_to_a_known_one_gets_a_suggestion() {
        for (reason, said) in [
            (
                "unknown field `nmae`, expected one of `role`, `name`",
                "unknown field `nmae`; did you mean `name`?",
            ),
            (
                "unknown field `templateId`, expected `template_id`",
                "unknown field `templateId`; did you mean `template_id`?",
            ),
            (
                "unknown field `zzz`, expected one of `role`, `name`",
                "unknown field `zzz`, expected one of `role`, `name`",
            ),
            ("missing field `name`", "missing field `name`"),
            (
                "unknown field `a`, there are no fields",
                "unknown field `a`, there are no fields",
            ),
        ] {
            assert_eq!(with_guess(reason), said);
        }
    }

    #[test]
    fn a_new_version_of_a_word_is_no_misspelling() {
        let warning = |value| {
            let mut hints = crate::wire::hints::Hints::default();
            super::known(value, &["h264", "full-hd"], &mut hints);
            hints.warning()
        };
        for value in ["h265", "h264", "h2645", "hd"] {
            assert_eq!(warning(value), None, "{value}");
        }
        for value in ["H264", "j264", "fll-hd", "fullHd"] {
            assert!(warning(value).is_some(), "{value}");
        }
    }
}
