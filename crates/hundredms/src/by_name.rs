//! Calls by operation name, with JSON in and JSON out: the entry point of the bindings.

use std::collections::HashMap;
use std::sync::LazyLock;

use bytes::Bytes;
use hundredms_misfit::Misfit;
use serde_json::Value;

use crate::answer;
use crate::check;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::operation::{Info, Operation};
use crate::request::{Prepared, held_to_size, prepare, prepare_unknown};
use crate::resources;
use crate::response::Response;
use crate::transport::{CallOptions, RawAnswer};
use crate::wire::{Mode, reading};

/// A response as canonical JSON.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answered {
    /// The JSON text. `null` if the operation returns nothing.
    pub json: Bytes,
    /// Cursor of the next page, for paged operations.
    pub cursor: Option<String>,
}

/// The text may contain secrets, so only its length is shown.
impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answered")
            .field("json", &format_args!("{} bytes", self.json.len()))
            .field("cursor", &self.cursor)
            .finish()
    }
}

/// Canonical JSON and the cursor of the next page, or why the response does not match.
pub(crate) type Canonical = Result<(Bytes, Option<String>), Misfit>;

/// One operation, with its types erased.
pub(crate) struct Entry {
    info: &'static Info,
    prepare: fn(&[u8]) -> Result<Prepared>,
    canonical: fn(&Bytes) -> Canonical,
    scrubbed_body: fn(&[u8]) -> Option<Value>,
    scrubbed_answer: fn(&[u8]) -> Option<Value>,
    #[cfg(test)]
    canonical_already: fn(&Bytes) -> (bool, bool),
    #[cfg(test)]
    rewritten: fn(&Bytes),
    #[cfg(feature = "schema")]
    schema: fn(&mut schemars::SchemaGenerator) -> OperationSchema,
}

#[cfg(any(test, feature = "fuzzing"))]
impl Entry {
    pub(crate) fn name(&self) -> &'static str {
        self.info.name
    }

    /// Read a response and return it as canonical JSON.
    pub(crate) fn canonical(&self, body: &Bytes) -> Canonical {
        (self.canonical)(body)
    }

    /// Return whether a response is accepted as canonical JSON without parsing, and whether parsing confirms it.
    #[cfg(test)]
    pub(crate) fn canonical_already(&self, body: &Bytes) -> (bool, bool) {
        (self.canonical_already)(body)
    }

    /// Its row in the operation table.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn info(&self) -> &'static Info {
        self.info
    }

    /// Path and query of a request.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn target(&self, arguments: &[u8]) -> Result<String> {
        Ok((self.prepare)(arguments)?.path_and_query)
    }

    /// Read a response and write it, normalised or not. Reading the result must return the same value.
    #[cfg(test)]
    pub(crate) fn rewritten(&self, body: &Bytes) {
        (self.rewritten)(body);
    }

    /// Read arguments. Return why they are refused.
    pub(crate) fn refuses(&self, arguments: &[u8]) -> Option<Error> {
        (self.prepare)(arguments).err()
    }
}

/// The table row of the operation `O`.
#[cfg(not(feature = "schema"))]
pub(crate) const fn entry<O: Operation>() -> Entry {
    Entry {
        info: O::INFO,
        prepare: prepare_json::<O>,
        canonical: answer::canonical::<O>,
        scrubbed_body: crate::request::scrubbed_body::<O>,
        scrubbed_answer: answer::scrubbed::<O>,
        #[cfg(test)]
        canonical_already: answer::canonical_already::<O>,
        #[cfg(test)]
        rewritten: answer::rewritten::<O>,
    }
}

/// The table row of the operation `O`.
#[cfg(feature = "schema")]
pub(crate) const fn entry<O: Operation + schemars::JsonSchema + std::fmt::Debug>() -> Entry
where
    O::Answer: schemars::JsonSchema + std::fmt::Debug,
{
    Entry {
        info: O::INFO,
        prepare: prepare_json::<O>,
        canonical: answer::canonical::<O>,
        scrubbed_body: crate::request::scrubbed_body::<O>,
        scrubbed_answer: answer::scrubbed::<O>,
        #[cfg(test)]
        canonical_already: answer::canonical_already::<O>,
        #[cfg(test)]
        rewritten: answer::rewritten::<O>,
        schema: |generator| OperationSchema {
            info: O::INFO,
            request: O::json_schema(generator),
            answer: generator.subschema_for::<O::Answer>(),
            shown_request: |arguments| {
                let read = reading::<O>(Mode::Strict, arguments).ok()?;
                Some(format!("{0:?}\n{0:#?}", read.value))
            },
            shown_answer: |body| {
                let read = answer::read::<O>(body).ok()?;
                Some(format!("{0:?}\n{0:#?}", read.value))
            },
        },
    }
}

