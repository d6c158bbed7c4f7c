//! Controls of webhooks: `set_webhook`, `webhook_deliveries`, `webhook_queue`, `settle_webhooks`.

use std::{collections::BTreeMap, fmt, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Control, ControlError, answer, read};
use crate::{
    clock::text,
    sandbox_state::{SandboxState, SharedSandbox},
    state::{
        State,
        deliveries::{Delivery, Outcome},
        webhook_target::{Webhook, WorkspaceWebhook},
    },
    webhook_task,
};

pub(super) const CONTROLS: &[Control] = &[
    Control::new("set_webhook", set_webhook),
    Control::new("webhook_deliveries", |sandbox, _| {
        Ok(json!({"deliveries": answer(&deliveries(&sandbox.state))?}))
    }),
    Control::new("webhook_queue", |sandbox, _| answer(&queue(sandbox))),
    Control::new(SETTLE, settled_now),
];

/// The control that waits. It is handled separately.
pub(crate) const SETTLE: &str = "settle_webhooks";

/// The default wait of `settle_webhooks`.
const USUAL_WAIT: f64 = 10.0;

/// Where the webhooks of the workspace go.
#[derive(Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WebhookTarget {
    /// An `http` URL.
    pub url: String,
    /// Headers sent with every webhook; their values are secrets.
    pub headers: BTreeMap<String, String>,
    /// The key of the signature in `x-100ms-signature`; not signed without one. A secret.
    pub signing_key: Option<String>,
    /// How long an attempt may take, in seconds of real time; 10 when missing.
    pub timeout_seconds: Option<f64>,
}

impl WebhookTarget {
    /// Webhooks to this URL, without further headers, not signed.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// Add a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Set the key that signs webhooks.
    pub fn signing_key(mut self, key: impl Into<String>) -> Self {
        self.signing_key = Some(key.into());
        self
    }

    /// Set how long an attempt may take, in real time.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout_seconds = Some(timeout.as_secs_f64());
        self
    }
}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookTarget")
            .field("url", &self.url)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("is_signed", &self.signing_key.is_some())
            .finish_non_exhaustive()
    }
}

/// One event on its way to a URL, with all its attempts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// Id of the event, the same in all its deliveries.
    pub event_id: String,
    /// Type of the event, such as `peer.join.success`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The room, if it is about one.
    pub room_id: Option<String>,
    /// Where it is sent.
    pub url: String,
    /// The headers sent with it. Their values are not shown.
    pub headers: BTreeMap<String, String>,
    /// The body, which is the same in each attempt.
    pub body: String,
    /// Whether a replay caused it.
    pub is_replay: bool,
    /// `pending`, `delivered`, `failed`, or `dropped` when a snapshot was restored meanwhile.
    pub status: String,
    /// Why it failed. `None` otherwise.
    pub error_reason: Option<String>,
    /// When the next attempt is due by the virtual clock (RFC 3339). `None` if it is running or there is none.
    pub next_attempt_at: Option<String>,
    /// The finished attempts, in order.
    pub attempts: Vec<WebhookAttempt>,
}

/// One attempt to deliver a webhook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// When it started, by the virtual clock (RFC 3339).
    pub at: String,
    /// The status of the receiver's response. `None` if there was none.
    pub status: Option<u16>,
    /// Why it failed, such as `timeout` or `status 500`. `None` if it succeeded.
    pub error_reason: Option<String>,
    /// How long it took, in milliseconds of real time.
    pub duration_ms: f64,
}

/// Counts of the pending deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookQueue {
    /// Deliveries that are due or running.
    pub due: usize,
    /// Deliveries that wait for their next attempt.
    pub waiting: usize,
    /// When the first of these is due, by the virtual clock (RFC 3339).
    pub next_attempt_at: Option<String>,
}

