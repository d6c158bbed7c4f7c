//! `postman.json`: the API as a Postman collection, which Bruno, Insomnia and newman read too.

use std::fmt::Write as _;

use std::collections::BTreeMap;

use hundredms::{ArgumentLocation, Server};
use serde_json::{Map, Value, json};

use super::fixture::Fixture;
use crate::codegen::output::Output;
use crate::codegen::surface::{Kind, Method, Resource, Surface};
use crate::codegen::typescript::types::plain;
use crate::shell::{BoxError, root};

/// The script that runs before each request.
const SIGN: &str = include_str!("postman_sign.js");

/// Bodies with which the requests of the collection succeed one after the other. Other requests have the body of their fixture.
const BODIES: &str = include_str!("postman_bodies.json");

/// The variables that responses fill in for later requests: the operation, the variable, and where its value is.
const TAKEN: [(&str, &str, &str); 12] = [
    ("rooms.create", "room_id", "body.id"),
    ("room_codes.create", "code", "body.data[0].code"),
    ("sessions.list", "session_id", "body.data[0].id"),
    ("recording_assets.list", "asset_id", "body.data[0].id"),
    (
        "active_rooms.list_peers",
        "peer_id",
        "Object.keys(body.peers)[0]",
    ),
    ("recordings.start", "recording_id", "body.id"),
    ("live_streams.start", "live_stream_id", "body.id"),
    ("external_streams.start", "external_stream_id", "body.id"),
    ("polls.create", "poll_id", "body.id"),
    ("templates.create", "template_id", "body.id"),
    (
        "analytics.replay_webhook_events",
        "workflow_id",
        "body.workflow_id",
    ),
    ("sip.create_trunk", "trunk_id", "body.id"),
];

