//! The span of a call, named according to OpenTelemetry's semantic conventions for HTTP clients.

use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::origin::Origin;
use crate::error::Error;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;

/// Run a call in its span.
pub(crate) async fn around<F>(request: &PreparedRequest, origin: &Origin, call: F) -> F::Output
where
    F: Future<Output = Result<RawResponse, Error>>,
{
    let span = tracing::info_span!(
        "hundredms",
        otel.name = Empty,
        otel.kind = "client",
        otel.status_code = Empty,
        hundredms.operation = request.operation(),
        http.request.method = request.method.as_str(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        url.template = request.template(),
        url.scheme = Empty,
        server.address = Empty,
        server.port = Empty,
        error.r#type = Empty,
    );
    if span.is_disabled() {
        return call.await;
    }
    span.record(
        "otel.name",
        format!("{} {}", request.method, request.template()),
    );
    server(&span, origin);
    let outcome = call.instrument(span.clone()).await;
    ended(&span, &outcome);
    outcome
}

fn server(span: &Span, origin: &Origin) {
    let (scheme, host, port) = origin.server();
    span.record("url.scheme", scheme);
    span.record("server.address", host);
    span.record("server.port", port);
}

fn ended(span: &Span, outcome: &Result<RawResponse, Error>) {
    let attempts = match outcome {
        Ok(answer) => answer.attempts,
        Err(error) => error.attempts(),
    };
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    match outcome {
        Ok(answer) => {
            span.record("http.response.status_code", answer.status.as_u16());
        }
        Err(error) => {
            span.record("http.response.status_code", error.status());
            span.record("error.type", error.kind().as_str());
            span.record("otel.status_code", "ERROR");
        }
    }
}
