//! Python as `ruff format` leaves it: lines, docstrings, calls, imports.

use std::fmt::Write as _;

/// The maximum line length.
pub(super) const WIDTH: usize = 100;

/// The name of an attribute for a name on the wire: `publishParams` to `publish_params`.
pub(super) fn attribute(wire: &str) -> String {
    // `_id` stands beside `id`, and a leading underscore would make it private.
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

/// Text inside a docstring.
pub(super) fn escaped(docs: &str) -> String {
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
pub(super) fn paragraph(text: &str, indent: usize, hanging: usize) -> String {
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
    let docs = escaped(docs);
    let (summary, rest) = docs.split_once("\n\n").unwrap_or((&docs, ""));
    let pad = " ".repeat(indent);
    let one_line = format!("{pad}\"\"\"{summary}\"\"\"");
    if rest.is_empty() && one_line.chars().count() <= WIDTH {
        return format!("{one_line}\n");
    }
    // A summary that is too long for one line ends with its first sentence.
    let (summary, more) = if one_line.chars().count() > WIDTH {
        summary
            .split_once(". ")
            .map_or((summary.to_owned(), ""), |(first, more)| {
                (format!("{first}."), more)
            })
    } else {
        (summary.to_owned(), "")
    };
    let mut block = paragraph(&format!("\"\"\"{summary}"), indent, indent);
    for text in std::iter::once(more)
        .chain(rest.split("\n\n"))
        .filter(|text| !text.is_empty())
    {
        block.push('\n');
        block.push_str(&paragraph(text, indent, indent));
    }
    let _ = writeln!(block, "{pad}\"\"\"");
    block
}

/// A line of which the part between `head` and `tail` goes into a line of its own when all is too long.
pub(super) fn bracketed(indent: usize, head: &str, inner: &str, tail: &str) -> String {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{head}{inner}{tail}");
    if line.len() <= WIDTH {
        return format!("{line}\n");
    }
    format!("{pad}{head}\n{pad}    {inner}\n{pad}{tail}\n")
}

/// A set inside brackets: all in one line, or the set in a line of its own, or one value a line.
pub(super) fn set(indent: usize, head: &str, values: &[String], tail: &str) -> String {
    let inner = format!("{{{}}}", values.join(", "));
    if indent + 4 + inner.len() <= WIDTH {
        return bracketed(indent, head, &inner, tail);
    }
    let pad = " ".repeat(indent);
    let mut text = format!("{pad}{head}\n{pad}    {{\n");
    for value in values {
        let _ = writeln!(text, "{pad}        {value},");
    }
    let _ = writeln!(text, "{pad}    }}\n{pad}{tail}");
    text
}

/// A call or signature: in one line, or one value a line.
pub(super) fn call(indent: usize, head: &str, values: &[String], tail: &str) -> String {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{head}{}{tail}", values.join(", "));
    if line.len() <= WIDTH {
        return format!("{line}\n");
    }
    let mut text = format!("{pad}{head}\n");
    for value in values {
        text.push_str(&parameter(indent + 4, value));
    }
    let _ = writeln!(text, "{pad}{tail}");
    text
}

/// A parameter in a line of its own; a long type that may also be None is broken before that.
fn parameter(indent: usize, value: &str) -> String {
    let pad = " ".repeat(indent);
    if let (true, Some(first)) = (
        indent + value.len() + 1 > WIDTH,
        value.strip_suffix(" | None = None"),
    ) {
        let first = match first.split_once('[') {
            Some((head, inner)) if inner.ends_with(']') => {
                let inner = &inner[..inner.len() - 1];
                bracketed(indent, &format!("{head}["), inner, "]")
            }
            _ => format!("{pad}{first}\n"),
        };
        return format!("{first}{pad}| None = None,\n");
    }
    format!("{pad}{value},\n")
}

/// A call of which the value at `dictionary` is a dictionary with these entries.
pub(super) fn call_with_dictionary(
    indent: usize,
    head: &str,
    values: &[String],
    dictionary: usize,
    entries: &[String],
) -> String {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{head}{})", values.join(", "));
    if line.len() <= WIDTH {
        return format!("{line}\n");
    }
    let mut text = format!("{pad}{head}\n");
    for (place, value) in values.iter().enumerate() {
        if place == dictionary && pad.len() + 4 + value.len() + 1 > WIDTH {
            let _ = writeln!(text, "{pad}    {{");
            for entry in entries {
                let _ = writeln!(text, "{pad}        {entry},");
            }
            let _ = writeln!(text, "{pad}    }},");
        } else {
            let _ = writeln!(text, "{pad}    {value},");
        }
    }
    let _ = writeln!(text, "{pad})");
    text
}

/// An import of these names.
pub(super) fn import(module: &str, names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_by_key(|name| import_order(name));
    let line = format!("from {module} import {}", names.join(", "));
    if line.len() <= WIDTH {
        return format!("{line}\n");
    }
    let mut text = format!("from {module} import (\n");
    for name in names {
        let _ = writeln!(text, "    {name},");
    }
    text.push_str(")\n");
    text
}

/// Constants, then classes, then the rest, and no regard to case, as isort has it.
fn import_order(name: &str) -> (u8, String) {
    let class = name.starts_with(|c: char| c.is_ascii_uppercase());
    let constant = name.len() > 1
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    let group = match (constant, class) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    };
    (group, name.to_ascii_lowercase())
}

/// The list of what a module offers.
pub(super) fn exports(mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    let mut text = String::from("\n__all__ = [\n");
    for name in names {
        let _ = writeln!(text, "    \"{name}\",");
    }
    text.push_str("]\n");
    text
}

/// Lines set in by `indent`.
pub(super) fn indented(lines: &str, indent: usize) -> String {
    lines
        .lines()
        .map(|line| match line {
            "" => "\n".to_owned(),
            line => format!("{}{line}\n", " ".repeat(indent)),
        })
        .collect()
}
