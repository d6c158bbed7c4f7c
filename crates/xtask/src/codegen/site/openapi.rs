//! `openapi.yaml`: the API as `OpenAPI` 3.1, with an example of each operation and event.

use hundredms::{ArgumentLocation, Retry, Server};
use serde_json::{Map, Value, json};

use super::contract::Contract;
use super::fixture::Fixture;
use super::yaml;
use crate::codegen::output::Output;
use crate::codegen::surface::{Field, Kind, Method, Model, Resource, Surface, Type};
use crate::codegen::typescript::types::plain;
use crate::shell::{BoxError, root};

pub(super) fn output(document: &Value) -> Output {
    let text = format!(
        "# @generated from the Rust definitions by `cargo xtask gen`\n{}",
        yaml::written(document)
    );
    Output::new("docs/reference/openapi.yaml", text)
}

/// The document.
pub(super) fn document(surface: &Surface, contract: &Contract) -> Result<Value, BoxError> {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for resource in &surface.resources {
        for method in &resource.methods {
            let item = paths.entry(method.info.path).or_insert_with(|| json!({}));
            let verb = method.info.method.as_str().to_ascii_lowercase();
            item[verb] = operation(resource, method, contract)?;
        }
        define(&mut schemas, resource);
    }
    define(&mut schemas, &surface.webhooks.definitions);
    schemas.insert(
        "Error".to_owned(),
        json!({
            "type": "object",
            "description": "Why a call failed.",
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "details": {"type": "array", "items": {"type": "string"}},
            },
        }),
    );
    let tags: Vec<Value> = surface
        .resources
        .iter()
        .map(|resource| json!({"name": resource.name, "description": plain(&resource.about)}))
        .collect();
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "100ms server-side API",
            "version": "2",
            "summary": "The REST API of the 100ms live-video platform.",
            "description": "Generated from the definitions of the hundredms SDK, which are not made by 100ms. `x-retry` says whether a request may be sent again when the outcome of the first one is unknown: always, if it has a name, or never.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "https://api.100ms.live/v2"}],
        "security": [{"managementToken": []}],
        "tags": tags,
        "paths": paths,
        "webhooks": webhooks(surface)?,
        "components": {
            "securitySchemes": {
                "managementToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A management token, signed with the secret of the workspace.",
                },
                "clientToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "The token of a client that is in the room.",
                },
            },
            "schemas": schemas,
        },
    }))
}

