//! [`Table`]: rows below a header, aligned in blocks, so that a long list is printed as it comes.

use comfy_table::{ColumnConstraint, TableStyle, Width};
use console::{Term, style, truncate_str};
use serde_json::{Map, Value};

use crate::cells::{at, cell};
use crate::visible::visible;

/// So many rows are aligned with each other.
const ALIGNED: usize = 100;

/// The spaces between two columns.
const GAP: u16 = 2;

/// Longer cells are cut, because widths have 16 bits.
const LONGEST: usize = 10_000;

/// Rows that are not printed yet, and the header above them.
#[derive(Debug)]
pub(crate) struct Table {
    /// The fields that are known.
    columns: Vec<&'static str>,
    rows: Vec<Value>,
    /// The names and widths of the columns under the last header.
    header: Vec<(String, u16)>,
    left_out: usize,
}

impl Table {
    pub(crate) fn new(columns: Vec<&'static str>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            header: Vec::new(),
            left_out: 0,
        }
    }

    /// Add a row. Returns whether the rows are to be printed.
    pub(crate) fn push(&mut self, row: Value) -> bool {
        self.rows.push(row);
        self.rows.len() >= ALIGNED
    }

    /// Return how many columns did not fit.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out
    }

    /// Return the lines of the rows, and forget these. Without chosen fields, columns that do not fit are left out.
    pub(crate) fn take_lines(&mut self, fields: Option<&[String]>) -> Vec<String> {
        let rows = std::mem::take(&mut self.rows);
        if !rows.iter().all(Value::is_object) {
            return rows.iter().map(|row| cell(Some(row))).collect();
        }
        if rows.is_empty() {
            return Vec::new();
        }
        let names = match fields {
            Some(fields) => fields.to_vec(),
            None => self.shown_columns(&rows),
        };
        if names.is_empty() {
            return rows.iter().map(|row| cell(Some(row))).collect();
        }
        let mut table = comfy_table::Table::new();
        table.load_style(TableStyle::new());
        table.set_header(names.iter().map(|name| cut(&visible(name))));
        for row in &rows {
            table.add_row(names.iter().map(|name| cut(&cell(at(row, name)))));
        }
        let contents = table.column_max_content_widths();
        let columns = names.into_iter().zip(contents).map(|(name, content)| {
            let before = self.header.iter().find(|(before, _)| *before == name);
            let width = before.map_or(content, |(_, width)| content.max(*width));
            (name, width)
        });
        let mut header: Vec<(String, u16)> = columns.collect();
        if fields.is_none() {
            let fit = fitting(&header, Term::stdout().size().1);
            self.left_out = self.left_out.max(header.len() - fit);
            header.truncate(fit);
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, GAP));
            column.set_constraint(match header.get(index) {
                Some((_, width)) => {
                    ColumnConstraint::LowerBoundary(Width::Fixed(width.saturating_add(GAP)))
                }
                None => ColumnConstraint::Hidden,
            });
        }
        // Rows that would not be aligned with the last header get a new one.
        let is_aligned = header == self.header;
        self.header = header;
        let lines = table.lines().map(|line| line.trim_end().to_owned());
        let mut lines: Vec<String> = lines.skip(usize::from(is_aligned)).collect();
        if !is_aligned {
            lines[0] = style(&lines[0]).bold().to_string();
        }
        lines
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
}

fn cut(text: &str) -> String {
    truncate_str(text, LONGEST, "…").into_owned()
}

/// Return how many of the columns fit into a width: one at least.
fn fitting(header: &[(String, u16)], most: u16) -> usize {
    let mut used = 0;
    let fit = header.iter().take_while(|(_, width)| {
        used += usize::from(*width) + usize::from(GAP);
        used <= usize::from(most) + usize::from(GAP)
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Table;

    fn lines(table: &mut Table, rows: &[Value]) -> Vec<String> {
        for row in rows {
            table.push(row.clone());
        }
        table.take_lines(Some(&["name", "size"].map(str::to_owned)))
    }

    #[test]
    fn cells_are_aligned_by_the_width_that_a_terminal_gives_them() {
        let rows = [
            "\u{6559}\u{5ba4}",
            "e\u{301}",
            "\u{1f469}\u{200d}\u{1f52c}",
            "",
        ];
        let rows = rows.map(|name| json!({ "name": name, "size": 1 }));
        let shown = lines(&mut Table::new(Vec::new()), &rows);
        assert_eq!(
            shown[1..],
            [
                "\u{6559}\u{5ba4}  1",
                "e\u{301}     1",
                "\u{1f469}\u{200d}\u{1f52c}    1",
                "      1"
            ]
        );
    }

    #[test]
    fn a_cell_that_no_table_can_hold_is_cut() {
        let name = "\u{6559}".repeat(70_000);
        let row: serde_json::Map<String, Value> = (0..8)
            .map(|number| (format!("{number}"), name.as_str().into()))
            .collect();
        let fields: Vec<String> = row.keys().cloned().collect();
        let mut table = Table::new(Vec::new());
        table.push(row.into());
        let lines = table.take_lines(Some(&fields));
        assert_eq!(lines.len(), 2);
        let cells: Vec<&str> = lines[1].split_whitespace().collect();
        assert_eq!(cells.len(), 8);
        for cell in cells {
            assert_eq!(
                cell.strip_suffix('…').map(|cell| cell.chars().count()),
                Some(4999)
            );
        }
    }

    #[test]
    fn rows_without_a_value_that_fits_into_a_column_are_shown_as_json() {
        let mut table = Table::new(vec!["info"]);
        table.push(json!({ "info": { "a": 1 } }));
        table.push(json!({}));
        assert_eq!(table.take_lines(None), ["{\"info\":{\"a\":1}}", "{}"]);
        assert_eq!(table.left_out(), 0);
    }

    #[test]
    fn later_rows_keep_the_widths_and_a_wider_one_has_a_new_header() {
        let mut table = Table::new(Vec::new());
        let row = |name: &str| json!({ "name": name, "size": 1 });
        assert_eq!(lines(&mut table, &[row("abcdef")])[1..], ["abcdef  1"]);
        assert_eq!(lines(&mut table, &[row("a")]), ["a       1"]);
        let wider = lines(&mut table, &[row("a"), row("abcdefgh")]);
        assert_eq!(wider[1..], ["a         1", "abcdefgh  1"]);
        assert_eq!(table.left_out(), 0);
        assert_eq!(lines(&mut table, &[]), [""; 0]);
    }
}
