//! A request that is affected by faults, and its response.

use std::time::Duration;

use hyper::{
    Response,
    header::{
        CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    api_response::{ApiError, ApiResponse},
    faults::{
        effect::{Disconnect, FaultEffect},
        gzip,
        raw::{Raw, Then},
    },
    http_response,
    response_body::ResponseBody,
};

/// The combined effect of all faults on one request.
#[derive(Debug)]
pub(crate) struct InjectedFault {
    /// The numbers of the faults. 0 is the fault in the request's header.
    pub(crate) faults: Vec<u64>,
    effect: FaultEffect,
}

/// What is written to the connection.
#[derive(Debug)]
pub(crate) enum Reply {
    Response(Response<ResponseBody>),
    /// Bytes that no HTTP server would send.
    Raw(Raw),
}

impl InjectedFault {
    pub(crate) fn add(injected: &mut Option<Self>, id: u64, effect: FaultEffect) {
        *injected = Some(match injected.take() {
            None => Self {
                faults: vec![id],
                effect,
            },
            Some(mut injected) => {
                injected.faults.push(id);
                injected.effect = injected.effect.and(effect);
                injected
            }
        });
    }

    /// Return the wait before the request is handled.
    pub(crate) fn delay_before(&self) -> Duration {
        Duration::from_millis(self.effect.delay_before_ms)
    }

    /// Return the wait before the response.
    pub(crate) fn delay_answer(&self) -> Duration {
        Duration::from_millis(self.effect.delay_answer_ms)
    }

    /// Return for how long connections are refused from now on.
    pub(crate) fn refuses_connections(&self) -> Option<Duration> {
        let time = self.effect.refuse_connections_ms;
        (time > 0).then(|| Duration::from_millis(time))
    }

    pub(crate) fn expires_tokens(&self) -> bool {
        self.effect.expire_tokens
    }

    /// Return the present time of the service.
    pub(crate) fn now(&self, now: Timestamp) -> Timestamp {
        now.checked_add(SignedDuration::from_secs(self.effect.clock_off))
            .unwrap_or(now)
    }

    /// Return the response instead of handling the request, if it is not handled.
    pub(crate) fn instead(&self) -> Option<ApiResponse> {
        self.effect
            .prevents()
            .then(|| error(self.effect.status.unwrap_or(503)))
    }

    /// Return the response, with its replaced parts.
    pub(crate) fn replaced(&self, mut original: ApiResponse) -> ApiResponse {
        if let Some(status) = self.effect.status {
            if status != original.status {
                original = error(status);
            }
        }
        match &self.effect.body {
            Some(Value::String(text)) => original.body = Some(text.clone().into_bytes()),
            Some(json) => original.body = Some(json.to_string().into_bytes()),
            None => {}
        }
        original
    }

    /// Return the status that the client receives. 0 for none.
    pub(crate) fn seen(&self, status: u16) -> u16 {
        match self.effect.disconnect {
            Some(_) if self.effect.cut_body.is_none() => 0,
            _ => status,
        }
    }

    /// Return the status instead of a file, if there is one.
    pub(crate) fn status_of_file(&self) -> Option<u16> {
        let prevented = self.effect.prevents().then_some(503);
        self.effect.status.or(prevented)
    }

    /// Return the response to a request for a file.
    pub(crate) fn reply_with_file(
        &self,
        mut response: Response<ResponseBody>,
        now: Timestamp,
    ) -> Reply {
        if let Some(body) = &self.effect.body {
            let text = match body {
                Value::String(text) => text.clone(),
                json => json.to_string(),
            };
            response.headers_mut().remove(CONTENT_LENGTH);
            *response.body_mut() = text.into();
        }
        self.finish(response, now)
    }

    /// Return the response, or its replacement.
    pub(crate) fn reply(&self, original: &ApiResponse, now: Timestamp) -> Reply {
        let mut body = original.body.clone();
        if self.effect.gzip {
            body = body.map(|body| gzip::stored(&body));
        }
        let response = ApiResponse {
            status: original.status,
            body,
        };
        self.finish(http_response::http_response(response, now), now)
    }

    /// Add the headers, and write the response as the fault says.
    fn finish(&self, mut response: Response<ResponseBody>, now: Timestamp) -> Reply {
        self.add_headers(&mut response, now);
        if self.effect.is_plain() {
            return Reply::Response(response);
        }
        Reply::Raw(self.raw(response))
    }

    fn add_headers(&self, response: &mut Response<ResponseBody>, now: Timestamp) {
        let effect = &self.effect;
        let headers = response.headers_mut();
        if let Some(Value::String(text)) = &effect.body {
            let kind = if text.trim_start().starts_with('<') {
                "text/html"
            } else {
                "text/plain"
            };
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        if effect.gzip {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Some(wait) = effect.retry_after {
            headers.insert(RETRY_AFTER, wait.into());
        }
        if let Some(date) = effect.retry_after_date.and_then(|wait| {
            let wait = SignedDuration::from_secs(i64::try_from(wait).ok()?);
            http_response::http_date(now.checked_add(wait).ok()?)
        }) {
            headers.insert(RETRY_AFTER, date);
        }
        for (name, value) in &effect.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                headers.insert(name, value);
            }
        }
    }

    fn raw(&self, response: Response<ResponseBody>) -> Raw {
        let effect = &self.effect;
        let reset = effect.disconnect.is_some_and(Disconnect::is_reset);
        let end = if reset { Then::Reset } else { Then::Close };
        if effect.disconnect.is_some() && effect.cut_body.is_none() {
            return Raw::nothing(end);
        }
        let length = i64::try_from(response.body().len()).unwrap_or(i64::MAX);
        let length = length.saturating_add(effect.content_length_off).max(0);
        let head = Raw::head(&response, length.unsigned_abs());
        let mut body = response.into_body();
        if let Some(bytes) = effect.cut_body {
            body.truncate(bytes as u64);
        }
        let then = if effect.cut_body.is_some() {
            end
        } else {
            Then::KeepOpen
        };
        Raw::new(head, body, effect.drip, then)
    }
}

/// Return the error body of a status, as the service writes it.
fn error(status: u16) -> ApiResponse {
    let words = hyper::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Fault");
    match status {
        204 => ApiResponse::no_content(),
        401 => ApiError::token("token is expired").into(),
        _ => ApiError::new(status, words).into(),
    }
}
