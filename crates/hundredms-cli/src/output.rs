//! [`Printer`]: what a command prints: a table on a terminal, else one line of JSON per item.

use std::io::{self, BufWriter, Stdout, Write};

use console::{Term, measure_text_width, pad_str, style};
use serde_json::{Map, Value};

use crate::failure::{Failure, Result};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Columns or lines, for people.
    Table,
    /// One line of JSON per item.
    Lines,
    /// One JSON text.
    Json,
    /// An id a line.
    Ids,
}

/// Options of the output.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    pub(crate) format: Format,
    /// Only these fields, by their paths: `recording_info.enabled`.
    pub(crate) fields: Option<Vec<String>>,
}

impl Style {
    /// Return the style that is used without options.
    pub(crate) fn usual() -> Self {
        let format = if Term::stdout().is_term() {
            Format::Table
        } else {
            Format::Lines
        };
        Self {
            format,
            fields: None,
        }
    }
}

/// Prints results to standard output.
#[derive(Debug)]
pub(crate) struct Printer {
    out: BufWriter<Stdout>,
    style: Style,
    /// The fields that are known, for tables and misspellings.
    columns: Vec<&'static str>,
    /// The items of a table that are not printed yet.
    rows: Vec<Value>,
    printed: usize,
    /// Columns that did not fit.
    left_out: usize,
    /// The names and widths of the columns under the last header.
    header: Vec<(String, usize)>,
    /// Print everything if a chosen field is missing.
    is_lenient: bool,
    /// The list has been ended.
    is_closed: bool,
}

/// So many rows of a table are aligned with each other.
const ALIGNED: usize = 100;

impl Printer {
    pub(crate) fn new(style: &Style, columns: impl Iterator<Item = &'static str>) -> Self {
        Self {
            out: BufWriter::new(io::stdout()),
            style: style.clone(),
            columns: columns.collect(),
            rows: Vec::new(),
            printed: 0,
            left_out: 0,
            header: Vec::new(),
            is_lenient: false,
            is_closed: false,
        }
    }

    /// Print everything if a chosen field is missing, instead of failing.
    pub(crate) fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Print the next item of a list.
    pub(crate) fn item(&mut self, item: Value) -> Result {
        self.check(&item)?;
        match self.style.format {
            Format::Table => {
                self.rows.push(item);
                if self.rows.len() == ALIGNED {
                    self.table()?;
                }
            }
            Format::Lines => {
                let shown = self.chosen(&item);
                writeln!(self.out, "{}", for_terminal(shown.to_string()))?;
            }
            Format::Json => {
                let start = if self.printed == 0 { "[" } else { "," };
                let text = serde_json::to_string_pretty(&self.chosen(&item)).unwrap_or_default();
                let text = for_terminal(text);
                write!(self.out, "{start}\n  {}", text.replace('\n', "\n  "))?;
            }
            Format::Ids => self.id(&item)?,
        }
        self.printed += 1;
        Ok(())
    }

    /// Show what was printed so far.
    pub(crate) fn flush(&mut self) -> Result {
        if self.style.format == Format::Table && !self.rows.is_empty() {
            self.table()?;
        }
        Ok(self.out.flush()?)
    }

    /// End a list that may be incomplete.
    pub(crate) fn close(&mut self) -> Result {
        self.is_closed = true;
        match self.style.format {
            Format::Table => self.table()?,
            Format::Json if self.printed == 0 => writeln!(self.out, "[]")?,
            Format::Json => writeln!(self.out, "\n]")?,
            Format::Lines | Format::Ids => {}
        }
        Ok(self.out.flush()?)
    }

    /// End a list.
    pub(crate) fn end(mut self) -> Result {
        self.close()?;
        if self.style.format == Format::Table && self.printed == 0 {
            say(&style("Nothing found.").for_stderr().dim().to_string());
        }
        if self.left_out > 0 {
            let columns = if self.left_out == 1 {
                "column does"
            } else {
                "columns do"
            };
            say(&style(format!(
                "{} more {columns} not fit. --fields chooses columns, --json shows everything.",
                self.left_out
            ))
            .for_stderr()
            .dim()
            .to_string());
        }
        Ok(())
    }

    /// Print one value.
    pub(crate) fn value(mut self, value: &Value) -> Result {
        if let Value::Array(items) = value {
            for item in items {
                self.item(item.clone())?;
            }
            return self.end();
        }
        if value.is_null() {
            if self.style.format == Format::Table {
                say(&style("Done.").for_stderr().dim().to_string());
            } else if self.style.format != Format::Ids {
                writeln!(self.out, "null")?;
            }
            return Ok(self.out.flush()?);
        }
        self.check(value)?;
        match self.style.format {
            Format::Table => self.lines(value)?,
            Format::Lines => {
                let text = for_terminal(self.chosen(value).to_string());
                writeln!(self.out, "{text}")?;
            }
            Format::Json => {
                let text = serde_json::to_string_pretty(&self.chosen(value)).unwrap_or_default();
                writeln!(self.out, "{}", for_terminal(text))?;
            }
            Format::Ids => self.id(value)?,
        }
        Ok(self.out.flush()?)
    }

