//! Builds the parts of an HTTP request: path, query and body.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::check::Violation;
use crate::error::Error;
use crate::hints;
use crate::operation::{Info, Method, Operation, Server};
use crate::wire::{Extra, Mode, Secret, Wire, reading, without_secrets};

/// What the `operation!` macro generates for each request.
#[allow(unreachable_pub)]
pub trait Request {
    /// Return the path argument `name`.
    fn path_argument(&self, name: &str) -> &str;

    /// Add the query parameters.
    fn put_query(&self, query: &mut Query);

    /// Add the fields of the body.
    fn put_body(&self, body: &mut Body);

    /// Return the client token that is sent instead of the management token.
    fn client_token(&self) -> Option<&Secret>;

    /// Return whether the request may be sent again when the outcome of the first attempt is unknown.
    fn repeatable(&self) -> bool;

    /// Check every argument against its limits.
    fn check(&self) -> Result<(), Violation>;
}

/// A request that is ready to be sent, once or several times.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// Name of the operation, or `request` for a call that is not in the table.
    pub(crate) operation: &'static str,
    pub(crate) method: http::Method,
    /// Path template, without arguments.
    pub(crate) route: Cow<'static, str>,
    pub(crate) server: Server,
    pub(crate) path_and_query: String,
    pub(crate) body: Option<Bytes>,
    pub(crate) client_token: Option<Secret>,
    pub(crate) repeatable: bool,
    /// The operation that shows whether this one took effect.
    pub(crate) look_at: Option<&'static str>,
    /// Timeout of the call if neither the call nor the client sets one.
    pub(crate) timeout: Option<Duration>,
    /// What is unusual about it, for the log.
    pub(crate) hint: Option<String>,
}

impl Prepared {
    /// The path template as it may be shown. For a call that is not in the table, it would consist of arguments.
    pub(crate) fn template(&self) -> &str {
        if self.is_known() {
            &self.route
        } else {
            "/{path}"
        }
    }

    /// Add fields that this version does not know: to the body of a POST, else to the query.
    pub(crate) fn extended(self, fields: &Extra) -> Result<Self, Error> {
        if fields.is_empty() {
            return Ok(self);
        }
        self.with_fields(fields)
    }

    fn with_fields(mut self, fields: &Extra) -> Result<Self, Error> {
        let posts = self.method == http::Method::POST;
        let place = if posts { "extra_body" } else { "extra_query" };
        let operation = self.operation;
        let refuse = |name: &str, reason: &str| {
            let field = format!("{place}.{name}");
            Err(Error::invalid_request(operation, &field, reason))
        };
        let arguments = crate::by_name::info(operation).map_or(&[][..], |info| info.fields);
        let has = |name: &str| arguments.iter().any(|field| field.name == name);
        let mut body = match self.body.as_ref().filter(|_| posts) {
            None => Map::new(),
            Some(text) => serde_json::from_slice(text).map_err(|_| {
                let reason = "the body of this operation is not an object";
                Error::invalid_request(operation, place, reason)
            })?,
        };
        let mut target = Query(std::mem::take(&mut self.path_and_query));
        let mut said: Vec<String> = self.hint.take().into_iter().collect();
        for (name, value) in &**fields {
            if has(name) || body.contains_key(name) {
                return refuse(name, "is an argument of this operation: give it as that");
            }
            if posts {
                body.insert(name.clone(), value.clone());
            } else if !target.put_value(name, value) {
                return refuse(
                    name,
                    "must be text, a number, a boolean or a list of them that is not empty",
                );
            }
            said.push(hints::unknown_field(name));
        }
        self.path_and_query = target.finish();
        self.hint = Some(said.join("; "));
        if posts {
            self.body = Some(Value::Object(body).to_string().into());
        }
        Ok(self)
    }

    /// Refuse a path and query that are too long for a URL, and arguments of more than [`MOST_BYTES`]. The body of a custom request is
    /// not limited.
    pub(crate) fn hold_to_size(&self) -> Result<(), Error> {
        let target = self.path_and_query.len();
        if target > MOST_OF_TARGET {
            let reason = format!("path and query have {target} bytes: at most {MOST_OF_TARGET}");
            return Err(Error::invalid_request(self.operation, "", &reason));
        }
        if !self.is_known() {
            return Ok(());
        }
        held_to_size(self.operation, self.body.as_ref().map_or(0, Bytes::len))
    }

