//! The log of requests received, for assertions.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::limits;

/// One request as the sandbox received it, with the status it answered. Headers are not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoggedRequest {
    /// The operation, such as `rooms.create`; none when nothing is there.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// Decoded query parameters in the order sent.
    pub query: Vec<(String, String)>,
    /// The JSON body. None when there was none, when it was no JSON or larger than 256 KiB, and when the request carried
    /// no token although its operation needs one.
    pub body: Option<Value>,
    /// The status answered; 0 when a fault ended the connection without one.
    pub status: u16,
    /// Which kind of token was accepted.
    pub token: TokenKind,
    /// When, by the virtual clock (RFC 3339).
    pub at: String,
    /// The faults that struck it, by their numbers; 0 is the one of its own header.
    #[serde(default)]
    pub faults: Vec<u64>,
}

/// Whose valid token a request carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TokenKind {
    /// None, or none that was valid, or none was asked for.
    None,
    /// A management token.
    Management,
    /// A client auth token.
    Client,
}

/// The latest requests, oldest first, and how many there were in all.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    kept: VecDeque<Entry>,
    /// About how many bytes of memory the entries take.
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
    /// Adds a request and its body, and forgets the oldest ones when there are too many.
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

    /// How many requests came since the start or the last clearing.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