/// What `cargo xtask gen` reads of an operation.
#[cfg(feature = "schema")]
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// Its row in the operation table.
    pub info: &'static Info,
    /// The request: its fields in order, with docs.
    pub request: schemars::Schema,
    /// The response, as a reference to the definitions.
    pub answer: schemars::Schema,
    /// The `Debug` output of the request with these arguments. `None` if they do not match.
    pub shown_request: fn(&[u8]) -> Option<String>,
    /// The `Debug` output of the response with this body. `None` if it does not match.
    pub shown_answer: fn(&[u8]) -> Option<String>,
}

#[cfg(feature = "schema")]
impl OperationSchema {
    /// Describe every operation. The models that they use are added to `generator`.
    pub fn all(generator: &mut schemars::SchemaGenerator) -> Vec<Self> {
        resources::entries()
            .map(|entry| (entry.schema)(generator))
            .collect()
    }
}

static BY_NAME: LazyLock<HashMap<&'static str, &'static Entry>> = LazyLock::new(|| {
    resources::entries()
        .map(|entry| (entry.info.name, entry))
        .collect()
});

/// Return the operation table.
pub fn operations() -> impl Iterator<Item = &'static Info> {
    resources::entries().map(|entry| entry.info)
}

/// Return the table row of an operation.
pub(crate) fn info(operation: &str) -> Option<&'static Info> {
    BY_NAME.get(operation).map(|entry| entry.info)
}

/// The body of `request` without its secrets. `None` if it does not match, or has no definition.
pub(crate) fn scrubbed_body(request: &Prepared, body: &[u8]) -> Option<Value> {
    (BY_NAME.get(request.operation)?.scrubbed_body)(body)
}

/// The body of the response to `request` without its secrets. `None` if it does not match, or has no definition.
pub(crate) fn scrubbed_answer(request: &Prepared, body: &[u8]) -> Option<Value> {
    (BY_NAME.get(request.operation)?.scrubbed_answer)(body)
}

fn find(operation: &str) -> Result<&'static Entry> {
    BY_NAME.get(operation).copied().ok_or_else(|| {
        Error::invalid_request(operation, "operation", "there is no operation of this name")
    })
}

/// Read the arguments of `O`, check them, and build the request.
fn prepare_json<O: Operation>(arguments: &[u8]) -> Result<Prepared> {
    held_to_size(O::INFO.name, arguments.len())?;
    if arguments.trim_ascii_start().first() != Some(&b'{') {
        return Err(Error::invalid_request(
            O::INFO.name,
            "",
            "the arguments must be one JSON object",
        ));
    }
    let read = reading::<O>(Mode::Strict, arguments).map_err(|misfit| {
        let reason = check::with_guess(&misfit.reason);
        Error::invalid_request(O::INFO.name, &misfit.path, &reason)
    })?;
    prepare(&read.value)
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
    ) -> Result<Answered> {
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
    ) -> Result<Response<Answered>> {
        let (answered, raw) = self.answered(operation, arguments, options).await?;
        Ok(Response::of(answered, raw))
    }

    /// Check and build a request.
    pub(crate) fn prepared(operation: &str, arguments: &[u8]) -> Result<Prepared> {
        (find(operation)?.prepare)(arguments)
    }

    /// Call an operation by name, and return its result with the response's status and headers.
    pub(crate) async fn answered(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<(Answered, RawAnswer)> {
        let entry = find(operation)?;
        let prepared = (entry.prepare)(arguments)?.extended(&options.extra)?;
        let raw = self.transport().call(&prepared, options).await?;
        let transport = self.transport();
        match transport
            .decode(&prepared, options, &raw, entry.canonical)
            .await?
        {
            Ok((json, cursor)) => Ok((Answered { json, cursor }, raw)),
            Err(misfit) => Err(answer::misfit(
                entry.info,
                &prepared,
                &raw,
                self.clock(),
                misfit,
            )),
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
    ) -> Result<RawAnswer> {
        let prepared = (find(operation)?.prepare)(arguments)?.extended(&options.extra)?;
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
    ) -> Result<RawAnswer> {
        let body = body.map(|body| Bytes::from(body.to_string()));
        let prepared = prepare_unknown(method, path, query, body)?.extended(&options.extra)?;
        self.transport().call(&prepared, options).await
    }
}