    /// Return whether it may change something.
    pub(crate) fn changes(&self) -> bool {
        !self.method.is_safe()
    }

    /// Return whether it is an operation in the table.
    pub(crate) fn is_known(&self) -> bool {
        self.operation != UNKNOWN
    }
}

/// The name of a call that is not in the table.
const UNKNOWN: &str = "request";

/// Letters, digits and `-._~` are not encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

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

/// The default page size.
const PAGE_SIZE: i64 = 100;

/// Check and build `request`.
pub(crate) fn prepare<O: Operation>(request: &O) -> Result<Prepared, Error> {
    let info = O::INFO;
    let (checked, hint) = hints::noted(|| request.check());
    checked.map_err(|violation| {
        Error::invalid_request(info.name, &violation.path, &violation.reason)
    })?;
    let mut target = Query(path(info, request));
    request.put_query(&mut target);
    Ok(Prepared {
        operation: info.name,
        method: info.method.http(),
        route: info.path.into(),
        server: info.server,
        path_and_query: target.finish(),
        body: body(info, request)?,
        client_token: request.client_token().cloned(),
        repeatable: request.repeatable(),
        look_at: info.look_at,
        timeout: info.timeout.map(Duration::from_secs),
        hint,
    })
}

/// The most bytes that the arguments of a call may have as JSON, more than a hundred times what a large template has. Writing, sending
/// and reading so much takes a fraction of the time that a call has.
const MOST_BYTES: usize = 4 << 20;

/// The most bytes of path and query: an address has 64 KiB, with the base URL.
const MOST_OF_TARGET: usize = 60 << 10;

/// Refuse arguments of more than [`MOST_BYTES`].
pub(crate) fn held_to_size(operation: &str, bytes: usize) -> Result<(), Error> {
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    let reason = format!(
        "the arguments have {bytes} bytes: at most {MOST_BYTES} ({} MiB)",
        MOST_BYTES >> 20
    );
    Err(Error::invalid_request(operation, "", &reason))
}

fn path<O: Operation>(info: &Info, request: &O) -> String {
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

fn body<O: Operation>(info: &'static Info, request: &O) -> Result<Option<Bytes>, Error> {
    let mut body = Body::default();
    request.put_body(&mut body);
    if body.failed {
        return Err(Error::invalid_request(
            info.name,
            "",
            "the arguments cannot be written as JSON",
        ));
    }
    Ok(body.finish(info))
}

/// Read the body of a request and write it without its secrets. `None` if it does not match.
pub(crate) fn scrubbed_body<O: Operation>(text: &[u8]) -> Option<Value> {
    use crate::operation::Place;
    let body: Value = serde_json::from_slice(text).ok()?;
    let mut arguments = Map::new();
    for field in O::INFO.fields {
        let value = match field.place {
            Place::Body => body.get(field.name).cloned(),
            Place::WholeBody => Some(body.clone()),
            // They are only needed to read the request.
            Place::Path | Place::Query | Place::Token => field.required.then(|| Value::from("1")),
        };
        arguments.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    let arguments = Value::Object(arguments).to_string();
    let request = reading::<O>(Mode::Lenient, arguments.as_bytes()).ok()?;
    let written = without_secrets(|| self::body(O::INFO, &request.value));
    serde_json::from_slice(&written.ok()??).ok()
}

/// Percent-encode one argument.
pub(crate) fn encoded(text: &str) -> percent_encoding::PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// A path with its query.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub struct Query(String);

impl Query {
    /// Add `value` under `name`, if there is one. A list adds each item.
    pub(crate) fn put(&mut self, name: &str, value: &impl QueryValue) {
        value.each_text(&mut |text| self.add(name, text));
    }

    /// Add the page size.
    pub(crate) fn put_page_size(&mut self, name: &str, value: Option<i64>) {
        self.put(name, &value.unwrap_or(PAGE_SIZE));
    }

    pub(crate) fn starting(path: String) -> Self {
        Self(path)
    }

    pub(crate) fn add(&mut self, name: &str, text: &str) {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.extend(encoded(name));
        self.0.push('=');
        self.0.extend(encoded(text));
    }

    /// Add a JSON value. A list adds each item. Return whether the value can be added.
    fn put_value(&mut self, name: &str, value: &Value) -> bool {
        match value {
            Value::String(text) => self.add(name, text),
            Value::Bool(_) | Value::Number(_) => self.add(name, &value.to_string()),
            Value::Array(items) => {
                return !items.is_empty()
                    && items
                        .iter()
                        .all(|item| !item.is_array() && self.put_value(name, item));
            }
            Value::Null | Value::Object(_) => return false,
        }
        true
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// A value that can be part of a query.
pub(crate) trait QueryValue {
    /// Pass each of its texts to `put`.
    fn each_text(&self, put: &mut dyn FnMut(&str));
}

impl QueryValue for String {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl QueryValue for bool {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(if *self { "true" } else { "false" });
    }
}

impl QueryValue for i64 {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(&self.to_string());
    }
}

/// UTC with milliseconds, the format that the service documents. More digits are kept.
impl QueryValue for jiff::Timestamp {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        if self.subsec_nanosecond() % 1_000_000 == 0 {
            put(&format!("{self:.3}"));
        } else {
            put(&self.to_string());
        }
    }
}

impl<T: QueryValue> QueryValue for Option<T> {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.each_text(put);
        }
    }
}

