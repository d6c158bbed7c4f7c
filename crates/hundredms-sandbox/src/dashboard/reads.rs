//! What the page reads. Reading changes nothing, so it causes no event for the page.

use serde::Serialize;
use serde_json::{Value, json};

use super::{calls::Call, secrets};
use crate::{
    api_response::{ApiError, ApiResponse},
    clock, control,
    ids::ObjectId,
    limits,
    request_log::LoggedDetails,
    sandbox_state::SandboxState,
};

/// The maximum number of deliveries, and of polls, that are returned: the latest.
const LATEST: usize = 200;

/// What is shown instead of a response that the log keeps only the beginning of: its fields cannot be found, so not masked.
const TOO_LARGE: &str = "too large to mask: press Show secrets";

/// What is shown instead of another response that is not JSON, for example one that a fault cut.
const NOT_JSON: &str = "not JSON, so not masked: press Show secrets";

/// Read several things at the same moment: each the path of an operation, or `overview`, `deliveries` or `faults`.
pub(super) fn several(sandbox: &mut SandboxState, names: &[String]) -> ApiResponse {
    sandbox.state.settle();
    let answers: Vec<Value> = names.iter().map(|name| one(sandbox, name)).collect();
    ApiResponse::ok(&answers)
}

fn one(sandbox: &mut SandboxState, name: &str) -> Value {
    match name {
        "overview" => overview(sandbox),
        "deliveries" => {
            let mut latest = control::webhooks::latest(&sandbox.state, LATEST);
            for delivery in &mut latest {
                delivery.body = without_secrets(&delivery.body);
            }
            json!(latest)
        }
        "faults" => json!(sandbox.faults.reports().collect::<Vec<_>>()),
        path => {
            let response = Call::get(path).run(&mut sandbox.state);
            let body = response.body.unwrap_or_default();
            match serde_json::from_slice(&body) {
                Ok(body) if response.status == 200 => body,
                // Such as the peers of a room without a session.
                _ => Value::Null,
            }
        }
    }
}

/// Return the body of a webhook with its secrets masked.
fn without_secrets(body: &str) -> String {
    let Ok(mut body) = serde_json::from_str(body) else {
        return String::new();
    };
    secrets::mask(&mut body);
    body.to_string()
}

#[derive(Debug, Serialize)]
struct PollTitle<'a> {
    id: ObjectId,
    title: &'a str,
}

fn overview(sandbox: &SandboxState) -> Value {
    let state = &sandbox.state;
    let polls = state.polls.by_id.values().rev().take(LATEST);
    let polls = polls.map(|poll| PollTitle {
        id: poll.id,
        title: &poll.definition.title,
    });
    json!({
        "stats": control::seed::stats(sandbox),
        "queue": control::webhooks::queue(sandbox),
        "webhook_url": state.webhook.webhook.as_ref().map(|webhook| &webhook.url),
        "polls": polls.collect::<Vec<_>>(),
        "snapshots": sandbox.snapshots.ids().collect::<Vec<_>>(),
    })
}

/// Return one request of the log with all that is known of it. Secrets are masked unless `reveal` is true.
pub(super) fn request(sandbox: &SandboxState, number: u64, reveal: bool) -> ApiResponse {
    let Some((mut request, details)) = sandbox.log.details(number) else {
        return ApiError::not_found("the log no longer has this request").into();
    };
    let LoggedDetails { headers, answer } = details;
    let is_known = !headers.is_empty();
    if !reveal {
        secrets::mask_query(&mut request.query);
        request.body.iter_mut().for_each(secrets::mask);
    }
    let answer = match serde_json::from_slice(&answer) {
        Ok(answer) if reveal => answer,
        Ok(mut answer) => {
            secrets::mask(&mut answer);
            answer
        }
        Err(_) if reveal || answer.is_empty() => Value::from(String::from_utf8_lossy(&answer)),
        Err(_) if answer.len() >= limits::LOGGED_ANSWER => Value::from(TOO_LARGE),
        Err(_) => Value::from(NOT_JSON),
    };
    ApiResponse::ok(&json!({
        "request": request,
        "headers": headers,
        "answer": answer,
        // Older requests are kept without these.
        "has_details": is_known,
    }))
}

/// Return the time, and when something happens next.
pub(super) fn time(sandbox: &SandboxState) -> Value {
    let state = &sandbox.state;
    let next = [state.timeline.next(), sandbox.queue.next_due()];
    json!({
        "now": clock::text(state.now()),
        "advanced_seconds": state.advanced().as_secs_f64(),
        "next": next.into_iter().flatten().min().map(clock::text),
    })
}
