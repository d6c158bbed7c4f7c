//! Every operation against its fixture in `tests/fixtures`: arguments to request, answer to value.

use std::collections::BTreeSet;
use std::path::Path;

use hundredms::CallOptions;
use serde_json::Value;

use super::client_at;
use crate::queue::{Queue, Reply};

#[derive(serde::Deserialize)]
struct Fixture {
    operation: String,
    arguments: Value,
    request: Request,
    answer: Answer,
    value: Value,
}

#[derive(serde::Deserialize)]
struct Request {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Value,
}

#[derive(serde::Deserialize)]
struct Answer {
    status: u16,
    body: Value,
}

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    std::fs::read_dir(folder)
        .expect("fixtures")
        .map(|file| {
            let text = std::fs::read(file.expect("a file").path()).expect("a file");
            serde_json::from_slice(&text).expect("a fixture")
        })
        .collect()
}

/// A value as it compares: without nulls, which say nothing, and with `1.0` the same number as `1`.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        Value::Array(values) => values.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_operation_has_a_fixture() {
    let named: BTreeSet<String> = fixtures()
        .into_iter()
        .map(|fixture| fixture.operation)
        .collect();
    let known: BTreeSet<String> = hundredms::operations()
        .map(|info| info.name.to_owned())
        .collect();
    assert_eq!(named, known);
}

#[tokio::test]
async fn arguments_become_the_request_and_the_answer_becomes_the_value() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    for fixture in fixtures() {
        let body = match &fixture.answer.body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        queue.push(Reply::json(fixture.answer.status, &body));
        let arguments = fixture.arguments.to_string();
        let answered = client
            .call(
                &fixture.operation,
                arguments.as_bytes(),
                &CallOptions::default(),
            )
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let asked = queue.asked().pop().expect("a request");
        let name = &fixture.operation;
        assert_eq!(asked.method, fixture.request.method, "{name}");
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        assert_eq!(path, format!("/v2{}", fixture.request.path), "{name}");
        let query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        assert_eq!(query, fixture.request.query, "{name}");
        let body: Value = serde_json::from_str(&asked.body).unwrap_or(Value::Null);
        assert_eq!(
            without_nulls(&body),
            without_nulls(&fixture.request.body),
            "{name}"
        );
        assert_eq!(
            asked.header("content-type").is_some(),
            !asked.body.is_empty(),
            "{name}"
        );
        let value: Value = serde_json::from_slice(&answered.json).expect("JSON");
        assert_eq!(
            without_nulls(&value),
            without_nulls(&fixture.value),
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_answer_with_nothing_to_mend_goes_on_byte_for_byte() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let room = |rest: &str| {
        format!(
            r#"{{ "id":"1","name":"n","enabled":true,  "description":"","customer_id":"c","template_id":"t","region":"mars","unknown":[1]{rest}}}"#
        )
    };
    let untouched = room(r#","created_at":"2026-01-01T00:00:00.123456789Z""#);
    queue.push(Reply::json(200, &untouched));
    let options = CallOptions::default();
    let call = || client.call("rooms.get", br#"{"room_id":"1"}"#, &options);
    assert_eq!(call().await.expect("a room").json, untouched);
    for (sent, kept) in [
        (r#","updated_at":"0001-01-01T00:00:00Z""#, ""),
        (r#","size":"12""#, r#""size":12"#),
        (r#","polls":null"#, ""),
        // Python knows neither the year 0 nor the second 60.
        (r#","updated_at":"0000-12-31T19:00:00Z""#, ""),
        (
            r#","updated_at":"2016-12-31 23:59:60Z""#,
            r#""updated_at":"2016-12-31T23:59:59Z""#,
        ),
    ] {
        queue.push(Reply::json(200, &room(sent)));
        let json = call().await.expect("a room").json;
        let text = std::str::from_utf8(&json).expect("text");
        assert!(!text.contains(sent) && text.contains(kept), "{text}");
        assert!(
            text.contains(r#""unknown":[1]"#) && text.contains(r#""region":"mars""#),
            "{text}"
        );
    }
}
