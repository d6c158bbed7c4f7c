//! The log of requests received, for assertions.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::limits;

/// One received request, with the status of its response. Headers are not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-typescript" = "Request")))]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The operation, such as `rooms.create`. `None` if there is none at this path.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// Decoded query parameters in the order sent.
    pub query: Vec<(String, String)>,
    /// The JSON body. `None` if there was none, if it was not JSON or larger than 256 KiB, or if the request lacked a required
    /// token.
    pub body: Option<Value>,
    /// The status of the response. 0 if a fault closed the connection without one.
    pub status: u16,
    /// Which kind of token was accepted.
    pub token: TokenKind,
    /// When, by the virtual clock (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub at: String,
    /// The numbers of the faults that affected it. 0 is the fault in its header.
    #[serde(default)]
    pub faults: Vec<u64>,
}

/// The kind of valid token in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(inline))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TokenKind {
    /// No token, no valid token, or none required.
    None,
    /// A management token.
    Management,
    /// A client auth token.
    Client,
}

/// The latest requests, oldest first, and their total number.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    kept: VecDeque<Entry>,
    /// The approximate number of bytes of memory that the entries take.
    bytes: usize,
    received: u64,
}

#[derive(Debug)]
struct Entry {
    /// Without its body.
    request: LoggedRequest,
    /// As text, which takes much less memory than its values.
    body: Box<[u8]>,
    bytes: usize,
}

impl Entry {
    fn new(request: LoggedRequest, body: &[u8]) -> Self {
        let body = if body.len() > limits::LOGGED_BODY {
            &[]
        } else {
            body
        };
        let texts = [&request.method, &request.path, &request.at];
        let texts = texts.into_iter().chain(&request.operation);
        let query = request.query.iter();
        let query = query.map(|(name, value)| size_of::<[String; 2]>() + name.len() + value.len());
        let bytes = size_of::<Self>()
            + texts.map(String::len).sum::<usize>()
            + query.sum::<usize>()
            + size_of_val(request.faults.as_slice())
            + body.len();
        Self {
            request,
            body: body.into(),
            bytes,
        }
    }

    fn logged(&self) -> LoggedRequest {
        LoggedRequest {
            body: serde_json::from_slice(&self.body).ok(),
            ..self.request.clone()
        }
    }
}

impl RequestLog {
    /// Add a request and its body, and forget the oldest ones when there are too many.
    pub(crate) fn push(&mut self, request: LoggedRequest, body: &[u8]) {
        let entry = Entry::new(request, body);
        self.bytes += entry.bytes;
        self.kept.push_back(entry);
        while self.kept.len() > limits::LOGGED || self.bytes > limits::LOG {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.bytes -= oldest.bytes;
        }
        self.received += 1;
    }

    pub(crate) fn kept(&self) -> impl Iterator<Item = LoggedRequest> {
        self.kept.iter().map(Entry::logged)
    }

    /// Return how many requests came since the start or the last clearing.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
