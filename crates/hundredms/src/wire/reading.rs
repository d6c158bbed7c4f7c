//! Reads one JSON text into a typed value, and says where and why it does not fit.

use serde::Deserialize;

use super::place::path_at;
use super::{Mode, normalised};

/// A value read, and whether it says something else than the bytes it was read from.
#[derive(Debug)]
pub(crate) struct Read<T> {
    pub(crate) value: T,
    pub(crate) normalised: bool,
}

/// Where a JSON text does not fit its type. It never holds a value from the text, which may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Path of the field, such as `data[3].created_at`; empty for the text as a whole.
    pub(crate) path: String,
    /// What was expected there.
    pub(crate) reason: String,
}

/// Read `text` in `mode`. The path of a misfit is worked out afterwards, so that a text that fits costs one plain read. That it is
/// UTF-8 is looked at once for the whole, which takes less than looking at each string.
pub(crate) fn reading<'a, T: Deserialize<'a>>(
    mode: Mode,
    text: &'a [u8],
) -> Result<Read<T>, Misfit> {
    let text = std::str::from_utf8(text).map_err(|error| Misfit {
        path: String::new(),
        reason: format!("not valid JSON: {error}"),
    })?;
    match normalised(mode, || serde_json::from_str::<T>(text)) {
        (Ok(value), normalised) => Ok(Read { value, normalised }),
        (Err(error), _) => Err(locate(text.as_bytes(), &error)),
    }
}

fn locate(text: &[u8], error: &serde_json::Error) -> Misfit {
    let reason = without_values(error);
    // A number that no machine number can hold is where it is.
    let too_large = error.to_string().starts_with(OUT_OF_RANGE);
    if (error.is_syntax() || error.is_eof()) && !too_large {
        return Misfit {
            path: String::new(),
            reason,
        };
    }
    let place = path_at(text, error.line(), error.column());
    let path = match named(&reason) {
        Some(name) if place.is_empty() => name.to_owned(),
        // At an unknown field the path ends with its name already.
        Some(name) if place != name && !place.ends_with(&format!(".{name}")) => {
            format!("{place}.{name}")
        }
        _ => place,
    };
    Misfit { path, reason }
}

const OUT_OF_RANGE: &str = "number out of range";

/// The field that a reason names.
fn named(reason: &str) -> Option<&str> {
    let rest = reason
        .strip_prefix("missing field `")
        .or_else(|| reason.strip_prefix("unknown field `"))?;
    rest.split('`').next()
}

/// The message of a JSON error without the offending value.
fn without_values(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if message.starts_with(OUT_OF_RANGE) {
        return OUT_OF_RANGE.to_owned();
    }
    if error.is_syntax() || error.is_eof() {
        return format!("not valid JSON: {message}");
    }
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(head, _)| head);
    for prefix in ["invalid type: ", "invalid value: "] {
        if let Some(rest) = message.strip_prefix(prefix) {
            let expected = rest
                .rsplit_once(", expected ")
                .map_or("another value", |(_, expected)| in_words(expected));
            let found = [
                "string",
                "integer",
                "floating point",
                "boolean",
                "null",
                "map",
                "sequence",
            ]
            .into_iter()
            .find(|kind| rest.starts_with(kind))
            .unwrap_or("another value");
            return format!("expected {expected}, found {}", name_of(found));
        }
    }
    message.to_owned()
}

/// What was expected, without the names that Rust has for it.
fn in_words(expected: &str) -> &str {
    match expected {
        "u32" | "u64" | "usize" => "a whole number of 0 or more",
        "i32" | "i64" => "a whole number",
        "f64" => "a number",
        expected if expected.starts_with("struct ") => "an object",
        expected => expected,
    }
}

fn name_of(kind: &str) -> &str {
    match kind {
        "string" => "a string",
        "integer" | "floating point" => "a number",
        "boolean" => "a boolean",
        "map" => "an object",
        "sequence" => "a list",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::rooms::{CreateRoom, Room};

    #[test]
    fn a_misfit_is_told_in_words_and_where_it_is() {
        for (text, path, reason) in [
            (
                r#"{"recording_info":[true]}"#,
                "recording_info",
                "expected an object, found a list",
            ),
            (
                r#"{"recording_info":5}"#,
                "recording_info",
                "expected an object, found a number",
            ),
            (r#"{"size":1e999}"#, "size", "number out of range"),
            (
                r#"{"size":"1"}"#,
                "size",
                "expected an integer, found a string",
            ),
        ] {
            let misfit =
                reading::<CreateRoom>(Mode::Strict, text.as_bytes()).expect_err("it does not fit");
            assert_eq!(
                (misfit.path.as_str(), misfit.reason.as_str()),
                (path, reason)
            );
        }
    }

    #[test]
    fn a_text_that_is_no_utf_8_is_no_json_wherever_it_is_not() {
        for text in [
            &b"{\"id\":\"\xff\"}"[..],
            b"{\"id\":\"1\",\"unknown\":\"\xed\xa0\x80\"}",
            b"{\"id\":\"1\"}\xc3",
        ] {
            let misfit = reading::<Room>(Mode::Lenient, text).expect_err("it is no UTF-8");
            assert_eq!(misfit.path, "");
            assert!(
                misfit.reason.starts_with("not valid JSON: ") && misfit.reason.contains("utf-8"),
                "{}",
                misfit.reason
            );
        }
    }
}
