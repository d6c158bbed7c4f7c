//! Example data for events on demand, with the values of the room.

use std::collections::BTreeMap;

use hundredms_deserialize_error::is_near;
use serde_json::{Map, Value, json};

use crate::{clock::text, ids::ObjectId, state::State};

/// One data object for each type, by type.
const EXAMPLES: &str = include_str!("examples.json");

/// Return the data of an event of this type. For an unknown type, it contains the values of the room only.
pub(crate) fn data(state: &State, kind: &str, room_id: Option<ObjectId>) -> Value {
    let example = example(kind);
    let is_known = example.is_some();
    let mut data = example.unwrap_or_default();
    for (name, value) in known_values(state, room_id) {
        if !is_known || data.contains_key(name) {
            data.insert(name.to_owned(), value);
        }
    }
    data.into()
}

fn example(kind: &str) -> Option<Map<String, Value>> {
    let kind = match kind {
        "transcription.failed" => "transcription.failure",
        kind => kind,
    };
    all().remove(kind)
}

fn all() -> BTreeMap<String, Map<String, Value>> {
    serde_json::from_str(EXAMPLES).unwrap_or_default()
}

/// Return the type of which an unknown type is probably a misspelling: it has one typo, another case, other separators, or no end.
pub(crate) fn meant(kind: &str) -> Option<String> {
    if kind.is_empty() || example(kind).is_some() {
        return None;
    }
    let known: Vec<String> = all().into_keys().collect();
    let is_start = |known: &&String| {
        let rest = known.strip_prefix(kind);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    // Of two that begin so, the success.
    let begins = known.iter().rfind(is_start);
    let near = || known.iter().find(|known| is_near(kind, known, 3));
    begins.or_else(near).cloned()
}

/// Return the field of the examples of which a field that no example has is probably a misspelling.
pub(crate) fn meant_field(kind: &str, field: &str) -> Option<String> {
    let all = all();
    if all.values().any(|example| example.contains_key(field)) {
        return None;
    }
    let example = example(kind)?;
    let near = example.keys().find(|known| is_near(field, known, 3));
    near.cloned()
}

/// Return the values of a room, its running session, and the first peer in it.
fn known_values(state: &State, room_id: Option<ObjectId>) -> Vec<(&'static str, Value)> {
    let Some(room_id) = room_id else {
        return Vec::new();
    };
    let room = state.rooms.of_id(room_id);
    let mut values = vec![
        ("room_id", json!(room.id)),
        ("room_name", json!(room.name)),
        ("template_id", json!(room.template_id)),
    ];
    let Some(session) = state.sessions.running(room_id) else {
        return values;
    };
    values.push(("session_id", json!(session.id)));
    values.push(("session_started_at", json!(text(session.started_at))));
    if let Some(peer) = session.connected().next() {
        values.push(("peer_id", json!(peer.id)));
        values.push(("user_id", json!(peer.user_id)));
        values.push(("user_name", json!(peer.name)));
        values.push(("user_data", json!(peer.metadata)));
        values.push(("role", json!(peer.role)));
    }
    values
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_misspelt_type_is_known_from_a_new_one() {
        for (kind, known) in [
            ("peer.join.sucess", Some("peer.join.success")),
            ("peer.join.succses", Some("peer.join.success")),
            ("Peer_Join_Success", Some("peer.join.success")),
            ("peer.leave", Some("peer.leave.success")),
            ("beam.failures", Some("beam.failure")),
            ("peer.join.success", None),
            ("transcription.failed", None),
            ("peer.dance.success", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(meant(kind).as_deref(), known, "{kind}");
        }
    }

    #[test]
    fn a_misspelt_field_is_known_from_a_new_one() {
        for (field, known) in [
            ("usr_id", Some("user_id")),
            ("rol", Some("role")),
            ("roomName", Some("room_name")),
            ("user_id", None),
            // Of another type.
            ("beam_id", None),
            ("mine", None),
            ("", None),
        ] {
            let meant = meant_field("peer.join.success", field);
            assert_eq!(meant.as_deref(), known, "{field}");
        }
        assert_eq!(meant_field("moon.rise.success", "rol"), None);
    }

    #[test]
    fn every_type_of_the_contract_has_its_example() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/webhook-examples"
        );
        let mut expected = Map::new();
        for file in fs::read_dir(folder).expect("the contract") {
            let text = fs::read_to_string(file.expect("a file").path()).expect("text");
            let mut envelope: Value = serde_json::from_str(&text).expect("JSON");
            let kind = envelope["type"].as_str().expect("a type").to_owned();
            expected.insert(kind, envelope["data"].take());
        }
        let examples: Value = serde_json::from_str(EXAMPLES).expect("JSON");
        assert_eq!(examples, Value::Object(expected));
    }
}
