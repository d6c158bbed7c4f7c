//! What the page reads. Reading changes nothing, so it causes no event for the page.

use serde_json::{Value, json};

use super::{calls::Call, lists, secrets};
use crate::{
    api_response::{ApiError, ApiResponse},
    clock, control, limits,
    request_log::LoggedDetails,
    sandbox_state::SandboxState,
    state::State,
};

/// The maximum number of deliveries that are returned: the latest.
const LATEST: usize = 200;

/// What is shown instead of a response that the log keeps only the beginning of: its fields cannot be found, so not masked.
const TOO_LARGE: &str = "too large to mask: press Show secrets";

/// What is shown instead of another response that is not JSON, for example one that a fault cut.
const NOT_JSON: &str = "not JSON, so not masked: press Show secrets";

/// Read several things at the same moment: each the path of an operation, or one of the names of [`one`].
pub(super) fn several(sandbox: &mut SandboxState, names: &[String]) -> ApiResponse {
    sandbox.state.settle();
    let answers: Vec<Value> = names.iter().map(|name| one(sandbox, name)).collect();
    ApiResponse::ok(&answers)
}

/// Read the path of an operation, `rooms` (with `?search=`), `live_rooms`, `jobs`, `polls`, `sessions`, `overview`, `deliveries` or
/// `faults`.
fn one(sandbox: &mut SandboxState, name: &str) -> Value {
    let state = &mut sandbox.state;
    match name.split_once('?').unwrap_or((name, "")) {
        ("rooms", query) => {
            let mut query = form_urlencoded::parse(query.as_bytes());
            let search = query.find(|(name, _)| name == "search");
            lists::rooms(state, &search.map(|(_, text)| text).unwrap_or_default())
        }
        ("live_rooms", "") => lists::live_rooms(state),
        ("jobs", "") => lists::jobs(state),
        ("polls", "") => lists::polls(state),
        ("sessions", "") => lists::sessions(state),
        ("overview", "") => overview(sandbox),
        ("deliveries", "") => deliveries(state),
        ("faults", "") => json!(sandbox.faults.reports().collect::<Vec<_>>()),
        _ => {
            let response = Call::get(name).run(state);
            let body = response.body.unwrap_or_default();
            match serde_json::from_slice(&body) {
                Ok(body) if response.status == 200 => body,
                // Such as the peers of a room without a session.
                _ => Value::Null,
            }
        }
    }
}

/// Return the latest deliveries with the names of their rooms, oldest first.
fn deliveries(state: &State) -> Value {
    let latest = control::webhooks::latest(state, LATEST);
    let left_out = state.deliveries.log.len() - latest.len();
    let items = latest.into_iter().map(|mut delivery| {
        delivery.body = without_secrets(&delivery.body);
        let room = lists::name_of(state, delivery.room_id.as_deref());
        json!({"delivery": delivery, "room": room})
    });
    json!({"items": items.collect::<Vec<_>>(), "left_out": left_out})
}

/// Return the body of a webhook with its secrets masked.
fn without_secrets(body: &str) -> String {
    let Ok(mut body) = serde_json::from_str(body) else {
        return String::new();
    };
    secrets::mask(&mut body);
    body.to_string()
}

fn overview(sandbox: &SandboxState) -> Value {
    let state = &sandbox.state;
    json!({
        "stats": control::seed::stats(sandbox),
        "queue": control::webhooks::queue(sandbox),
        "webhook_url": state.webhook.webhook.as_ref().map(|webhook| &webhook.url),
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
    let next = [state.next_change(), sandbox.queue.next_due()];
    json!({
        "now": clock::text(state.now()),
        "advanced_seconds": state.advanced().as_secs_f64(),
        "next": next.into_iter().flatten().min().map(clock::text),
    })
}
