//! Checks the arguments of a call and builds its request: path, query and body.

use std::time::Duration;

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::answer;
use crate::error::Error;
use crate::operation::{ArgumentLocation, Operation, OperationInfo, Request, Server};
use crate::request::{CUSTOM, Definition, OperationDefinition, PreparedRequest};
use crate::wire::body::Body;
use crate::wire::deserialize::deserialize;
use crate::wire::hints::Hints;
use crate::wire::mode::Mode;
use crate::wire::query::{Query, encoded};
use crate::wire::scrub::scrub;
use crate::wire::shape::Shape;

/// Characters that a path cannot contain unencoded.
const UNSENDABLE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Check and build `request`.
pub(crate) fn prepare<O: Operation>(request: &O) -> Result<PreparedRequest, Error> {
    let info = O::INFO;
    let mut hints = Hints::default();
    request.check(&mut hints).map_err(|violation| {
        Error::invalid_request(info.name, &violation.path, &violation.reason)
    })?;
    let mut target = Query::new(path(info, request));
    request.put_query(&mut target);
    Ok(PreparedRequest {
        definition: Definition::Operation(definition::<O>()),
        method: info.method.http(),
        route: info.path.into(),
        server: info.server,
        path_and_query: target.finish(),
        body: body(info, request)?,
        client_token: request.client_token().cloned(),
        repeatable: request.repeatable(),
        timeout: info.timeout.map(Duration::from_secs),
        hint: hints.text(),
    })
}

fn definition<O: Operation>() -> &'static OperationDefinition {
    const {
        &OperationDefinition {
            info: O::INFO,
            check_with: <O as Request>::CHECK_WITH,
            scrub_body: scrubbed_body::<O>,
            scrub_answer: answer::scrubbed::<O>,
        }
    }
}

fn path<O: Operation>(info: &OperationInfo, request: &O) -> String {
    let mut path = String::with_capacity(info.path.len() + 48);
    for segment in info.path.split('/').skip(1) {
        path.push('/');
        match segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => path.extend(encoded(request.path_argument(name))),
            None => path.push_str(segment),
        }
    }
    path
}

/// Write the body. `None` if the operation has none.
fn body<O: Operation>(info: &'static OperationInfo, request: &O) -> Result<Option<Bytes>, Error> {
    let mut fields = info.arguments.iter();
    if !fields.any(|field| {
        matches!(
            field.location,
            ArgumentLocation::Body | ArgumentLocation::WholeBody
        )
    }) {
        return Ok(None);
    }
    let mut body = Body::default();
    request.put_body(&mut body);
    match body.finish() {
        Some(body) => Ok(Some(body)),
        None => Err(Error::invalid_request(
            info.name,
            "",
            "the arguments cannot be written as JSON",
        )),
    }
}

/// Read the body of a request and write it without its secrets. `None` if it does not match.
pub(crate) fn scrubbed_body<O: Operation>(text: &[u8]) -> Option<Value> {
    if cfg!(target_arch = "wasm32") {
        // Only cassettes and the command need it, which have no place there.
        return None;
    }
    let body: Value = serde_json::from_slice(text).ok()?;
    let mut arguments = Map::new();
    for field in O::INFO.arguments {
        let value = match field.location {
            ArgumentLocation::Body => body.get(field.name).cloned(),
            ArgumentLocation::WholeBody => Some(body.clone()),
            // They are only needed to read the request.
            ArgumentLocation::Path | ArgumentLocation::Query | ArgumentLocation::Token => {
                field.required.then(|| Value::from("1"))
            }
        };
        arguments.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    let arguments = Value::Object(arguments).to_string();
    let request = deserialize::<O>(Mode::Lenient, arguments.as_bytes()).ok()?;
    let written = self::body(O::INFO, &request.value).ok()??;
    let mut written = serde_json::from_slice(&written).ok()?;
    let mut fields = O::INFO.arguments.iter();
    let whole = fields.find(|field| field.location == ArgumentLocation::WholeBody);
    match whole {
        None => scrub(&mut written, &Shape::Model(O::ARGUMENTS)),
        Some(whole) => {
            let whole = O::ARGUMENTS.iter().find(|field| field.name == whole.name)?;
            scrub(&mut written, whole.shape);
        }
    }
    Some(written)
}

/// Build a request without an operation. `is_path_word` returns whether the path of any operation has this segment.
pub(crate) fn prepare_custom(
    method: &str,
    path: &str,
    query: &[(String, String)],
    body: Option<Bytes>,
    is_path_word: fn(&str) -> bool,
) -> Result<PreparedRequest, Error> {
    let refuse = |field, reason: &str| Err(Error::invalid_request(CUSTOM, field, reason));
    let Ok(method) = http::Method::from_bytes(method.to_ascii_uppercase().as_bytes()) else {
        return refuse("method", "is not an HTTP method");
    };
    // These would pass the token to a proxy, or have it echoed.
    if method == http::Method::CONNECT || method == http::Method::TRACE {
        return refuse("method", "must not be CONNECT or TRACE");
    }
    if !path.starts_with('/') {
        return refuse("path", "must start with `/` and goes below the base URL");
    }
    if path.contains(['?', '#']) {
        return refuse("path", "must not hold `?` or `#`: give the query apart");
    }
    if path.split('/').any(|segment| {
        let plain = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
        plain == "." || plain == ".."
    }) {
        return refuse("path", "must not hold `.` or `..`");
    }
    let mut target = Query::new(utf8_percent_encode(path, UNSENDABLE).to_string());
    for (name, value) in query {
        target.add(name, value);
    }
    Ok(PreparedRequest {
        definition: Definition::Custom { is_path_word },
        repeatable: method == http::Method::GET || method == http::Method::HEAD,
        method,
        route: path.to_owned().into(),
        server: Server::Api,
        path_and_query: target.finish(),
        body,
        client_token: None,
        timeout: None,
        hint: None,
    })
}