    /// Print a text as it is.
    pub(crate) fn text(mut self, text: &str) -> Result {
        self.line(text)
    }

    /// Return whether a line for people is printed instead of an item.
    pub(crate) fn prints_lines(&self) -> bool {
        self.style.format == Format::Table && self.style.fields.is_none()
    }

    /// Print a line instead of an item, and show it.
    pub(crate) fn line(&mut self, text: &str) -> Result {
        self.out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.out.write_all(b"\n")?;
        }
        Ok(self.out.flush()?)
    }

    /// Refuse chosen fields that no item has. After a change, choose all instead.
    fn check(&mut self, item: &Value) -> Result {
        let (Some(fields), Some(object)) = (&self.style.fields, item.as_object()) else {
            return Ok(());
        };
        let mut names: Vec<&str> = self.columns.clone();
        let own = object.keys().map(String::as_str);
        names.extend(own.filter(|name| !self.columns.contains(name)));
        match check_fields(fields, &names) {
            Err(failure) if self.is_lenient => {
                say(&format!(
                    "hundredms: warning: {}",
                    visible(&failure.to_string())
                ));
                self.style.fields = None;
                Ok(())
            }
            checked => checked,
        }
    }

    /// Return the chosen fields of an item.
    fn chosen(&self, item: &Value) -> Value {
        let (Some(fields), true) = (&self.style.fields, item.is_object()) else {
            return item.clone();
        };
        let chosen = fields.iter().map(|field| {
            let found = at(item, field).cloned().unwrap_or_default();
            (field.clone(), found)
        });
        Value::Object(chosen.collect())
    }

    fn id(&mut self, item: &Value) -> Result {
        let id = match (&self.style.fields, item) {
            (Some(fields), _) => {
                let cells: Vec<String> = fields.iter().map(|field| cell(at(item, field))).collect();
                cells.join("\t")
            }
            (None, Value::Object(fields)) => {
                let Some(id) = id_of(fields) else {
                    say(
                        "hundredms: warning: --quiet: the result has no id; choose what to print with --fields",
                    );
                    return Ok(());
                };
                cell(Some(id))
            }
            (None, other) => cell(Some(other)),
        };
        Ok(writeln!(self.out, "{id}")?)
    }

    /// Print the rows as a table, and forget them.
    fn table(&mut self) -> Result {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        if !rows.iter().all(Value::is_object) {
            for row in &rows {
                writeln!(self.out, "{}", cell(Some(row)))?;
            }
            return Ok(());
        }
        let names: Vec<String> = match &self.style.fields {
            Some(fields) => fields.clone(),
            None => self.shown_columns(&rows),
        };
        let mut columns: Vec<Vec<String>> = names
            .iter()
            .map(|name| {
                let cells = rows.iter().map(|row| cell(at(row, name)));
                std::iter::once(visible(name)).chain(cells).collect()
            })
            .collect();
        let widths: Vec<usize> = columns
            .iter()
            .zip(&names)
            .map(|(column, name)| {
                let widest = column.iter().map(|text| measure_text_width(text)).max();
                let mut before = self.header.iter();
                let before = before.find(|(before, _)| before == name);
                widest.max(before.map(|(_, width)| *width)).unwrap_or(0)
            })
            .collect();
        if self.style.fields.is_none() {
            let most = usize::from(Term::stdout().size().1);
            let mut used = 0;
            let fit = widths.iter().take_while(|width| {
                used += **width + 2;
                used <= most + 2
            });
            let fit = fit.count().max(1);
            self.left_out = self.left_out.max(columns.len() - fit);
            columns.truncate(fit);
        }
        // Rows that would not be aligned with the last header get a new one.
        let shown = names.into_iter().zip(widths.iter().copied());
        let header: Vec<_> = shown.take(columns.len()).collect();
        let first = usize::from(header == self.header);
        self.header = header;
        for row in first..=rows.len() {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(&widths) {
                line.push_str(&pad_str(
                    &column[row],
                    *width,
                    console::Alignment::Left,
                    None,
                ));
                line.push_str("  ");
            }
            let line = line.trim_end();
            if row == 0 {
                writeln!(self.out, "{}", style(line).bold())?;
            } else {
                writeln!(self.out, "{line}")?;
            }
        }
        Ok(())
    }

    /// The columns of a table: those with a value in any row, the id first and those of the workspace last.
    fn shown_columns(&self, rows: &[Value]) -> Vec<String> {
        let mut names: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        for name in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.retain(|name| {
            // Columns of earlier rows stay.
            if self.header.iter().any(|(shown, _)| shown == name) {
                return true;
            }
            rows.iter().any(|row| match row.get(name) {
                None | Some(Value::Null | Value::Object(_)) => false,
                Some(Value::String(text)) => !text.is_empty(),
                Some(Value::Array(items)) => {
                    !items.is_empty()
                        && items
                            .iter()
                            .all(|item| !item.is_object() && !item.is_array())
                }
                Some(_) => true,
            })
        });
        names.sort_by_key(|name| match name.as_str() {
            "id" => 0,
            "name" => 1,
            // The same in each row.
            "customer_id" | "customer" | "app_id" => 3,
            _ => 2,
        });
        names
    }

    /// Print an object with a line for each field.
    fn lines(&mut self, value: &Value) -> Result {
        let chosen = self.chosen(value);
        let Value::Object(fields) = &chosen else {
            writeln!(self.out, "{}", cell(Some(value)))?;
            return Ok(());
        };
        let width = fields
            .keys()
            .map(|name| measure_text_width(&visible(name)))
            .max()
            .unwrap_or(0);
        for (name, value) in fields {
            let name = visible(name);
            let name = pad_str(&name, width, console::Alignment::Left, None).into_owned();
            let name = style(name).bold();
            match value {
                Value::Array(items) if items.iter().any(Value::is_object) => {
                    writeln!(self.out, "{name}")?;
                    for item in items {
                        writeln!(self.out, "  - {}", cell(Some(item)))?;
                    }
                }
                value => writeln!(self.out, "{name}  {}", cell(Some(value)))?,
            }
        }
        Ok(())
    }
}

