//! [`Error`]: why a call failed, and what is known about it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::check_with::{AmbiguousCall, CheckWith};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn StdError + Send + Sync>;

/// Defines the kinds of errors: when each occurs, its name, and what to do.
macro_rules! kinds {
    ($($(#[doc = $docs:literal])+ $kind:ident = $name:literal: $what_to_do:literal;)+) => {
        /// The kind of an error. Every language has one class or variant for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum ErrorKind {
            $(
                $(#[doc = $docs])+
                #[doc = ""]
                #[doc = $what_to_do]
                $kind,
            )+
        }

        impl ErrorKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// Return the name: `ambiguous_outcome`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// Return when it occurs, for the documentation.
            #[cfg(feature = "schema")]
            #[doc(hidden)]
            pub fn docs(self) -> &'static str {
                match self {
                    $(Self::$kind => concat!($($docs),+),)+
                }
            }

            /// Return what to do, for the documentation.
            #[cfg(feature = "schema")]
            #[doc(hidden)]
            pub fn what_to_do(self) -> &'static str {
                match self {
                    $(Self::$kind => $what_to_do,)+
                }
            }
        }
    };
}

kinds! {
    /// The client cannot be built: missing credentials, an invalid base URL, an unreadable CA file.
    Configuration = "configuration":
        "Correct the option or the environment variable that the message names.";
    /// The call was refused before anything was sent: an argument is unknown, missing or out of range. See [`Error::field`].
    InvalidRequest = "invalid_request":
        "Correct the argument that the error names. Repeating the call does not help.";
    /// The service answered 400 or 422, or another 4xx without its own kind.
    BadRequest = "bad_request":
        "Read message and details: the service refuses these values, or the room is in another state than the call needs.";
    /// The service answered 401: the token is missing, expired, or signed with another secret. Or, without a status, a token callback
    /// failed, so that nothing was sent, or a token that was checked is not valid.
    Authentication = "authentication":
        "Check that access key and secret belong together and to this workspace. A token of your own must be renewed by you. Without a status, the token callback failed (see the cause), or the token that you checked is not valid (see the message).";
    /// The service answered 403: the credentials do not allow this, or the room is disabled.
    PermissionDenied = "permission_denied":
        "Enable the room, or use credentials of the workspace that owns it.";
    /// The service answered 404.
    NotFound = "not_found":
        "Check the id. Active rooms and peers exist only while somebody is there, so treat it as an ordinary outcome for them.";
    /// The service answered 409, or somebody else changed what was edited.
    Conflict = "conflict":
        "Read the present state and decide again. After `templates.edit`, run it again.";
    /// The service answered 429 on every attempt, or it asked for a pause that is longer than the rest of the timeout. During such a pause,
    /// further calls of the client fail at once, with 0 attempts, except in a run of `map`. See [`Error::retry_after`].
    RateLimited = "rate_limited":
        "Set `rate_limit`, so that calls wait before they are refused. Otherwise wait for `retry_after`, and make fewer calls at once. Work in the background can set more retries and a longer timeout, or make its calls with `map`, which waits for the end of a pause.";
    /// The service answered 5xx, or sent an unrecognised response, such as a redirect.
    Server = "server":
        "Try again later. If `may_have_applied` is true, look first whether the call took effect.";
    /// The deadline passed, or a connection could not be opened in time. See [`Error::phase`].
    Timeout = "timeout":
        "Look at the phase: `queue` means too many calls at once, `connect` a network or proxy, `wait` a slow service. Raise `timeout` if the operation takes long.";
    /// No connection, or a broken one: DNS, refused, TLS, reset.
    Connection = "connection":
        "Check address, proxy and certificates. The cause names the reason.";
    /// The request may have taken effect. Do not send it again without checking. Errors of other kinds may have taken effect too, such
    /// as a 500, whose kind is [`Server`](Self::Server): [`Error::may_have_applied`] is true for all of them.
    AmbiguousOutcome = "ambiguous_outcome":
        "Call `reconcile` with the error. It returns what the call made, or nothing: then repeat the call, after a timeout not before the service has had time to finish.";
    /// A 2xx response whose body does not match its type. See [`Error::field`].
    Decode = "decode":
        "Update the package. If the newest version fails too, report the field that the error names. The call itself succeeded.";
    /// A job waited for something that ended in another state, for example a recording that failed. See [`Error::state`].
    JobFailed = "job_failed":
        "Read the state and the message. A recording that failed does not complete: start another one.";
    /// A file cannot be written: the disk is full, the folder is missing, no permission. See [`Error::path`].
    File = "file":
        "Make room or create the folder, and run the download again: it continues where it was.";
    /// The caller cancelled the call. Used by languages without their own error for this.
    Cancelled = "cancelled":
        "Nothing, if you cancelled it. If `may_have_applied` is true, the call may have taken effect.";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The phase of a call in which it timed out or the connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Before sending: waiting for a token, a connection, or the pause before a retry.
    Queue,
    /// Opening the connection.
    Connect,
    /// Sending the request, until the system has accepted the last byte of its body. This is immediate unless the body is large,
    /// the other side reads slowly, or the connection is already broken. A request without a body leaves this phase as soon as it
    /// starts.
    Send,
    /// Waiting for the response.
    Wait,
    /// Reading the response.
    Body,
}

