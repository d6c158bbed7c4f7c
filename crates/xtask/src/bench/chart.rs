//! A bar chart as SVG, readable in light and dark themes.

use std::fmt::Write as _;

/// One group of bars under a heading.
pub(super) struct Group {
    pub(super) heading: String,
    pub(super) bars: Vec<Bar>,
}

/// One client.
pub(super) struct Bar {
    pub(super) name: String,
    /// Calls per second.
    pub(super) rate: f64,
    pub(super) ours: bool,
}

const WIDTH: f64 = 740.0;
const LEFT: f64 = 290.0;
const LONGEST: f64 = 350.0;
const ROW: f64 = 26.0;

/// Draw the groups one below the other, each with its own scale.
pub(super) fn draw(title: &str, groups: &[Group]) -> String {
    let rows: usize = groups.iter().map(|group| group.bars.len() + 2).sum();
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = 34.0 + rows as f64 * ROW;
    let mut svg = format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">"#,
            "\n<style>\n",
            "text {{ font: 13px system-ui, sans-serif; fill: #1f2328 }}\n",
            ".title {{ font-size: 16px; font-weight: 600 }} .heading {{ font-weight: 600 }} .name {{ text-anchor: end }}\n",
            ".page {{ fill: #ffffff }} .ours {{ fill: #1a7f64 }} .theirs {{ fill: #8c959f }}\n",
            "@media (prefers-color-scheme: dark) {{\n",
            "  text {{ fill: #e6edf3 }} .page {{ fill: #0d1117 }} .ours {{ fill: #3fb995 }} .theirs {{ fill: #6e7681 }}\n",
            "}}\n</style>\n",
            r#"<rect class="page" width="{WIDTH}" height="{height}" rx="6"/>"#,
            "\n",
            r#"<text class="title" x="8" y="22">{title}</text>"#,
            "\n"
        ),
        WIDTH = WIDTH,
        height = height,
        title = escaped(title),
    );
    let mut y = 34.0;
    for group in groups {
        y += ROW;
        let _ = writeln!(
            svg,
            r#"<text class="heading" x="8" y="{:.0}">{}</text>"#,
            y - 6.0,
            escaped(&group.heading)
        );
        let most = group.bars.iter().map(|bar| bar.rate).fold(0.0, f64::max);
        for Bar { name, rate, ours } in &group.bars {
            let class = if *ours { "ours" } else { "theirs" };
            let length = (rate / most * LONGEST).max(1.0);
            let _ = writeln!(
                svg,
                concat!(
                    r#"<text class="name" x="{:.0}" y="{:.0}">{}</text>"#,
                    r#"<rect class="{}" x="{:.0}" y="{:.0}" width="{:.1}" height="18" rx="3"/>"#,
                    r#"<text x="{:.1}" y="{:.0}">{}/s</text>"#
                ),
                LEFT - 8.0,
                y + 14.0,
                escaped(name),
                class,
                LEFT,
                y,
                length,
                LEFT + length + 6.0,
                y + 14.0,
                grouped(*rate),
            );
            y += ROW;
        }
        y += ROW * 0.5;
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// A whole number with a comma after each thousand.
pub(super) fn grouped(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Bar, Group, draw, grouped};

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(999.4), "999");
        assert_eq!(grouped(1_234_567.0), "1,234,567");
    }

    #[test]
    fn the_fastest_bar_is_the_longest_and_names_are_escaped() {
        let bar = |name: &str, rate, ours| Bar {
            name: name.to_owned(),
            rate,
            ours,
        };
        let bars = vec![bar("ours", 200.0, true), bar("a & b", 50.0, false)];
        let heading = "one".to_owned();
        let svg = draw("calls <1>", &[Group { heading, bars }]);
        assert!(svg.contains(r#"width="350.0""#) && svg.contains(r#"width="87.5""#));
        assert!(svg.contains("a &amp; b") && svg.contains("calls &lt;1>"));
    }
}