impl Drop for Printer {
    /// End a list that an error or Ctrl-C cuts off, so that it is JSON.
    fn drop(&mut self) {
        if self.style.format == Format::Json && self.printed > 0 && !self.is_closed {
            let _ = self.close();
        }
    }
}

/// Return the value at a path: `recording_info.enabled`.
pub(crate) fn at<'a>(item: &'a Value, path: &str) -> Option<&'a Value> {
    item.get(path).or_else(|| {
        path.split('.').try_fold(item, |value, name| match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?),
            value => value.get(name),
        })
    })
}

fn id_of(fields: &Map<String, Value>) -> Option<&Value> {
    let named = ["id", "code", "key", "event_id", "workflow_id"];
    let named = named.iter().find_map(|name| fields.get(*name));
    let scalar = || {
        fields
            .values()
            .find(|value| value.is_string() || value.is_number())
    };
    let ending = || {
        let mut found = fields.iter().filter(|(name, _)| name.ends_with("_id"));
        found.next().map(|(_, value)| value)
    };
    // A room with its codes has no id of its own.
    let inner = || fields.get("room")?.get("id");
    named.or_else(ending).or_else(scalar).or_else(inner)
}

/// Return a value as the text of a cell: on one line, without control characters.
pub(crate) fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => visible(text),
        Some(Value::Array(items))
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            let cells: Vec<String> = items.iter().map(|item| cell(Some(item))).collect();
            cells.join(", ")
        }
        Some(other) => visible(&other.to_string()),
    }
}

/// Refuse chosen fields that are not among these.
pub(crate) fn check_fields(fields: &[String], known: &[&str]) -> Result {
    for field in fields {
        let first = field.split('.').next().unwrap_or_default();
        if !known.contains(&first) && !known.contains(&field.as_str()) {
            let known_names = known.join(", ");
            let problem = match nearest(first, known) {
                Some(meant) => format!("did you mean `{meant}`? There are {known_names}"),
                None => format!("there are {known_names}"),
            };
            return Err(Failure::Usage(format!(
                "--fields: there is no field `{first}`; {problem}"
            )));
        }
    }
    Ok(())
}

/// Return the name that was probably meant.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let distances = known
        .iter()
        .map(|known| (strsim::osa_distance(name, known), *known));
    let (distance, meant) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= (name.chars().count() / 3).max(1)).then_some(meant)
}

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

/// Print a line to standard error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
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

    use super::{at, cell, csv_row, nearest, visible_json, visible_lines};

    #[test]
    fn a_cell_contains_nothing_that_a_terminal_obeys() {
        let shown = cell(Some(&json!("a\u{1b}[2Jb\nc\u{202e}")));
        assert_eq!(shown, "a\\u{1b}[2Jb\\nc\\u{202e}");
        assert_eq!(cell(Some(&json!(["x", 1, true]))), "x, 1, true");
        assert_eq!(cell(Some(&json!({"a": 1}))), r#"{"a":1}"#);
    }

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

    #[test]
    fn a_similar_name_is_probably_meant() {
        let known = ["id", "name", "recording_info"];
        assert_eq!(nearest("nmae", &known), Some("name"));
        assert_eq!(nearest("recordingInfo", &known), Some("recording_info"));
        assert_eq!(nearest("size", &known), None);
        assert_eq!(nearest("x", &[]), None);
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
