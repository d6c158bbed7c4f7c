//! Checks that outcomes are as expected, and the same in all languages.

use serde_json::{Map, Value};

/// The compared parts of an error. Durations and the system's messages differ from run to run.
pub(super) const COMPARED: &[&str] = &[
    "kind",
    "message",
    "operation",
    "method",
    "route",
    "status",
    "code",
    "details",
    "request_id",
    "field",
    "phase",
    "state",
    "attempts",
    "retry_after",
    "may_have_applied",
    "check_with",
];

/// How the names of the folders for the files of steps begin.
pub(super) const FOLDER: &str = "hundredms-scenario-";

/// A text in which every id of a sandbox and every folder is masked: each language has its own.
fn without_ids(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(number) = rest.strip_prefix(FOLDER) {
            masked.push_str("a folder");
            rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
            continue;
        }
        let word = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (word, others) = rest.split_at(word.max(first.len_utf8()));
        let is_id = word.len() == 24 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        masked.push_str(if is_id { "an id" } else { word });
        rest = others;
    }
    masked
}

/// Return whether two values are equal. 3 equals 3.0, and null equals a missing value.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64(), other.as_f64());
            matches!((one, other), (Some(one), Some(other)) if (one - other).abs() < 1e-6)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let keys = one.keys().chain(other.keys());
            keys.into_iter().all(|key| {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                same(&of(one), &of(other))
            })
        }
        (Value::String(one), Value::String(other)) => without_ids(one) == without_ids(other),
        _ => one == other,
    }
}

/// Return how the outcome of a step differs from the expectation. The outcome may contain more.
pub(super) fn unexpected(expected: &Value, outcome: &Value) -> Option<String> {
    let sort = |it: &Value| {
        let sorts = ["value", "error", "cancelled"];
        sorts.into_iter().find(|sort| it.get(sort).is_some())
    };
    if sort(expected) != sort(outcome) {
        return Some(format!("is {outcome} instead of {expected}"));
    }
    differs(expected, outcome, "")
}

fn differs(expected: &Value, outcome: &Value, place: &str) -> Option<String> {
    match (expected, outcome) {
        (Value::Object(expected), Value::Object(outcome)) => {
            expected.iter().find_map(|(key, expected)| {
                let of = outcome.get(key).unwrap_or(&Value::Null);
                differs(expected, of, &format!("{place}/{key}"))
            })
        }
        (Value::Array(expected), Value::Array(outcome)) if expected.len() == outcome.len() => {
            let both = expected.iter().zip(outcome).enumerate();
            let mut both =
                both.map(|(n, (one, other))| differs(one, other, &format!("{place}/{n}")));
            both.find_map(|difference| difference)
        }
        _ if same(expected, outcome) => None,
        _ => Some(format!("{place} is {outcome} instead of {expected}")),
    }
}

/// The parts of an outcome that are compared between languages: whole errors, and the expected parts of values, since ids differ.
pub(super) fn comparable(expected: &Value, outcome: &Value) -> Value {
    let mut comparable = outcome.clone();
    if let Some(fields) = comparable.as_object_mut() {
        fields.shift_remove("seconds");
    }
    if let Some(since @ Value::String(_)) = comparable.pointer_mut("/error/check_with/since") {
        *since = "a time".into();
    }
    if let Some(value) = comparable.get_mut("value") {
        *value = picked(expected.get("value").unwrap_or(&Value::Null), value);
    }
    comparable
}

/// Kinds of values in errors of arguments: as Rust and Node name them, and as Python does.
const KINDS: &[(&str, &str)] = &[
    ("null", "None"),
    ("an object", "a dict"),
    ("a boolean", "a bool"),
    ("true or false", "True or False"),
];

/// The words before a kind.
const BEFORE_KINDS: &[&str] = &["found", "expected", "be", "or"];

/// Return `outcome` as Python must have it: errors of arguments name kinds of values as Python does.
pub(super) fn in_python(outcome: &Value) -> Value {
    match outcome {
        Value::Array(items) => items.iter().map(in_python).collect(),
        Value::Object(fields) => {
            let of_arguments = matches!(
                fields.get("kind").and_then(Value::as_str),
                Some("invalid_request" | "configuration")
            );
            let named = |(name, value): (&String, &Value)| {
                let value = match value {
                    Value::String(text) if of_arguments && name == "message" => {
                        kinds_of_python(text).into()
                    }
                    value => in_python(value),
                };
                (name.clone(), value)
            };
            fields.iter().map(named).collect()
        }
        other => other.clone(),
    }
}

