//! One try: a request on the wire, and the whole answer or the reason there is none.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::{Request, Response};

use super::connection::Endpoint;
use super::phase::{Progress, TrackedBody};
use super::refusal;
use super::retry::Call;
use super::trace_context::TraceContext;
use super::{RawAnswer, Transport};
use crate::error::{ErrorKind, Phase, Result};
use crate::request::Prepared;

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
                Why::Broken(_) | Why::TooLarge(_) => ErrorKind::Connection,
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
    /// The answer is larger than what is read.
    TooLarge(Cause),
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

    fn broken(lost: Lost, progress: &Progress) -> Self {
        let connecting = matches!(lost.how, How::Connecting | How::ConnectTimeout);
        Self {
            phase: if connecting {
                Phase::Connect
            } else {
                progress.phase()
            },
            unsent: connecting || !progress.sent(),
            stale: matches!(lost.how, How::Broken) && progress.stale(),
            why: match lost.how {
                How::ConnectTimeout => Why::ConnectTimeout(lost.cause),
                How::TooLarge => Why::TooLarge(lost.cause),
                How::Connecting | How::Garbled | How::Broken => Why::Broken(lost.cause),
            },
            status: progress.status(),
        }
    }
}

/// A connection that was not made, or broke.
struct Lost {
    how: How,
    cause: Cause,
}

enum How {
    Connecting,
    ConnectTimeout,
    /// What came was no HTTP, so that the other side was there.
    Garbled,
    TooLarge,
    Broken,
}

impl From<reqwest::Error> for Lost {
    fn from(error: reqwest::Error) -> Self {
        let how = if error.is_connect() && error.is_timeout() {
            How::ConnectTimeout
        } else if error.is_connect() {
            How::Connecting
        } else if hyper_error(&error).is_some_and(hyper::Error::is_parse) {
            How::Garbled
        } else {
            How::Broken
        };
        Self {
            how,
            // The address holds arguments.
            cause: Arc::new(error.without_url()),
        }
    }
}

impl Lost {
    /// Say what to do where the certificate of the server is not trusted.
    #[cfg(feature = "rustls-no-provider")]
    fn explained(mut self, endpoint: &Endpoint) -> Self {
        if matches!(self.how, How::Connecting) {
            self.cause = endpoint.trust.explain(self.cause);
        }
        self
    }

    #[cfg(not(feature = "rustls-no-provider"))]
    fn explained(self, _: &Endpoint) -> Self {
        self
    }

    fn too_large(most: usize) -> Self {
        Self {
            how: How::TooLarge,
            cause: Arc::new(std::io::Error::other(format!(
                "it is larger than {most} bytes"
            ))),
        }
    }
}

fn hyper_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a hyper::Error> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
        cause = error.source();
    }
    None
}

/// Send `request` once.
pub(super) async fn attempt(
    transport: &Transport,
    request: &Prepared,
    authorization: Option<HeaderValue>,
    trace: Option<&TraceContext>,
    call: &Call<'_>,
) -> Result<Outcome> {
    let endpoint = transport.http.endpoint(request.server);
    let progress = Progress::new(endpoint.used.clone());
    let body = TrackedBody::new(request.body.clone(), progress.clone());
    let mut request = endpoint.origin.request(request, authorization, body)?;
    if let Some(trace) = trace {
        trace.put(request.headers_mut());
    }
    if !endpoint.is_ours() {
        // Nobody says when a connection is made.
        progress.reach(Phase::Connect);
    }
    let exchange = exchange(
        endpoint,
        call.fresh,
        request,
        &progress,
        transport.policy.max_response_bytes,
    );
    let mut exchange = pin!(progress.follow(exchange));
    let outcome = transport
        .clock
        .within(call.deadline, exchange.as_mut())
        .await;
    // Before the request is dropped, and its body with it.
    let phase = progress.phase();
    Ok(match outcome {
        Some(Ok(answer)) => Outcome::Answered(answer),
        Some(Err(lost)) => {
            let failure = Failure::broken(lost.explained(endpoint), &progress);
            Outcome::Failed(failure)
        }
        None => Outcome::Failed(Failure {
            status: progress.status(),
            ..Failure::out_of_time(phase)
        }),
    })
}

async fn exchange(
    endpoint: &Endpoint,
    fresh: bool,
    request: Request,
    progress: &Progress,
    most: usize,
) -> Result<RawAnswer, Lost> {
    let client = if fresh {
        &endpoint.fresh
    } else {
        &endpoint.client
    };
    let asked = (!endpoint.is_ours()).then(|| request.url().clone());
    let mut response = client.execute(request).await?;
    progress.answered(response.status());
    if asked.is_some_and(|asked| asked != *response.url()) {
        // The client followed a redirect, and what it found there is no answer of the service.
        return Ok(RawAnswer::of(
            StatusCode::FOUND,
            HeaderMap::new(),
            Bytes::new(),
        ));
    }
    let headers = std::mem::take(response.headers_mut());
    let status = response.status();
    let body = read(response, most).await?;
    let_others_run().await;
    Ok(RawAnswer::of(status, headers, body))
}

/// Let the tasks run that are ready: one gives the connection back to the pool, where the next call finds it then.
///
/// `tokio::task::yield_now` would ask the system for news first, which costs a call of it.
async fn let_others_run() {
    let mut ran = false;
    poll_fn(|context| {
        if std::mem::replace(&mut ran, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// So much room is made for a body before it has come. A page of 100 rooms has 74 KB.
const ROOM: u64 = 128 * 1024;

/// Read the whole body, of at most `most` bytes.
async fn read(mut response: Response, most: usize) -> Result<Bytes, Lost> {
    let within = |length: usize| {
        let fits = length <= most;
        fits.then_some(()).ok_or_else(|| Lost::too_large(most))
    };
    // What it says of its length is no reason to make room for it.
    let said = response.content_length().unwrap_or_default();
    within(said.try_into().unwrap_or(usize::MAX))?;
    let Some(first) = response.chunk().await? else {
        return Ok(Bytes::new());
    };
    within(first.len())?;
    let Some(second) = response.chunk().await? else {
        return Ok(first);
    };
    // As much as it says, but not more than an answer of the usual size takes.
    let room = said.min(ROOM).try_into().unwrap_or_default();
    let mut body = BytesMut::with_capacity(first.len().max(room));
    body.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(more) = next {
        within(body.len() + more.len())?;
        body.extend_from_slice(&more);
        next = response.chunk().await?;
    }
    Ok(body.freeze())
}
