//! The examples of the contract: every one is read with no field lost.

use hundredms::webhooks::{CanonicalEvent, EventData, EventType, parse, parse_json};
use serde_json::Value;

use super::examples;

/// An example as it is written again: times of the year 1 and empty lists are left out.
fn normalised(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| {
                **value != "0001-01-01T00:00:00Z" && **value != Value::Array(vec![])
            })
            .map(|(name, value)| (name.clone(), normalised(value)))
            .collect(),
        Value::Array(items) => items.iter().map(normalised).collect(),
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        other => other.clone(),
    }
}

/// Whether anything below `value` went into a field that has no name.
fn no_extra(debug: &str) -> bool {
    debug.contains("extra: {}") && !debug.contains("extra: {\"")
}

#[test]
fn every_type_has_an_example() {
    let names: Vec<String> = examples().into_iter().map(|(name, _)| name).collect();
    let mut known: Vec<&str> = EventType::KNOWN.to_vec();
    known.sort_unstable();
    assert_eq!(names, known);
}

#[test]
fn every_example_becomes_a_typed_event_and_no_field_is_lost() {
    for (name, text) in examples() {
        let event = parse(text.clone()).expect("an event");
        assert_eq!(event.kind.as_str(), name);
        assert!(
            !matches!(event.data, EventData::Unknown(_) | EventData::Malformed(_)),
            "{event:?}"
        );
        assert_eq!(event.raw(), text.as_bytes());
        let debug = format!("{event:?}");
        assert!(no_extra(&debug), "{debug}");
        let sent: Value = serde_json::from_str(&text).expect("JSON");
        // What needs nothing mended is read by the bindings where it stands.
        let as_it_came = match parse_json(text.as_bytes()).expect("an event") {
            CanonicalEvent::Unchanged(kind) => kind == name,
            CanonicalEvent::Rewritten(_) => false,
        };
        assert_eq!(as_it_came, !text.contains("0001-01-01"), "{name}");
        let mut again: Value = serde_json::from_str(&event.to_json()).expect("JSON");
        let fields = again.as_object_mut().expect("an object");
        assert_eq!(fields.remove("problem"), Some(Value::Null));
        assert_eq!(fields.remove("extra"), Some(serde_json::json!({})));
        assert_eq!(fields.remove("is_replay"), Some(Value::Bool(false)));
        fields.retain(|_, value| !value.is_null());
        assert_eq!(normalised(&again), normalised(&sent), "{name}");
    }
}

#[test]
fn what_grants_access_is_not_shown() {
    let mut links = 0;
    for (name, text) in examples() {
        let debug = format!("{:?}", parse(text.clone()).expect("an event"));
        for part in text.split('"').filter(|part| {
            part.contains("X-Sig=") || part.contains("auth=") || part.starts_with("rtmp")
        }) {
            if part.contains("://") {
                links += 1;
                assert!(!debug.contains(part), "{name}: {part}");
            }
        }
    }
    assert!(links > 20, "{links}");
}
