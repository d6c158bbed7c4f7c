//! TypeScript types: models, unions, enums, and the comments on them.

use std::fmt::Write as _;

use crate::codegen::surface::{Docs, Enum, Field, Kind, Model, Type, Union};
use crate::shell::BoxError;

/// The direction of a type's values.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    In,
    Out,
}

pub(super) fn interface(text: &mut String, model: &Model) -> Result<(), BoxError> {
    match model.docs.split_once(" (deprecated)") {
        Some((before, after)) => comment(text, &[format!("@deprecated {before}{after}")])?,
        None => comment(text, std::slice::from_ref(&model.docs))?,
    }
    if model.fields.is_empty() {
        writeln!(
            text,
            "export type {} = {}\n",
            model.name,
            typed(&Type::Object, Way::Out)
        )?;
        return Ok(());
    }
    writeln!(text, "export interface {} {{", model.name)?;
    // Optional fields of models that are also sent may be undefined.
    let way = if model.input { Way::In } else { Way::Out };
    for field in &model.fields {
        write_field(text, field, way)?;
    }
    writeln!(text, "}}\n")?;
    Ok(())
}

pub(super) fn write_field(text: &mut String, field: &Field, way: Way) -> Result<(), BoxError> {
    let docs = field_docs(field);
    if docs.contains("Deprecated.") {
        let what = docs.replace("Deprecated.", "");
        comment(text, &[format!("@deprecated {}", what.trim())])?;
    } else if !docs.is_empty() {
        comment(text, &[docs])?;
    }
    let mut shape = typed(&field.r#type, way);
    let always = matches!(field.kind, Kind::Required | Kind::List);
    if field.kind == Kind::Nullable {
        shape.push_str(" | null");
    }
    // With an undefined recipient, a message to one peer would become a message to all.
    if !always && way == Way::In && field.kind != Kind::Recipient {
        shape.push_str(" | undefined");
    }
    let mark = if always { "" } else { "?" };
    writeln!(text, "readonly {}{mark}: {shape}", key(&field.name))?;
    Ok(())
}

pub(super) fn write_union(text: &mut String, union: &Union) -> Result<(), BoxError> {
    comment(
        text,
        &[
            union.docs.clone(),
            format!("`{}` tells which it is.", union.tag),
        ],
    )?;
    let malformed = format!("Malformed{}", union.name);
    let shapes: Vec<&str> = union
        .shapes
        .iter()
        .map(|(model, _)| model.as_str())
        .chain([malformed.as_str()])
        .collect();
    writeln!(
        text,
        "export type {} = {}\n",
        union.name,
        shapes.join(" | ")
    )?;
    writeln!(
        text,
        "/** A value of a known kind that does not match its type. */\nexport interface {malformed} {{\n\
         readonly {tag}: 'malformed'\n/** The kind. */\nreadonly kind: string\n\
         /** Where it does not match, and why. */\nreadonly problem: string\n\
         /** All of it, as it came. */\nreadonly raw: {{ readonly [name: string]: unknown }}\n}}\n",
        tag = union.tag,
    )?;
    Ok(())
}

pub(super) fn write_enum(text: &mut String, an_enum: &Enum) -> Result<(), BoxError> {
    comment(
        text,
        &[an_enum.docs.clone(), "New values may be added.".to_owned()],
    )?;
    let words = quoted(&an_enum.words);
    let name = &an_enum.name;
    writeln!(text, "export type {name} = {words} | (string & {{}})\n")?;
    Ok(())
}

pub(super) fn typed(shape: &Type, way: Way) -> String {
    match shape {
        Type::Nothing => "null".into(),
        Type::Time if way == Way::In => "Time".into(),
        Type::Event if way == Way::In => "EventType | (string & {})".into(),
        Type::Text | Type::Secret | Type::Path | Type::Time | Type::Event => "string".into(),
        Type::Words(words) => quoted(words),
        Type::OpenWords(words) => format!("{} | (string & {{}})", quoted(words)),
        // Faults match requests for files too.
        Type::Operation => "OperationName | 'storage.get'".into(),
        Type::Integer | Type::Number => "number".into(),
        Type::Boolean => "boolean".into(),
        Type::Any => "unknown".into(),
        Type::Object => "{ readonly [name: string]: unknown }".into(),
        Type::TemplateDescription => "TemplateDescription".into(),
        Type::List(item) => format!("readonly {}[]", grouped(typed(item, way))),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| typed(item, way)).collect();
            format!("readonly [{}]", items.join(", "))
        }
        Type::Map(value) => format!("{{ readonly [name: string]: {} }}", typed(value, way)),
        Type::Nullable(inner) => format!("{} | null", typed(inner, way)),
        Type::Named(name) => name.clone(),
    }
}

