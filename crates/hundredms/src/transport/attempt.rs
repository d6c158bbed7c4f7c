//! One attempt: sends a request and reads the whole response.
#![expect(
    clippy::manual_async_fn,
    reason = "an `async fn` holds its arguments twice, and each call holds these"
)]

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
use crate::error::Result;
use crate::host::http::{self as http_client, Response};
use crate::host::time::Instant;
use crate::raw_response::RawResponse;

/// What an attempt is sent with.
pub(crate) struct AttemptOptions<'a> {
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) trace: Option<&'a TraceContext>,
    pub(crate) max_response_bytes: usize,
    /// By how much a sandbox advances its clock first.
    pub(crate) sandbox_advance: Option<Duration>,
}

/// An attempt whose request is ready to be sent.
pub(crate) struct Attempt<'a, F> {
    endpoint: &'a Endpoint,
    sending: Sending<F>,
    progress: Progress,
    max_response_bytes: usize,
}

/// Create the request of `call` to `endpoint`.
pub(crate) fn prepare_attempt<'a>(
    endpoint: &'a Endpoint,
    call: &CallState<'_>,
    options: AttemptOptions<'_>,
) -> Result<Attempt<'a, impl Future<Output = http_client::Result<Response>> + use<>>> {
    let max_response_bytes = options.max_response_bytes;
    let progress = Progress::new(endpoint.used.clone());
    Ok(Attempt {
        endpoint,
        sending: start(endpoint, call, options, &progress)?,
        progress,
        max_response_bytes,
    })
}

impl<'a, F: Future<Output = http_client::Result<Response>>> Attempt<'a, F> {
    /// Send the request, and return how that ended, at `deadline` at the latest.
    pub(crate) fn send_before(
        self,
        deadline: Instant,
        clock: &'a Clock,
    ) -> impl Future<Output = AttemptOutcome> + use<'a, F> {
        async move {
            let (endpoint, progress) = (self.endpoint, &self.progress);
            let exchange = exchange(endpoint, self.sending, progress, self.max_response_bytes);
            let mut exchange = pin!(clock.within(deadline, exchange));
            let outcome = exchange.as_mut().await;
            // Before the request is dropped, and its body with it.
            let phase = progress.phase();
            match outcome {
                Some(Ok(answer)) => AttemptOutcome::Response(answer),
                Some(Err(error)) => AttemptOutcome::Failed(FailedAttempt {
                    address: Some(endpoint.origin.address()),
                    ..FailedAttempt::broken(with_advice(error, endpoint), progress)
                }),
                None => AttemptOutcome::Failed(FailedAttempt {
                    status: progress.status(),
                    ..FailedAttempt::deadline_passed(phase)
                }),
            }
        }
    }
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

fn exchange(
    endpoint: &Endpoint,
    sending: Sending<impl Future<Output = http_client::Result<Response>>>,
    progress: &Progress,
    most: usize,
) -> impl Future<Output = Result<RawResponse, ConnectionError>> {
    async move {
        let response = match &endpoint.plain_thread {
            Some(thread) => thread.run(sending.response).await?,
            None => sending.response.await?,
        };
        let answer = receive(response, sending.url, progress, most).await?;
        run_ready_tasks().await;
        Ok(answer)
    }
}

/// Receive a response with a body of at most `most` bytes. When it is dropped, its connection is free.
fn receive(
    mut response: Response,
    sent_to: Option<Box<Url>>,
    progress: &Progress,
    most: usize,
) -> impl Future<Output = Result<RawResponse, ConnectionError>> {
    async move {
        progress.answered(response.status());
        if sent_to.is_some_and(|url| *url != *response.url()) {
            // The client followed a redirect, so this response is not the service's.
            return Ok(RawResponse::new(
                StatusCode::FOUND,
                HeaderMap::new(),
                Bytes::new(),
            ));
        }
        let body = read(&mut response, most).await?;
        let headers = std::mem::take(response.headers_mut());
        Ok(RawResponse::new(response.status(), headers, body))
    }
}

thread_local! {
    /// The task of the call that was the last one of this thread to begin to wait for ready tasks.
    static WAITING: Cell<Option<Id>> = const { Cell::new(None) };
}

/// Let ready tasks run. One of them returns the connection to the pool, where the next call finds it.
///
/// What `block_on` runs is polled after the ready tasks anyway. With several threads, another one runs them, and is usually done before the
/// thread of `block_on` is awake.
///
/// `yield_now` costs a system call, since the runtime looks for events before it continues, so a call wakes itself instead. But where
/// one task makes many calls, only the first does: a `FuturesUnordered` stops after two futures that wake themselves, so the requests
/// of the others would be sent two at a time.
async fn run_ready_tasks() {
    let here = try_id();
    if here.is_none() {
        return;
    }
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
    WAITING.set(None);
}

/// The maximum capacity that is reserved for a body before it is received. A page of 100 rooms has 74 KB.
const MAX_RESERVED: u64 = 128 * 1024;

/// Read the whole body, of at most `most` bytes.
async fn read(response: &mut Response, most: usize) -> Result<Bytes, ConnectionError> {
    // A declared length alone must not reserve memory.
    let content_length = response.content_length().unwrap_or_default();
    within(most, content_length.try_into().unwrap_or(usize::MAX))?;
    let Some(first) = response.chunk().await? else {
        return Ok(Bytes::new());
    };
    within(most, first.len())?;
    let Some(second) = response.chunk().await? else {
        return Ok(first);
    };
    // Boxed, since it is rare: see `Transport::call`.
    Box::pin(read_on(response, most, [first, second])).await
}

/// Read the rest of a body that is longer than one chunk.
async fn read_on(
    response: &mut Response,
    most: usize,
    begun: [Bytes; 2],
) -> Result<Bytes, ConnectionError> {
    // As much as declared, but not more than a response of the usual size.
    let left = response.content_length().unwrap_or_default();
    let left: usize = left.min(MAX_RESERVED).try_into().unwrap_or_default();
    let [first, second] = &begun;
    let mut body = BytesMut::with_capacity(first.len() + second.len() + left);
    for chunk in begun {
        within(most, body.len() + chunk.len())?;
        body.extend_from_slice(&chunk);
    }
    while let Some(chunk) = response.chunk().await? {
        within(most, body.len() + chunk.len())?;
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Refuse a body of more than `most` bytes.
fn within(most: usize, length: usize) -> Result<(), ConnectionError> {
    if length > most {
        return Err(ConnectionError::too_large(most));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use futures_util::stream::FuturesUnordered;

    use super::*;

    #[tokio::test]
    async fn calls_of_one_task_wait_together() {
        let task = tokio::spawn(async {
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
            polls
        });
        let polls = task.await.expect("no panic");
        // If each woke itself, there would be one poll for two of them.
        assert!((2..8).contains(&polls), "{polls}");
    }
}
