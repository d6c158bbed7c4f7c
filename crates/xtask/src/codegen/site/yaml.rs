//! Writes JSON as YAML, for people who read the file.

use std::fmt::Write as _;

use serde_json::Value;

/// Write a value as YAML, ending with a newline.
pub(super) fn written(value: &Value) -> String {
    let mut text = String::new();
    block(&mut text, value, 0);
    text
}

/// Write a value at the start of a line.
fn block(text: &mut String, value: &Value, indent: usize) {
    let pad = "  ".repeat(indent);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let _ = write!(text, "{pad}{}:", scalar(&Value::from(name.as_str())));
                nested(text, value, indent);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                // The first line of an item follows its dash.
                let mut inner = String::new();
                block(&mut inner, item, indent + 1);
                let _ = write!(text, "{pad}- {}", inner.trim_start());
            }
        }
        value => {
            let _ = writeln!(text, "{pad}{}", scalar(value));
        }
    }
}

/// Write a value after the name of its field.
fn nested(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            text.push('\n');
            block(text, value, indent + 1);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            block(text, value, indent + 1);
        }
        value => {
            let _ = writeln!(text, " {}", scalar(value));
        }
    }
}

/// A value in one line. JSON is YAML; a string that cannot be mistaken needs no quotes.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        value => value.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~",
    ];
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let allowed = |c: char| c.is_ascii_alphanumeric() || " _-./{}()".contains(c);
    starts
        && text.chars().all(allowed)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::written;

    #[test]
    fn values_are_nested_and_ambiguous_strings_are_quoted() {
        let value = json!({
            "openapi": "3.1.0",
            "paths": {"/rooms/{id}": {"get": {"tags": ["a", "b"], "empty": {}, "none": []}}},
            "list": [{"name": "id", "in": "path"}, "no"],
            "text": "One: two",
        });
        assert_eq!(
            written(&value),
            "openapi: \"3.1.0\"\npaths:\n  /rooms/{id}:\n    get:\n      tags:\n        - a\n        - b\n      empty: {}\n      none: []\n\
             list:\n  - name: id\n    in: path\n  - \"no\"\ntext: \"One: two\"\n"
        );
    }
}
