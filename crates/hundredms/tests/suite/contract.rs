//! The table and the types against `tests/contract/openapi.yaml`: nothing missing, nothing more.

use std::collections::{BTreeMap, BTreeSet};

use hundredms::{ArgumentLocation, CallOptions, CassetteMode, OperationSchema};
use schemars::SchemaGenerator;
use serde_json::Value;

use super::client_at;
use crate::queue::{Queue, Reply};

struct Contract(Value);

impl Contract {
    fn read() -> Self {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/openapi.yaml"
        );
        let text = std::fs::read_to_string(path).expect("the contract");
        Self(serde_norway::from_str(&text).expect("YAML"))
    }

    /// Every operation: method, path, and the operation itself.
    fn operations(&self) -> BTreeMap<String, (String, String, &Value)> {
        let mut operations = BTreeMap::new();
        for (path, methods) in self.0["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let name = operation["operationId"]
                    .as_str()
                    .expect("a name")
                    .to_owned();
                operations.insert(name, (method.to_uppercase(), path.clone(), operation));
            }
        }
        operations
    }

    /// The schema itself, behind a reference.
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(reference) => &self.0["components"]["schemas"][last(reference)],
            None => schema,
        }
    }

    /// The names of all schemas that `schema` uses.
    fn used(&self, schema: &Value, names: &mut BTreeSet<String>) {
        match schema {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(reference) if key == "$ref" => {
                            let name = last(reference);
                            if names.insert(name.to_owned()) {
                                self.used(&self.0["components"]["schemas"][name], names);
                            }
                        }
                        value => self.used(value, names),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| self.used(value, names)),
            _ => {}
        }
    }
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

fn names(schema: &Value) -> BTreeSet<String> {
    schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect()
}

fn required(schema: &Value) -> BTreeSet<String> {
    schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn the_documents_have_the_number_of_operations() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let count = hundredms::operations().count();
    for (file, phrase) in [
        ("README.md", format!("- All {count} operations:")),
        (
            "tests/contract/README.md",
            format!("of all {count} operations"),
        ),
    ] {
        let text = std::fs::read_to_string(root.join(file)).expect(file);
        assert!(text.contains(&phrase), "{file}: write \"{phrase}\"");
    }
}

#[test]
fn every_operation_is_there_with_its_method_path_retry_and_paging() {
    let contract = Contract::read();
    let operations = contract.operations();
    let table: BTreeMap<_, _> = hundredms::operations()
        .map(|info| (info.name.to_owned(), info))
        .collect();
    assert_eq!(
        table.keys().collect::<Vec<_>>(),
        operations.keys().collect::<Vec<_>>()
    );
    for (name, (method, path, operation)) in operations {
        let info = table[&name];
        assert_eq!(
            (info.method.as_str(), info.path),
            (method.as_str(), path.as_str()),
            "{name}"
        );
        assert_eq!(
            serde_json::to_value(info.retry).expect("a word"),
            operation["x-retry"],
            "{name}"
        );
        assert_eq!(
            info.server == hundredms::Server::Auth,
            operation["servers"].is_array(),
            "{name}"
        );
        let paging = &operation["x-pagination"];
        assert_eq!(
            info.paging.map(|paging| paging.items),
            paging["items"].as_str(),
            "{name}"
        );
        if let Some(given) = info.paging {
            assert_eq!(
                Some(given.cursor.param()),
                paging["param"].as_str(),
                "{name}"
            );
            let cursor = serde_json::to_value(given.cursor).expect("a word");
            assert_eq!(
                cursor,
                *paging.get("cursor").unwrap_or(&paging["style"]),
                "{name}"
            );
        }
        let docs = operation["x-source"].as_str().unwrap_or_default();
        assert!(docs == info.docs || docs.contains(' '), "{name}: {docs}");
    }
}

#[test]
fn every_parameter_and_body_field_is_there_and_no_other() {
    let contract = Contract::read();
    let table: BTreeMap<_, _> = hundredms::operations()
        .map(|info| (info.name, info))
        .collect();
    for (name, (_, _, operation)) in contract.operations() {
        let mut expected = BTreeSet::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let place = parameter["in"].as_str().expect("a place");
            let required = parameter["required"] == true;
            expected.insert((
                place.to_owned(),
                parameter["name"].as_str().expect("a name").to_owned(),
                required,
            ));
        }
        if let Some(token) = operation["x-auth"].as_str() {
            expected.insert(("token".to_owned(), token.to_owned(), true));
        }
        let body =
            contract.resolved(&operation["requestBody"]["content"]["application/json"]["schema"]);
        for field in names(body) {
            let required = required(body).contains(&field);
            expected.insert(("body".to_owned(), field, required));
        }
        if body["type"] == "array" {
            expected.insert(("whole_body".to_owned(), "recordings".to_owned(), true));
        }
        let given: BTreeSet<_> = table[name.as_str()]
            .arguments
            .iter()
            .map(|field| {
                let place = serde_json::to_value(field.location).expect("a word");
                (
                    place.as_str().expect("a word").to_owned(),
                    field.name.to_owned(),
                    field.required,
                )
            })
            .collect();
        assert_eq!(given, expected, "{name}");
    }
}

/// The definitions of all models, and all operations.
fn ours() -> (BTreeMap<String, Value>, Vec<OperationSchema>) {
    let mut generator = SchemaGenerator::default();
    let operations = OperationSchema::all(&mut generator);
    (
        generator.take_definitions(true).into_iter().collect(),
        operations,
    )
}

