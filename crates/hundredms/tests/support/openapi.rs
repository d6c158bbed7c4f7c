//! `tests/contract/openapi.yaml` as something to hold requests and answers against.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Request, Response};
use jsonschema::{Draft, Registry, Validator};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The contract, read once per process.
pub(crate) static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::read);

#[derive(Debug)]
pub(crate) struct Contract {
    operations: Vec<Operation>,
    /// What every error answers that the contract does not list.
    error: Schema,
}

/// One operation, and all that it takes and answers.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    method: String,
    /// The segments of the path; those in braces take anything.
    path: Vec<String>,
    /// The name of the security scheme; none when the operation goes without a token.
    token: Option<String>,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    /// By status; an answer without a schema has no body.
    answers: BTreeMap<u16, Option<Schema>>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    in_path: bool,
    required: bool,
    /// `string`, `integer`, `boolean` or `array`.
    kind: String,
    schema: Schema,
}

#[derive(Debug)]
struct Body {
    required: bool,
    schema: Schema,
}

/// A schema of the contract, compiled when it is needed first.
#[derive(Debug)]
struct Schema {
    /// JSON pointer to it.
    pointer: String,
    validator: LazyLock<Validator, Box<dyn FnOnce() -> Validator + Send>>,
}

impl Schema {
    fn at(registry: &'static Registry<'static>, pointer: String) -> Self {
        let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
        let schema = serde_json::json!({"$ref": format!("{DOCUMENT}#{fragment}")});
        let compile = move || {
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .with_registry(registry)
                .should_validate_formats(true)
                .build(&schema)
                .expect("a schema")
        };
        Self {
            pointer,
            validator: LazyLock::new(Box::new(compile)),
        }
    }

    /// Everything in which `value` does not fit.
    fn check(&self, value: &Value) -> Result<(), String> {
        let mismatches: Vec<String> = self
            .validator
            .iter_errors(value)
            .map(|mismatch| format!("at `{}`: {mismatch}", mismatch.instance_path()))
            .collect();
        if mismatches.is_empty() {
            return Ok(());
        }
        Err(format!("{} ({})", mismatches.join("; "), self.pointer))
    }
}

const DOCUMENT: &str = "urn:contract";

impl Contract {
    fn read() -> Self {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/openapi.yaml"
        );
        let text = std::fs::read_to_string(path).expect("the contract");
        let mut document: Value = serde_norway::from_str(&text).expect("YAML");
        close(&mut document);
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(DOCUMENT, document.clone())
            .and_then(jsonschema::RegistryBuilder::prepare)
            .expect("a document of schemas");
        let registry: &'static Registry = Box::leak(Box::new(registry));
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let pointer = format!("/paths/{}/{method}", path.replace('/', "~1"));
                operations.push(Operation::read(
                    registry,
                    &document,
                    path,
                    &method.to_uppercase(),
                    operation,
                    &pointer,
                ));
            }
        }
        Self {
            operations,
            error: Schema::at(registry, "/components/schemas/ApiError".to_owned()),
        }
    }

    /// The operation that a request of this method and path (below the base URL) is for. Of several, the one with the
    /// most words of its own in its path.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let given: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        self.operations
            .iter()
            .filter(|operation| {
                operation.method == method
                    && operation.path.len() == given.len()
                    && std::iter::zip(&operation.path, &given)
                        .all(|(own, given)| own == given || argument(own).is_some())
            })
            .max_by_key(|operation| {
                let own = |segment: &&String| argument(segment).is_none();
                operation.path.iter().filter(own).count()
            })
    }

    /// Hold an answer of `operation` against what it may answer.
    pub(crate) fn check_answer(
        &self,
        operation: &Operation,
        answer: &Response<Bytes>,
    ) -> Result<(), String> {
        let status = answer.status().as_u16();
        let schema = match operation.answers.get(&status) {
            Some(schema) => schema.as_ref(),
            None if status >= 400 => Some(&self.error),
            None => return Err(format!("the status {status} is not documented")),
        };
        let Some(schema) = schema else {
            return match answer.body().len() {
                0 => Ok(()),
                length => Err(format!("{status} has a body of {length} bytes")),
            };
        };
        let body = json(answer.headers(), answer.body())?;
        schema.check(&body)?;
        if status >= 400 && body["code"] != status {
            return Err(format!("{status} says code {}", body["code"]));
        }
        Ok(())
    }
}

impl Operation {
    fn read(
        registry: &'static Registry<'static>,
        document: &Value,
        path: &str,
        method: &str,
        operation: &Value,
        pointer: &str,
    ) -> Self {
        let content = |of: &Value, pointer: String| {
            of["content"]["application/json"]
                .is_object()
                .then(|| Schema::at(registry, pointer + "/content/application~1json/schema"))
        };
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let body = &operation["requestBody"];
        let security = operation.get("security").unwrap_or(&document["security"]);
        Self {
            name: text(&operation["operationId"]),
            method: method.to_owned(),
            path: path.split('/').skip(1).map(str::to_owned).collect(),
            token: security[0]
                .as_object()
                .and_then(|scheme| scheme.keys().next().cloned()),
            parameters: parameters
                .enumerate()
                .map(|(index, parameter)| Parameter {
                    name: text(&parameter["name"]),
                    in_path: parameter["in"] == "path",
                    required: parameter["required"] == true,
                    kind: text(&parameter["schema"]["type"]),
                    schema: Schema::at(registry, format!("{pointer}/parameters/{index}/schema")),
                })
                .collect(),
            body: content(body, format!("{pointer}/requestBody")).map(|schema| Body {
                required: body["required"] == true,
                schema,
            }),
            answers: operation["responses"]
                .as_object()
                .expect("answers")
                .iter()
                .filter_map(|(status, answer)| {
                    // A response that every operation has is a reference to it.
                    let (answer, pointer) = match answer["$ref"].as_str() {
                        Some(reference) => {
                            let pointer = reference.trim_start_matches('#').to_owned();
                            (document.pointer(&pointer).expect("a response"), pointer)
                        }
                        None => (answer, format!("{pointer}/responses/{status}")),
                    };
                    Some((status.parse().ok()?, content(answer, pointer)))
                })
                .collect(),
        }
    }

