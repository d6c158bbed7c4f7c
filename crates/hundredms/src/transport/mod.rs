//! The transport: one call from the request to the service's response, over as many attempts as the policy allows.

mod attempt;
mod backoff;
mod clock;
mod connection;
mod limits;
#[cfg(test)]
mod names;
mod origin;
mod phase;
mod proxy;
mod refusal;
mod retry;
mod retry_after;
#[cfg(test)]
mod story;
#[cfg(feature = "rustls-no-provider")]
mod tls;
mod trace_context;
#[cfg(feature = "rustls-no-provider")]
mod trust;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use hundredms_misfit::Misfit;

pub(crate) use attempt::{Failure, Outcome, Why};
pub(crate) use backoff::Backoff;
pub(crate) use clock::Clock;
pub(crate) use connection::{Connection, Http, Trust, connect, has_host, is_unaltered};
#[cfg(feature = "tracing")]
pub(crate) use origin::Origin;
pub(crate) use proxy::Proxy;
pub(crate) use refusal::plain_text;
pub(crate) use retry_after::http_date;
#[cfg(feature = "fuzzing")]
pub(crate) use retry_after::retry_after as read_retry_after;

use crate::cassette::Cassette;
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::look_at::Unsure;
use crate::observe::{Observers, Watch};
use crate::operation::Server;
use crate::request::Prepared;
use crate::tokens::{Authenticator, Bearer, Signer};
use crate::wire::{Extra, Secret};
use refusal::OwnSecrets;
use retry::{Call, Decision};
use trace_context::TraceContext;

/// A raw response.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawAnswer {
    /// HTTP status, 2xx.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, unchanged.
    pub body: Bytes,
    /// How many attempts it took.
    pub attempts: u32,
    /// Duration, over all attempts.
    pub elapsed: Duration,
}

impl RawAnswer {
    fn of(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            attempts: 0,
            elapsed: Duration::ZERO,
        }
    }
}

impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// Options of one call. Defaults to the client's settings.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Timeout of the whole call, over all attempts.
    pub timeout: Option<Duration>,
    /// How often a failed attempt is retried.
    pub max_retries: Option<u32>,
    /// The trace of the call: the header `traceparent` of W3C Trace Context. A malformed value is not sent. Defaults to the active
    /// span of OpenTelemetry if the feature `opentelemetry` is on.
    pub traceparent: Option<String>,
    /// Vendor data of the trace: the header `tracestate`. Sent only with `traceparent`, and only if it is well-formed.
    pub tracestate: Option<String>,
    /// Fields that this version does not know, sent unchanged: in the body of a POST, else in the query. Fields that the operation
    /// has are refused.
    pub extra: Extra,
}

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
    fn timeout_of(&self, request: &Prepared, options: &CallOptions) -> Duration {
        options
            .timeout
            .or(self.timeout)
            .or(request.timeout)
            .unwrap_or(DEFAULT_TIMEOUT)
    }
}

/// Larger responses are parsed on a separate thread, not on the connections' thread. A page of 100 rooms has 62 KB.
const LARGE: usize = 256 * 1024;

/// A parsed value takes about a hundred bytes of memory more than its text. So one value is allowed per this many bytes of the
/// maximum response size. The service's values are longer.
const BYTES_A_VALUE: usize = 32;