#[test]
fn every_model_has_every_field_and_no_other() {
    let contract = Contract::read();
    let (models, _) = ours();
    let mut used = BTreeSet::new();
    for (_, _, operation) in contract.operations().values() {
        let body =
            contract.resolved(&operation["requestBody"]["content"]["application/json"]["schema"]);
        contract.used(body, &mut used);
        for (status, answer) in operation["responses"].as_object().expect("answers") {
            if status.starts_with('2') {
                contract.used(answer, &mut used);
            }
        }
    }
    let mut compared = 0;
    for name in used {
        let schema = &contract.0["components"]["schemas"][&name];
        let model = models
            .get(&name)
            .unwrap_or_else(|| panic!("there is no {name}"));
        assert_eq!(names(model), names(schema), "{name}");
        for (field, property) in model["properties"].as_object().into_iter().flatten() {
            assert!(
                property["description"]
                    .as_str()
                    .is_some_and(|docs| !docs.is_empty()),
                "{name}.{field} has no docs"
            );
        }
        compared += 1;
    }
    assert!(compared > 120, "{compared}");
}

/// Every secret of the contract is a secret here: a `Secret`, a list of them, or a map to them.
#[test]
fn every_secret_is_unprintable() {
    let contract = Contract::read();
    let (models, operations) = ours();
    let secret = |schema: &Value| schema.to_string().contains(r#""x-secret":true"#);
    let mut found = 0;
    for (name, schema) in contract.0["components"]["schemas"]
        .as_object()
        .expect("schemas")
    {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if !secret(property) && field != "meeting_url" {
                continue;
            }
            let model = models.get(name).map(|model| &model["properties"][field]);
            // The body of an operation has its fields as arguments.
            let argument = operations.iter().find_map(|operation| {
                let (_, _, row) = &contract.operations()[operation.info.name];
                let body = &row["requestBody"]["content"]["application/json"]["schema"]["$ref"];
                (last(body.as_str()?) == name)
                    .then(|| operation.request.as_value()["properties"][field].clone())
            });
            let given = model
                .cloned()
                .or(argument)
                .unwrap_or_else(|| panic!("there is no {name}.{field}"));
            assert!(secret(&given), "{name}.{field}");
            found += 1;
        }
    }
    assert!(found > 15, "{found}");
}

/// Where there is no definition, secrets are known by their names.
#[tokio::test]
async fn every_secret_is_left_out_of_a_cassette_by_its_name() {
    const CANARY: &str = "canary-5f1c0b";
    let contract = Contract::read();
    let mut body = serde_json::Map::new();
    let schemas = contract.0["components"]["schemas"].as_object();
    for schema in schemas.expect("schemas").values() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if property.to_string().contains(r#""x-secret":true"#) {
                body.insert(field.clone(), format!("{CANARY} {field}").into());
            }
        }
    }
    assert!(body.len() > 8, "{body:?}");
    let body = Value::from(body);
    let path = std::env::temp_dir().join(format!("hundredms-{}-names.json", std::process::id()));
    let queue = Queue::start([Reply::json(200, &body.to_string())]).await;
    let client = client_at(&queue.url()).cassette(&path, CassetteMode::Record);
    let client = client.build().expect("a client");
    let options = CallOptions::default();
    let asked = client.request("POST", "/new", &[], Some(&body), &options);
    asked.await.expect("an answer");
    let text = std::fs::read_to_string(&path).expect("a cassette");
    std::fs::remove_file(path).expect("removed");
    assert!(!text.contains(CANARY), "{text}");
}

/// The values that the enum of a field knows.
fn known_values(schema: &Value, models: &BTreeMap<String, Value>) -> Vec<Value> {
    match schema {
        Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
            Some(name) => known_values(&models[last(name)], models),
            None => match fields.get("x-open-enum") {
                Some(Value::Array(known)) => known.clone(),
                _ => fields
                    .values()
                    .flat_map(|part| known_values(part, models))
                    .collect(),
            },
        },
        Value::Array(parts) => parts
            .iter()
            .flat_map(|part| known_values(part, models))
            .collect(),
        _ => Vec::new(),
    }
}

/// Limits on arguments are those of the contract.
#[test]
fn every_limit_of_a_body_field_is_checked() {
    let contract = Contract::read();
    let (models, operations) = ours();
    let mut found = 0;
    for operation in &operations {
        let (_, _, row) = &contract.operations()[operation.info.name];
        let body = contract.resolved(&row["requestBody"]["content"]["application/json"]["schema"]);
        for field in operation
            .info
            .arguments
            .iter()
            .filter(|field| field.location == ArgumentLocation::Body)
        {
            let documented = &body["properties"][field.name];
            let limits =
                operation.request.as_value()["properties"][field.name]["x-limits"].to_string();
            for key in ["minimum", "maximum", "maxLength", "maxItems"] {
                if let Some(limit) = documented.get(key) {
                    assert!(
                        limits.contains(&limit.to_string()),
                        "{} {}: {key} {limit}, {limits}",
                        operation.info.name,
                        field.name
                    );
                    found += 1;
                }
            }
            // A value that is not known is sent with a hint: every enum sees to that.
            if let Some(values) = documented["enum"].as_array() {
                let known = known_values(
                    &operation.request.as_value()["properties"][field.name],
                    &models,
                );
                for value in values.iter().filter(|value| value.is_string()) {
                    assert!(
                        known.contains(value),
                        "{} {}: {value}, {known:?}",
                        operation.info.name,
                        field.name
                    );
                }
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found}");
}