fn operation(resource: &Resource, method: &Method, contract: &Contract) -> Result<Value, BoxError> {
    let info = method.info;
    let fixture = Fixture::read(info.name)?;
    let of = |location| {
        let arguments = method.arguments.iter();
        arguments.filter(move |argument| argument.location == location)
    };
    let mut operation = json!({
        "operationId": info.name.replace('.', "_"),
        "summary": plain(&method.docs.summary).trim_end_matches('.'),
        "tags": [resource.name],
    });
    if !method.docs.rest.is_empty() {
        operation["description"] = plain(&method.docs.rest).into();
    }
    operation["externalDocs"] = json!({"url": info.docs_url()});
    operation["x-retry"] = match info.retry {
        Retry::Always => "always",
        Retry::IfNamed => "if_named",
        _ => "never",
    }
    .into();
    if info.server == Server::Auth {
        operation["servers"] = json!([{"url": "https://auth.100ms.live/v2"}]);
        operation["security"] = json!([]);
    } else if of(ArgumentLocation::Token).next().is_some() {
        operation["security"] = json!([{"clientToken": []}]);
    }
    let places = [
        (ArgumentLocation::Path, "path"),
        (ArgumentLocation::Query, "query"),
    ];
    let parameters: Vec<Value> = places
        .into_iter()
        .flat_map(|(location, place)| of(location).map(move |argument| (argument, place)))
        .map(|(argument, place)| parameter(&argument.field, place))
        .collect();
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    let whole = of(ArgumentLocation::WholeBody).next();
    let fields: Vec<&Field> = of(ArgumentLocation::Body)
        .map(|argument| &argument.field)
        .collect();
    let body = match whole {
        Some(argument) => Some((schema_of(&argument.field.r#type), true)),
        None if fields.is_empty() => None,
        None => {
            let required = fields.iter().any(|field| field.kind == Kind::Required);
            Some((object(fields.into_iter()), required))
        }
    };
    if let Some((schema, required)) = body {
        let mut content = json!({"schema": schema});
        if !fixture.body.is_null() {
            content["example"] = fixture.body;
        }
        operation["requestBody"] =
            json!({"required": required, "content": {"application/json": content}});
    }
    let mut answer = json!({"description": "Success."});
    if method.answer != Type::Nothing {
        let mut content = json!({"schema": schema_of(&method.answer)});
        if !fixture.answer.is_null() {
            content["example"] = fixture.answer;
        }
        answer["content"] = json!({"application/json": content});
    }
    let mut responses = Map::new();
    responses.insert(fixture.status.to_string(), answer);
    for error in contract.errors(info.name)? {
        responses.insert(error.status.to_string(), failed(&error.when));
    }
    responses.insert("default".to_owned(), failed("The call failed."));
    operation["responses"] = responses.into();
    Ok(operation)
}

/// A response to a call that failed.
fn failed(when: &str) -> Value {
    json!({
        "description": when,
        "content": {"application/json": {"schema": reference("Error")}},
    })
}

fn parameter(field: &Field, place: &str) -> Value {
    let mut schema = described(field);
    let description = schema["description"].take();
    if let Some(fields) = schema.as_object_mut() {
        fields.remove("description");
    }
    json!({
        "name": field.name,
        "in": place,
        "required": place == "path" || field.kind == Kind::Required,
        "description": description,
        "schema": schema,
    })
}

fn webhooks(surface: &Surface) -> Result<Value, BoxError> {
    let mut webhooks = Map::new();
    for event in &surface.webhooks.types {
        let file = root().join(format!(
            "tests/contract/webhook-examples/{}.json",
            event.name
        ));
        let example: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let schema = json!({
            "type": "object",
            "required": ["id", "type", "data"],
            "properties": {
                "version": {"type": "string"},
                "id": {"type": "string"},
                "account_id": {"type": "string"},
                "app_id": {"type": "string"},
                "timestamp": {"type": "string", "format": "date-time"},
                "type": {"const": event.name},
                "data": reference(&event.data),
            },
        });
        webhooks.insert(
            event.name.to_owned(),
            json!({"post": {
                "operationId": format!("on_{}", event.name.replace('.', "_")),
                "summary": plain(event.docs).trim_end_matches('.'),
                "security": [],
                "requestBody": {"required": true, "content": {"application/json": {"schema": schema, "example": example}}},
                "responses": {"200": {"description": "Received. Anything else is sent again after 1, 3 and 10 seconds."}},
            }}),
        );
    }
    Ok(webhooks.into())
}

/// Add the models, unions and enums of a resource.
fn define(schemas: &mut Map<String, Value>, resource: &Resource) {
    for model in &resource.models {
        schemas.insert(model.name.clone(), definition(model));
    }
    for union in &resource.unions {
        let shapes: Vec<Value> = union
            .shapes
            .iter()
            .map(|(model, _)| reference(model))
            .collect();
        let schema = json!({"description": plain(&union.docs), "anyOf": shapes});
        schemas.insert(union.name.clone(), schema);
    }
    for found in &resource.enums {
        let schema = json!({
            "type": "string",
            "description": format!("{} New values may be added.", plain(&found.docs)).trim(),
            "examples": found.words,
        });
        schemas.insert(found.name.clone(), schema);
    }
}

fn definition(model: &Model) -> Value {
    let mut schema = object(model.fields.iter());
    if !model.docs.is_empty() {
        schema["description"] = plain(&model.docs).into();
    }
    schema
}

fn object<'a>(fields: impl Iterator<Item = &'a Field>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        if field.kind == Kind::Required {
            required.push(field.name.as_str());
        }
        properties.insert(field.name.clone(), described(field));
    }
    let mut schema = json!({"type": "object"});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema["properties"] = properties.into();
    schema
}

/// The schema of a field, with docs and limits.
fn described(field: &Field) -> Value {
    let mut schema = schema_of(&field.r#type);
    for limit in &field.limits {
        put_limit(&mut schema, limit);
    }
    if field.kind == Kind::Nullable {
        schema = nullable(&schema);
    }
    let docs = plain(&field.docs);
    if !docs.is_empty() {
        schema["description"] = docs.into();
    }
    schema
}

/// Add a limit as it is written in Rust: `in 120..=43200`, `len 100`.
fn put_limit(schema: &mut Value, limit: &str) {
    let (word, value) = limit.split_once(' ').unwrap_or((limit, ""));
    let number =
        |text: &str| -> Option<Value> { serde_json::from_str(&text.trim().replace('_', "")).ok() };
    let mut put = |name: &str, text: &str| {
        if let Some(number) = number(text) {
            schema[name] = number;
        }
    };
    match word {
        "in" => {
            let (low, high) = value.split_once("..").unwrap_or_default();
            put("minimum", low);
            put("maximum", high.trim_start_matches('='));
        }
        "len" => put("maxLength", value),
        "items" => put("maxItems", value),
        "multiple" => put("multipleOf", value),
        _ => {}
    }
}

fn schema_of(of: &Type) -> Value {
    match of {
        Type::Nothing => json!({"type": "null"}),
        Type::Text | Type::Path | Type::Operation | Type::Event => json!({"type": "string"}),
        Type::Secret => json!({"type": "string", "format": "password"}),
        Type::Integer => json!({"type": "integer"}),
        Type::Number => json!({"type": "number"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Time => json!({"type": "string", "format": "date-time"}),
        Type::Any => json!({}),
        Type::Object | Type::TemplateDescription => json!({"type": "object"}),
        Type::Words(words) => json!({"type": "string", "enum": words}),
        Type::OpenWords(words) => json!({"type": "string", "examples": words}),
        Type::List(item) => json!({"type": "array", "items": schema_of(item)}),
        Type::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(schema_of).collect();
            json!({"type": "array", "prefixItems": items})
        }
        Type::Map(value) => json!({"type": "object", "additionalProperties": schema_of(value)}),
        Type::Nullable(inner) => nullable(&schema_of(inner)),
        Type::Named(name) => reference(name),
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn nullable(schema: &Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}
