//! Calls by operation name, with JSON in and JSON out: the entry point of the bindings.

use std::collections::HashSet;
use std::sync::LazyLock;

use bytes::Bytes;
use serde_json::Value;

use crate::answer;
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Method;
use crate::prepare::prepare_custom;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;
use crate::response::Response;
use crate::table::{find, operations};
use crate::transport::send::LARGE_BODY;
use crate::wire::scrub::REDACTED;

/// A response as canonical JSON.
#[derive(Clone)]
#[non_exhaustive]
pub struct JsonResponse {
    /// The JSON text. `null` if the operation returns nothing.
    pub json: Bytes,
    /// Cursor of the next page, for paged operations.
    pub cursor: Option<String>,
}

/// The text may contain secrets, so only its length is shown.
impl std::fmt::Debug for JsonResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonResponse")
            .field("json", &format_args!("{} bytes", self.json.len()))
            .field("cursor", &self.cursor)
            .finish()
    }
}

/// Return whether the path of any operation has this segment.
fn is_path_word(segment: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        operations()
            .flat_map(|info| info.path.split('/'))
            .filter(|word| !word.is_empty() && !word.starts_with('{'))
            .collect()
    });
    WORDS.contains(segment)
}

impl Client {
    /// Call an operation by name, with its arguments as one JSON object: `call("rooms.get", r#"{"room_id":"…"}"#)`.
    ///
    /// The response is checked and normalised as for the typed methods.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an unknown operation or argument, a wrong type, or a value that is missing or out of range; else as
    /// for every call.
    pub async fn call(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<JsonResponse> {
        let (answered, _) = self.answered(operation, arguments, options).await?;
        Ok(answered)
    }

    /// Do the same, and also return status, headers and attempts.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call).
    pub async fn call_with_response(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<Response<JsonResponse>> {
        let (answered, raw) = self.answered(operation, arguments, options).await?;
        Ok(Response::of(answered, raw))
    }

    /// Check and build a request.
    pub(crate) fn prepared(operation: &str, arguments: &[u8]) -> Result<PreparedRequest> {
        (find(operation)?.prepare)(arguments)
    }

    /// Call an operation by name, and return its result with the response's status and headers.
    pub(crate) async fn answered(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<(JsonResponse, RawResponse)> {
        let entry = find(operation)?;
        let mut prepared = (entry.prepare)(arguments)?;
        prepared.extend(&options.extra)?;
        let raw = self.transport().call(&prepared, options).await?;
        let read = if raw.body.len() > LARGE_BODY {
            let transport = self.transport();
            // Boxed, since it is rare: see `Transport::call`.
            Box::pin(transport.decode_large(&prepared, options, &raw, entry.canonical)).await?
        } else {
            (entry.canonical)(&raw.body)
        };
        match read {
            Ok((json, cursor)) => Ok((JsonResponse { json, cursor }, raw)),
            Err(error) => Err(answer::deserialization_error(&prepared, &raw, error)),
        }
    }

    /// Call an operation by name and return the raw response: status, headers, bytes.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call), without `decode`.
    pub async fn call_raw(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<RawResponse> {
        let mut prepared = (find(operation)?.prepare)(arguments)?;
        prepared.extend(&options.extra)?;
        self.transport().call(&prepared, options).await
    }

    /// Send a request for which this version has no operation, with the management token.
    ///
    /// `path` is relative to the base URL and sent unchanged, so encode the values in it. A GET is retried like any read. Other
    /// methods are retried only if nothing was sent or the service answered 429.
    ///
    /// # Errors
    ///
    /// `invalid_request` for an invalid method or path; else as for every call, without `decode`.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
        body: Option<&Value>,
        options: &CallOptions,
    ) -> Result<RawResponse> {
        let body = body.map(|body| Bytes::from(body.to_string()));
        let mut prepared = prepare_custom(method, path, query, body, is_path_word)?;
        prepared.extend(&options.extra)?;
        self.transport().call(&prepared, options).await
    }
}

/// What a call would send, for the command `hundredms`.
#[doc(hidden)]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Preview {
    /// The path below the base URL, and the query.
    pub path_and_query: String,
    /// The body, with `[redacted]` for each secret.
    pub body: Option<String>,
    /// What a call would log: values that are probably misspelt.
    pub warning: Option<String>,
}

/// Check the arguments of an operation, and return the request that a call would send.
///
/// # Errors
///
/// `invalid_request` as for [`Client::call`].
#[doc(hidden)]
pub fn preview(operation: &str, arguments: &[u8]) -> Result<Preview> {
    let prepared = Client::prepared(operation, arguments)?;
    let definition = prepared.definition.operation();
    let body = prepared.body.as_deref().map(|body| {
        let scrubbed = definition.and_then(|operation| (operation.scrub_body)(body));
        let mut shown = serde_json::from_slice(body).unwrap_or_default();
        redact_as(&mut shown, scrubbed.as_ref());
        shown.to_string()
    });
    Ok(Preview {
        path_and_query: prepared.path_and_query,
        body,
        warning: prepared.warning,
    })
}

/// Redact in `value` what is redacted in `scrubbed`, and texts that are not there. `scrubbed` itself may be normalised.
fn redact_as(value: &mut Value, scrubbed: Option<&Value>) {
    match (value, scrubbed) {
        (Value::Null | Value::Bool(_), _) => {}
        (value, Some(Value::String(text))) if text == REDACTED => *value = REDACTED.into(),
        (Value::Array(items), scrubbed) => {
            for (index, item) in items.iter_mut().enumerate() {
                redact_as(item, scrubbed.and_then(|scrubbed| scrubbed.get(index)));
            }
        }
        (Value::Object(fields), scrubbed) => {
            for (name, field) in fields {
                redact_as(field, scrubbed.and_then(|scrubbed| scrubbed.get(name)));
            }
        }
        (value @ Value::String(_), None) => *value = REDACTED.into(),
        (Value::String(_) | Value::Number(_), _) => {}
    }
}

impl Error {
    /// Return the error for a response that the core accepted and a binding cannot represent.
    #[doc(hidden)]
    #[must_use]
    pub fn of_response(operation: &str, field: Option<&str>, reason: &str) -> Self {
        let info = operations().find(|info| info.name == operation);
        let subject = field.unwrap_or("the response");
        Self::new(
            ErrorKind::Decode,
            format!("{subject} cannot be decoded: {reason}"),
        )
        .with(|details| {
            details.operation = Some(operation.to_owned());
            details.method = info.map(|info| info.method.as_str().to_owned());
            details.route = info.map(|info| info.path.to_owned());
            details.field = field.map(str::to_owned);
            details.attempts = 1;
            details.may_have_applied = info.is_some_and(|info| info.method != Method::GET);
        })
    }
}
