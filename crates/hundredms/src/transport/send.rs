//! [`Transport`]: sends the request of a call until there is a response, a final error, or a timeout.
#![expect(
    clippy::manual_async_fn,
    reason = "an `async fn` holds its arguments twice, and each call holds these"
)]

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use hundredms_deserialize_error::DeserializeError;
use jiff::Timestamp;
use tokio::sync::SemaphorePermit;

use super::attempt::{AttemptOptions, prepare_attempt};
use super::backoff::Backoff;
use super::cassette::Cassette;
use super::cassette::player::replay;
use super::cassette::recorder::Recorder;
use super::clock::Clock;
use super::connection::Http;
use super::error_response::CallSecrets;
use super::in_map::is_in_map;
use super::limits::{ConnectionLimit, Pauses, group};
use super::outcome::{AttemptOutcome, FailedAttempt};
use super::rate_limiter::{Permit, RateLimiter};
use super::retry::{CallState, Decision};
use super::retry_after::http_date;
#[cfg(feature = "tracing")]
use super::span;
use super::storage::StorageClients;
use super::trace_context::TraceContext;
use crate::auth::authenticator::{Authenticator, CallToken};
use crate::auth::bearer::{Bearer, authorization};
use crate::auth::jwt::Signer;
use crate::call_options::CallOptions;
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::host::blocking::blocking;
use crate::observe::{ObservedCall, Observers};
use crate::operation::Server;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;
use crate::wire::secret::Secret;

/// Settings for every call.
#[derive(Debug)]
pub(crate) struct Policy {
    /// Timeout of a call, if the client sets one.
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_retries: u32,
    /// The maximum size of a response.
    pub(crate) max_response_bytes: usize,
    pub(crate) backoff: Backoff,
}

/// The default timeout of a call.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

impl Policy {
    /// The timeout of a call: its own, else the client's, else the operation's default.
    fn timeout_of(&self, request: &PreparedRequest, options: &CallOptions) -> Duration {
        options
            .timeout
            .unwrap_or_else(|| self.default_timeout(request.timeout))
    }

    /// The timeout of a call without its own: the client's, else the operation's default.
    pub(crate) fn default_timeout(&self, operation: Option<Duration>) -> Duration {
        self.timeout.or(operation).unwrap_or(DEFAULT_TIMEOUT)
    }
}

/// Larger responses are parsed on a separate thread, not on the connections' thread. A page of 100 rooms has 62 KB.
pub(crate) const LARGE_BODY: usize = 256 * 1024;

/// A parsed value takes about a hundred bytes of memory more than its text. So one value is allowed per this many bytes of the
/// maximum response size. The service's values are longer.
const BYTES_PER_VALUE: usize = 32;