/// Count the values in a JSON text.
fn values(text: &[u8]) -> usize {
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

/// Sends requests.
#[derive(Debug)]
pub(crate) struct Transport {
    pub(crate) http: Http,
    pub(crate) authenticator: Authenticator,
    pub(crate) policy: Policy,
    pub(crate) clock: Clock,
    pub(crate) observers: Observers,
    pub(crate) cassette: Option<Cassette>,
}

impl Transport {
    /// Make the call: send `request` until there is a response, a final refusal, or a timeout.
    pub(crate) async fn call(
        &self,
        request: &Prepared,
        options: &CallOptions,
    ) -> Result<RawAnswer> {
        request.hold_to_size()?;
        let call = self.tries(request, options);
        #[cfg(feature = "tracing")]
        let call =
            crate::observe::span::around(request, &self.http.endpoint(request.server).origin, call);
        call.await
    }

    async fn tries(&self, request: &Prepared, options: &CallOptions) -> Result<RawAnswer> {
        let trace = match options.traceparent.as_deref() {
            Some(parent) => TraceContext::read(Some(parent), options.tracestate.as_deref()),
            None => TraceContext::active(),
        };
        let mut watch = self.observers.watch(request);
        watch.hint();
        let mut call = Call::new(
            request,
            self.clock.now(),
            self.policy.timeout_of(request, options),
            options.max_retries.unwrap_or(self.policy.max_retries),
        );
        let pauses = &self.http.endpoint(request.server).pauses;
        loop {
            if self.player().is_none() {
                call.held_back(pauses, &self.clock, &self.policy.backoff)
                    .await?;
            }
            let (outcome, bearer) = self
                .attempt(request, trace.as_ref(), &mut call, &mut watch)
                .await
                .map_err(|error| self.unsure(request, error))?;
            if let Outcome::Answered(answer) = outcome {
                if answer.status.is_success() {
                    return Ok(call.done(answer, self.clock.now()));
                }
                if answer.status == StatusCode::UNAUTHORIZED
                    && self.renewed(request, &mut call, bearer.as_ref(), &answer)
                {
                    watch.retry(Duration::ZERO);
                    continue;
                }
                let backoff = &self.policy.backoff;
                let own = self.own_secrets(request, bearer.as_ref());
                let decision = call.refused(&answer, &self.clock, backoff, pauses, &own);
                self.pause(request, decision, &watch).await?;
            } else if let Outcome::Failed(failure) = outcome {
                let decision = call.failed(failure, self.clock.now(), &self.policy.backoff);
                self.pause(request, decision, &watch).await?;
            }
        }
    }

    /// Parse the response to `request` with `decode`, within the deadline. Large responses are parsed on a separate thread.
    pub(crate) async fn decode<T: Send + 'static>(
        &self,
        request: &Prepared,
        options: &CallOptions,
        answer: &RawAnswer,
        decode: impl FnOnce(&Bytes) -> Result<T, Misfit> + Send + 'static,
    ) -> Result<Result<T, Misfit>> {
        if answer.body.len() <= LARGE {
            return Ok(decode(&answer.body));
        }
        let most = self.policy.max_response_bytes / BYTES_A_VALUE;
        let body = answer.body.clone();
        let decoding = tokio::task::spawn_blocking(move || {
            if values(&body) > most {
                return Err(Misfit::of_all(format!("it holds more than {most} values")));
            }
            decode(&body)
        });
        let timeout = self.policy.timeout_of(request, options);
        let left = timeout.saturating_sub(answer.elapsed);
        let left = left.min(Duration::from_secs(u32::MAX.into()));
        match self.clock.within(self.clock.now() + left, decoding).await {
            Some(Ok(decoded)) => Ok(decoded),
            Some(Err(panicked)) => std::panic::resume_unwind(panicked.into_panic()),
            None => {
                let message = "the deadline of the call passed while its answer was read";
                let error = Error::new(ErrorKind::Timeout, message).with(|details| {
                    details.operation = Some(request.operation.to_owned());
                    details.method = Some(request.method.to_string());
                    details.route = Some(request.template().to_owned());
                    details.status = Some(answer.status.as_u16());
                    details.attempts = answer.attempts;
                    details.elapsed = timeout;
                    details.phase = Some(Phase::Body);
                    details.may_have_applied = request.changes();
                });
                Err(self.unsure(request, error))
            }
        }
    }

    /// Pause before a retry, or give up.
    async fn pause(&self, request: &Prepared, decision: Decision, watch: &Watch<'_>) -> Result<()> {
        match decision {
            Decision::Again(pause) => {
                watch.retry(pause);
                if self.player().is_none() && !pause.is_zero() {
                    self.clock.sleep(pause).await;
                }
                Ok(())
            }
            Decision::Fail(error) => Err(self.unsure(request, error)),
        }
    }

    /// Add what to check, if the call may have taken effect.
    fn unsure(&self, request: &Prepared, error: Error) -> Error {
        if !error.may_have_applied() {
            return error;
        }
        let since = self.clock.unix().saturating_sub(error.elapsed()).ok();
        error.with(|details| details.look_at = Unsure::of(request, since))
    }

    /// Make one attempt, within the rest of the deadline.
    async fn attempt(
        &self,
        request: &Prepared,
        trace: Option<&TraceContext>,
        call: &mut Call<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<(Outcome, Option<Bearer>)> {
        if let Some(cassette) = self.player() {
            let played = cassette.play(request, &mut call.take);
            let outcome = played.map_err(|error| call.describe(error, self.clock.now()))?;
            if outcome.was_tried() {
                call.attempts += 1;
                watch.sending(call.attempts, || self.clock.now());
                watch.ended(outcome.status(), outcome.error(), || self.clock.now());
            }
            return Ok((outcome, None));
        }
        if let Some(cassette) = &self.cassette {
            let whole = cassette.whole();
            whole.map_err(|error| call.describe(error, self.clock.now()))?;
        }
        let bearer = match (&request.client_token, request.server) {
            (None, Server::Api) => {
                let asked = self.authenticator.bearer(self.clock.unix());
                let Some(bearer) = self.clock.within(call.deadline, asked).await else {
                    let outcome = Outcome::Failed(Failure::out_of_time(Phase::Queue));
                    self.record(request, &outcome, call);
                    return Ok((outcome, None));
                };
                Some(bearer.map_err(|error| call.describe(error, self.clock.now()))?)
            }
            _ => None,
        };
        let authorization = match (&bearer, &request.client_token) {
            (Some(bearer), _) => Some(bearer.header.clone()),
            (None, Some(token)) => Some(crate::tokens::authorization(token.expose())?),
            (None, None) => None,
        };
        let connections = &self.http.endpoint(request.server).connections;
        let place = match connections.free() {
            Ok(place) => Some(place),
            Err(_) => self.clock.within(call.deadline, connections.place()).await,
        };
        let Some(_place) = place else {
            let outcome = Outcome::Failed(Failure::out_of_time(Phase::Queue));
            self.record(request, &outcome, call);
            return Ok((outcome, None));
        };
        call.attempts += 1;
        watch.sending(call.attempts, || self.clock.now());
        let outcome = attempt::attempt(self, request, authorization, trace, call).await?;
        watch.ended(outcome.status(), outcome.error(), || self.clock.now());
        self.record(request, &outcome, call);
        Ok((outcome, bearer))
    }

    fn record(&self, request: &Prepared, outcome: &Outcome, call: &mut Call<'_>) {
        if let Some(cassette) = &self.cassette {
            cassette.record(request, outcome, &mut call.take);
        }
    }

    /// The cassette, if responses come from one.
    fn player(&self) -> Option<&Cassette> {
        self.cassette.as_ref().filter(|cassette| cassette.replays())
    }

    /// The secrets of this client and the tokens of this call.
    fn own_secrets<'a>(
        &'a self,
        request: &'a Prepared,
        bearer: Option<&'a Bearer>,
    ) -> OwnSecrets<'a> {
        let secret = self.authenticator.signer().map(Signer::secret);
        let tokens = [
            bearer.and_then(Bearer::token),
            request.client_token.as_ref().map(Secret::expose),
        ];
        OwnSecrets::new(tokens.into_iter().chain([secret]).flatten())
    }

    /// After a 401: learn the time of the service, and return whether another token can be obtained. Once per call.
    fn renewed(
        &self,
        request: &Prepared,
        call: &mut Call<'_>,
        bearer: Option<&Bearer>,
        answer: &RawAnswer,
    ) -> bool {
        let Some(bearer) = bearer else {
            // The token was renewed if the call continues.
            let more = self
                .player()
                .is_some_and(|cassette| cassette.has_more(request, &call.take));
            return more && !std::mem::replace(&mut call.token_renewed, true);
        };
        if std::mem::replace(&mut call.token_renewed, true) {
            self.authenticator.refused_again(bearer);
            return false;
        }
        let service_time = answer
            .headers
            .get(http::header::DATE)
            .and_then(|date| retry_after::http_date(date.to_str().ok()?));
        self.authenticator
            .refused(bearer, self.clock.unix(), service_time)
    }
}

