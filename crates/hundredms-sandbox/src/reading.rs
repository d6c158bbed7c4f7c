//! Reads JSON from outside into a typed value, and says where and why it does not fit, without the values: they may be secrets.

use std::fmt::{self, Write as _};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Where and why a value does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Path of the field, such as `effect.drip.bytes` or `faults[0].share`; empty for the whole.
    path: String,
    reason: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.reason),
            path => write!(f, "{path}: {}", self.reason),
        }
    }
}

/// Reads a text that must be JSON.
pub(crate) fn json(text: &[u8]) -> Result<Value, Misfit> {
    // Any JSON is a value, so that the error is one of syntax, which tells no more than a place.
    serde_json::from_slice(text).map_err(|error| Misfit {
        path: String::new(),
        reason: format!("not valid JSON: {error}"),
    })
}

/// Reads a value. From its text, since only there an error has a place.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| {
        let reason = reason(&error);
        let mut stop = error.column();
        // What our own types refuse in the last field gets its place behind the object.
        if reason.starts_with("expected ") && stop == text.len() && text.ends_with('}') {
            stop -= 1;
        }
        let mut path = path_at(text.as_bytes(), stop);
        // The reason names an unknown field, so that the path needs only to lead to where it is unknown.
        let unknown = reason.strip_prefix("unknown field `");
        if let Some(field) = unknown.and_then(|rest| rest.split("`, ").next()) {
            let above = path.strip_suffix(field).unwrap_or(&path);
            path.truncate(above.trim_end_matches('.').len());
        }
        Misfit { path, reason }
    })
}

/// What serde says, in the words of JSON and without the value.
fn reason(error: &serde_json::Error) -> String {
    // The text is JSON: only where one of several words is expected, anything else counts as bad syntax.
    if error.is_syntax() {
        return "expected a string".into();
    }
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    let expected = message
        .rsplit_once(", expected ")
        .map_or("another value", |(_, expected)| name(expected));
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return format!("expected {expected}, found {}", found(rest));
    }
    if message.starts_with("invalid length ") {
        return "expected an object, found a list".into();
    }
    let tells_no_value = [
        "unknown field `",
        "missing field `",
        "duplicate field `",
        "expected ",
    ];
    if tells_no_value
        .iter()
        .any(|start| message.starts_with(start))
    {
        return message.to_owned();
    }
    format!("expected {expected}")
}

/// What serde expects, in the words of JSON.
fn name(expected: &str) -> &str {
    match expected {
        "f64" => "a number",
        "i64" => "a whole number",
        "u64" | "usize" => "a whole number of 0 or more",
        "u32" => "a whole number from 0 to 4294967295",
        "u16" => "a whole number from 0 to 65535",
        "a map" => "an object",
        "a sequence" => "a list",
        "unit" => "null",
        structure if structure.starts_with("struct ") => "an object",
        other => other,
    }
}

/// What serde found, in the words of JSON.
fn found(rest: &str) -> &'static str {
    [
        ("string", "a string"),
        ("integer", "a number"),
        ("floating point", "a number with a decimal point"),
        ("boolean", "a boolean"),
        ("null", "null"),
        ("map", "an object"),
        ("sequence", "a list"),
    ]
    .into_iter()
    .find(|(kind, _)| rest.starts_with(kind))
    .map_or("another value", |(_, name)| name)
}

/// The path of the value at whose end `stop` stands (behind the name for an unknown field, in an object that lacks one behind
/// its end), in a text without white space.
fn path_at(text: &[u8], stop: usize) -> String {
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    while at < stop.min(text.len()) {
        match text[at] {
            b'{' => levels.push(Level::Object(String::new())),
            b'[' => levels.push(Level::List(0)),
            b'}' | b']' => drop(levels.pop()),
            b',' => {
                if let Some(Level::List(index)) = levels.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let end = string_end(text, at);
                if let (Some(Level::Object(name)), Some(b':')) = (levels.last_mut(), text.get(end))
                {
                    *name = serde_json::from_slice(&text[at..end]).unwrap_or_default();
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    // An object or a list where something else should be is refused at its first byte.
    if matches!(text.get(..stop).and_then(<[u8]>::last), Some(b'{' | b'[')) {
        levels.pop();
    }
    let mut path = String::new();
    for level in &levels {
        match level {
            Level::Object(name) => {
                let dot = if path.is_empty() { "" } else { "." };
                let _ = write!(path, "{dot}{name}");
            }
            Level::List(index) => {
                let _ = write!(path, "[{index}]");
            }
        }
    }
    path
}

enum Level {
    /// The name whose value is being read.
    Object(String),
    /// The index of the item that is being read.
    List(usize),
}

/// The offset behind the string that starts at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}
