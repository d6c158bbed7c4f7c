//! Charts of the page of benchmarks, drawn from its tables.

use std::fmt::Write as _;

/// The works that are drawn.
const WORKS: [&str; 2] = [
    "GET of one room, 32 in flight",
    "page of 100 rooms, 32 in flight",
];

/// A row of a table: a client, and its calls per second.
#[derive(Debug, PartialEq)]
struct Bar<'a> {
    client: &'a str,
    calls: f64,
}

/// Return the page with a chart of each work before the table of each language.
pub(super) fn with_charts(page: &str) -> String {
    let mut written = String::new();
    for (number, section) in page.split("\n## ").enumerate() {
        if number > 0 {
            written.push_str("\n## ");
        }
        let (title, rest) = section.split_once('\n').unwrap_or((section, ""));
        written.push_str(title);
        written.push('\n');
        for work in WORKS {
            let bars = bars(rest, work);
            if !bars.is_empty() {
                written.push('\n');
                written.push_str(&chart(title, work, &bars));
            }
        }
        written.push_str(rest);
    }
    written
}

/// Read the rows of a work in the first table of a section.
fn bars<'a>(section: &'a str, work: &str) -> Vec<Bar<'a>> {
    let mut rows = section
        .lines()
        .skip_while(|line| !line.starts_with("| work |"));
    if rows
        .next()
        .is_none_or(|titles| !titles.starts_with("| work | client | calls/s |"))
    {
        return Vec::new();
    }
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let calls = cells.get(2)?.replace(',', "").parse().ok()?;
        let client = cells.get(1)?;
        (cells.first() == Some(&work)).then_some(Bar { client, calls })
    })
    .collect()
}

/// Draw bars of calls per second: more is better.
fn chart(language: &str, work: &str, bars: &[Bar<'_>]) -> String {
    const LABEL: f64 = 300.0;
    const WIDTH: f64 = 330.0;
    let most = bars.iter().map(|bar| bar.calls).fold(1.0, f64::max);
    let height = 34 + 26 * bars.len();
    let described: Vec<String> = bars
        .iter()
        .map(|bar| format!("{}: {:.0}", bar.client, bar.calls))
        .collect();
    let mut svg = format!(
        "<figure class=\"chart\" tabindex=\"0\">\n<svg viewBox=\"0 0 720 {height}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" \
         aria-label=\"{language}, {work}, calls per second: {}\">\n<text class=\"name\" x=\"0\" y=\"16\">{work}: calls per second</text>\n",
        described.join("; ")
    );
    for (index, bar) in bars.iter().enumerate() {
        let y = 30 + 26 * index;
        let width = (bar.calls / most * WIDTH).max(1.0);
        let own = if bar.client.starts_with("hundredms") {
            " own"
        } else {
            ""
        };
        let _ = writeln!(
            svg,
            "<text x=\"0\" y=\"{}\">{}</text><rect class=\"bar{own}\" x=\"{LABEL}\" y=\"{y}\" width=\"{width:.1}\" height=\"18\" rx=\"3\"/>\
             <text x=\"{:.1}\" y=\"{}\">{}</text>",
            y + 13,
            bar.client.replace('&', "&amp;"),
            LABEL + width + 8.0,
            y + 13,
            grouped(bar.calls)
        );
    }
    svg.push_str("</svg>\n</figure>\n");
    svg
}

/// A number with commas: 26,912.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Bar, bars, grouped, with_charts};

    const PAGE: &str = "# Benchmarks\n\n## Python\n\n| work | client | calls/s | CPU us/call |\n| --- | --- | --- | --- |\n\
        | GET of one room, 32 in flight | hundredms, asyncio | 26,912 | 37.0 |\n| GET of one room, 32 in flight | aiohttp | 7,394 | 135.2 |\n\
        | client token signed | PyJWT | 35,516 | 28.2 |\n\n## Method\n\nWords.\n";

    #[test]
    fn the_rows_of_a_work_are_read() {
        let section = PAGE.split("## Python\n").nth(1).unwrap();
        let read = bars(section, "GET of one room, 32 in flight");
        let expected = [("hundredms, asyncio", 26_912.0), ("aiohttp", 7_394.0)];
        assert_eq!(read, expected.map(|(client, calls)| Bar { client, calls }));
    }

    #[test]
    fn a_chart_is_drawn_before_the_table_and_nothing_is_lost() {
        let page = with_charts(PAGE);
        assert_eq!(page.matches("<svg").count(), 1);
        assert!(page.contains("26,912</text>"), "{page}");
        let kept = page
            .lines()
            .filter(|line| !line.starts_with('<') && !line.is_empty());
        let all = PAGE.lines().filter(|line| !line.is_empty());
        assert_eq!(kept.collect::<Vec<_>>(), all.collect::<Vec<_>>());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            ["1", "12", "26,912", "1,000,000"],
            [1.0, 12.0, 26_912.0, 1e6]
                .map(grouped)
                .each_ref()
                .map(String::as_str)
        );
    }
}