fn kinds_of_python(text: &str) -> String {
    let mut text = text.to_owned();
    for before in BEFORE_KINDS {
        for (kind, named) in KINDS {
            text = text.replace(&format!("{before} {kind}"), &format!("{before} {named}"));
        }
    }
    text
}

fn picked(expected: &Value, value: &Value) -> Value {
    match (expected, value) {
        (Value::Object(expected), Value::Object(value)) => expected
            .iter()
            .map(|(key, expected)| {
                let of = value.get(key).unwrap_or(&Value::Null);
                // The errors of a list are compared as a whole.
                let whole = key == "errors";
                let of = if whole {
                    of.clone()
                } else {
                    picked(expected, of)
                };
                (key.clone(), of)
            })
            .collect(),
        (Value::Array(expected), Value::Array(value)) if expected.len() == value.len() => {
            let both = expected.iter().zip(value);
            both.map(|(expected, value)| picked(expected, value))
                .collect()
        }
        // A stored name: it has another value in each sandbox, and each outcome was compared with its own.
        (Value::String(expected), Value::String(_)) if expected.contains("${") => {
            expected.clone().into()
        }
        (Value::Null, _) => Value::Null,
        (_, value) => value.clone(),
    }
}

/// A short form of an outcome for the table.
pub(super) fn in_words(outcomes: &[Value]) -> String {
    let words: Vec<_> = outcomes.iter().map(one_in_words).collect();
    words.join(", ")
}

fn one_in_words(outcome: &Value) -> String {
    if outcome["cancelled"] == true {
        return "cancelled".to_owned();
    }
    let errors = outcome["value"]["errors"].as_array();
    if let (Some(errors), Some(items)) = (errors, outcome["value"]["items"].as_u64()) {
        return match errors.as_slice() {
            [] => format!("{items} items"),
            errors => format!("{items} items, {} errors", errors.len()),
        };
    }
    let error = &outcome["error"];
    let Some(kind) = error["kind"].as_str() else {
        return "value".to_owned();
    };
    let status = error["status"].as_u64().map(|it| format!(" {it}"));
    let phase = error["phase"].as_str().map(|it| format!(" in {it}"));
    let attempts = error["attempts"].as_u64().filter(|it| *it > 1);
    let attempts = attempts.map(|it| format!(" x{it}"));
    let words = [Some(kind.to_owned()), status, phase, attempts];
    words.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_ids_and_folders_may_differ_in_a_message() {
        let message = |id: &str, role: &str| json!(format!("look at \"{id}\", role \"{role}\""));
        let (one, other) = ("6b030d5a3bd973b41c000003", "6b030d63ce8da3e25e000003");
        assert!(same(&message(one, "host"), &message(other, "host")));
        assert!(!same(&message(one, "host"), &message(other, "guest")));
        let path =
            |number: &str, id: &str| json!(format!("/tmp/{FOLDER}{number}/chat-{id}.csv: full"));
        assert!(same(&path("12-3", one), &path("4-56", other)));
        assert!(!same(&json!("/a/b"), &json!("/a/c")));
    }

    #[test]
    fn python_names_kinds_of_values_in_errors_of_arguments_alone() {
        let error = |kind: &str, message: &str| json!({"errors": [{"error": {"kind": kind, "message": message}}]});
        let (text, named) = (
            "role: expected a string, found null",
            "role: expected a string, found None",
        );
        let refused = in_python(&error("invalid_request", text));
        assert_eq!(refused, error("invalid_request", named));
        assert_eq!(in_python(&error("decode", text)), error("decode", text));
    }

    #[test]
    fn an_error_is_no_value_where_nothing_is_expected_of_it() {
        let outcome = json!({"error": {"kind": "timeout"}, "seconds": 1.0});
        assert!(unexpected(&json!({"value": null}), &outcome).is_some());
        assert!(unexpected(&json!({"error": {"kind": "timeout"}}), &outcome).is_none());
        let nothing = json!({"value": null, "seconds": 1.0});
        assert!(unexpected(&json!({"value": null}), &nothing).is_none());
        assert!(unexpected(&json!({"cancelled": true}), &nothing).is_some());
    }

    #[test]
    fn what_to_look_at_is_compared_without_the_time() {
        let outcome = |operation: &str, since: &str| {
            let check_with = json!({"operation": operation, "arguments": {}, "since": since});
            comparable(
                &json!({"error": {}}),
                &json!({"error": {"check_with": check_with}}),
            )
        };
        let (one, later) = (
            outcome("rooms.list", "12:00"),
            outcome("rooms.list", "13:00"),
        );
        assert!(same(&one, &later));
        assert!(!same(&one, &outcome("polls.get", "12:00")));
    }
}
