//! The types of events and their models against `tests/contract/webhooks.yaml`: nothing missing, nothing more.

use std::collections::{BTreeMap, BTreeSet};

use hundredms::webhooks::{EventType, published_addresses, schemas};
use schemars::SchemaGenerator;
use serde_json::Value;

/// The text of `tests/contract/webhooks.yaml`.
fn contract() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/contract/webhooks.yaml"
    );
    let text = std::fs::read_to_string(path).expect("the contract");
    serde_norway::from_str(&text).expect("YAML")
}

/// What is said of a field, in words that both sides have.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    required: bool,
    kind: String,
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

/// What the contract says of the fields of `schema`.
fn documented(contract: &Value, schema: &Value) -> BTreeMap<String, Field> {
    let required: BTreeSet<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema["properties"].as_object().expect("properties");
    properties
        .iter()
        .map(|(name, field)| {
            let kind = documented_kind(contract, field);
            let required = required.contains(name.as_str());
            (name.clone(), Field { required, kind })
        })
        .collect()
}

fn documented_kind(contract: &Value, field: &Value) -> String {
    if let Some(reference) = field["$ref"].as_str() {
        let schema = &contract["schemas"][last(reference)];
        return match schema["x-open-enum"].as_array() {
            Some(words) => words_of(words),
            None => format!("{:?}", documented(contract, schema)),
        };
    }
    if field["x-secret"] == true || field["x-sensitive"] == true {
        return "secret".to_owned();
    }
    match field["type"].as_str().expect("a type") {
        "array" => format!("list of {}", documented_kind(contract, &field["items"])),
        "string" if field["format"] == "date-time" => "time".to_owned(),
        kind => kind.to_owned(),
    }
}

fn words_of(words: &[Value]) -> String {
    let words: BTreeSet<&str> = words.iter().filter_map(Value::as_str).collect();
    format!("{words:?}")
}

/// What the types say of the fields of `schema`.
fn defined(definitions: &BTreeMap<String, Value>, schema: &Value) -> BTreeMap<String, Field> {
    let properties = schema["properties"].as_object().expect("properties");
    properties
        .iter()
        .map(|(name, field)| {
            let required = field["x-kind"] == "required";
            let kind = defined_kind(definitions, field);
            (name.clone(), Field { required, kind })
        })
        .collect()
}

fn defined_kind(definitions: &BTreeMap<String, Value>, field: &Value) -> String {
    if let Some(reference) = field["$ref"].as_str() {
        let schema = &definitions[last(reference)];
        return match schema["x-open-enum"].as_array() {
            Some(words) => words_of(words),
            None => format!("{:?}", defined(definitions, schema)),
        };
    }
    if field["x-secret"] == true {
        return "secret".to_owned();
    }
    if let Some(inner) = field["anyOf"]
        .as_array()
        .and_then(|any| any.iter().find(|it| it["type"] != "null"))
    {
        return defined_kind(definitions, inner);
    }
    let kind = match &field["type"] {
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|it| *it != "null"),
        kind => kind.as_str(),
    };
    match kind.expect("a type") {
        "array" => format!("list of {}", defined_kind(definitions, &field["items"])),
        "string" if field["format"] == "date-time" => "time".to_owned(),
        kind => kind.to_owned(),
    }
}

#[test]
fn the_types_and_every_field_of_their_data_are_those_of_the_contract() {
    let contract = contract();
    let mut generator = SchemaGenerator::default();
    let events = schemas(&mut generator);
    let definitions: BTreeMap<String, Value> =
        generator.take_definitions(true).into_iter().collect();
    let of_contract = contract["events"].as_object().expect("events");
    let names: BTreeSet<&str> = events.iter().map(|event| event.kind).collect();
    let expected: BTreeSet<&str> = of_contract.keys().map(String::as_str).collect();
    assert_eq!(names, expected);
    assert_eq!(events.len(), 32);
    for event in &events {
        let documented_name = of_contract[event.kind]["data"].as_str().expect("a name");
        let model = last(event.data.as_value()["$ref"].as_str().expect("a reference"));
        assert_eq!(format!("Webhook{model}Data"), documented_name);
        assert_eq!(
            defined(&definitions, &definitions[model]),
            documented(&contract, &contract["schemas"][documented_name]),
            "{}",
            event.kind
        );
        assert_eq!(definitions[model]["x-direction"], "answer");
    }
}

#[test]
fn the_words_of_the_type_are_those_of_the_contract_and_so_are_their_aliases() {
    let schema = &contract()["schemas"]["WebhookEventType"];
    let words: Vec<&str> = schema["x-open-enum"]
        .as_array()
        .expect("words")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(EventType::KNOWN, words);
    let aliases = schema["x-aliases"].as_object().expect("aliases");
    assert!(!aliases.is_empty());
    for (alias, word) in aliases {
        assert_eq!(EventType::from(alias.as_str()).as_str(), word);
    }
}

#[test]
fn the_published_addresses_are_those_of_the_contract() {
    let contract = contract();
    let ranges: Vec<&str> = contract["delivery"]["source_ip_ranges"]
        .as_array()
        .expect("ranges")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(published_addresses().collect::<Vec<_>>(), ranges);
}