/// Count the pending deliveries.
pub(crate) fn queue(sandbox: &SandboxState) -> WebhookQueue {
    let now = sandbox.state.now();
    WebhookQueue {
        due: sandbox.queue.due(now),
        waiting: sandbox.queue.waiting(now),
        next_attempt_at: sandbox.queue.next_due().map(text),
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SetWebhook {
    url: Option<String>,
    headers: Option<BTreeMap<String, String>>,
    signing_key: Option<String>,
    timeout_seconds: Option<f64>,
}

fn set_webhook(sandbox: &mut SandboxState, arguments: Value) -> Result<Value, ControlError> {
    let set: SetWebhook = read(arguments)?;
    let mut workspace = WorkspaceWebhook {
        signing_key: set.signing_key,
        ..WorkspaceWebhook::default()
    };
    if let Some(seconds) = set.timeout_seconds {
        workspace.timeout = Duration::try_from_secs_f64(seconds)
            .ok()
            .filter(|timeout| !timeout.is_zero())
            .ok_or_else(|| ControlError::invalid("timeout_seconds must be more than zero"))?;
    }
    let headers: Vec<_> = set.headers.unwrap_or_default().into_iter().collect();
    workspace.webhook = match set.url {
        Some(url) => Some(Webhook::new(url, headers).map_err(ControlError::invalid)?),
        None if headers.is_empty() => None,
        None => return Err(ControlError::invalid("headers without a url")),
    };
    sandbox.state.webhook = workspace;
    Ok(Value::Null)
}

/// Remove the webhook of the workspace.
pub(crate) fn clear(sandbox: &mut SandboxState) {
    sandbox.state.webhook = WorkspaceWebhook::default();
}

/// The log of deliveries.
pub(crate) fn deliveries(state: &State) -> Vec<WebhookDelivery> {
    state.deliveries.kept().map(delivery).collect()
}

fn delivery(delivery: &Delivery) -> WebhookDelivery {
    let (status, error_reason) = match &delivery.outcome {
        Outcome::Pending => ("pending", None),
        Outcome::Delivered => ("delivered", None),
        Outcome::Failed(reason) => ("failed", Some(reason.clone())),
        Outcome::Dropped => ("dropped", None),
    };
    let attempts = delivery.attempts.iter();
    let attempts = attempts.map(|attempt| WebhookAttempt {
        at: text(attempt.at),
        status: attempt.status,
        error_reason: attempt.error_reason.clone(),
        duration_ms: attempt.took.as_secs_f64() * 1000.0,
    });
    WebhookDelivery {
        event_id: delivery.event.id.clone(),
        kind: delivery.event.kind.to_string(),
        room_id: delivery.event.room_id.map(|id| id.to_string()),
        url: delivery.url.clone(),
        headers: delivery.headers.clone(),
        body: String::from_utf8_lossy(&delivery.body).into_owned(),
        is_replay: delivery.is_replay,
        status: status.into(),
        error_reason,
        next_attempt_at: delivery.next_attempt_at.map(text),
        attempts: attempts.collect(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    #[serde(default)]
    timeout_seconds: Option<f64>,
}

/// How long `settle_webhooks` waits.
pub(crate) fn timeout(arguments: Value) -> Result<Duration, ControlError> {
    let Settle { timeout_seconds } = read(arguments)?;
    Duration::try_from_secs_f64(timeout_seconds.unwrap_or(USUAL_WAIT))
        .map_err(|_| ControlError::invalid("timeout_seconds must be zero or more"))
}

/// Wait, without holding the lock.
pub(crate) async fn settle(
    sandbox: &SharedSandbox,
    arguments: Value,
) -> Result<Value, ControlError> {
    let timeout = timeout(arguments)?;
    let done = webhook_task::wait(sandbox, timeout, webhook_task::is_settled).await;
    settled(&mut sandbox.lock(), done)
}

/// The result after the wait.
pub(crate) fn settled(sandbox: &mut SandboxState, done: bool) -> Result<Value, ControlError> {
    let queue = queue(sandbox);
    if done {
        return answer(&queue);
    }
    Err(ControlError::too_late(format!(
        "{} deliveries of webhooks are still due or under way",
        queue.due
    )))
}

/// Without waiting, for a caller that holds the lock.
fn settled_now(sandbox: &mut SandboxState, _: Value) -> Result<Value, ControlError> {
    let done = webhook_task::is_settled(sandbox);
    settled(sandbox, done)
}
