//! What an operation is: a request, its response, and its row in the operation table.

use hundredms_deserialize_error::DeserializeError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire::body::Body;
use crate::wire::field::Wire;
use crate::wire::hints::Hints;
use crate::wire::query::Query;
use crate::wire::secret::Secret;
use crate::wire::shape::ShapeField;
use crate::wire::violation::Violation;

/// One row of the operation table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Name, `resource.method`: `rooms.create`.
    #[serde(rename = "operation")]
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path template, relative to the base URL.
    pub path: &'static str,
    /// Whether it may be sent again when the outcome of the first attempt is unknown.
    pub retry: Retry,
    /// The operation that shows whether it took effect, for an operation that must not be repeated.
    pub check_with: Option<&'static str>,
    /// Whether that operation distinguishes its effect from that of another call, provided that it has a name where one is
    /// possible.
    pub reconcile: bool,
    /// Its kind of paging, if it is paged.
    pub paging: Option<Paging>,
    /// The server it is sent to.
    pub server: Server,
    /// Timeout of the whole call in seconds, if neither the call nor the client sets one. `None` for the client's default.
    pub timeout: Option<u64>,
    /// The webhook events that follow, as text.
    pub causes: Option<&'static str>,
    /// Its body is a value that was read, changed and written back: unknown fields are included, except these, which the service
    /// sets.
    pub rewrites: Option<&'static [&'static str]>,
    /// Page of the service's documentation.
    pub docs: &'static str,
    /// Its arguments, in order.
    pub arguments: &'static [ArgumentInfo],
}

impl OperationInfo {
    /// Return the URL of its page in the service's documentation.
    pub fn docs_url(&self) -> String {
        let under = match self.docs.split('/').next() {
            Some("how-to-guides") => "server-side/v2",
            Some("prebuilt") => "get-started/v2/get-started",
            _ => "server-side/v2/api-reference",
        };
        let page = self.docs.replace(' ', "%20");
        format!("https://www.100ms.live/docs/{under}/{page}")
    }
}

/// HTTP method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[allow(clippy::upper_case_acronyms)]
#[non_exhaustive]
pub enum Method {
    /// Read.
    GET,
    /// Create or change.
    POST,
    /// Remove.
    DELETE,
}

impl Method {
    /// Return the name: `GET`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::DELETE => "DELETE",
        }
    }

    pub(crate) fn http(self) -> http::Method {
        match self {
            Self::GET => http::Method::GET,
            Self::POST => http::Method::POST,
            Self::DELETE => http::Method::DELETE,
        }
    }
}

/// When a request may be sent again although the outcome of the first attempt is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retry {
    /// Always: repeating it has the same effect as doing it once.
    Always,
    /// If it has a name: creating with a name is an upsert.
    IfNamed,
    /// Never: only if nothing was sent, or the service refused it with 429.
    IfUnsent,
}

/// How an operation is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Paging {
    /// Field of the response with the items.
    pub items: &'static str,
    /// Other names that the service may use for it. If there are any, the service may also return one item instead of a page.
    pub or: &'static [&'static str],
    /// Where the cursor of the next page is.
    pub cursor: Cursor,
}

/// Where the cursor is in a response, and which argument takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cursor {
    /// In `last`, sent back as `start`.
    Last,
    /// In `next`, sent back as `start`.
    Next,
    /// Pages are numbered; the argument is `page`.
    Page,
}

impl Cursor {
    /// Return the name of the argument that takes the cursor.
    pub fn param(self) -> &'static str {
        match self {
            Self::Last | Self::Next => "start",
            Self::Page => "page",
        }
    }
}

/// The server that an operation is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Server {
    /// The API, with a management token (or the client's token, if the operation takes one).
    Api,
    /// The token service for room codes, without a token.
    Auth,
}

/// One argument of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ArgumentInfo {
    /// Name on the wire.
    pub name: &'static str,
    /// Where it is sent.
    #[serde(rename = "in")]
    pub location: ArgumentLocation,
    /// Whether it is required.
    pub required: bool,
    /// What it selects, if a call without it reaches more. Such an argument may be left out, but not be null or empty.
    pub selects: Option<Selection>,
}

/// What an argument selects: a call without it reaches more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Selection {
    /// What is listed or replayed.
    Items,
    /// Who gets a message, or whom the call affects.
    Recipients,
}

/// Where an argument is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ArgumentLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the JSON object of the body, under its name.
    Body,
    /// It is the whole body.
    WholeBody,
    /// It is the bearer token.
    Token,
}

/// What the `operation!` macro generates for each request.
#[allow(unreachable_pub)]
pub trait Request {
    /// The operation that shows whether this one took effect, for an operation that must not be repeated.
    const CHECK_WITH: Option<&'static OperationInfo>;

    /// The wire format of each argument.
    const ARGUMENTS: &'static [ShapeField];

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

    /// Check every argument against its limits, and add what this version does not know to `hints`.
    fn check(&self, hints: &mut Hints) -> Result<(), Violation>;
}

/// A request of an operation. Implemented by the request types of [`resources`](crate::resources), and sealed.
pub trait Operation: Request + DeserializeOwned + Clone + Send + Sync + 'static {
    /// What the service returns.
    type Output: OperationOutput;

    /// Its row in the operation table.
    const INFO: &'static OperationInfo;

    /// Return the cursor of the page after `output`, if there is one.
    fn cursor(output: &Self::Output) -> Option<String>;

    /// Leave out what the service returned and the request did not ask for.
    fn select(&self, _output: &mut Self::Output) -> Result<(), DeserializeError> {
        Ok(())
    }
}

/// What the service returns for an operation.
pub trait OperationOutput: Wire + Serialize + Send + 'static {}

impl<T: Wire + Serialize + Send + 'static> OperationOutput for T {}

/// Runs code for each operation, with its type.
pub(crate) trait OperationVisitor {
    /// Visit the operation `O`.
    fn visit<O: Operation + Described>(&mut self)
    where
        O::Output: Described;
}

/// What the feature `schema` needs of a type.
#[cfg(feature = "schema")]
pub(crate) trait Described: schemars::JsonSchema + std::fmt::Debug {}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema + std::fmt::Debug> Described for T {}

/// What the feature `schema` needs of a type.
#[cfg(not(feature = "schema"))]
pub(crate) trait Described {}

#[cfg(not(feature = "schema"))]
impl<T> Described for T {}
