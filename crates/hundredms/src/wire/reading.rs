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
    if error.is_syntax() || error.is_eof() {
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
                .map_or("another value", |(_, e)| e);
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
    use crate::resources::rooms::Room;

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