impl Phase {
    /// Return the name: `connect`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Connect => "connect",
            Self::Send => "send",
            Self::Wait => "wait",
            Self::Body => "body",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a call failed.
///
/// `Display` describes it in one line. Use [`kind`](Self::kind) in code; the other methods return details. Neither contains a
/// secret or a body, and arguments appear only in [`check_with`](Self::check_with).
pub struct Error(Box<ErrorDetails>);

/// What is known of an error. The bindings pass it on unchanged.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub(crate) struct ErrorDetails {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) operation: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) route: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<i64>,
    pub(crate) details: Vec<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) phase: Option<Phase>,
    /// The last state that a job saw.
    pub(crate) state: Option<String>,
    /// The file that could not be written.
    pub(crate) path: Option<String>,
    /// The system's number of what went wrong with it.
    pub(crate) errno: Option<i32>,
    pub(crate) attempts: u32,
    #[serde(serialize_with = "seconds")]
    pub(crate) elapsed: Duration,
    #[serde(serialize_with = "optional_seconds")]
    pub(crate) retry_after: Option<Duration>,
    pub(crate) may_have_applied: bool,
    /// The call timed out, whatever the kind.
    pub(crate) timed_out: bool,
    pub(crate) check_with: Option<AmbiguousCall>,
    #[serde(rename = "cause", serialize_with = "chain")]
    pub(crate) source: Option<std::sync::Arc<dyn StdError + Send + Sync>>,
}

pub(crate) fn seconds<S: serde::Serializer>(
    value: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(value.as_secs_f64())
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn optional_seconds<S: serde::Serializer>(
    value: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.map(|value| value.as_secs_f64()).serialize(serializer)
}

/// The descriptions of the causes, outermost first.
#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn chain<S: serde::Serializer>(
    value: &Option<std::sync::Arc<dyn StdError + Send + Sync>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value
        .as_ref()
        .map(|source| single_line(&describe_chain(source.as_ref()), MAX_CHARS))
        .serialize(serializer)
}

/// The descriptions of the causes, without those that only say where the error happened.
fn describe_chain(error: &(dyn StdError + 'static)) -> String {
    const LOCATION_ONLY: [&str; 3] = [
        "client error (",
        "error sending request",
        "error decoding response body",
    ];
    let mut words = String::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        let text = cause.to_string();
        next = cause.source();
        let location_only = LOCATION_ONLY.iter().any(|only| text.starts_with(only));
        if (location_only && next.is_some()) || words.ends_with(&text) {
            continue;
        }
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&text);
    }
    words
}

/// The maximum length of a text in an error, in characters.
const MAX_CHARS: usize = 2_000;

