//! One attempt: sends a request and reads the whole response.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode};
use tokio::task::{Id, try_id, yield_now};
use url::Url;

use super::clock::Clock;
use super::connection::Endpoint;
use super::outcome::{AttemptOutcome, ConnectionError, ConnectionErrorKind, FailedAttempt};
use super::phase::{Progress, TrackedBody};
use super::retry::CallState;
use super::sandbox_clock;
use super::trace_context::TraceContext;
use crate::error::{Phase, Result};
use crate::host::http::{self as http_client, Response};
use crate::raw_response::RawResponse;

/// What an attempt is sent with.
pub(crate) struct AttemptOptions<'a> {
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) trace: Option<&'a TraceContext>,
    pub(crate) max_response_bytes: usize,
    /// By how much a sandbox advances its clock first.
    pub(crate) sandbox_advance: Option<Duration>,
}

/// Send the request of `call` to `endpoint` once, within its deadline.
pub(crate) async fn attempt(
    endpoint: &Endpoint,
    call: &CallState<'_>,
    options: AttemptOptions<'_>,
    clock: &Clock,
) -> Result<AttemptOutcome> {
    let progress = Progress::new(endpoint.used.clone());
    let most = options.max_response_bytes;
    let sending = start(endpoint, call, options, &progress)?;
    if !endpoint.is_ours() {
        // A client of the user does not report when it opens a connection.
        progress.reach(Phase::Connect);
    }
    let mut exchange = pin!(progress.track(exchange(endpoint, sending, &progress, most)));
    let outcome = clock.within(call.deadline, exchange.as_mut()).await;
    // Before the request is dropped, and its body with it.
    let phase = progress.phase();
    Ok(match outcome {
        Some(Ok(answer)) => AttemptOutcome::Response(answer),
        Some(Err(error)) => AttemptOutcome::Failed(FailedAttempt {
            address: Some(endpoint.origin.address()),
            ..FailedAttempt::broken(with_advice(error, endpoint), &progress)
        }),
        None => AttemptOutcome::Failed(FailedAttempt {
            status: progress.status(),
            ..FailedAttempt::deadline_passed(phase)
        }),
    })
}

/// Add through which proxy the connection was to go, and what to do if the certificate of the server is not trusted.
fn with_advice(mut error: ConnectionError, endpoint: &Endpoint) -> ConnectionError {
    #[cfg(feature = "rustls-no-provider")]
    if matches!(error.kind, ConnectionErrorKind::Connecting) {
        error.cause = endpoint.trust.explain(error.cause);
    }
    if matches!(
        error.kind,
        ConnectionErrorKind::Connecting | ConnectionErrorKind::ConnectTimeout
    ) {
        error.cause = endpoint.route.explain(error.cause);
    }
    error
}

/// A request that is sent when it is polled.
///
/// Each call holds one, so it is small: a request has 264 bytes.
struct Sending<F> {
    response: F,
    /// Where a client of the user is to send it.
    url: Option<Box<Url>>,
}

/// Create the request of `call`.
fn start(
    endpoint: &Endpoint,
    call: &CallState<'_>,
    options: AttemptOptions<'_>,
    progress: &Progress,
) -> Result<Sending<impl Future<Output = http_client::Result<Response>> + use<>>> {
    let body = TrackedBody::new(call.request.body.clone(), progress.clone());
    let mut request = endpoint
        .origin
        .request(call.request, options.authorization, body)?;
    if let Some(trace) = options.trace {
        trace.put(request.headers_mut());
    }
    // Sandboxes have no TLS.
    if let Some(by) = options
        .sandbox_advance
        .filter(|_| !endpoint.origin.is_secure())
    {
        sandbox_clock::advance(request.headers_mut(), by);
    }
    let client = if call.fresh {
        &endpoint.fresh
    } else {
        &endpoint.client
    };
    let url = (!endpoint.is_ours()).then(|| Box::new(request.url().clone()));
    let response = client.execute(request);
    Ok(Sending { response, url })
}

async fn exchange(
    endpoint: &Endpoint,
    sending: Sending<impl Future<Output = http_client::Result<Response>>>,
    progress: &Progress,
    most: usize,
) -> Result<RawResponse, ConnectionError> {
    let Sending { response, url } = sending;
    let mut response = match &endpoint.plain_thread {
        Some(thread) => thread.run(response).await?,
        None => response.await?,
    };
    progress.answered(response.status());
    if url.is_some_and(|url| *url != *response.url()) {
        // The client followed a redirect, so this response is not the service's.
        return Ok(RawResponse::new(
            StatusCode::FOUND,
            HeaderMap::new(),
            Bytes::new(),
        ));
    }
    let body = read(&mut response, most).await?;
    let answer = RawResponse::new(
        response.status(),
        std::mem::take(response.headers_mut()),
        body,
    );
    // It has the connection, until its body is dropped.
    drop(response);
    run_ready_tasks().await;
    Ok(answer)
}

/// Where a call waits for ready tasks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Nowhere,
    /// Not in a task, as in `block_on`.
    Outside,
    In(Id),
}

thread_local! {
    /// Where the call waits that was the last one of this thread to begin it.
    static WAITING: Cell<Waiting> = const { Cell::new(Waiting::Nowhere) };
}

/// Let ready tasks run. One of them returns the connection to the pool, where the next call finds it.
///
/// `yield_now` costs a system call, since the runtime looks for events before it continues, so a call wakes itself instead. But where
/// one task makes many calls, only the first does: a `FuturesUnordered` stops after two futures that wake themselves, so the requests
/// of the others would be sent two at a time.
async fn run_ready_tasks() {
    let here = try_id().map_or(Waiting::Outside, Waiting::In);
    if WAITING.replace(here) == here {
        yield_now().await;
    } else {
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
    WAITING.set(Waiting::Nowhere);
}

/// The maximum capacity that is reserved for a body before it is received. A page of 100 rooms has 74 KB.
const MAX_RESERVED: u64 = 128 * 1024;

/// Read the whole body, of at most `most` bytes.
async fn read(response: &mut Response, most: usize) -> Result<Bytes, ConnectionError> {
    let within = |length: usize| {
        let is_small = length <= most;
        is_small
            .then_some(())
            .ok_or_else(|| ConnectionError::too_large(most))
    };
    // A declared length alone must not reserve memory.
    let content_length = response.content_length().unwrap_or_default();
    within(content_length.try_into().unwrap_or(usize::MAX))?;
    let Some(first) = response.chunk().await? else {
        return Ok(Bytes::new());
    };
    within(first.len())?;
    let Some(second) = response.chunk().await? else {
        return Ok(first);
    };
    // As much as declared, but not more than a response of the usual size.
    let reserved = content_length
        .min(MAX_RESERVED)
        .try_into()
        .unwrap_or_default();
    let mut body = BytesMut::with_capacity(first.len().max(reserved));
    body.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(more) = next {
        within(body.len() + more.len())?;
        body.extend_from_slice(&more);
        next = response.chunk().await?;
    }
    Ok(body.freeze())
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use futures_util::stream::FuturesUnordered;

    use super::*;

    #[tokio::test]
    async fn calls_of_one_task_wait_together() {
        let calls = (0..32).map(|_| run_ready_tasks());
        let mut calls: FuturesUnordered<_> = calls.collect();
        let mut polls = 0;
        poll_fn(|context| {
            polls += 1;
            loop {
                match calls.poll_next_unpin(context) {
                    Poll::Ready(Some(())) => {}
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await;
        // If each woke itself, there would be one poll for two of them.
        assert!(polls < 8, "{polls}");
    }
}
