//! The log of requests received, for assertions.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::{Duration, Instant},
};

use hyper::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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
    /// The message of the response, if it is an error that has one.
    #[serde(default)]
    pub error: Option<String>,
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

/// Return the message of a response, if it is an error.
pub(crate) fn error_of(status: u16, answer: &[u8]) -> Option<String> {
    if status < 400 {
        return None;
    }
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let message = answer["message"].as_str().or(answer["error"].as_str());
    message.map(str::to_owned)
}

/// What the log keeps of a request for the dashboard, as long as there is room.
#[derive(Debug, Default, Clone)]
pub(crate) struct LoggedDetails {
    /// The headers, secrets masked.
    pub(crate) headers: Vec<(String, String)>,
    /// The body of the response, or its beginning.
    pub(crate) answer: Box<[u8]>,
}

impl LoggedDetails {
    /// Take the details of a request and of its response.
    pub(crate) fn new(headers: &HeaderMap, answer: &[u8]) -> Self {
        let mut left = limits::LOGGED_HEADERS;
        let headers = headers.iter().map_while(|(name, value)| {
            left = left.checked_sub(name.as_str().len() + value.len())?;
            let value = if is_secret(name.as_str()) {
                masked(value.as_bytes())
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            Some((name.as_str().to_owned(), value))
        });
        Self {
            headers: headers.collect(),
            answer: answer[..answer.len().min(limits::LOGGED_ANSWER)].into(),
        }
    }

    fn bytes(&self) -> usize {
        let headers = self.headers.iter();
        let headers =
            headers.map(|(name, value)| size_of::<[String; 2]>() + name.len() + value.len());
        headers.sum::<usize>() + self.answer.len()
    }
}

/// Whether the value of a header is a secret.
fn is_secret(name: &str) -> bool {
    let words = [
        "authorization",
        "cookie",
        "secret",
        "token",
        "key",
        "signature",
    ];
    words.iter().any(|word| name.contains(word))
}

/// Keep the scheme of a secret, as in `Bearer`.
fn masked(value: &[u8]) -> String {
    let scheme = value.split(|byte| *byte == b' ').next();
    match scheme {
        Some(scheme) if scheme.len() < value.len() && scheme.len() <= 10 => {
            format!("{} ••••••", String::from_utf8_lossy(scheme))
        }
        _ => "••••••".to_owned(),
    }
}

/// Equal requests within this time, in real time, are attempts of one call.
const SAME_CALL: Duration = Duration::from_secs(120);

/// An equal request is looked for among this many of the latest.
const LOOKED_AT: usize = 200;

/// The latest requests, oldest first, and their total number.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    kept: VecDeque<Entry>,
    /// How many of the oldest entries have lost their details.
    bare: usize,
    /// The number of the last request. Clearing the log does not change it.
    last: u64,
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
    details: LoggedDetails,
    number: u64,
    /// Of method, path, query and body.
    digest: u64,
    attempt: u32,
    received_at: Instant,
    took: Duration,
}

impl Entry {
    fn new(request: LoggedRequest, body: &[u8], details: LoggedDetails, took: Duration) -> Self {
        let mut digest = DefaultHasher::new();
        (&request.method, &request.path, &request.query, body).hash(&mut digest);
        let body = if body.len() > limits::LOGGED_BODY {
            &[]
        } else {
            body
        };
        let texts = [&request.method, &request.path, &request.at];
        let texts = texts.into_iter().chain(&request.operation);
        let texts = texts.chain(&request.error);
        let query = request.query.iter();
        let query = query.map(|(name, value)| size_of::<[String; 2]>() + name.len() + value.len());
        let bytes = size_of::<Self>()
            + texts.map(String::len).sum::<usize>()
            + query.sum::<usize>()
            + size_of_val(request.faults.as_slice())
            + body.len()
            + details.bytes();
        Self {
            request,
            body: body.into(),
            bytes,
            details,
            number: 0,
            digest: digest.finish(),
            attempt: 1,
            received_at: Instant::now(),
            took,
        }
    }

    fn logged(&self) -> LoggedRequest {
        LoggedRequest {
            body: serde_json::from_slice(&self.body).ok(),
            ..self.request.clone()
        }
    }

    /// Whether an equal request that follows is another attempt of the same call.
    fn may_be_retried(&self) -> bool {
        let status = self.request.status;
        matches!(status, 0 | 401 | 408 | 429 | 500..) && self.received_at.elapsed() < SAME_CALL
    }

    /// Return what a list shows of it.
    fn summary(&self) -> Value {
        let LoggedRequest {
            operation,
            method,
            path,
            status,
            at,
            faults,
            ..
        } = &self.request;
        json!({
            "number": self.number, "operation": operation, "method": method, "path": path, "status": status, "at": at,
            "faults": faults, "attempt": self.attempt, "ms": self.took.as_secs_f64() * 1000.0,
        })
    }
}

impl RequestLog {
    /// Add a request and its body, and forget the oldest ones when there are too many.
    pub(crate) fn push(
        &mut self,
        request: LoggedRequest,
        body: &[u8],
        details: LoggedDetails,
        took: Duration,
    ) {
        let mut entry = Entry::new(request, body, details, took);
        let mut earlier = self.kept.iter().rev().take(LOOKED_AT);
        if let Some(same) = earlier.find(|earlier| earlier.digest == entry.digest) {
            if same.may_be_retried() {
                entry.attempt = same.attempt + 1;
            }
        }
        self.last += 1;
        entry.number = self.last;
        self.bytes += entry.bytes;
        self.kept.push_back(entry);
        self.received += 1;
        // Details are forgotten before requests are.
        while self.bytes > limits::LOG && self.bare < self.kept.len() {
            let entry = &mut self.kept[self.bare];
            let bytes = std::mem::take(&mut entry.details).bytes();
            entry.bytes -= bytes;
            self.bytes -= bytes;
            self.bare += 1;
        }
        while self.kept.len() > limits::LOGGED || self.bytes > limits::LOG {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.bytes -= oldest.bytes;
            self.bare = self.bare.saturating_sub(1);
        }
    }

    /// Return the number of the last request, which clearing the log does not change.
    pub(crate) fn last_number(&self) -> u64 {
        self.last
    }

    /// Return the number of the oldest request that is kept, or of the next one.
    pub(crate) fn oldest_number(&self) -> u64 {
        self.kept
            .front()
            .map_or(self.last + 1, |entry| entry.number)
    }

    /// Return what a list shows of the requests after this number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = Value> {
        self.entries_after(number).map(Entry::summary)
    }

    fn entries_after(&self, number: u64) -> impl Iterator<Item = &Entry> {
        let skipped = number
            .saturating_add(1)
            .saturating_sub(self.oldest_number());
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        self.kept.iter().skip(skipped)
    }

    /// Return the request with this number and its details, which are empty if they were forgotten.
    pub(crate) fn details(&self, number: u64) -> Option<(LoggedRequest, LoggedDetails)> {
        let place = number.checked_sub(self.oldest_number())?;
        let entry = self.kept.get(usize::try_from(place).ok()?)?;
        Some((entry.logged(), entry.details.clone()))
    }

    pub(crate) fn kept(&self) -> impl Iterator<Item = LoggedRequest> {
        self.kept.iter().map(Entry::logged)
    }

    /// Return the requests after this number, oldest first.
    pub(crate) fn kept_after(&self, number: u64) -> impl Iterator<Item = LoggedRequest> {
        self.entries_after(number).map(Entry::logged)
    }

    /// Return how many requests came since the start or the last clearing.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn clear(&mut self) {
        *self = Self {
            last: self.last,
            ..Self::default()
        };
    }
}
