//! The body of a webhook: the envelope around the data of an event.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::state::{State, event::Event};

/// Return the body, which is the same in each attempt.
pub(crate) fn body(state: &State, event: &Event, is_replay: bool) -> Bytes {
    envelope(state, event, is_replay).to_string().into()
}

fn envelope(state: &State, event: &Event, is_replay: bool) -> Value {
    let mut envelope = json!({
        "version": version(&event.kind), "id": event.id, "account_id": state.customer_id, "app_id": state.app_id,
        "timestamp": format!("{:.0}", event.at), "type": event.kind, "data": event.data,
    });
    if let Some(room_id) = event.room_id {
        envelope["template_id"] = json!(state.rooms.of_id(room_id).template_id);
    }
    if is_replay {
        envelope["is_replay"] = true.into();
    }
    envelope
}

/// Return the version of the format. The legacy recordings have their own.
fn version(kind: &str) -> &'static str {
    match kind {
        "recording.success" | "recording.failed" => "1.0",
        _ => "2.0",
    }
}
