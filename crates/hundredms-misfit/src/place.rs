//! Where in a JSON text a reader stopped.

use std::fmt::Write;

/// The path of the value that ends at the offset `stop` (an object is left at its last byte): `data[3].created_at`, or nothing for the
/// text as a whole.
pub(crate) fn path_at(text: &[u8], stop: usize) -> String {
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
    // A list or an object that should not be one is refused at its first byte.
    if matches!(text.get(..stop).and_then(<[u8]>::last), Some(b'{' | b'[')) {
        levels.pop();
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

enum Level {
    /// The name whose value is being read; empty before the first.
    Object(String),
    /// The index of the item that is being read.
    List(usize),
}

/// The offset of a place whose line and column count from 1, as `serde_json` gives them.
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

/// Tell whether the string that ends at `end` is a name: a colon follows.
fn is_name(text: &[u8], end: usize) -> bool {
    text[end..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}
