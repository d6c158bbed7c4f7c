//! Controls of the log: `requests`, `clear_requests`.

use serde_json::{Value, json};

use super::{Control, answer};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("requests", |world, _| {
        Ok(json!({"requests": answer(&world.log.kept().collect::<Vec<_>>())?}))
    }),
    Control::new("clear_requests", |world, _| {
        world.log.clear();
        Ok(Value::Null)
    }),
];
