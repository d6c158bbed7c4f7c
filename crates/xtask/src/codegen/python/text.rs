//! Python text: names, strings, docstrings. The formatter wraps code, but not docstrings.

use std::fmt::Write as _;

/// The maximum length of a line in a docstring.
const WIDTH: usize = 100;

/// The name of an attribute for a name on the wire: `publishParams` to `publish_params`.
pub(super) fn attribute(wire: &str) -> String {
    // There is also `id`, and a leading underscore would make `_id` private.
    if let Some(rest) = wire.strip_prefix('_') {
        return format!("legacy_{}", attribute(rest));
    }
    let mut name = String::with_capacity(wire.len() + 4);
    let mut inside = false;
    for letter in wire.chars() {
        if letter.is_ascii_uppercase() && inside {
            name.push('_');
        }
        // Consecutive capitals are one word.
        inside = !letter.is_ascii_uppercase() && letter != '_';
        name.push(letter.to_ascii_lowercase());
    }
    // Python keywords get an underscore, as in PEP 8.
    if matches!(name.as_str(), "from" | "in" | "is" | "class" | "global") {
        name.push('_');
    }
    name
}

/// A list of strings: `"a", "b"`.
pub(super) fn strings<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    let quoted = values.into_iter().map(|value| format!("\"{value}\""));
    quoted.collect::<Vec<_>>().join(", ")
}

/// Text inside a docstring.
fn escaped(docs: &str) -> String {
    docs.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// A docstring in one line.
pub(super) fn docstring(docs: &str) -> String {
    let docs = escaped(&docs.replace("\n\n", " "));
    if docs.ends_with('"') {
        return format!("\"\"\"{docs} \"\"\"");
    }
    format!("\"\"\"{docs}\"\"\"")
}

/// One paragraph, wrapped, with `indent` before the first line and `hanging` before the others.
fn paragraph(text: &str, indent: usize, hanging: usize) -> String {
    let mut lines = String::new();
    let mut line = " ".repeat(indent);
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(lines, "{line}");
            line = " ".repeat(hanging);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(lines, "{line}");
    lines
}

/// The docstring of a class or function; the summary is its first line.
pub(super) fn block(docs: &str, indent: usize) -> String {
    described(docs, &[], "", indent)
}

/// The docstring of a function with arguments, each with its docs, and a last paragraph that is not wrapped.
pub(super) fn described(
    docs: &str,
    arguments: &[(String, String)],
    last: &str,
    indent: usize,
) -> String {
    let docs = escaped(docs);
    let (summary, rest) = docs.split_once("\n\n").unwrap_or((&docs, ""));
    let pad = " ".repeat(indent);
    let one_line = format!("{pad}\"\"\"{summary}\"\"\"");
    let fits = one_line.chars().count() <= WIDTH;
    if fits && rest.is_empty() && arguments.is_empty() && last.is_empty() {
        return format!("{one_line}\n");
    }
    // If a summary is too long for one line, only its first sentence is used.
    let (summary, more) = match summary.split_once(". ") {
        Some((first, more)) if !fits => (format!("{first}."), more),
        _ => (summary.to_owned(), ""),
    };
    let mut block = paragraph(&format!("\"\"\"{summary}"), indent, indent);
    let paragraphs = std::iter::once(more).chain(rest.split("\n\n"));
    for text in paragraphs.filter(|text| !text.is_empty()) {
        block.push('\n');
        block.push_str(&paragraph(text, indent, indent));
    }
    if !arguments.is_empty() {
        let _ = write!(block, "\n{pad}Args:\n");
    }
    for (name, docs) in arguments {
        let text = format!("{name}: {}", escaped(docs));
        block.push_str(&paragraph(&text, indent + 4, indent + 8));
    }
    if !last.is_empty() {
        let _ = write!(block, "\n{pad}{last}\n");
    }
    let _ = writeln!(block, "{pad}\"\"\"");
    block
}

/// The list of the public names of a module.
pub(super) fn exports(mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    format!("\n__all__ = [{}]\n", strings(names))
}
