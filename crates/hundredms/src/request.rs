//! [`PreparedRequest`]: a request that is ready to be sent.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::check_with::{AmbiguousCall, CheckWith};
use crate::error::Error;
use crate::operation::{ArgumentLocation, OperationInfo, Retry, Server};
use crate::wire::extra::Extra;
use crate::wire::hints;
use crate::wire::query::Query;
use crate::wire::secret::Secret;
use crate::wire::stored_secret;

/// A request that is ready to be sent, once or several times.
#[derive(Clone)]
pub(crate) struct PreparedRequest {
    pub(crate) definition: Definition,
    pub(crate) method: http::Method,
    /// Path template, without arguments.
    pub(crate) route: Cow<'static, str>,
    pub(crate) server: Server,
    pub(crate) path_and_query: String,
    pub(crate) body: Option<Bytes>,
    pub(crate) client_token: Option<Secret>,
    pub(crate) repeatable: bool,
    /// Timeout of the call if neither the call nor the client sets one.
    pub(crate) timeout: Option<Duration>,
    /// What is unusual about it, for the log.
    pub(crate) hint: Option<String>,
    /// The part of it that is probably a mistake, for a warning.
    pub(crate) warning: Option<String>,
    /// The rest of it.
    #[cfg(feature = "tracing")]
    pub(crate) hint_without_warning: Option<String>,
}

/// What a request is made from.
#[derive(Clone, Copy)]
pub(crate) enum Definition {
    /// An operation of this version.
    Operation(&'static OperationDefinition),
    /// A method and a path, passed to [`Client::request`](crate::Client::request).
    Custom {
        /// Returns whether the path of any operation has this segment, so that a cassette may keep it.
        is_path_word: fn(&str) -> bool,
    },
}

/// What is the same for all requests of an operation.
pub(crate) struct OperationDefinition {
    pub(crate) info: &'static OperationInfo,
    /// The operation that shows whether this one took effect.
    pub(crate) check_with: Option<&'static OperationInfo>,
    /// Returns the body of a request without its secrets. `None` if it does not match.
    pub(crate) scrub_body: fn(&[u8]) -> Option<Value>,
    /// Returns the body of a response without its secrets. `None` if it does not match.
    pub(crate) scrub_answer: fn(&[u8]) -> Option<Value>,
}

impl Definition {
    /// Return the operation. `None` for a custom request.
    pub(crate) fn operation(self) -> Option<&'static OperationDefinition> {
        match self {
            Self::Operation(operation) => Some(operation),
            Self::Custom { .. } => None,
        }
    }
}

/// The name of a custom request in errors, hooks, spans and cassettes.
pub(crate) const CUSTOM: &str = "request";

/// Arguments that the created object returns unchanged.
const IDENTIFYING: [&str; 5] = ["name", "description", "template_id", "room_id", "role"];

