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
use crate::wire::shape::{Shape, ShapeField};
use crate::wire::violation::Violation;

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
    let checked = request.check(&mut hints);
    checked.map_err(|violation| refused(info, &violation))?;
    let mut target = Query::new(path(info, &|name| request.path_argument(name)));
    request.put_query(&mut target);
    let prepared = PreparedRequest {
        definition: Definition::Operation(definition::<O>()),
        method: info.method.http(),
        route: info.path.into(),
        server: info.server,
        path_and_query: target.finish(),
        body: body(info, &|body| request.put_body(body))?,
        client_token: request.client_token().cloned(),
        repeatable: request.repeatable(),
        timeout: info.timeout.map(Duration::from_secs),
        hint: hints.text(),
        warning: hints.warning(),
        #[cfg(feature = "tracing")]
        hint_without_warning: hints.without_warning(),
    };
    prepared.refuse_stored_secrets()?;
    Ok(prepared)
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

// What does not depend on the operation is in functions of its own, which are compiled once.

fn path<'a>(info: &OperationInfo, argument: &dyn Fn(&str) -> &'a str) -> String {
    let mut path = String::with_capacity(info.path.len() + 48);
    for segment in info.path.split('/').skip(1) {
        path.push('/');
        match segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => path.extend(encoded(argument(name))),
            None => path.push_str(segment),
        }
    }
    path
}

/// Write the body. `None` if the operation has none.
fn body(
    info: &'static OperationInfo,
    put_body: &dyn Fn(&mut Body),
) -> Result<Option<Bytes>, Error> {
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
    put_body(&mut body);
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
    let arguments = arguments_of_body(O::INFO, text)?;
    let request = deserialize::<O>(Mode::Lenient, arguments.as_bytes()).ok()?;
    let written = body(O::INFO, &|body| request.value.put_body(body)).ok()??;
    without_secrets(O::INFO, O::ARGUMENTS, &written)
}

/// Return arguments that have this body, as JSON.
fn arguments_of_body(info: &OperationInfo, text: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(text).ok()?;
    let mut arguments = Map::new();
    for field in info.arguments {
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
    Some(Value::Object(arguments).to_string())
}

/// Return a body without its secrets.
fn without_secrets(
    info: &OperationInfo,
    shapes: &'static [ShapeField],
    body: &[u8],
) -> Option<Value> {
    let mut body = serde_json::from_slice(body).ok()?;
    let mut fields = info.arguments.iter();
    let whole = fields.find(|field| field.location == ArgumentLocation::WholeBody);
    match whole {
        None => scrub(&mut body, &Shape::Model(shapes)),
        Some(whole) => {
            let whole = shapes.iter().find(|field| field.name == whole.name)?;
            scrub(&mut body, whole.shape);
        }
    }
    Some(body)
}

fn refused(info: &OperationInfo, violation: &Violation) -> Error {
    Error::invalid_request(info.name, &violation.path, &violation.reason)
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
        warning: None,
        #[cfg(feature = "tracing")]
        hint_without_warning: None,
    })
}
