//! The log of requests received, for assertions.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many requests are kept; older ones are forgotten.
const KEPT: usize = 10_000;

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
    /// The JSON body; none when there was none or it was no JSON.
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
    kept: VecDeque<LoggedRequest>,
    received: u64,
}

impl RequestLog {
    pub(crate) fn push(&mut self, request: LoggedRequest) {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(request);
        self.received += 1;
    }

    pub(crate) fn kept(&self) -> &VecDeque<LoggedRequest> {
        &self.kept
    }

    /// How many requests came since the start or the last clearing.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
