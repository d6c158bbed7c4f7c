//! One try: a request on the wire, and the whole answer or the reason there is none.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Instant;

use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Body, Request, Url};

use super::phase::{Progress, TellingBody};
use super::refusal;
use super::trace_context::TraceContext;
use super::{RawAnswer, Transport};
use crate::error::{Error, ErrorKind, Phase, Result};
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
            why: Why::OutOfTime,
            status: None,
        }
    }

    fn broken(error: reqwest::Error, progress: &Progress, status: Option<u16>) -> Self {
        let connecting = error.is_connect();
        let timeout = error.is_timeout();
        let cause: Cause = Arc::new(error.without_url());
        Self {
            phase: if connecting {
                Phase::Connect
            } else {
                progress.phase()
            },
            unsent: connecting || !progress.sent(),
            why: if timeout {
                Why::ConnectTimeout(cause)
            } else {
                Why::Broken(cause)
            },
            status,
        }
    }
}

/// Send `request` once.
pub(super) async fn attempt(
    transport: &Transport,
    request: &Prepared,
    authorization: Option<HeaderValue>,
    trace: Option<&TraceContext>,
    deadline: Instant,
) -> Result<Outcome> {
    let progress = Progress::default();
    let mut request = on_the_wire(transport, request, authorization, &progress)?;
    if let Some(trace) = trace {
        trace.put(request.headers_mut());
    }
    let mut status = None;
    let exchange = exchange(transport, request, &progress, &mut status);
    let outcome = transport
        .clock
        .within(deadline, progress.follow(exchange))
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
    transport: &Transport,
    request: Request,
    progress: &Progress,
    status: &mut Option<u16>,
) -> reqwest::Result<RawAnswer> {
    let mut response = transport.http.execute(request).await?;
    progress.reach(Phase::Body);
    *status = Some(response.status().as_u16());
    let headers = std::mem::take(response.headers_mut());
    Ok(RawAnswer {
        status: response.status(),
        headers,
        body: response.bytes().await?,
    })
}

fn on_the_wire(
    transport: &Transport,
    prepared: &Prepared,
    authorization: Option<HeaderValue>,
    progress: &Progress,
) -> Result<Request> {
    let url = [transport.base(prepared.server), &prepared.path_and_query].concat();
    let url = Url::parse(&url).map_err(|cause| {
        Error::configuration("the base URL and the path make no URL").caused_by(cause)
    })?;
    let mut request = Request::new(prepared.method.clone(), url);
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(authorization) = authorization {
        headers.insert(AUTHORIZATION, authorization);
    }
    if prepared.body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    let body = TellingBody::new(prepared.body.clone(), progress.clone());
    *request.body_mut() = Some(Body::wrap(body));
    Ok(request)
}
