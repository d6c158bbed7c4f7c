//! A table in Markdown.

use std::fmt::Write as _;

/// Headings and rows of cells.
pub(super) struct Table(String);

impl Table {
    pub(super) fn new<Head: AsRef<str>>(heads: impl IntoIterator<Item = Head>) -> Self {
        let mut table = Self(String::new());
        let heads: Vec<Head> = heads.into_iter().collect();
        table.line(heads.iter().map(AsRef::as_ref));
        table.line(heads.iter().map(|_| "---"));
        table
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        self.line(cells.iter().map(String::as_str));
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let cells: Vec<&str> = cells.collect();
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }

    /// Return the text.
    pub(super) fn markdown(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_has_a_line_of_dashes_under_its_headings() {
        let mut table = Table::new(["what", "times"]);
        table.row(["`a room`".to_owned(), "1, **2**, 3".to_owned()]);
        assert_eq!(
            table.markdown(),
            "| what | times |\n| --- | --- |\n| `a room` | 1, **2**, 3 |\n"
        );
    }
}