/// The collection.
pub(super) fn output(surface: &Surface) -> Result<Output, BoxError> {
    let numbers = numbers()?;
    let bodies: BTreeMap<String, Value> = serde_json::from_str(BODIES)?;
    let mut variables = BTreeMap::new();
    let mut folders = Vec::new();
    for resource in &surface.resources {
        let mut requests = Vec::new();
        for method in &resource.methods {
            let number = numbers.get(method.info.name).copied();
            let request = item(resource, method, number, &bodies, &mut variables)?;
            requests.push((number.unwrap_or(u32::MAX), request));
        }
        requests.sort_by_key(|(number, _)| *number);
        let first = requests.first().map_or(u32::MAX, |(number, _)| *number);
        let (title, about) = resource
            .about
            .split_once(": ")
            .unwrap_or((&resource.about, ""));
        let items: Vec<Value> = requests.into_iter().map(|(_, request)| request).collect();
        folders.push((
            first,
            json!({"name": title, "description": plain(about), "item": items}),
        ));
    }
    folders.sort_by_key(|(number, _)| *number);
    let folders: Vec<Value> = folders.into_iter().map(|(_, folder)| folder).collect();

    let mut all = vec![
        json!({"key": "HOST", "value": "https://api.100ms.live/v2"}),
        json!({"key": "AUTH_HOST", "value": "https://auth.100ms.live/v2"}),
        json!({"key": "APP_ACCESS_KEY", "value": ""}),
        json!({"key": "APP_SECRET", "value": ""}),
        json!({"key": "TOKEN", "value": ""}),
        json!({"key": "CLIENT_TOKEN", "value": ""}),
        json!({"key": "start_time", "value": ""}),
        json!({"key": "end_time", "value": ""}),
    ];
    all.extend(
        variables
            .into_iter()
            .map(|(name, value)| json!({"key": name, "value": value})),
    );
    let collection = json!({
        "info": {
            "name": "100ms server-side API",
            "description": "Generated from the definitions of the hundredms SDK, which are not made by 100ms. Set APP_ACCESS_KEY and APP_SECRET, or HOST and AUTH_HOST of a sandbox. The script of the collection signs a management token before each request, and keeps it in TOKEN.",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": bearer("TOKEN"),
        "event": [script("prerequest", SIGN)],
        "variable": all,
        "item": folders,
    });
    let text = serde_json::to_string_pretty(&collection)? + "\n";
    Ok(Output::new("docs/reference/postman.json", text))
}

fn item(
    resource: &Resource,
    method: &Method,
    number: Option<u32>,
    bodies: &BTreeMap<String, Value>,
    variables: &mut BTreeMap<String, String>,
) -> Result<Value, BoxError> {
    let info = method.info;
    let fixture = Fixture::read(info.name)?;
    let url = url(resource, method, bodies, variables);
    let mut request = Map::new();
    request.insert("method".to_owned(), info.method.as_str().into());
    let description = [&method.docs.summary, &method.docs.rest];
    let description: Vec<String> = description.iter().map(|text| plain(text)).collect();
    let description = format!("{}\n\n{}", description.join("\n\n").trim(), info.docs_url());
    request.insert("description".to_owned(), description.into());
    if info.server == Server::Auth {
        request.insert("auth".to_owned(), json!({"type": "noauth"}));
    } else if method
        .arguments
        .iter()
        .any(|argument| argument.location == ArgumentLocation::Token)
    {
        request.insert("auth".to_owned(), bearer("CLIENT_TOKEN"));
    }
    request.insert("url".to_owned(), url);
    let body = bodies.get(info.name).unwrap_or(&fixture.body);
    if !body.is_null() {
        request.insert(
            "header".to_owned(),
            json!([{"key": "Content-Type", "value": "application/json"}]),
        );
        request.insert(
            "body".to_owned(),
            json!({
                "mode": "raw",
                "raw": serde_json::to_string_pretty(body)?,
                "options": {"raw": {"language": "json"}},
            }),
        );
    }
    let summary = plain(&method.docs.summary);
    let summary = summary
        .split(['.', ':'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let name = match number {
        Some(number) => format!("{number}. {summary}"),
        None => summary,
    };
    let request = Value::from(request);
    let answer = match &fixture.answer {
        Value::Null => String::new(),
        answer => serde_json::to_string_pretty(answer)?,
    };
    let mut item = json!({
        "name": name,
        "request": request,
        "response": [{
            "name": "Example",
            "originalRequest": request,
            "status": if fixture.status == 204 { "No Content" } else { "OK" },
            "code": fixture.status,
            "header": [{"key": "Content-Type", "value": "application/json"}],
            "body": answer,
        }],
    });
    let taken = TAKEN.iter().find(|(operation, ..)| *operation == info.name);
    if let Some((_, variable, value)) = taken {
        variables.entry((*variable).to_owned()).or_default();
        let keep = format!(
            "// Later requests use it.\nif (pm.response.code < 300) {{\n  const body = pm.response.json()\n  const value = {value}\n  if (value) pm.collectionVariables.set('{variable}', value)\n}}\n"
        );
        item["event"] = json!([script("test", &keep)]);
    }
    Ok(item)
}

/// The URL of a request. Path parameters and ids are variables, and optional parameters of the query are turned off.
fn url(
    resource: &Resource,
    method: &Method,
    bodies: &BTreeMap<String, Value>,
    variables: &mut BTreeMap<String, String>,
) -> Value {
    let info = method.info;
    let host = match info.server {
        Server::Auth => "{{AUTH_HOST}}",
        _ => "{{HOST}}",
    };
    let mut path = Vec::new();
    for part in info.path.trim_start_matches('/').split('/') {
        let argument = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        path.push(match argument {
            Some(argument) => {
                let name = variable(&resource.name, argument);
                let value = match argument {
                    "role" | "role_name" => "host",
                    "question_id" | "option_id" => "1",
                    _ => "",
                };
                variables.insert(name.clone(), value.to_owned());
                format!("{{{{{name}}}}}")
            }
            None => part.to_owned(),
        });
    }
    let query: Vec<Value> = method
        .arguments
        .iter()
        .filter(|argument| argument.location == ArgumentLocation::Query)
        .map(|argument| {
            let field = &argument.field;
            let required = field.kind == Kind::Required;
            let name = variable(&resource.name, &field.name);
            let known = field.name.ends_with("_id");
            if required && known {
                variables.entry(name.clone()).or_default();
            }
            let value = match (required, known) {
                (true, true) => format!("{{{{{name}}}}}"),
                (true, false) => bodies
                    .get(&format!("{}?{}", info.name, field.name))
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                _ => String::new(),
            };
            json!({"key": field.name, "value": value, "description": plain(&field.docs), "disabled": !required})
        })
        .collect();
    let mut raw = format!("{host}/{}", path.join("/"));
    let enabled: Vec<String> = query
        .iter()
        .filter(|parameter| parameter["disabled"] == false)
        .map(|parameter| {
            let text = |name: &str| parameter[name].as_str().unwrap_or_default().to_owned();
            format!("{}={}", text("key"), text("value"))
        })
        .collect();
    if !enabled.is_empty() {
        let _ = write!(raw, "?{}", enabled.join("&"));
    }
    let mut url = json!({"raw": raw, "host": [host], "path": path});
    if !query.is_empty() {
        url["query"] = query.into();
    }
    url
}

/// The variable of an argument. The two kinds of streams have one name for their ids.
fn variable(resource: &str, argument: &str) -> String {
    match (resource, argument) {
        ("live_streams", "stream_id") => "live_stream_id".to_owned(),
        ("external_streams", "stream_id") => "external_stream_id".to_owned(),
        (_, argument) => argument.to_owned(),
    }
}

fn bearer(variable: &str) -> Value {
    json!({
        "type": "bearer",
        "bearer": [{"key": "token", "value": format!("{{{{{variable}}}}}"), "type": "string"}],
    })
}

fn script(listen: &str, code: &str) -> Value {
    let lines: Vec<&str> = code.trim_end().lines().collect();
    json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}})
}

/// The numbers of the operations in the service's public collection, which the table of the contract has.
fn numbers() -> Result<BTreeMap<String, u32>, BoxError> {
    let table = std::fs::read_to_string(root().join("tests/contract/README.md"))?;
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let number = cells.next()?.split(',').next()?.trim().parse().ok()?;
        let operation = cells.next()?.trim().trim_matches('`').to_owned();
        Some((operation, number))
    });
    Ok(rows.collect())
}
