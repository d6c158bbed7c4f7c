//! Every operation and job of the tables.

use std::path::Path;

use hundredms::{ArgumentLocation, Server, operations};
use serde_json::{Map, Value};

use crate::workspace::Workspace;

/// Return the fixture of an operation.
pub(crate) fn fixture(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("a fixture");
    serde_json::from_str(&text).expect("JSON")
}

/// Replace each text that is a secret.
fn same(shown: &Value, sent: &Value) -> bool {
    match (shown, sent) {
        (Value::String(shown), Value::String(_)) if shown == "[redacted]" => true,
        (Value::Array(shown), Value::Array(sent)) => {
            shown.len() == sent.len() && shown.iter().zip(sent).all(|(a, b)| same(a, b))
        }
        (Value::Object(shown), Value::Object(sent)) => {
            // Null is the same as nothing.
            let sent: Map<_, _> = sent
                .clone()
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .collect();
            let shown: Map<_, _> = shown
                .clone()
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .collect();
            shown.len() == sent.len()
                && shown
                    .iter()
                    .all(|(name, value)| sent.get(name).is_some_and(|sent| same(value, sent)))
        }
        (Value::Number(shown), Value::Number(sent)) => shown.as_f64() == sent.as_f64(),
        (shown, sent) => shown == sent,
    }
}

#[test]
fn every_operation_can_be_called_and_sends_what_its_fixture_says() {
    let workspace = Workspace::new();
    let mut count = 0;
    for info in operations() {
        let fixture = fixture(info.name);
        let mut given: Map<String, Value> =
            fixture["arguments"].as_object().expect("an object").clone();
        let words = info.name.replace('_', "-");
        let mut words: Vec<String> = words.split('.').map(str::to_owned).collect();
        for argument in info.arguments {
            if argument.location == ArgumentLocation::Path {
                let value = given.remove(argument.name).expect("a path argument");
                words.push(value.as_str().expect("a text").to_owned());
            }
        }
        let limit = info.paging.and_then(|_| given.get("limit").cloned());
        words.extend([
            "--dry-run".to_owned(),
            "--data".to_owned(),
            Value::Object(given).to_string(),
        ]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let shown = workspace.run(&words).json();
        let request = &fixture["request"];
        assert_eq!(shown["method"], request["method"], "{}", info.name);
        let base = if info.server == Server::Auth {
            workspace.sandbox.auth_url()
        } else {
            workspace.sandbox.base_url()
        };
        let url = shown["url"].as_str().expect("a URL");
        let path = request["path"].as_str().expect("a path");
        assert!(
            url.starts_with(&format!("{base}{path}")),
            "{}: {url}",
            info.name
        );
        let pairs = request["query"].as_array().expect("a list").len();
        let query = url
            .split_once('?')
            .map_or(0, |(_, query)| query.split('&').count());
        assert_eq!(query, pairs, "{}: {url} {limit:?}", info.name);
        assert!(
            same(&shown["body"], &request["body"]),
            "{}: {shown} {request}",
            info.name
        );
        count += 1;
    }
    assert_eq!(count, operations().count());
    assert!(workspace.sandbox.requests().is_empty());
}

#[test]
fn every_command_has_help_with_an_example() {
    let workspace = Workspace::new();
    let all = operations().map(|info| info.name);
    for name in all.chain(hundredms::jobs::jobs().map(|info| info.name)) {
        let words = name.replace('_', "-").replace('.', " ");
        let help = workspace.line(&format!("{words} --help")).done();
        assert!(
            help.contains(&format!("Example:\n  hundredms {words}")),
            "{help}"
        );
        assert!(help.contains("--timeout"), "{help}");
    }
    let help = workspace.line("--help").done();
    assert!(
        help.contains("Exit codes:") && help.contains("rooms"),
        "{help}"
    );
}
