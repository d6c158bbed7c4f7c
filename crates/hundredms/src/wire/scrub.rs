//! Removes the secrets from a JSON value, for cassettes.

use serde_json::{Map, Value};

use super::malformed::Malformed;
use super::shape::Shape;

/// Replaces a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// Replace every secret in `value`, which was written from a type of this shape, and every string and number in fields that this
/// version does not know.
pub(crate) fn scrub(value: &mut Value, shape: &Shape) {
    match (shape, value) {
        (Shape::Secret, Value::String(text)) => REDACTED.clone_into(text),
        (Shape::List(item), Value::Array(items)) => {
            for value in items {
                scrub(value, item);
            }
        }
        (Shape::Map(inner), Value::Object(fields)) => {
            for value in fields.values_mut() {
                scrub(value, inner);
            }
        }
        (Shape::Model(known), Value::Object(fields)) => {
            let scrubbed = std::mem::take(fields).into_iter().map(|(name, mut value)| {
                if let Some(field) = known.iter().find(|field| field.name == name) {
                    scrub(&mut value, field.shape);
                    return (name, value);
                }
                redact(&mut value);
                (name_of(name), value)
            });
            *fields = scrubbed.collect();
        }
        (Shape::Union { tag, shapes }, value @ Value::Object(_)) => {
            scrub_union(value, tag, shapes);
        }
        _ => {}
    }
}

fn scrub_union(value: &mut Value, tag: &str, shapes: &[(&[&str], &Shape)]) {
    let word = value[tag].as_str().unwrap_or_default();
    let shape = shapes.iter().find(|(words, _)| words.contains(&word));
    let is_malformed = value
        .as_object()
        .is_some_and(|fields| Malformed::of_shape(word, fields).is_some());
    match shape {
        Some((_, shape)) => scrub(value, shape),
        None if is_malformed => redact(&mut value["raw"]),
        None => redact(value),
    }
}

/// Give the times in `written` the format that they have in `sent`, from which it was made.
pub(crate) fn restore_time_formats(written: &mut Value, sent: &Value) {
    match (written, sent) {
        (Value::String(written), Value::String(sent)) if written != sent => {
            let time = |text: &str| text.parse::<jiff::Timestamp>().ok();
            if time(written).is_some_and(|written| time(sent) == Some(written)) {
                written.clone_from(sent);
            }
        }
        (Value::Array(written), Value::Array(sent)) => {
            for (written, sent) in written.iter_mut().zip(sent) {
                restore_time_formats(written, sent);
            }
        }
        (Value::Object(written), Value::Object(sent)) => {
            for (name, written) in written {
                if let Some(sent) = sent.get(name) {
                    restore_time_formats(written, sent);
                }
            }
        }
        _ => {}
    }
}

/// The name of a field, unless it may itself be a value.
pub(crate) fn name_of(name: String) -> String {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 40
        && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    if is_name { name } else { REDACTED.to_owned() }
}

/// Replace every string and number in `value`, and the names that may be values.
pub(crate) fn redact(value: &mut Value) {
    match value {
        Value::String(text) => REDACTED.clone_into(text),
        Value::Number(number) => *number = 0.into(),
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(fields) => *fields = redacted(std::mem::take(fields)),
        _ => {}
    }
}

/// Return fields without names that may be values, and without their strings and numbers.
fn redacted(fields: Map<String, Value>) -> Map<String, Value> {
    let fields = fields.into_iter().map(|(name, mut value)| {
        redact(&mut value);
        (name_of(name), value)
    });
    fields.collect()
}
