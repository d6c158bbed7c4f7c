//! Calls by the name of the operation, with JSON in and JSON out: the road of the bindings.

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

/// An answer as canonical JSON.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answered {
    /// The JSON text; `null` from an operation that answers nothing.
    pub json: Bytes,
    /// Cursor of the following page, from an operation that answers in pages.
    pub cursor: Option<String>,
}

/// The text may hold secrets, so only its length is shown.
impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answered")
            .field("json", &format_args!("{} bytes", self.json.len()))
            .field("cursor", &self.cursor)
            .finish()
    }
}

/// Canonical JSON and the cursor of the following page, or why the answer does not fit.
pub(crate) type Canonical = Result<(Bytes, Option<String>), Misfit>;

/// One operation, with its types put aside.
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

    /// Read an answer and give it as canonical JSON.
    pub(crate) fn canonical(&self, body: &Bytes) -> Canonical {
        (self.canonical)(body)
    }

    /// Tell whether an answer is taken as canonical JSON without being read, and whether reading it says that it is.
    #[cfg(test)]
    pub(crate) fn canonical_already(&self, body: &Bytes) -> (bool, bool) {
        (self.canonical_already)(body)
    }

    /// Its row in the table.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn info(&self) -> &'static Info {
        self.info
    }

    /// Path and query of a request.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn target(&self, arguments: &[u8]) -> Result<String> {
        Ok((self.prepare)(arguments)?.path_and_query)
    }

    /// Read an answer and write it, whether or not it had to be normalised; reading that must give the same value.
    #[cfg(test)]
    pub(crate) fn rewritten(&self, body: &Bytes) {
        (self.rewritten)(body);
    }

    /// Read arguments; tells why they are refused.
    pub(crate) fn refuses(&self, arguments: &[u8]) -> Option<Error> {
        (self.prepare)(arguments).err()
    }
}

/// The row of the operation `O`.
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

/// The row of the operation `O`.
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
    /// Its row in the table.
    pub info: &'static Info,
    /// The request: its fields in order, with docs.
    pub request: schemars::Schema,
    /// The answer; a reference into the definitions.
    pub answer: schemars::Schema,
    /// The request read from these arguments, as `Debug` shows it; none if they do not fit.
    pub shown_request: fn(&[u8]) -> Option<String>,
    /// The answer read from this body, as `Debug` shows it; none if it does not fit.
    pub shown_answer: fn(&[u8]) -> Option<String>,
}

#[cfg(feature = "schema")]
impl OperationSchema {
    /// Describe every operation; the models they use go into `generator`.
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

/// Give the table of operations.
pub fn operations() -> impl Iterator<Item = &'static Info> {
    resources::entries().map(|entry| entry.info)
}

/// Give the row of an operation.
pub(crate) fn info(operation: &str) -> Option<&'static Info> {
    BY_NAME.get(operation).map(|entry| entry.info)
}

/// The body of `request` without its secrets; none if it does not fit, or nothing is known of it.
pub(crate) fn scrubbed_body(request: &Prepared, body: &[u8]) -> Option<Value> {
    (BY_NAME.get(request.operation)?.scrubbed_body)(body)
}

/// The body of an answer to `request` without its secrets; none if it does not fit, or nothing is known of it.
pub(crate) fn scrubbed_answer(request: &Prepared, body: &[u8]) -> Option<Value> {
    (BY_NAME.get(request.operation)?.scrubbed_answer)(body)
}

fn find(operation: &str) -> Result<&'static Entry> {
    BY_NAME.get(operation).copied().ok_or_else(|| {
        Error::invalid_request(operation, "operation", "there is no operation of this name")
    })
}

/// Read the arguments of `O`, check them, and write the request out.
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
    /// Call an operation by its name, with its arguments as one JSON object: `call("rooms.get", r#"{"room_id":"…"}"#)`.
    ///
    /// The answer is checked and normalised as for the typed methods.
    ///
    /// # Errors
    /// `invalid_request` for an unknown operation or argument, a wrong type, or a value that is missing or out of range; else
    /// as for every call.
    pub async fn call(
        &self,
        operation: &str,
        arguments: &[u8],
        options: &CallOptions,
    ) -> Result<Answered> {
        let (answered, _) = self.answered(operation, arguments, options).await?;
        Ok(answered)
    }

    /// Do the same, and give what came beside the answer: status, headers, attempts.
    ///
    /// # Errors
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

    /// Check and write out a request.
    pub(crate) fn prepared(operation: &str, arguments: &[u8]) -> Result<Prepared> {
        (find(operation)?.prepare)(arguments)
    }

    /// Call an operation by its name and give its answer, and how it came.
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

    /// Call an operation by its name and give the answer as it came: status, headers, bytes.
    ///
    /// # Errors
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

    /// Send a request that this version has no operation for, with the management token.
    ///
    /// `path` goes below the base URL and is sent as it is, so encode arguments in it. A GET is repeated like any read, anything
    /// else only when nothing was sent or the service answered 429.
    ///
    /// # Errors
    /// `invalid_request` for a bad method or path; else as for every call, without `decode`.
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
