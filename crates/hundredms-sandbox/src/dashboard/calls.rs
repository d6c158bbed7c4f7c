//! What the page calls: operations of the API, which need no token and are not in the log of requests, resending a webhook, and
//! changing the URL that they go to.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    api::{routes, run::run},
    api_response::{ApiError, ApiResponse},
    control::{self, SandboxError, SendWebhook},
    request::Request,
    sandbox_state::SandboxState,
    state::State,
    tokens::Caller,
};

/// An operation, and what it is called with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    method: String,
    /// Below `/v2`, with the query.
    path: String,
    #[serde(default)]
    body: Value,
}

impl Call {
    /// A call that only reads.
    pub(super) fn get(path: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            body: Value::Null,
        }
    }

    /// Call it.
    pub(super) fn run(self, state: &mut State) -> ApiResponse {
        self.try_run(state).unwrap_or_else(ApiResponse::from)
    }

    fn try_run(self, state: &mut State) -> Result<ApiResponse, ApiError> {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let (operation, arguments) = routes::find(&self.method, path)
            .ok_or_else(|| ApiError::not_found("there is no such operation"))?;
        let request = Request {
            arguments,
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            has_body: !self.body.is_null(),
            body: match self.body {
                Value::Null => Value::Object(serde_json::Map::new()),
                body => body,
            },
            caller: Caller::Management,
        };
        run(state, operation, &request)
    }
}

/// Send the event with this id again.
pub(super) fn resend(sandbox: &mut SandboxState, event_id: &str) -> ApiResponse {
    let mut kept = sandbox.state.deliveries.log.iter().rev();
    let Some(delivery) = kept.find(|delivery| delivery.event.id == event_id) else {
        return ApiError::not_found("the log no longer has this delivery").into();
    };
    let event = &delivery.event;
    let mut again = SendWebhook::new(&*event.kind)
        .id(event_id)
        .data(event.data.clone())
        .timestamp(event.at);
    again.room_id = event.room_id.map(|id| id.to_string());
    response(control::run(sandbox, again))
}

/// Change the URL of the workspace's webhook, and keep the rest. With `None`, remove the webhook.
pub(super) fn set_webhook_url(sandbox: &mut SandboxState, url: Option<String>) -> ApiResponse {
    response(control::webhooks::set_url(sandbox, url))
}

fn response<T: Serialize>(outcome: Result<T, SandboxError>) -> ApiResponse {
    match outcome {
        Ok(answer) => ApiResponse::ok(&answer),
        Err(error) => ApiError::new(error.status(), error.to_string()).into(),
    }
}
