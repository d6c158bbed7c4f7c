//! [`Printer`]: what a command prints: a table on a terminal, else one line of JSON per item.

use std::io::{self, BufWriter, Stdout, Write};

use console::{Term, measure_text_width, pad_str, style};
use serde_json::{Map, Value};

use crate::cells::{at, cell};
use crate::failure::{Failure, Result};
use crate::table::Table;
use crate::visible::{for_terminal, visible};

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
    table: Table,
    printed: usize,
    /// Print everything if a chosen field is missing.
    is_lenient: bool,
    /// The list has been ended.
    is_closed: bool,
}

impl Printer {
    pub(crate) fn new(style: &Style, columns: impl Iterator<Item = &'static str>) -> Self {
        let columns: Vec<_> = columns.collect();
        Self {
            out: BufWriter::new(io::stdout()),
            style: style.clone(),
            table: Table::new(columns.clone()),
            columns,
            printed: 0,
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
                if self.table.push(item) {
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
        self.table()?;
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
        let left_out = self.table.left_out();
        if left_out > 0 {
            let columns = if left_out == 1 {
                "column does"
            } else {
                "columns do"
            };
            say(&style(format!(
                "{left_out} more {columns} not fit. --fields chooses columns, --json shows everything."
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

    /// Print the rows of the table, and forget them.
    fn table(&mut self) -> Result {
        for line in self.table.take_lines(self.style.fields.as_deref()) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
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

/// Print a line to standard error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_similar_name_is_probably_meant() {
        let known = ["id", "name", "recording_info"];
        assert_eq!(nearest("nmae", &known), Some("name"));
        assert_eq!(nearest("recordingInfo", &known), Some("recording_info"));
        assert_eq!(nearest("size", &known), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
