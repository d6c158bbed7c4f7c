//! [`Printer`]: what a command prints: a table on a terminal, else a line of JSON an item.

use std::io::{self, BufWriter, StdoutLock, Write};

use console::{Term, measure_text_width, pad_str, style};
use serde_json::{Map, Value};

use crate::failure::{Failure, Result};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Columns or lines, for people.
    Table,
    /// A line of JSON an item.
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
    out: BufWriter<StdoutLock<'static>>,
    style: Style,
    /// The fields that are known, for tables and misspellings.
    columns: Vec<&'static str>,
    /// The items of a table that are not printed yet.
    rows: Vec<Value>,
    printed: usize,
    /// Columns that did not fit.
    left_out: usize,
}

/// So many rows of a table are aligned with each other.
const ALIGNED: usize = 100;

impl Printer {
    pub(crate) fn new(style: &Style, columns: impl Iterator<Item = &'static str>) -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            style: style.clone(),
            columns: columns.collect(),
            rows: Vec::new(),
            printed: 0,
            left_out: 0,
        }
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
                writeln!(self.out, "{shown}")?;
            }
            Format::Json => {
                let start = if self.printed == 0 { "[" } else { "," };
                let text = serde_json::to_string_pretty(&self.chosen(&item)).unwrap_or_default();
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

    /// End a list.
    pub(crate) fn end(mut self) -> Result {
        match self.style.format {
            Format::Table if self.printed == 0 => {
                self.out.flush()?;
                say(&style("Nothing found.").for_stderr().dim().to_string());
            }
            Format::Table => self.table()?,
            Format::Json if self.printed == 0 => writeln!(self.out, "[]")?,
            Format::Json => writeln!(self.out, "\n]")?,
            Format::Lines | Format::Ids => {}
        }
        self.out.flush()?;
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
            Format::Lines => writeln!(self.out, "{}", self.chosen(value))?,
            Format::Json => {
                let text = serde_json::to_string_pretty(&self.chosen(value)).unwrap_or_default();
                writeln!(self.out, "{text}")?;
            }
            Format::Ids => self.id(value)?,
        }
        Ok(self.out.flush()?)
    }

    /// Print a text as it is.
    pub(crate) fn text(mut self, text: &str) -> Result {
        self.out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.out.write_all(b"\n")?;
        }
        Ok(self.out.flush()?)
    }

    /// Refuse chosen fields that no item has.
    fn check(&self, item: &Value) -> Result {
        let (Some(fields), Some(object)) = (&self.style.fields, item.as_object()) else {
            return Ok(());
        };
        for field in fields {
            let first = field.split('.').next().unwrap_or_default();
            if !object.contains_key(first) && !self.columns.contains(&first) {
                let mut names: Vec<&str> = self.columns.clone();
                names.extend(
                    object
                        .keys()
                        .map(String::as_str)
                        .filter(|name| !self.columns.contains(name)),
                );
                return Err(Failure::Usage(format!(
                    "--fields: there is no field `{first}`; there are {}",
                    names.join(", ")
                )));
            }
        }
        Ok(())
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
            (None, Value::Object(fields)) => cell(id_of(fields)),
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
                std::iter::once(name.clone()).chain(cells).collect()
            })
            .collect();
        let widths: Vec<usize> = columns
            .iter()
            .map(|column| {
                column
                    .iter()
                    .map(|text| measure_text_width(text))
                    .max()
                    .unwrap_or(0)
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
        let first = usize::from(self.printed > rows.len());
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

    /// The columns of a table: those with a value in any row, the id first.
    fn shown_columns(&self, rows: &[Value]) -> Vec<String> {
        let mut names: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        for name in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.retain(|name| {
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
            .map(|name| measure_text_width(name))
            .max()
            .unwrap_or(0);
        for (name, value) in fields {
            let name = pad_str(name, width, console::Alignment::Left, None).into_owned();
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

/// Return the value at a path: `recording_info.enabled`.
fn at<'a>(item: &'a Value, path: &str) -> Option<&'a Value> {
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
    named.or_else(ending).or_else(scalar)
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

/// Return a text without characters that a terminal would obey.
pub(crate) fn visible(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(obeyed) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            shown.extend(c.escape_default());
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
