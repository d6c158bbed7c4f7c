//! One try: a request on the wire, and the whole answer or the reason there is none.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http_body_util::{BodyExt, Limited};
use hyper_util::client::legacy::ResponseFuture;

use super::phase::{Progress, TellingBody};
use super::refusal;
use super::retry::Call;
use super::trace_context::TraceContext;
use super::{RawAnswer, Transport};
use crate::error::{ErrorKind, Phase, Result};
use crate::request::Prepared;

/// The largest answer that is read, in bytes: a page of 100 rooms has 62 KB.
const MOST: usize = 64 * 1024 * 1024;

/// How a try ended.
pub(crate) enum Outcome {
    /// With an answer, of any status.
    Answered(RawAnswer),
    /// Without one.
    Failed(Failure),
}

impl Outcome {
    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(answer) => Some(answer.status.as_u16()),
            Self::Failed(failure) => failure.status,
        }
    }

    /// Tell whether a request was made at all: the time may be up while its token is waited for.
    pub(super) fn was_tried(&self) -> bool {
        !matches!(self, Self::Failed(failure) if failure.phase == Phase::Queue)
    }

    /// The kind of error that this try alone is.
    pub(super) fn error(&self) -> Option<ErrorKind> {
        match self {
            Self::Answered(answer) if answer.status.is_success() => None,
            Self::Answered(answer) => Some(refusal::kind(answer.status)),
            Self::Failed(failure) => Some(match failure.why {
                Why::OutOfTime | Why::ConnectTimeout(_) => ErrorKind::Timeout,
                Why::Broken(_) => ErrorKind::Connection,
            }),
        }
    }
}

/// Why a try ended without an answer.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) phase: Phase,
    /// Nothing of the request can have left.
    pub(crate) unsent: bool,
    /// The connection was kept from before, and broke before the head of an answer came: it may have been dropped meanwhile.
    pub(crate) stale: bool,
    pub(crate) why: Why,
    pub(crate) status: Option<u16>,
}

#[derive(Debug)]
pub(crate) enum Why {
    /// The deadline of the call passed.
    OutOfTime,
    /// The connection could not be made in the time for that.
    ConnectTimeout(Cause),
    /// No connection, or it broke.
    Broken(Cause),
}

/// The root cause, without the address, which holds arguments.
pub(crate) type Cause = Arc<dyn StdError + Send + Sync>;

impl Failure {
    pub(super) fn out_of_time(phase: Phase) -> Self {
        Self {
            phase,
            unsent: matches!(phase, Phase::Queue | Phase::Connect),
            stale: false,
            why: Why::OutOfTime,
            status: None,
        }
    }

    fn broken(lost: Lost, progress: &Progress, status: Option<u16>) -> Self {
        let why = if lost.connecting && is_timeout(lost.cause.as_ref()) {
            Why::ConnectTimeout(lost.cause)
        } else {
            Why::Broken(lost.cause)
        };
        Self {
            phase: if lost.connecting {
                Phase::Connect
            } else {
                progress.phase()
            },
            unsent: lost.connecting || !progress.sent(),
            stale: !lost.connecting && !lost.garbled && progress.stale(),
            why,
            status,
        }
    }
}

/// A connection that was not made, or broke.
struct Lost {
    connecting: bool,
    /// What came was no HTTP, so that the other side was there.
    garbled: bool,
    cause: Cause,
}

impl From<hyper_util::client::legacy::Error> for Lost {
    fn from(error: hyper_util::client::legacy::Error) -> Self {
        Self {
            connecting: error.is_connect(),
            garbled: error
                .source()
                .and_then(|cause| cause.downcast_ref::<hyper::Error>())
                .is_some_and(hyper::Error::is_parse),
            cause: Arc::new(error),
        }
    }
}

/// The body broke off, or is larger than [`MOST`].
impl From<Box<dyn StdError + Send + Sync>> for Lost {
    fn from(error: Box<dyn StdError + Send + Sync>) -> Self {
        Self {
            connecting: false,
            garbled: false,
            cause: error.into(),
        }
    }
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let timed_out = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut);
    timed_out || error.source().is_some_and(is_timeout)
}

/// Send `request` once.
pub(super) async fn attempt(
    transport: &Transport,
    request: &Prepared,
    authorization: Option<HeaderValue>,
    trace: Option<&TraceContext>,
    call: &Call<'_>,
) -> Result<Outcome> {
    let progress = Progress::default();
    let body = TellingBody::new(request.body.clone(), progress.clone());
    let mut request =
        transport
            .http
            .origin(request.server)
            .request(request, authorization, body)?;
    if let Some(trace) = trace {
        trace.put(request.headers_mut());
    }
    let mut status = None;
    let http = &transport.http;
    let client = if call.anew { &http.anew } else { &http.client };
    let exchange = exchange(client.request(request), &progress, &mut status);
    let outcome = transport
        .clock
        .within(call.deadline, progress.follow(exchange))
        .await;
    Ok(match outcome {
        Some(Ok(answer)) => Outcome::Answered(answer),
        Some(Err(error)) => Outcome::Failed(Failure::broken(error, &progress, status)),
        None => Outcome::Failed(Failure {
            status,
            ..Failure::out_of_time(progress.phase())
        }),
    })
}

async fn exchange(
    response: ResponseFuture,
    progress: &Progress,
    status: &mut Option<u16>,
) -> Result<RawAnswer, Lost> {
    let (head, body) = response.await?.into_parts();
    progress.reach(Phase::Body);
    *status = Some(head.status.as_u16());
    Ok(RawAnswer {
        status: head.status,
        headers: head.headers,
        body: Limited::new(body, MOST).collect().await?.to_bytes(),
        attempts: 0,
        elapsed: Duration::ZERO,
    })
}
