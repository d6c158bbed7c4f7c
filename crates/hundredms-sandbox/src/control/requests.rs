//! Controls of the log: `requests`, `clear_requests`.

use serde_json::{Value, json};

use super::{Control, answer};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("requests", |sandbox, _| {
        Ok(json!({"requests": answer(&sandbox.log.kept().collect::<Vec<_>>())?}))
    }),
    Control::new("clear_requests", |sandbox, _| {
        sandbox.log.clear();
        Ok(Value::Null)
    }),
];