impl<T: QueryValue> QueryValue for Vec<T> {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        for value in self {
            value.each_text(put);
        }
    }
}

/// A JSON body under construction.
#[derive(Debug, Default)]
#[allow(unreachable_pub)]
pub struct Body {
    text: Vec<u8>,
    whole: bool,
    failed: bool,
}

impl Body {
    /// Add the field `name`, if there is a value.
    pub(crate) fn put<T: Wire + Serialize>(&mut self, name: &str, value: &T) {
        if !value.absent() {
            self.field(name, value);
        }
    }

    /// Add the unknown fields, except those in `dropped`.
    pub(crate) fn put_extra(&mut self, fields: &Extra, dropped: &[&str]) {
        // As they are written with secrets, and without.
        let Ok(Value::Object(fields)) = serde_json::to_value(fields) else {
            self.failed = true;
            return;
        };
        for (name, value) in &fields {
            if !dropped.contains(&name.as_str()) {
                self.field(name, value);
            }
        }
    }

    fn field<T: Serialize>(&mut self, name: &str, value: &T) {
        self.text
            .push(if self.text.is_empty() { b'{' } else { b',' });
        self.write(name);
        self.text.push(b':');
        self.write(value);
    }

    /// Make `value` the body.
    pub(crate) fn put_whole<T: Serialize>(&mut self, value: &T) {
        self.whole = true;
        self.write(value);
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.failed |= serde_json::to_writer(&mut self.text, value).is_err();
    }

    /// Return the body. `None` for an operation without one.
    fn finish(mut self, info: &Info) -> Option<Bytes> {
        use crate::operation::Place::{Body, WholeBody};
        let takes_one = info
            .fields
            .iter()
            .any(|field| matches!(field.place, Body | WholeBody));
        if !takes_one {
            return None;
        }
        if !self.whole {
            if self.text.is_empty() {
                self.text.push(b'{');
            }
            self.text.push(b'}');
        }
        Some(self.text.into())
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.template())
    }
}

/// Build the request of a call that is not in the table.
pub(crate) fn prepare_unknown(
    method: &str,
    path: &str,
    query: &[(String, String)],
    body: Option<Bytes>,
) -> Result<Prepared, Error> {
    let refuse = |field, reason: &str| Err(Error::invalid_request(UNKNOWN, field, reason));
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
    let mut target = Query::starting(utf8_percent_encode(path, UNSENDABLE).to_string());
    for (name, value) in query {
        target.add(name, value);
    }
    Ok(Prepared {
        operation: UNKNOWN,
        repeatable: method == http::Method::GET || method == http::Method::HEAD,
        method,
        route: path.to_owned().into(),
        server: Server::Api,
        path_and_query: target.finish(),
        body,
        client_token: None,
        look_at: None,
        timeout: None,
        hint: None,
    })
}

impl Method {
    pub(crate) fn http(self) -> http::Method {
        match self {
            Self::GET => http::Method::GET,
            Self::POST => http::Method::POST,
            Self::DELETE => http::Method::DELETE,
        }
    }
}