    /// Hold a request, with its path below the base URL, against what the operation takes.
    pub(crate) fn check_request(&self, path: &str, request: &Request<Bytes>) -> Result<(), String> {
        self.check_token(request.headers())?;
        self.check_path(path)?;
        self.check_query(request.uri().query().unwrap_or_default())?;
        match (&self.body, request.body().len()) {
            (Some(body), 0) if body.required => Err("the body is missing".to_owned()),
            (_, 0) => Ok(()),
            (None, length) => Err(format!("there is a body of {length} bytes")),
            (Some(body), _) => body.schema.check(&json(request.headers(), request.body())?),
        }
    }

    fn check_token(&self, headers: &HeaderMap) -> Result<(), String> {
        let given = headers.get(AUTHORIZATION).map(|value| value.to_str());
        match (&self.token, given) {
            (None, None) => Ok(()),
            (Some(_), Some(Ok(value))) if value.starts_with("Bearer ") => Ok(()),
            (None, Some(_)) => Err("there is a token".to_owned()),
            (Some(scheme), _) => Err(format!("the {scheme} is missing")),
        }
    }

    fn check_path(&self, path: &str) -> Result<(), String> {
        for (own, given) in std::iter::zip(&self.path, path.split('/').skip(1)) {
            let Some(name) = argument(own) else { continue };
            let parameter = self
                .parameters
                .iter()
                .find(|parameter| parameter.in_path && parameter.name == name)
                .ok_or_else(|| format!("the contract does not describe {{{name}}}"))?;
            let value = percent_decode_str(given)
                .decode_utf8()
                .map_err(|_| format!("{name} is not UTF-8"))?;
            if value.is_empty() {
                return Err(format!("{name} is empty"));
            }
            parameter.check(&[value.into_owned()])?;
        }
        Ok(())
    }

    fn check_query(&self, query: &str) -> Result<(), String> {
        let mut given: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            given
                .entry(name.into_owned())
                .or_default()
                .push(value.into_owned());
        }
        for parameter in self.parameters.iter().filter(|own| !own.in_path) {
            match given.remove(&parameter.name) {
                Some(values) => parameter.check(&values)?,
                None if parameter.required => return Err(format!("{} is missing", parameter.name)),
                None => {}
            }
        }
        match given.keys().next() {
            Some(name) => Err(format!("the query has `{name}`, which is not documented")),
            None => Ok(()),
        }
    }
}

impl Parameter {
    fn check(&self, values: &[String]) -> Result<(), String> {
        let value = match (self.kind.as_str(), values) {
            ("array", values) => Value::from(values),
            ("integer", [value]) => value
                .parse::<i64>()
                .map_or(value.as_str().into(), Value::from),
            ("boolean", [value]) => value
                .parse::<bool>()
                .map_or(value.as_str().into(), Value::from),
            (_, [value]) => value.as_str().into(),
            _ => return Err(format!("{} is there {} times", self.name, values.len())),
        };
        self.schema
            .check(&value)
            .map_err(|mismatch| format!("{}: {mismatch}", self.name))
    }
}

/// The name of the argument that stands for this segment of a path.
fn argument(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn json(headers: &HeaderMap, body: &Bytes) -> Result<Value, String> {
    let given = headers.get(CONTENT_TYPE).map(|value| value.to_str());
    match given {
        Some(Ok(given)) if given.split(';').next() == Some("application/json") => {
            serde_json::from_slice(body).map_err(|error| format!("the body is no JSON: {error}"))
        }
        other => Err(format!("the content type is {other:?}")),
    }
}

/// Make the schemas as strict as our two sides are to each other, where the contract leaves room for the service: an object has
/// no fields but the documented ones, and an open enum no values but the known ones. And let a page be as small as it likes:
/// the contract leaves the least `limit` to the service.
fn close(node: &mut Value) {
    match node {
        Value::Object(fields) => {
            let parameter = fields.contains_key("in") && fields.contains_key("schema");
            if parameter && fields["name"] == "limit" {
                if let Some(schema) = fields["schema"].as_object_mut() {
                    schema.remove("minimum");
                }
            }
            if fields.get("properties").is_some_and(Value::is_object) && fields.contains_key("type")
            {
                fields
                    .entry("additionalProperties")
                    .or_insert(Value::Bool(false));
            }
            if let Some(Value::Array(known)) = fields.get("x-open-enum") {
                let mut known = known.clone();
                // The contract has the word of a delivery that succeeded among what is uncertain.
                if known.contains(&"reporter.webhook.delivery.failed".into()) {
                    known.push("reporter.webhook.delivery.success".into());
                }
                if fields["type"]
                    .as_array()
                    .is_some_and(|kinds| kinds.contains(&"null".into()))
                {
                    known.push(Value::Null);
                }
                fields.insert("enum".to_owned(), Value::Array(known));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}
