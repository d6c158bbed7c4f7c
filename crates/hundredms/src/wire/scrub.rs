//! Values written without their secrets, for cassettes.

use std::cell::Cell;

use serde_json::{Map, Value};

// A thread-local, because `Serialize` takes no argument for it. Writing is synchronous and never yields.
thread_local! {
    static SCRUBBING: Cell<bool> = const { Cell::new(false) };
}

/// Replaces a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// Return whether secrets are currently left out.
pub(super) fn scrubbing() -> bool {
    SCRUBBING.get()
}

/// Run `write`, which writes [`REDACTED`] for every secret, and for every string and number in fields that this version does not
/// know.
pub(crate) fn without_secrets<T>(write: impl FnOnce() -> T) -> T {
    struct End;
    impl Drop for End {
        fn drop(&mut self) {
            SCRUBBING.set(false);
        }
    }
    SCRUBBING.set(true);
    let _end = End;
    write()
}

/// Give the times in `written` the spelling that they have in `sent`, from which it was made.
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
pub(crate) fn redacted(fields: Map<String, Value>) -> Map<String, Value> {
    let fields = fields.into_iter().map(|(name, mut value)| {
        redact(&mut value);
        (name_of(name), value)
    });
    fields.collect()
}
