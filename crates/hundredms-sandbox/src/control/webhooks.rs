//! Controls of webhooks: `set_webhook`, `webhook_deliveries`, `webhook_queue`, `settle_webhooks`.

use std::{collections::BTreeMap, fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::{definition::Control, error::SandboxError};
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["pending", "delivered", "failed", "dropped"])))]
    pub status: String,
    /// Why it failed. `None` otherwise.
    pub error_reason: Option<String>,
    /// When the next attempt is due by the virtual clock (RFC 3339). `None` if it is running or there is none.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub next_attempt_at: Option<String>,
    /// The finished attempts, in order.
    pub attempts: Vec<WebhookAttempt>,
}

/// One attempt to deliver a webhook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// When it started, by the virtual clock (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WebhookQueue {
    /// Deliveries that are due or running.
    pub due: usize,
    /// Deliveries that wait for their next attempt.
    pub waiting: usize,
    /// When the first of these is due, by the virtual clock (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub next_attempt_at: Option<String>,
}

/// Set the webhook of the workspace.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Webhook"))]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SetWebhook {
    /// An `http` URL. With null, none are sent.
    url: Option<String>,
    /// Headers sent with every webhook.
    headers: Option<BTreeMap<String, String>>,
    /// Key of the signature in `x-100ms-signature`. Not signed without one.
    signing_key: Option<String>,
    /// Seconds of real time for an attempt. Defaults to 10.
    timeout_seconds: Option<f64>,
}

impl From<&WebhookTarget> for SetWebhook {
    fn from(target: &WebhookTarget) -> Self {
        let target = target.clone();
        Self {
            url: Some(target.url),
            headers: Some(target.headers),
            signing_key: target.signing_key,
            timeout_seconds: target.timeout_seconds,
        }
    }
}

impl Control for SetWebhook {
    type Answer = ();

    fn run(self, sandbox: &mut SandboxState) -> Result<(), SandboxError> {
        let mut workspace = WorkspaceWebhook {
            signing_key: self.signing_key,
            ..WorkspaceWebhook::default()
        };
        if let Some(seconds) = self.timeout_seconds {
            workspace.timeout = Duration::try_from_secs_f64(seconds)
                .ok()
                .filter(|timeout| !timeout.is_zero())
                .ok_or_else(|| SandboxError::invalid("timeout_seconds must be more than zero"))?;
        }
        let headers: Vec<_> = self.headers.unwrap_or_default().into_iter().collect();
        workspace.webhook = match self.url {
            Some(url) => Some(Webhook::new(url, headers).map_err(SandboxError::invalid)?),
            None if headers.is_empty() => None,
            None => return Err(SandboxError::invalid("headers without a url")),
        };
        sandbox.state.webhook = workspace;
        Ok(())
    }
}

/// Change the URL of the workspace's webhook, and keep its headers, signing key and timeout. With `None`, remove the webhook.
pub(crate) fn set_url(sandbox: &mut SandboxState, url: Option<String>) -> Result<(), SandboxError> {
    let Some(url) = url else {
        clear(sandbox);
        return Ok(());
    };
    let workspace = &mut sandbox.state.webhook;
    let headers = workspace.webhook.as_ref();
    let headers = headers.map_or_else(Vec::new, |webhook| webhook.headers.clone());
    workspace.webhook = Some(Webhook::new(url, headers).map_err(SandboxError::invalid)?);
    Ok(())
}

/// Remove the webhook of the workspace.
pub(crate) fn clear(sandbox: &mut SandboxState) {
    sandbox.state.webhook = WorkspaceWebhook::default();
}

/// The log of deliveries.
pub(crate) fn deliveries(state: &State) -> Vec<WebhookDelivery> {
    state.deliveries.kept().map(delivery).collect()
}

/// Return the latest deliveries, oldest first.
pub(crate) fn latest(state: &State, most: usize) -> Vec<WebhookDelivery> {
    let kept = &state.deliveries.log;
    let skipped = kept.len().saturating_sub(most);
    kept.iter().skip(skipped).map(delivery).collect()
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

/// Return the log of deliveries.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct ListDeliveries {}

/// The log of deliveries.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct WebhookDeliveries {
    /// Oldest first.
    deliveries: Vec<WebhookDelivery>,
}

impl Control for ListDeliveries {
    type Answer = WebhookDeliveries;

    fn run(self, sandbox: &mut SandboxState) -> Result<WebhookDeliveries, SandboxError> {
        let deliveries = deliveries(&sandbox.state);
        Ok(WebhookDeliveries { deliveries })
    }
}

/// Count the pending deliveries.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct GetWebhookQueue {}

impl Control for GetWebhookQueue {
    type Answer = WebhookQueue;

    fn run(self, sandbox: &mut SandboxState) -> Result<WebhookQueue, SandboxError> {
        Ok(queue(sandbox))
    }
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

/// Wait until no delivery is due or running.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleWebhooks {
    /// Seconds of real time. Defaults to 10.
    #[serde(default)]
    timeout_seconds: Option<f64>,
}

impl SettleWebhooks {
    /// How long it waits.
    pub(super) fn timeout(&self) -> Result<Duration, SandboxError> {
        Duration::try_from_secs_f64(self.timeout_seconds.unwrap_or(USUAL_WAIT))
            .map_err(|_| SandboxError::invalid("timeout_seconds must be zero or more"))
    }
}

/// Wait, without holding the lock.
pub(crate) async fn settle(
    sandbox: &SharedSandbox,
    timeout: Duration,
) -> Result<WebhookQueue, SandboxError> {
    let done = webhook_task::wait(sandbox, timeout, webhook_task::is_settled).await;
    settled(&sandbox.lock(), done)
}

/// Wait on the caller's thread, without holding the lock.
pub(super) fn settle_blocking(
    sandbox: &SharedSandbox,
    timeout: Duration,
) -> Result<WebhookQueue, SandboxError> {
    sandbox.lock().state.settle();
    let done = sandbox.block_until(timeout, webhook_task::is_settled);
    let mut locked = sandbox.lock();
    locked.state.settle();
    settled(&locked, done)
}

/// The result after the wait.
fn settled(sandbox: &SandboxState, done: bool) -> Result<WebhookQueue, SandboxError> {
    let queue = queue(sandbox);
    if done {
        return Ok(queue);
    }
    Err(SandboxError::too_late(format!(
        "{} deliveries of webhooks are still due or under way",
        queue.due
    )))
}

/// Without waiting, for a caller that holds the lock.
impl Control for SettleWebhooks {
    type Answer = WebhookQueue;

    fn run(self, sandbox: &mut SandboxState) -> Result<WebhookQueue, SandboxError> {
        let done = webhook_task::is_settled(sandbox);
        settled(sandbox, done)
    }
}