impl PreparedRequest {
    /// Return the name of the operation, or `request` for a custom request.
    pub(crate) fn operation(&self) -> &'static str {
        match self.definition {
            Definition::Operation(operation) => operation.info.name,
            Definition::Custom { .. } => CUSTOM,
        }
    }

    /// Return the path template as it may be shown. That of a custom request would consist of arguments.
    pub(crate) fn template(&self) -> &str {
        match self.definition {
            Definition::Operation(_) => &self.route,
            Definition::Custom { .. } => "/{path}",
        }
    }

    /// Add fields that this version does not know: to the body of a POST, else to the query.
    pub(crate) fn extend(&mut self, fields: &Extra) -> Result<(), Error> {
        if fields.is_empty() {
            return Ok(());
        }
        let posts = self.method == http::Method::POST;
        let place = if posts { "extra_body" } else { "extra_query" };
        let operation = self.operation();
        let refuse = |name: &str, reason: &str| {
            let field = format!("{place}.{name}");
            Err(Error::invalid_request(operation, &field, reason))
        };
        let definition = self.definition.operation();
        let arguments = definition.map_or(&[][..], |operation| operation.info.arguments);
        let has = |name: &str| arguments.iter().any(|field| field.name == name);
        let mut body = match self.body.as_ref().filter(|_| posts) {
            None => Map::new(),
            Some(text) => serde_json::from_slice(text).map_err(|_| {
                let reason = "the body of this operation is not an object";
                Error::invalid_request(operation, place, reason)
            })?,
        };
        let mut target = Query::new(std::mem::take(&mut self.path_and_query));
        let mut hints: Vec<String> = self.hint.take().into_iter().collect();
        for (name, value) in &**fields {
            if has(name) || body.contains_key(name) {
                return refuse(name, "is an argument of this operation: pass it as one");
            }
            if posts {
                body.insert(name.clone(), value.clone());
            } else if !target.put_value(name, value) {
                return refuse(
                    name,
                    "must be text, a number, a boolean or a list of them that is not empty",
                );
            }
            hints.push(hints::unknown_field(name));
        }
        self.path_and_query = target.finish();
        self.hint = Some(hints.join("; "));
        if posts {
            self.body = Some(Value::Object(body).to_string().into());
        }
        self.refuse_stored_secrets()
    }

    /// Refuse to write a template with an object that has `$secret`.
    pub(crate) fn refuse_stored_secrets(&self) -> Result<(), Error> {
        let (Some(body), Some(definition)) = (&self.body, self.definition.operation()) else {
            return Ok(());
        };
        let info = definition.info;
        if info.name.starts_with("templates.") {
            let mut arguments = info.arguments.iter();
            let whole = arguments.find(|argument| argument.location == ArgumentLocation::WholeBody);
            let below = whole.map_or("", |argument| argument.name);
            stored_secret::refuse(body, below).map_err(|violation| {
                Error::invalid_request(info.name, &violation.path, &violation.reason)
            })?;
        }
        Ok(())
    }

    /// Refuse a path and query that are too long for a URL, and arguments of more than [`MAX_BYTES`]. The body of a custom request is
    /// not limited.
    pub(crate) fn check_size(&self) -> Result<(), Error> {
        let target = self.path_and_query.len();
        if target > MAX_TARGET_BYTES {
            let reason = format!("path and query have {target} bytes: at most {MAX_TARGET_BYTES}");
            return Err(Error::invalid_request(self.operation(), "", &reason));
        }
        match self.definition {
            Definition::Operation(operation) => check_size(
                operation.info.name,
                self.body.as_ref().map_or(0, Bytes::len),
            ),
            Definition::Custom { .. } => Ok(()),
        }
    }

    /// Return whether it may change something.
    pub(crate) fn changes(&self) -> bool {
        !self.method.is_safe()
    }

    /// Return how to find what this request, begun at `since`, may have done. `None` if no operation shows it.
    pub(crate) fn ambiguous_call(&self, since: Option<Timestamp>) -> Option<AmbiguousCall> {
        let operation = self.definition.operation()?;
        let check_with = operation.check_with?;
        let own = operation.info;
        let arguments = self.string_arguments();
        let only = |names: &mut dyn Iterator<Item = &'static str>| {
            names
                .filter_map(|name| Some((name.to_owned(), arguments.get(name)?.clone())))
                .collect()
        };
        Some(AmbiguousCall {
            check_with: CheckWith {
                operation: check_with.name,
                arguments: only(&mut check_with.arguments.iter().map(|argument| argument.name)),
                since,
            },
            paging: check_with.paging,
            operation: own.name,
            is_distinct: own.reconcile
                && (own.retry != Retry::IfNamed || arguments.contains_key("name")),
            identifying: only(&mut IDENTIFYING.into_iter()),
        })
    }

    /// Return the string arguments, from path and body. They are not kept with each request, because only a call with an ambiguous
    /// outcome needs them.
    fn string_arguments(&self) -> Map<String, Value> {
        let body = self.body.as_deref().unwrap_or_default();
        let mut arguments: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        arguments.retain(|_, value| value.is_string());
        let path = self.path_and_query.split('?').next().unwrap_or_default();
        for (name, argument) in self.route.split('/').zip(path.split('/')) {
            if let Some(name) = name
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'))
            {
                let argument = percent_decode_str(argument)
                    .decode_utf8_lossy()
                    .into_owned();
                arguments.insert(name.to_owned(), argument.into());
            }
        }
        arguments
    }
}

/// The maximum size of the arguments of a call as JSON, more than a hundred times that of a large template. Writing, sending and
/// reading so much takes a fraction of the time that a call has.
const MAX_BYTES: usize = 4 << 20;

/// The maximum size of path and query: a URL has 64 KiB, with the base URL.
const MAX_TARGET_BYTES: usize = 60 << 10;

/// Refuse arguments of more than [`MAX_BYTES`].
pub(crate) fn check_size(operation: &str, bytes: usize) -> Result<(), Error> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let reason = format!(
        "the arguments have {bytes} bytes: at most {MAX_BYTES} ({} MiB)",
        MAX_BYTES >> 20
    );
    Err(Error::invalid_request(operation, "", &reason))
}

impl std::fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.template())
    }
}
