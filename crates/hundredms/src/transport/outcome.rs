//! [`AttemptOutcome`]: a response, or why there is none.

use std::error::Error as StdError;
use std::sync::Arc;

use super::error_response::kind_of;
use super::phase::Progress;
use crate::error::{ErrorKind, Phase};
use crate::host::http;
use crate::raw_response::RawResponse;

/// How an attempt ended.
pub(crate) enum AttemptOutcome {
    /// With a response of any status.
    Response(RawResponse),
    /// Without one.
    Failed(FailedAttempt),
}

impl AttemptOutcome {
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Response(answer) => Some(answer.status.as_u16()),
            Self::Failed(failure) => failure.status,
        }
    }

    /// Return whether a request was made at all. The deadline may pass while the call waits for its token.
    pub(crate) fn was_tried(&self) -> bool {
        !matches!(self, Self::Failed(failure) if failure.phase == Phase::Queue)
    }

    /// Return the error kind of this attempt alone.
    pub(crate) fn error(&self) -> Option<ErrorKind> {
        match self {
            Self::Response(answer) if answer.status.is_success() => None,
            Self::Response(answer) => Some(kind_of(answer.status)),
            Self::Failed(failure) => Some(match failure.reason {
                FailureReason::DeadlinePassed | FailureReason::ConnectTimeout(_) => {
                    ErrorKind::Timeout
                }
                FailureReason::Broken(_) | FailureReason::TooLarge(_) => ErrorKind::Connection,
            }),
        }
    }
}

/// An attempt without a response.
#[derive(Debug)]
pub(crate) struct FailedAttempt {
    pub(crate) phase: Phase,
    /// Whether surely nothing was sent.
    pub(crate) unsent: bool,
    /// The connection was a pooled one and broke before the response began, so the server may have closed it while it was idle.
    pub(crate) stale: bool,
    pub(crate) reason: FailureReason,
    pub(crate) status: Option<u16>,
    /// Host and port that could not be connected to.
    pub(crate) address: Option<String>,
}

#[derive(Debug)]
pub(crate) enum FailureReason {
    /// The deadline of the call passed.
    DeadlinePassed,
    /// The connection could not be opened within the connect timeout.
    ConnectTimeout(Cause),
    /// No connection, or it broke.
    Broken(Cause),
    /// The response is larger than the maximum.
    TooLarge(Cause),
}

/// The root cause, without the URL, which contains arguments.
pub(crate) type Cause = Arc<dyn StdError + Send + Sync>;

impl FailedAttempt {
    pub(crate) fn deadline_passed(phase: Phase) -> Self {
        Self {
            phase,
            unsent: matches!(phase, Phase::Queue | Phase::Connect),
            stale: false,
            reason: FailureReason::DeadlinePassed,
            status: None,
            address: None,
        }
    }

    pub(crate) fn broken(error: ConnectionError, progress: &Progress) -> Self {
        let connecting = matches!(
            error.kind,
            ConnectionErrorKind::Connecting | ConnectionErrorKind::ConnectTimeout
        );
        Self {
            phase: if connecting {
                Phase::Connect
            } else {
                progress.phase()
            },
            unsent: connecting || !progress.sent(),
            stale: matches!(error.kind, ConnectionErrorKind::Broken) && progress.stale(),
            reason: match error.kind {
                ConnectionErrorKind::ConnectTimeout => FailureReason::ConnectTimeout(error.cause),
                ConnectionErrorKind::TooLarge => FailureReason::TooLarge(error.cause),
                ConnectionErrorKind::Connecting
                | ConnectionErrorKind::NotHttp
                | ConnectionErrorKind::Broken => FailureReason::Broken(error.cause),
            },
            status: progress.status(),
            address: None,
        }
    }
}

/// Why the HTTP client returned no response.
pub(crate) struct ConnectionError {
    pub(crate) kind: ConnectionErrorKind,
    pub(crate) cause: Cause,
}

pub(crate) enum ConnectionErrorKind {
    Connecting,
    ConnectTimeout,
    /// The server responded, but not with HTTP.
    NotHttp,
    TooLarge,
    Broken,
}

impl From<http::Error> for ConnectionError {
    fn from(error: http::Error) -> Self {
        let kind = if error.is_connect() && error.is_timeout() {
            ConnectionErrorKind::ConnectTimeout
        } else if error.is_connect() {
            ConnectionErrorKind::Connecting
        } else if http::is_not_http(&error) {
            ConnectionErrorKind::NotHttp
        } else {
            ConnectionErrorKind::Broken
        };
        Self {
            kind,
            // The URL contains arguments.
            cause: Arc::new(error.without_url()),
        }
    }
}

impl ConnectionError {
    pub(crate) fn too_large(most: usize) -> Self {
        Self {
            kind: ConnectionErrorKind::TooLarge,
            cause: Arc::new(std::io::Error::other(format!(
                "it is larger than {most} bytes"
            ))),
        }
    }
}
