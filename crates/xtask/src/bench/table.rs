//! A table, for a page of Markdown and for the terminal.

/// Headings and rows of cells. Cells may contain `**` and backticks.
pub(super) struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new<Head: Into<String>>(heads: impl IntoIterator<Item = Head>) -> Self {
        Self {
            heads: heads.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Write it for a page.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = line(&self.heads);
        text.push_str(&line(&vec!["---".to_owned(); self.heads.len()]));
        for row in &self.rows {
            text.push_str(&line(row));
        }
        text
    }

    /// Write it for the terminal, in columns.
    pub(super) fn plain(&self) -> String {
        let bare = |cell: &String| cell.replace("**", "").replace('`', "");
        let lines: Vec<Vec<String>> = std::iter::once(&self.heads)
            .chain(&self.rows)
            .map(|cells| cells.iter().map(bare).collect())
            .collect();
        let width = |column: usize| {
            let cells = lines.iter().filter_map(|cells| cells.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(width).collect();
        let mut text = String::new();
        for cells in &lines {
            let padded = cells.iter().zip(&widths);
            let line: Vec<String> = padded
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            text.push_str(line.join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_table_is_written_for_a_page_and_for_the_terminal() {
        let mut table = Table::new(["what", "times"]);
        table.row(["`a room`".to_owned(), "1, **2**, 3".to_owned()]);
        assert_eq!(
            table.markdown(),
            "| what | times |\n| --- | --- |\n| `a room` | 1, **2**, 3 |\n"
        );
        assert_eq!(table.plain(), "what    times\na room  1, 2, 3\n");
    }
}
