//! Values as cells of tables and of CSV.

use serde_json::Value;

use crate::visible::visible;

/// Return the value at a path: `recording_info.enabled`.
pub(crate) fn at<'a>(item: &'a Value, path: &str) -> Option<&'a Value> {
    item.get(path).or_else(|| {
        path.split('.').try_fold(item, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            value => value.get(name),
        })
    })
}

/// Return a value as text. A list of plain values is separated by commas.
pub(crate) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items))
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            let texts: Vec<String> = items.iter().map(|item| text(Some(item))).collect();
            texts.join(", ")
        }
        Some(other) => other.to_string(),
    }
}

/// Return a value as the text of a cell of a table: on one line, without control characters.
pub(crate) fn cell(value: Option<&Value>) -> String {
    visible(&text(value))
}

/// Return a row of CSV.
pub(crate) fn csv_row(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|text| {
        // A spreadsheet would run it as a formula.
        let text = match text.chars().next() {
            Some('=' | '+' | '@' | '\t' | '\r') => format!("'{text}"),
            Some('-') if text.parse::<f64>().is_err() => format!("'{text}"),
            _ => text,
        };
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    });
    cells.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{at, cell, csv_row};

    #[test]
    fn a_cell_contains_nothing_that_a_terminal_obeys() {
        let shown = cell(Some(&json!("a\u{1b}[2Jb\nc\u{202e}")));
        assert_eq!(shown, "a\\u{1b}[2Jb\\nc\\u{202e}");
        assert_eq!(cell(Some(&json!(["x", 1, true]))), "x, 1, true");
        assert_eq!(cell(Some(&json!({"a": 1}))), r#"{"a":1}"#);
    }

    #[test]
    fn a_path_reaches_into_objects_and_lists() {
        let item = json!({"a": {"b": [{"c": 1}]}, "x.y": 2});
        assert_eq!(at(&item, "a.b.0.c"), Some(&json!(1)));
        assert_eq!(at(&item, "x.y"), Some(&json!(2)));
        assert_eq!(at(&item, "a.d"), None);
    }

    #[test]
    fn a_row_of_csv_is_quoted_and_no_formula() {
        let row = ["a,b", "say \"x\"", "=1+1", "-5", "-x"].map(str::to_owned);
        assert_eq!(
            csv_row(row.into_iter()),
            "\"a,b\",\"say \"\"x\"\"\",'=1+1,-5,'-x"
        );
    }
}
