//! The path of the value at which a parser stopped.

use std::fmt::Write;

/// Return the path of the value that a parser refused for this reason at the offset `stop`: `data[3].created_at`, or an empty text for
/// the whole text.
pub(crate) fn path(text: &[u8], stop: usize, reason: &str) -> String {
    let next = text.get(stop..).and_then(first);
    let (a_list, an_object) = (
        reason.ends_with("found a list"),
        reason.ends_with("found an object"),
    );
    // A list or an object is refused before or after its first byte.
    let begins = a_list && next == Some(b'[') || an_object && next == Some(b'{');
    // An error about a value that was read completely has no position of its own. Its position is after the following comma, after
    // the end of the surrounding list, or at the end of the text. A nested object may itself be the value.
    let of_the_value = reason.starts_with("expected ") || reason.starts_with("must ");
    let ends = next.is_none() && of_the_value && !an_object;
    path_at(
        text,
        match last_before(text, stop) {
            Some((at, b'[' | b'{' | b',')) if !begins => at,
            Some((at, b']')) if !a_list => at,
            Some((at, b'}')) if ends => at,
            _ => stop,
        },
    )
}

/// Return the path of the value that contains or ends at the offset `stop`. The last byte of an object or a list is outside of it.
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
                } else if let Some(Level::Object(name)) = levels.last_mut() {
                    name.clear();
                }
            }
            b'"' => {
                let end = string_end(text, at);
                if is_name(text, end) {
                    if let Some(Level::Object(name)) = levels.last_mut() {
                        *name = serde_json::from_slice(&text[at..end]).unwrap_or_default();
                    }
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    let mut path = String::new();
    for level in &levels {
        match level {
            Level::Object(name) if name.is_empty() => {}
            Level::Object(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Level::List(index) => {
                let _ = write!(path, "[{index}]");
            }
        }
    }
    path
}

/// Return the last byte before `stop` that is not white space, with its offset.
fn last_before(text: &[u8], stop: usize) -> Option<(usize, u8)> {
    let before = text.get(..stop)?;
    let at = before
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace())?;
    Some((at, before[at]))
}

/// Return the first byte that is not white space.
fn first(text: &[u8]) -> Option<u8> {
    text.iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace())
}

enum Level {
    /// The name whose value is being read; empty before the first.
    Object(String),
    /// The index of the item that is being read.
    List(usize),
}

/// Return the offset of a line and a column, both counted from 1, as in errors of `serde_json`.
pub(crate) fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].iter().position(|byte| *byte == b'\n') {
            Some(length) => start += length + 1,
            None => break,
        }
    }
    start + column
}

/// Return the offset after the string that starts at `start`.
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

/// Return whether the string that ends at `end` is a name: a colon follows.
fn is_name(text: &[u8], end: usize) -> bool {
    first(&text[end..]) == Some(b':')
}
