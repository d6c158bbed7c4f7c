//! Requests below `/_sandbox/dashboard`.

use bytes::Bytes;
use hyper::{
    Response,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use tokio::sync::{mpsc, watch};

use super::{
    calls::{self, Call},
    events, page, reads,
};
use crate::{
    api_response::{ApiError, ApiResponse},
    http_response::http_response,
    reading,
    response_body::ResponseBody,
    sandbox_state::SharedSandbox,
};

/// The path of the page. What it reads is below it.
pub(crate) const PATH: &str = "/_sandbox/dashboard";

/// The page sends its token in this header.
const TOKEN: &str = "x-sandbox-dashboard-token";

/// Return what follows the path of the page; `None` if the path is another.
pub(crate) fn below(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PATH)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// Handle a request of the page, or for the page.
pub(crate) fn respond(
    sandbox: &SharedSandbox,
    parts: &Parts,
    body: &Bytes,
    stop: &watch::Receiver<bool>,
) -> Response<ResponseBody> {
    let rest = below(parts.uri.path()).unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let query: Vec<_> = form_urlencoded::parse(query).collect();
    let value = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_ref())
    };
    let number = |name: &str| value(name).and_then(|value| value.parse().ok());
    let is_get = parts.method == "GET";
    if rest.is_empty() && is_get {
        let given = value("token").unwrap_or_default();
        return if sandbox.dashboard_token().is(given.as_bytes()) {
            page::page()
        } else {
            page::refused()
        };
    }
    if !has_token(sandbox, &parts.headers) {
        let error = ApiError::forbidden("The dashboard needs its token")
            .detail("open the URL that the sandbox prints with --dashboard");
        return answer(sandbox, error.into());
    }
    let response = match (parts.method.as_str(), rest) {
        ("GET", "/events") => {
            let (page, events) = mpsc::channel(1);
            let after = number("after").unwrap_or(0);
            tokio::spawn(events::send(sandbox.clone(), after, page, stop.clone()));
            let mut response = Response::new(ResponseBody::Events(events));
            let kind = HeaderValue::from_static("text/event-stream");
            response.headers_mut().insert(CONTENT_TYPE, kind);
            page::keep_private(&mut response);
            return response;
        }
        ("GET", "/request") => {
            let reveal = value("reveal") == Some("true");
            let number = number("number").unwrap_or(0);
            reads::request(&sandbox.lock_quietly(), number, reveal)
        }
        ("POST", "/read") => match arguments::<Vec<String>>(body) {
            Ok(names) => reads::several(&mut sandbox.lock_quietly(), &names),
            Err(error) => error.into(),
        },
        ("POST", "/call") => match arguments::<Call>(body) {
            Ok(call) => {
                let mut locked = sandbox.lock();
                locked.state.settle();
                call.run(&mut locked.state)
            }
            Err(error) => error.into(),
        },
        ("POST", "/resend") => match arguments::<String>(body) {
            Ok(event_id) => {
                let mut locked = sandbox.lock();
                locked.state.settle();
                calls::resend(&mut locked, &event_id)
            }
            Err(error) => error.into(),
        },
        ("POST", "/webhook-url") => match arguments::<Option<String>>(body) {
            Ok(url) => {
                let mut locked = sandbox.lock();
                locked.state.settle();
                calls::set_webhook_url(&mut locked, url)
            }
            Err(error) => error.into(),
        },
        _ => ApiError::not_found("Not found").into(),
    };
    answer(sandbox, response)
}

fn has_token(sandbox: &SharedSandbox, headers: &HeaderMap) -> bool {
    let given = headers.get(TOKEN);
    given.is_some_and(|given| sandbox.dashboard_token().is(given.as_bytes()))
}

fn arguments<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiError> {
    let value = reading::json(body).and_then(|value| reading::typed(&value));
    value.map_err(|error| ApiError::bad_request(error.to_string()))
}

fn answer(sandbox: &SharedSandbox, response: ApiResponse) -> Response<ResponseBody> {
    let now = sandbox.lock_quietly().state.now();
    let mut response = http_response(response, now);
    page::keep_private(&mut response);
    response
}