fn grouped(shape: String) -> String {
    if shape.contains([' ', '|']) {
        format!("({shape})")
    } else {
        shape
    }
}

/// The docs of a field, with its limits.
pub(in crate::codegen) fn field_docs(field: &Field) -> String {
    let mut docs = plain(&field.docs);
    for limit in &field.limits {
        // Limits that the text already contains are not repeated.
        let range = limit
            .strip_prefix("in ")
            .unwrap_or_default()
            .replace("..=", " to ");
        if !range.is_empty() && docs.contains(&range) {
            let (low, high) = range.split_once(" to ").unwrap_or_default();
            docs = docs.replace(&format!("{range}."), &format!("Between {low} and {high}."));
            continue;
        }
        if let Some(words) = limit_in_words(limit).filter(|words| !docs.contains(words.as_str())) {
            if !docs.is_empty() {
                docs.push(' ');
            }
            docs.push_str(&words);
        }
    }
    docs
}

fn limit_in_words(limit: &str) -> Option<String> {
    let (word, value) = limit.split_once(' ').unwrap_or((limit, ""));
    Some(match word {
        "in" => {
            let (low, high) = value.split_once("..")?;
            match (low.trim(), high.trim_start_matches('=').trim()) {
                ("", high) => format!("At most {high}."),
                (low, "") => format!("At least {low}."),
                (low, high) => format!("Between {low} and {high}."),
            }
        }
        "len" => format!("At most {value} characters."),
        "items" if value == "1" => "At most 1 item.".to_owned(),
        "items" => format!("At most {value} items."),
        "multiple" => format!("A multiple of {value}."),
        "given" => "Not empty.".to_owned(),
        _ => return None,
    })
}

pub(super) fn paragraphs(docs: &Docs) -> Vec<String> {
    std::iter::once(docs.summary.as_str())
        .chain(docs.rest.split("\n\n"))
        .filter(|paragraph| !paragraph.is_empty())
        .map(plain)
        .collect()
}

/// Docs without links to the Rust docs.
pub(in crate::codegen) fn plain(docs: &str) -> String {
    let mut text = String::new();
    let mut rest = docs;
    while let Some(start) = rest.find("[`") {
        let link = &rest[start..];
        let Some(end) = link.find("`]") else { break };
        text.push_str(&rest[..start]);
        text.push_str(&link[1..=end]);
        rest = &link[end + 2..];
        if let Some(target) = rest.strip_prefix('(') {
            rest = target.split_once(')').map_or("", |(_, rest)| rest);
        }
    }
    text.push_str(rest);
    text.replace("*/", "*\u{200b}/")
}

/// Write a comment with paragraphs, in lines of at most 120 characters.
pub(super) fn comment(text: &mut String, paragraphs: &[String]) -> Result<(), BoxError> {
    let lines: Vec<String> = paragraphs
        .iter()
        .filter(|paragraph| !paragraph.is_empty())
        .enumerate()
        .flat_map(|(index, paragraph)| {
            let gap = (index > 0).then(String::new);
            gap.into_iter()
                .chain(paragraph.lines().flat_map(wrapped).collect::<Vec<_>>())
        })
        .collect();
    match lines.as_slice() {
        [] => {}
        [line] => writeln!(text, "/** {line} */")?,
        lines => {
            writeln!(text, "/**")?;
            for line in lines {
                writeln!(text, "{}", format!(" * {line}").trim_end())?;
            }
            writeln!(text, " */")?;
        }
    }
    Ok(())
}

fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.len() + word.len() > 110 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A name on the wire and the variable with its value.
pub(super) fn entry(name: &str) -> String {
    let variable = camel(name);
    if variable == name {
        variable
    } else {
        format!("{}: {variable}", key(name))
    }
}

/// A name as a key of an object.
pub(super) fn key(name: &str) -> String {
    let plain = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if plain {
        name.to_owned()
    } else {
        format!("'{name}'")
    }
}

/// `list_peers` to `listPeers`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1.min(word.len()));
        text.push_str(&first.to_uppercase());
        text.push_str(rest);
    }
    text
}

/// A union of strings: `'a' | 'b'`.
fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    words.join(" | ")
}

/// `room_codes` to `room-codes`.
pub(super) fn dashed(name: &str) -> String {
    name.replace('_', "-")
}
