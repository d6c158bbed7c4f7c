//! Properties of parsing events: no input causes a panic, and the type and the body are kept.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::answers::json;
use crate::webhooks::{
    CanonicalEvent, Event, EventData, EventType, VerificationErrorReason, parse, parse_json,
};

/// The example of each type.
fn examples() -> Vec<(&'static str, Value)> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/contract/webhook-examples"
    );
    EventType::KNOWN
        .iter()
        .map(|name| {
            let text = std::fs::read(format!("{folder}/{name}.json")).expect("an example");
            (*name, serde_json::from_slice(&text).expect("JSON"))
        })
        .collect()
}

/// A step into a value.
#[derive(Debug, Clone)]
enum Step {
    Field(String),
    Item(usize),
}

/// Every position below `value`, as the steps that lead to it.
fn places(value: &Value) -> Vec<Vec<Step>> {
    let inner: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (Step::Field(name.clone()), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (Step::Item(index), value))
            .collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for (step, value) in inner {
        found.push(vec![step.clone()]);
        found.extend(places(value).into_iter().map(|rest| {
            let mut place = vec![step.clone()];
            place.extend(rest);
            place
        }));
    }
    found
}

/// The path as in problems: `data.rtmp[0].url`.
fn path(place: &[Step]) -> String {
    let text: String = place
        .iter()
        .map(|step| match step {
            Step::Field(name) => format!(".{name}"),
            Step::Item(index) => format!("[{index}]"),
        })
        .collect();
    text.trim_start_matches('.').to_owned()
}

fn at<'a>(value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Field(name) => &mut value[name],
        Step::Item(index) => &mut value[*index],
    })
}

/// Remove what is at `place`.
fn removed(mut value: Value, place: &[Step]) -> Value {
    let (last, before) = place.split_last().expect("a step");
    match (at(&mut value, before), last) {
        (Value::Object(fields), Step::Field(name)) => drop(fields.remove(name)),
        (Value::Array(items), Step::Item(index)) => drop(items.remove(*index)),
        (other, step) => panic!("no {step:?} in {other}"),
    }
    value
}

fn replaced(mut value: Value, place: &[Step], with: Value) -> Value {
    *at(&mut value, place) = with;
    value
}

/// Read `body`: its bytes are kept, and what is written of it reads as the same.
fn read(body: &Value) -> Event {
    let text = body.to_string();
    let event = parse(text.clone()).expect("an object is an event");
    assert_eq!(event.raw(), text.as_bytes());
    let json = parse_json(text.as_bytes()).expect("an event");
    if let CanonicalEvent::Unchanged(kind) = json {
        assert_eq!((event.kind.as_str(), problem(&event)), (kind, None));
        assert!(event.extra.is_empty());
        same(text.as_bytes(), &event);
    }
    if !matches!(event.data, EventData::Malformed(_)) {
        for written in [json.text(text.as_bytes()), event.to_json().as_bytes()] {
            let again = parse(written.to_vec()).expect("an event");
            assert_eq!((&again.kind, &again.data), (&event.kind, &event.data));
        }
    }
    event
}

/// The text must say exactly what the event says.
fn same(text: &[u8], event: &Event) {
    let written: Value = serde_json::from_str(&event.to_json()).expect("JSON");
    let sent: Value = serde_json::from_slice(text).expect("JSON");
    for (name, value) in sent.as_object().expect("an object") {
        assert!(agree(&written[name], value), "{name}: {value}");
    }
}

/// Whether a written value equals the one that was sent, apart from the spelling of times.
fn agree(one: &Value, other: &Value) -> bool {
    let time = |text: &str| text.parse::<jiff::Timestamp>().ok();
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            one == other || (time(one).is_some() && time(one) == time(other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            // Empty lists and maps are not written.
            let empty = |value: &Value| *value == json!([]) || *value == json!({});
            one.keys().all(|name| other.contains_key(name))
                && other.iter().all(|(name, other)| match one.get(name) {
                    Some(one) => agree(one, other),
                    None => empty(other),
                })
        }
        _ => one == other,
    }
}

/// The problem of an event whose data does not match.
fn problem(event: &Event) -> Option<&str> {
    match &event.data {
        EventData::Malformed(malformed) => Some(&malformed.problem),
        _ => None,
    }
}

#[test]
fn an_example_with_any_field_removed_nulled_or_retyped_keeps_its_type_and_names_the_field() {
    let others = [
        json!(null),
        json!(true),
        json!(-7),
        json!(1.5),
        json!("12"),
        json!("0001-01-01T00:00:00Z"),
        json!([1, {"a": "b"}]),
        json!({"a": ["b"]}),
    ];
    let (mut changed, mut malformed) = (0, 0);
    for (name, example) in examples() {
        for place in places(&example) {
            let bodies = others
                .iter()
                .map(|other| replaced(example.clone(), &place, other.clone()))
                .chain([removed(example.clone(), &place)]);
            for body in bodies {
                let event = read(&body);
                let path = path(&place);
                if path != "type" {
                    assert_eq!(event.kind.as_str(), name, "{path}");
                }
                if let Some(problem) = problem(&event) {
                    // A list instead of an object in a list is reported at the outer list.
                    let outer = path
                        .strip_suffix(']')
                        .and_then(|path| path.rsplit_once('['));
                    let outer = outer.map_or(path.as_str(), |(outer, _)| outer);
                    assert!(problem.starts_with(outer), "{problem} at {path}: {body}");
                    malformed += 1;
                }
                changed += 1;
            }
        }
    }
    assert!(
        changed > 5000 && malformed > 1000,
        "{malformed} of {changed}"
    );
}

#[test]
fn an_example_with_fields_added_keeps_them() {
    for (name, example) in examples() {
        let objects = places(&example)
            .into_iter()
            .chain([Vec::new()])
            .filter(|place| at(&mut example.clone(), place).is_object());
        for place in objects {
            let mut body = example.clone();
            at(&mut body, &place)["added_later"] = json!({"a": [1]});
            let event = read(&body);
            assert_eq!((event.kind.as_str(), problem(&event)), (name, None));
            let mut written: Value = serde_json::from_str(&event.to_json()).expect("JSON");
            let mut there = place.clone();
            if there.is_empty() {
                there.push(Step::Field("extra".to_owned()));
            }
            assert_eq!(at(&mut written, &there)["added_later"], json!({"a": [1]}));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_event_or_no_json_object(bytes in prop::collection::vec(any::<u8>(), 0..96)) {
        let object = matches!(serde_json::from_slice(&bytes), Ok(Value::Object(_)));
        match parse(bytes.clone()) {
            Ok(event) => prop_assert!(object && event.raw() == &bytes),
            Err(refusal) => prop_assert!(!object && refusal.reason() == VerificationErrorReason::NotJson),
        }
        prop_assert_eq!(parse_json(&bytes).is_ok(), object);
    }

    #[test]
    fn any_json_as_the_body(body in json()) {
        let event = parse(body.to_string());
        prop_assert_eq!(event.is_ok(), body.is_object());
        if body.is_object() {
            read(&body);
        }
    }

    #[test]
    fn any_json_in_any_place_of_an_example(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        with in json(),
    ) {
        let examples = examples();
        let (name, example) = which.get(&examples);
        let places = places(example);
        let place = place.get(&places);
        let event = read(&replaced(example.clone(), place, with));
        prop_assert!(path(place) == "type" || event.kind.as_str() == *name);
    }
}