/// Return `text` in a form that is safe for logs: on one line, with control characters and bidirectional controls escaped, and at
/// most this many characters of it.
pub(crate) fn single_line(text: &str, most: usize) -> String {
    let escaped = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.len() <= most && !text.contains(escaped) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len().min(most));
    for (count, c) in text.chars().enumerate() {
        if count == most {
            line.push('…');
            break;
        }
        if escaped(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(ErrorDetails {
            kind,
            message: single_line(&message, MAX_CHARS),
            operation: None,
            method: None,
            route: None,
            status: None,
            code: None,
            details: Vec::new(),
            request_id: None,
            field: None,
            phase: None,
            state: None,
            path: None,
            errno: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            retry_after: None,
            may_have_applied: false,
            timed_out: kind == ErrorKind::Timeout,
            check_with: None,
            source: None,
        }))
    }

    /// Return the error for a client or receiver that cannot be built.
    #[doc(hidden)]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// Return the error for an argument that is refused. `operation` and `field` may be empty.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid_request(operation: &str, field: &str, reason: &str) -> Self {
        let message = match field {
            "" => reason.to_owned(),
            field => format!("{field}: {reason}"),
        };
        let mut error = Self::new(ErrorKind::InvalidRequest, message);
        error.0.operation = (!operation.is_empty()).then(|| operation.to_owned());
        error.0.field = (!field.is_empty()).then(|| single_line(field, MAX_CHARS));
        error
    }

    /// The error of a file: `problem` begins with a verb, "cannot be written".
    pub(crate) fn of_file(path: &std::path::Path, problem: &str, cause: std::io::Error) -> Self {
        let path = path.display().to_string();
        let mut error = Self::new(ErrorKind::File, format!("{path} {problem}"));
        error.0.errno = cause.raw_os_error().filter(|_| cfg!(unix));
        error.0.path = Some(single_line(&path, MAX_CHARS));
        error.caused_by(cause)
    }

    pub(crate) fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.0.source = Some(cause.into().into());
        self
    }

    pub(crate) fn with(mut self, fill: impl FnOnce(&mut ErrorDetails)) -> Self {
        fill(&mut self.0);
        self
    }

    /// Return the kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Return what happened, without operation and status.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Return the name of the operation: `rooms.create`.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// Return the HTTP method.
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// Return the path template: `/rooms/{room_id}`. It is `/{path}` for a request without an operation.
    pub fn route(&self) -> Option<&str> {
        self.0.route.as_deref()
    }

    /// Return the HTTP status, if the service responded.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Return the code in the body of the response.
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// Return the more specific causes in the body of the response.
    pub fn details(&self) -> &[String] {
        &self.0.details
    }

    /// Return the service's id of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Return the path of the argument that was refused, or of the response field that does not match.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Return the phase in which the call timed out or the connection broke.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// Return the last state that a job saw of what it waited for: `post_processing`.
    pub fn state(&self) -> Option<&str> {
        self.0.state.as_deref()
    }

    /// Return the file that could not be written, for [`ErrorKind::File`].
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// Return how often the request was sent. 0 if never.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Return the time since the start of the call.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Return how long the service asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Return whether the request may have taken effect although the call failed.
    ///
    /// This is true if the request changes something, an attempt was sent, and its outcome is unknown: a broken connection, the
    /// deadline, 408 or 5xx, an unreadable 2xx. It is always true for [`ErrorKind::AmbiguousOutcome`].
    pub fn may_have_applied(&self) -> bool {
        self.0.may_have_applied
    }

    /// Return whether the call timed out, by its own deadline or by that for opening a connection. The kind is
    /// [`ErrorKind::Timeout`], or [`ErrorKind::AmbiguousOutcome`] if the request was sent and must not be repeated.
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Return the operation that shows whether the call took effect, if it may have and there is such an operation.
    /// [`Client::reconcile`](crate::Client::reconcile) calls it for you.
    pub fn check_with(&self) -> Option<&CheckWith> {
        self.ambiguous_call().map(|call| &call.check_with)
    }

    pub(crate) fn ambiguous_call(&self) -> Option<&AmbiguousCall> {
        self.0.check_with.as_ref()
    }

    /// Return all that is known as one JSON object, from which the bindings create their errors.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_else(|_| r#"{"kind":"server"}"#.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        if let Some(operation) = &details.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&details.message)?;
        for detail in &details.details {
            write!(f, "; {detail}")?;
        }
        write!(f, " ({}", details.kind)?;
        if let Some(status) = details.status {
            write!(f, ", status {status}")?;
        }
        if let Some(phase) = details.phase {
            write!(f, ", in phase {phase}")?;
        }
        if details.attempts > 1 {
            write!(f, ", {} attempts", details.attempts)?;
        }
        if let Some(wait) = details.retry_after {
            // Up to the next tenth of a second.
            let tenths = wait.as_nanos().div_ceil(100_000_000);
            write!(f, ", retry after {}", tenths / 10)?;
            if tenths % 10 > 0 {
                write!(f, ".{}", tenths % 10)?;
            }
            f.write_str(" s")?;
        }
        if details.may_have_applied {
            f.write_str(", may have taken effect")?;
        }
        if let Some(id) = &details.request_id {
            write!(f, ", request id {id}")?;
        }
        f.write_str(")")?;
        if let Some(source) = &details.source {
            write!(
                f,
                ": {}",
                single_line(&describe_chain(source.as_ref()), MAX_CHARS)
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Error, ErrorKind, MAX_CHARS, single_line};

    #[test]
    fn a_text_of_the_service_stays_on_one_line_and_short() {
        assert_eq!(single_line("a b", 10), "a b");
        assert_eq!(
            single_line("a\r\n\u{1b}[2J\u{202e}b\u{85}ü", 100),
            "a\\r\\n\\u{1b}[2J\\u{202e}b\\u{85}ü"
        );
        assert_eq!(single_line("äöü", 2), "äö…");
        let error = Error::new(ErrorKind::Server, "x\n".repeat(100_000));
        assert!(error.to_string().chars().count() < 2 * MAX_CHARS);
        assert!(!error.to_string().contains('\n'));
    }

    #[test]
    fn the_requested_wait_is_rounded_up_to_a_tenth_of_a_second() {
        for (nanos, shown) in [
            (59_896_180_024, "retry after 59.9 s"),
            (59_900_000_000, "retry after 59.9 s"),
            (45_000_000_000, "retry after 45 s"),
            (1, "retry after 0.1 s"),
        ] {
            let error = Error::new(ErrorKind::RateLimited, "slow down")
                .with(|details| details.retry_after = Some(Duration::from_nanos(nanos)));
            assert!(error.to_string().contains(shown), "{error}");
        }
    }
}