/// The user agent of every request.
pub(crate) fn user_agent(suffix: Option<&str>) -> Result<HeaderValue> {
    let mut agent = format!("hundredms/{}", env!("CARGO_PKG_VERSION"));
    if let Some(suffix) = suffix {
        agent.push(' ');
        agent.push_str(suffix);
    }
    HeaderValue::from_str(&agent).map_err(|_| {
        Error::configuration("the user agent holds characters that a header cannot have")
    })
}

/// The error of a refusal that is not retried.
#[cfg(feature = "fuzzing")]
pub(crate) fn refused(request: &Prepared, answer: &RawAnswer) -> Option<Error> {
    let clock = Clock::default();
    let mut call = Call::new(request, clock.now(), Duration::ZERO, 0);
    match call.refused(
        answer,
        &clock,
        &Backoff::default(),
        &limits::Pauses::default(),
        &OwnSecrets::default(),
    ) {
        Decision::Fail(error) => Some(error),
        Decision::Again(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Instant;

    use super::*;
    use crate::Client;

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
        let body = Bytes::from(vec![b' '; LARGE + 1]);
        let answer = RawAnswer::of(StatusCode::OK, HeaderMap::new(), body);
        let answer = RawAnswer {
            attempts: 1,
            elapsed: Duration::from_millis(100),
            ..answer
        };
        let (go_on, waits) = channel();
        let begun = Instant::now();
        let decoding = client
            .transport()
            .decode(&request, &options, &answer, move |_| {
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
            error.look_at().map(|look| look.operation),
            Some("rooms.list")
        );
    }
}
