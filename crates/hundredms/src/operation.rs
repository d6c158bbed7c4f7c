//! What an operation is: a request, its answer, and its row in the table.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::request::Request;
use crate::wire::Wire;

/// One row of the table of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Info {
    /// Name, `resource.method`: `rooms.create`.
    #[serde(rename = "operation")]
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Template of the path, below the base URL.
    pub path: &'static str,
    /// May it be sent again when the outcome of the first try is unknown?
    pub retry: Retry,
    /// The operation that shows whether it took effect, for one that must not be repeated.
    pub look_at: Option<&'static str>,
    /// Whether its effect can be told from that of another call there, given a name where there may be one.
    pub reconcile: bool,
    /// How its pages are told apart, if it answers in pages.
    pub paging: Option<Paging>,
    /// The server it is sent to.
    pub server: Server,
    /// Seconds for the whole call where neither the call nor the client says otherwise; none for the client's default.
    pub timeout: Option<u64>,
    /// The events of webhooks that follow, in words.
    pub causes: Option<&'static str>,
    /// Its body is an answer that was read, changed and written back: fields that are not known go along, except these, which the
    /// service sets.
    pub rewrites: Option<&'static [&'static str]>,
    /// Name of the page in the service's documentation.
    pub docs: &'static str,
    /// Its arguments, in order.
    pub fields: &'static [Field],
}

impl Info {
    /// Give the address of its page in the service's documentation.
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
    /// Give the name: `GET`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::DELETE => "DELETE",
        }
    }
}

/// When a request may be sent again although the outcome of the first try is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Retry {
    /// Always: doing it twice is the same as doing it once.
    Always,
    /// When it carries a name: a named create is an upsert.
    IfNamed,
    /// Never: only when nothing was sent, or the service refused it with 429.
    IfUnsent,
}

/// How an operation answers in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Paging {
    /// Field of the answer with the items.
    pub items: &'static str,
    /// Other names that the service may have for it. Where there are any, it may also answer with one item in place of a page.
    pub or: &'static [&'static str],
    /// Where the cursor of the following page stands.
    pub cursor: Cursor,
}

/// Where the cursor stands in an answer, and which argument takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cursor {
    /// In `last`; sent back as `start`.
    Last,
    /// In `next`; sent back as `start`.
    Next,
    /// Pages are numbered; the argument is `page`.
    Page,
}

impl Cursor {
    /// Give the name of the argument that takes the cursor.
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
    /// The API, with a management token (or the client's token where the operation takes one).
    Api,
    /// The token service for room codes, without a token.
    Auth,
}

/// One argument of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Field {
    /// Name, as on the wire.
    pub name: &'static str,
    /// Where it goes.
    #[serde(rename = "in")]
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// What leaving it out widens, if anything. Such an argument may be left out, but not be null or empty.
    pub narrows: Option<Narrows>,
}

/// What leaving an argument out widens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Narrows {
    /// What is listed, or replayed.
    Listed,
    /// Who gets a message, or whom the call is about.
    Recipients,
}

/// Where an argument goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into the JSON object of the body, under its name.
    Body,
    /// It is the body.
    WholeBody,
    /// It is the bearer token.
    Token,
}

/// A request of an operation. The request types of [`resources`](crate::resources) implement it; nothing else can.
pub trait Operation: Request + DeserializeOwned + Clone + Send + Sync + 'static {
    /// What the service answers.
    type Answer: Answer;

    /// Its row in the table.
    const INFO: &'static Info;

    /// Give the cursor of the page after `answer`, if there is one.
    fn cursor(answer: &Self::Answer) -> Option<String>;
}

/// What the service answers to an operation.
pub trait Answer: Wire + Serialize + Send + 'static {}

impl<T: Wire + Serialize + Send + 'static> Answer for T {}