/// Count the values in a JSON text.
fn count_values(text: &[u8]) -> usize {
    let (mut count, mut quoted, mut escaped) = (1, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Add which operation shows the effect of a call that began at `began`, if it may have taken effect.
fn with_check(request: &PreparedRequest, began: Option<Timestamp>, error: Error) -> Error {
    if !error.may_have_applied() {
        return error;
    }
    error.with(|details| details.check_with = request.ambiguous_call(began))
}

/// Sends requests.
#[derive(Debug)]
pub(crate) struct Transport {
    pub(crate) http: Http,
    pub(crate) storage: StorageClients,
    pub(crate) authenticator: Authenticator,
    pub(crate) policy: Policy,
    pub(crate) clock: Clock,
    pub(crate) observers: Observers,
    pub(crate) cassette: Option<Cassette>,
    /// The limit of requests per second, if there is one.
    pub(crate) rate_limiter: Option<Box<RateLimiter>>,
    /// The maximum number of requests in flight.
    pub(crate) in_flight: ConnectionLimit,
}

impl Transport {
    /// Return whether responses come from a cassette.
    pub(crate) fn is_replayed(&self) -> bool {
        matches!(self.cassette, Some(Cassette::Replay(_)))
    }

    /// Return the recorder of responses, if they are recorded.
    fn recorder(&self) -> Option<&Recorder> {
        match &self.cassette {
            Some(Cassette::Record(recorder)) => Some(recorder),
            _ => None,
        }
    }

    /// Return the pauses that the server of `request` asked for.
    fn pauses(&self, request: &PreparedRequest) -> &Pauses {
        &self.http.endpoint(request.server).pauses
    }

    /// Make the call: send `request` until there is a response, a final error, or a timeout.
    ///
    /// The future is boxed here, so that the future of what calls this is not larger, and neither is allocated slowly: glibc keeps freed
    /// blocks of up to 1,032 bytes at hand. For the same reason, what only some calls need is boxed below ("rare").
    pub(crate) fn call<'a>(
        &'a self,
        request: &'a PreparedRequest,
        options: &'a CallOptions,
    ) -> Pin<Box<impl Future<Output = Result<RawResponse>>>> {
        let call = self.answer(request, options);
        #[cfg(feature = "tracing")]
        let call = span::around(request, &self.http.endpoint(request.server).origin, call);
        Box::pin(call)
    }

    fn answer(
        &self,
        request: &PreparedRequest,
        options: &CallOptions,
    ) -> impl Future<Output = Result<RawResponse>> {
        async move {
            request.check_size()?;
            let mut observed = self.observers.observe(request);
            observed.warn_of_job(options.warning.as_ref());
            let mut call = CallState::new(
                request,
                &self.clock,
                self.policy.timeout_of(request, options),
                options.max_retries.unwrap_or(self.policy.max_retries),
                options.in_map,
            );
            let answer = match &self.cassette {
                Some(Cassette::Replay(player)) => {
                    let secrets = self.secrets(request, None);
                    let backoff = &self.policy.backoff;
                    replay(
                        player,
                        &mut call,
                        &mut observed,
                        &self.clock,
                        backoff,
                        &secrets,
                    )
                }
                _ => self.send(&mut call, &mut observed, options).await,
            };
            answer
                .map_err(|error| with_check(request, call.began, self.with_advice(request, error)))
        }
    }

    /// Add what may be wrong if the service refuses a token that was created with access key and secret.
    fn with_advice(&self, request: &PreparedRequest, error: Error) -> Error {
        let keys_were_used = request.client_token.is_none()
            && request.server == Server::Api
            && self.authenticator.signer().is_some()
            // A cassette does not know with what it was recorded.
            && !self.is_replayed();
        if error.status() != Some(401) || !keys_were_used {
            return error;
        }
        error.with(|details| {
            details.message.push_str(
                "; check that access key and secret belong together, and to this workspace or sandbox",
            );
        })
    }

    /// Make attempts until there is a 2xx response or a final error.
    fn send(
        &self,
        call: &mut CallState<'_>,
        observed: &mut ObservedCall<'_>,
        options: &CallOptions,
    ) -> impl Future<Output = Result<RawResponse>> {
        async move {
            let trace = match options.traceparent.as_deref() {
                Some(parent) => TraceContext::read(Some(parent), options.tracestate.as_deref()),
                None => TraceContext::active(),
            };
            // Rare.
            let trace = trace.map(Box::new);
            let mut recorded = None;
            let place = self
                .rate_limiter
                .as_ref()
                .and_then(|limiter| limiter.place(group(&call.request.path_and_query)));
            loop {
                let pauses = self.pauses(call.request);
                let pause = call.held_back(pauses, &self.clock, &self.policy.backoff)?;
                let mut permit = None;
                if let Some(place) = &place {
                    let permitted = Box::pin(self.turn(call, place.permit())).await;
                    let permitted = permitted.map(Box::new);
                    let too_late = || call.too_late_for("the rate limit", self.clock.now());
                    permit = Some(permitted.ok_or_else(too_late)?);
                    let rate_limiter = self.rate_limiter.as_ref();
                    observed.warn(rate_limiter.and_then(|limiter| limiter.warning()));
                } else if !pause.is_zero() {
                    self.clock.sleep(pause).await;
                    call.waited(pause);
                    // Meanwhile, the service may have asked for another one.
                    continue;
                }
                if let Some(recorder) = self.recorder() {
                    let written = recorder.check_written();
                    written.map_err(|error| call.describe(error, self.clock.now()))?;
                }
                let attempted = self.attempt(
                    trace.as_deref(),
                    options,
                    call,
                    observed,
                    permit.as_deref_mut(),
                );
                let Some((outcome, bearer)) = attempted.await? else {
                    // Back to its place in the queue, or to a pause.
                    continue;
                };
                if let Some(recorder) = self.recorder() {
                    recorder.record(call.request, &outcome, &mut recorded);
                }
                let decision = match outcome {
                    AttemptOutcome::Response(answer) if answer.status.is_success() => {
                        if let Some(permit) = &permit {
                            permit.accepted();
                        }
                        return Ok(call.done(answer, self.clock.now()));
                    }
                    AttemptOutcome::Response(answer) => {
                        self.decide(&answer, call, bearer.as_ref(), permit.as_deref())
                    }
                    AttemptOutcome::Failed(failure) => {
                        call.failed(failure, self.clock.now(), &self.policy.backoff)
                    }
                };
                drop(permit);
                match decision {
                    Decision::Again(pause) => {
                        observed.retry(pause);
                        if !pause.is_zero() {
                            self.clock.sleep(pause).await;
                        }
                    }
                    Decision::Fail(error) => return Err(error),
                }
            }
        }
    }

    /// Decide what to do after a response that is not 2xx.
    fn decide(
        &self,
        answer: &RawResponse,
        call: &mut CallState<'_>,
        bearer: Option<&Bearer>,
        permit: Option<&Permit>,
    ) -> Decision {
        let is_unauthorized = answer.status == StatusCode::UNAUTHORIZED;
        if is_unauthorized && self.renew_token(call, bearer, answer) {
            return Decision::Again(Duration::ZERO);
        }
        let pauses = self.pauses(call.request);
        let secrets = self.secrets(call.request, bearer);
        let decision = call.refused(answer, &self.clock, &self.policy.backoff, pauses, &secrets);
        if let Some(permit) = permit {
            let group = group(&call.request.path_and_query);
            permit.answered(answer.status, || pauses.left(group, || self.clock.now()));
        }
        decision
    }

    /// Parse a large response to `request` with `decode` on a separate thread, within the deadline.
    pub(crate) async fn decode_large<T: Send + 'static>(
        &self,
        request: &PreparedRequest,
        options: &CallOptions,
        answer: &RawResponse,
        decode: impl FnOnce(&Bytes) -> Result<T, DeserializeError> + Send + 'static,
    ) -> Result<Result<T, DeserializeError>> {
        let timeout = self.policy.timeout_of(request, options);
        // How long a call of `map` waited for its turn does not count.
        let left = if options.in_map.unwrap_or_else(is_in_map) {
            timeout
        } else {
            timeout.saturating_sub(answer.elapsed)
        };
        let most = self.policy.max_response_bytes;
        let decoded = self.decode_apart(answer.body.clone(), most, left, decode);
        decoded.await.ok_or_else(|| {
            let message = "the deadline of the call passed while its answer was read";
            let error = Error::new(ErrorKind::Timeout, message).with(|details| {
                details.operation = Some(request.operation().to_owned());
                details.method = Some(request.method.to_string());
                details.route = Some(request.template().to_owned());
                details.status = Some(answer.status.as_u16());
                details.attempts = answer.attempts;
                details.elapsed = timeout;
                details.phase = Some(Phase::Body);
                details.may_have_applied = request.changes();
            });
            with_check(request, answer.began, error)
        })
    }

    /// Parse a large text on a separate thread. `None` if that takes too long. The text of a document of `most` bytes may not hold
    /// more values than its memory is expected for.
    pub(crate) async fn decode_apart<T: Send + 'static>(
        &self,
        text: Bytes,
        most: usize,
        timeout: Duration,
        decode: impl FnOnce(&Bytes) -> Result<T, DeserializeError> + Send + 'static,
    ) -> Option<Result<T, DeserializeError>> {
        let max_values = most / BYTES_PER_VALUE;
        let decoding = blocking(move || {
            if count_values(&text) > max_values {
                return Err(DeserializeError::whole(format!(
                    "it holds more than {max_values} values"
                )));
            }
            decode(&text)
        });
        let timeout = timeout.min(Duration::from_secs(u32::MAX.into()));
        // Also `None` if the runtime ends, and this call with it.
        self.clock
            .within(self.clock.now() + timeout, decoding)
            .await?
    }

    /// Make one attempt, within the rest of the deadline. Also return the token that it was sent with. `None` if nothing was sent
    /// because the rate limit does not allow it any more, or the service has asked for a pause.
    fn attempt(
        &self,
        trace: Option<&TraceContext>,
        options: &CallOptions,
        call: &mut CallState<'_>,
        observed: &mut ObservedCall<'_>,
        rate_permit: Option<&mut Permit>,
    ) -> impl Future<Output = Result<Option<(AttemptOutcome, Option<Bearer>)>>> {
        async move {
            let request = call.request;
            let timed_out = || AttemptOutcome::Failed(FailedAttempt::deadline_passed(Phase::Queue));
            let bearer = match (&request.client_token, request.server) {
                (None, Server::Api) => {
                    let bearer = match self.authenticator.bearer(self.clock.unix()) {
                        Ok(CallToken::Ready(bearer)) => Ok(bearer),
                        Ok(CallToken::Requested(bearer)) => {
                            // Rare.
                            let bearer = Box::pin(self.clock.within(call.deadline, bearer)).await;
                            let Some(bearer) = bearer else {
                                return Ok(Some((timed_out(), None)));
                            };
                            bearer
                        }
                        Err(error) => Err(error),
                    };
                    Some(bearer.map_err(|error| call.describe(error, self.clock.now()))?)
                }
                _ => None,
            };
            let Some(_in_flight) = self.one_of(&self.in_flight, call).await else {
                return Err(call.too_late_for("max_in_flight", self.clock.now()));
            };
            let endpoint = self.http.endpoint(request.server);
            let Some(_connection) = self.one_of(&endpoint.connections, call).await else {
                return Err(call.too_late_for("max_connections", self.clock.now()));
            };
            // While it waited for all this, the service may have asked for a pause.
            let may_send = if let Some(permit) = rate_permit {
                permit.send()
            } else {
                let group = group(&request.path_and_query);
                endpoint.pauses.left(group, || self.clock.now()).is_zero()
            };
            if !may_send {
                return Ok(None);
            }
            let authorization = match (&bearer, &request.client_token) {
                (Some(bearer), _) => Some(bearer.header.clone()),
                (None, Some(token)) => Some(authorization(token.expose())?),
                (None, None) => None,
            };
            call.attempts += 1;
            observed.sending(call.attempts, || self.clock.now());
            let options = AttemptOptions {
                authorization,
                trace,
                // A repeated attempt does not advance it again.
                sandbox_advance: options.sandbox_advance.filter(|_| call.attempts == 1),
                max_response_bytes: self.policy.max_response_bytes,
            };
            let attempt = prepare_attempt(endpoint, call, options)?;
            let outcome = attempt.send_before(call.deadline, &self.clock).await;
            observed.ended(outcome.status(), outcome.error(), || self.clock.now());
            Ok(Some((outcome, bearer)))
        }
    }

    /// Wait for a permit of `limit`. `None` if it comes too late.
    async fn one_of<'a>(
        &self,
        limit: &'a ConnectionLimit,
        call: &mut CallState<'_>,
    ) -> Option<Option<SemaphorePermit<'a>>> {
        match limit.try_acquire() {
            Ok(permit) => Some(permit),
            // Rare.
            Err(_) => Box::pin(self.turn(call, limit.acquire())).await,
        }
    }

    /// Wait for the turn of a call. `None` if it comes too late to send a request.
    async fn turn<F: Future>(&self, call: &mut CallState<'_>, turn: F) -> Option<F::Output> {
        if !call.waits_for_turn() {
            return self.clock.within(call.send_by(), turn).await;
        }
        let since = self.clock.now();
        let turn = turn.await;
        call.waited(self.clock.now().saturating_duration_since(since));
        Some(turn)
    }

    /// The secrets of this client and the tokens of this call, which no error may contain.
    fn secrets<'a>(
        &'a self,
        request: &'a PreparedRequest,
        bearer: Option<&'a Bearer>,
    ) -> CallSecrets<'a> {
        let secret = self.authenticator.signer().map(Signer::secret);
        let tokens = [
            bearer.and_then(Bearer::token),
            request.client_token.as_ref().map(Secret::expose),
        ];
        CallSecrets::new(tokens.into_iter().chain([secret]).flatten())
    }

    /// After a 401: learn the time of the service, and return whether another token can be obtained. Once per call.
    fn renew_token(
        &self,
        call: &mut CallState<'_>,
        bearer: Option<&Bearer>,
        answer: &RawResponse,
    ) -> bool {
        let Some(bearer) = bearer else {
            return false;
        };
        if std::mem::replace(&mut call.token_renewed, true) {
            self.authenticator.refused_again(bearer);
            return false;
        }
        let service_time = answer
            .headers
            .get(http::header::DATE)
            .and_then(|date| http_date(date.to_str().ok()?));
        self.authenticator
            .refused(bearer, self.clock.unix(), service_time)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Instant;

    use futures_util::FutureExt as _;
    use http::HeaderMap;

    use super::super::clock::ManualClock;
    use super::*;
    use crate::client::Client;

    /// Spans add what they hold.
    #[cfg(not(feature = "tracing"))]
    #[test]
    fn a_call_is_two_blocks_that_glibc_allocates_fast() {
        const MOST: usize = 1032;
        let client = Client::builder()
            .token("token")
            .base_url("http://127.0.0.1:9/v2")
            .build()
            .expect("a client");
        let request = Client::prepared("rooms.get", br#"{"room_id":"r"}"#).expect("a request");
        let options = CallOptions::default();
        let call = client.transport().call(&request, &options);
        let typed = client.rooms().get("r").into_future();
        let sizes = [size_of_val(&*call), size_of_val(&*typed)];
        assert!(sizes.iter().all(|size| *size <= MOST), "{sizes:?}");
    }

    #[tokio::test]
    async fn the_deadline_holds_while_a_large_answer_is_read_and_others_go_on() {
        let client = Client::builder()
            .token("token")
            .base_url("http://127.0.0.1:9/v2")
            .build()
            .expect("a client");
        let arguments = br#"{"name":"n"}"#;
        let request = Client::prepared("rooms.create", arguments).expect("a request");
        let options = CallOptions {
            timeout: Some(Duration::from_millis(300)),
            ..CallOptions::default()
        };
        let body = Bytes::from(vec![b' '; LARGE_BODY + 1]);
        let answer = RawResponse::new(StatusCode::OK, HeaderMap::new(), body);
        let answer = RawResponse {
            attempts: 1,
            elapsed: Duration::from_millis(100),
            ..answer
        };
        let (go_on, waits) = channel();
        let begun = Instant::now();
        let decoding = client
            .transport()
            .decode_large(&request, &options, &answer, move |_| {
                // It takes as long as the test wants.
                waits.recv().expect("the end of the test");
                Ok(())
            });
        let (mut ticks, mut tick) = (0, tokio::time::interval(Duration::from_millis(10)));
        tokio::pin!(decoding);
        let error = loop {
            tokio::select! {
                decoded = &mut decoding => break decoded.expect_err("it is not read yet"),
                _ = tick.tick() => ticks += 1,
            }
        };
        let took = begun.elapsed();
        go_on.send(()).expect("it is still read");
        assert!(ticks > 5, "others went on {ticks} times in {took:?}");
        assert!(took >= Duration::from_millis(200), "{took:?}");
        assert!(took < Duration::from_secs(10), "{took:?}");
        assert_eq!(
            (error.kind(), error.phase(), error.status()),
            (ErrorKind::Timeout, Some(Phase::Body), Some(200))
        );
        // The object was made, and the error says how to find it.
        assert!(error.may_have_applied());
        assert_eq!(
            error.check_with().map(|look| look.operation),
            Some("rooms.list")
        );
    }

    #[test]
    fn a_large_answer_after_the_end_of_the_runtime_is_no_panic() {
        // Not the clock of the runtime, which ends with it.
        let clock = ManualClock::at("2024-01-15T10:00:00Z".parse().expect("a time"));
        let client = Client::builder()
            .token("token")
            .base_url("http://127.0.0.1:9/v2")
            .clock(Clock::Manual(clock), Backoff::default())
            .build()
            .expect("a client");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let handle = runtime.handle().clone();
        drop(runtime);
        let _entered = handle.enter();
        let text = Bytes::from_static(b"{}");
        let timeout = Duration::from_secs(60);
        let decoding = client
            .transport()
            .decode_apart(text, LARGE_BODY, timeout, |_| Ok(()));
        let decoded = decoding.now_or_never().expect("it is not waited for");
        assert!(decoded.is_none());
    }
}
