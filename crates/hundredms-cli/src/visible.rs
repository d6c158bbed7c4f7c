//! Texts without characters that a terminal would obey.

use console::Term;

/// Return whether a terminal would obey a character.
fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Return a text without characters that a terminal would obey.
pub(crate) fn visible(text: &str) -> String {
    escaped(text, is_obeyed, |c| c.escape_default().to_string())
}

/// Return a text of several lines without other characters that a terminal would obey.
pub(crate) fn visible_lines(text: &str) -> String {
    let obeyed = |c| c != '\n' && is_obeyed(c);
    escaped(text, obeyed, |c| c.escape_default().to_string())
}

/// Return JSON without characters that a terminal would obey, if standard output is one. The values stay the same.
pub(crate) fn for_terminal(json: String) -> String {
    if Term::stdout().is_term() {
        visible_json(&json)
    } else {
        json
    }
}

/// Return a text without characters, other than line breaks, that a terminal would obey, if standard output is one.
pub(crate) fn lines_for_terminal(text: String) -> String {
    if Term::stdout().is_term() {
        visible_lines(&text)
    } else {
        text
    }
}

/// Return JSON without characters that a terminal would obey. The values stay the same.
fn visible_json(json: &str) -> String {
    let obeyed = |c| c != '\n' && is_obeyed(c);
    escaped(json, obeyed, |c| format!("\\u{:04x}", u32::from(c)))
}

fn escaped(text: &str, obeyed: impl Fn(char) -> bool, escape: impl Fn(char) -> String) -> String {
    if !text.contains(&obeyed) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            shown.push_str(&escape(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{visible_json, visible_lines};

    #[test]
    fn json_and_errors_contain_nothing_that_a_terminal_obeys() {
        let value = json!({"a\u{7f}": "b\u{9b}2J\u{202e}\n\u{61c}"});
        let shown = visible_json(&serde_json::to_string_pretty(&value).expect("JSON"));
        assert_eq!(
            shown,
            "{\n  \"a\\u007f\": \"b\\u009b2J\\u202e\\n\\u061c\"\n}"
        );
        let read: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(read, value);
        assert_eq!(visible_lines("a\nb\u{1b}[2J"), "a\nb\\u{1b}[2J");
    }
}
