//! Values written without their secrets: what goes into a cassette.

use std::cell::Cell;

use serde_json::Value;

thread_local! {
    static SCRUBBING: Cell<bool> = const { Cell::new(false) };
}

/// What stands in the place of a secret.
pub(super) const REDACTED: &str = "[redacted]";

/// Tell whether secrets are left out of what is written now.
pub(super) fn scrubbing() -> bool {
    SCRUBBING.get()
}

/// Run `write`, which writes [`REDACTED`] for every secret, and for every text in fields that this version does not know.
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

/// Replace every text in `value` whose name `secret` picks; what is in it bears its name too.
pub(crate) fn redact(value: &mut Value, picked: bool, secret: &dyn Fn(&str) -> bool) {
    match value {
        Value::String(text) if picked => REDACTED.clone_into(text),
        Value::Array(items) => {
            for item in items {
                redact(item, picked, secret);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                redact(field, picked || secret(name), secret);
            }
        }
        _ => {}
    }
}
