//! [`recover`]: lists what was not delivered, and recovers it.

use std::collections::HashSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::delivery_outcome::DeliveryOutcome;
use super::envelope::parse;
use super::event::Event;
use super::router::Router;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::resources::analytics::{
    AnalyticsWebhookEvent, AnalyticsWebhookReplay, DeliveryStatus, GetWebhookReplay,
    ListWebhookEvents, ReplayWebhookEvents, WebhookEventName, WebhookReplayState,
};

/// The maximum range of one request to the service.
const WINDOW: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Maximum number of webhooks that one replay sends.
const MOST_REPLAYED: i64 = 50_000;

/// The first pause before the state of a replay is read again, and the maximum.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Find deliveries between `from` and `to` that failed, for example after an outage of your server.
///
/// The service keeps its log for 30 days, and accepts at most 14 days per request: longer ranges are split. It lists only some
/// event types: see [`WebhookEventName`].
///
/// ```no_run
/// # async fn run(client: hundredms::Client, router: hundredms::webhooks::Router) -> hundredms::Result<()> {
/// use std::time::Duration;
/// use hundredms::{Timestamp, webhooks};
///
/// let now = Timestamp::now();
/// let fed = webhooks::recover(&client, now - Duration::from_secs(86_400), now).feed(&router).await?;
/// println!("{} handled after all, {} failed again", fed.handled, fed.failed);
/// # Ok(())
/// # }
/// ```
pub fn recover(client: &Client, from: Timestamp, to: Timestamp) -> Recovery {
    Recovery {
        client: client.clone(),
        from,
        to,
        room_id: None,
        types: Vec::new(),
    }
}

/// Failed deliveries that can be listed, replayed or fed to a router.
#[derive(Debug, Clone)]
#[must_use]
pub struct Recovery {
    client: Client,
    from: Timestamp,
    to: Timestamp,
    room_id: Option<String>,
    types: Vec<WebhookEventName>,
}

/// The result of feeding failed deliveries to a router.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovered {
    /// Events that a handler handled, or accepted.
    pub handled: usize,
    /// Events that were handled before.
    pub duplicates: usize,
    /// Events that are being handled, or whose handler died less than a lease ago. Recover again to be sure of them.
    pub in_progress: usize,
    /// Events without a handler.
    pub unhandled: usize,
    /// Events whose handler failed.
    pub failed: usize,
}

impl Recovery {
    /// Only events of this room.
    pub fn room_id(mut self, room_id: impl Into<String>) -> Self {
        self.room_id = Some(room_id.into());
        self
    }

    /// Only events of these types.
    pub fn types(mut self, types: impl IntoIterator<Item = WebhookEventName>) -> Self {
        self.types = types.into_iter().collect();
        self
    }

    /// List the failed deliveries, each event once, oldest first.
    ///
    /// # Errors
    ///
    /// `invalid_request` if the range is empty; else as `analytics.list_webhook_events`.
    pub async fn list(&self) -> Result<Vec<AnalyticsWebhookEvent>> {
        let mut seen = HashSet::new();
        let mut failed = Vec::new();
        for window in self.windows()? {
            let request = self.listing(window);
            let mut deliveries = self.client.analytics().list_webhook_events(request);
            while let Some(delivery) = deliveries.next().await {
                let delivery = delivery?;
                if seen.insert(delivery.event_id.clone()) {
                    failed.push(delivery);
                }
            }
        }
        failed.sort_by_key(|delivery| delivery.event_timestamp);
        Ok(failed)
    }

    /// Ask the service to send the failed deliveries again, as replays: one workflow for each 14 days, or more if more than 50 000
    /// failed. Each starts when the previous one is over, at ten deliveries a second. This does not wait for the last one.
    ///
    /// # Errors
    ///
    /// `invalid_request` if the range is empty; else as `analytics.list_webhook_events` and `analytics.replay_webhook_events`.
    pub async fn replay(&self) -> Result<Vec<AnalyticsWebhookReplay>> {
        let analytics = self.client.analytics();
        let mut replays = Vec::new();
        for (start, end) in self.windows()? {
            let listing = self.listing((start, end));
            let page = analytics.list_webhook_events(listing).first_page().await?;
            let failed = page.pagination.total_items;
            let mut offset = 0;
            while offset < failed {
                let mut request = ReplayWebhookEvents::new()
                    .start_time(start)
                    .end_time(end)
                    .status(DeliveryStatus::Failed);
                request.room_id.clone_from(&self.room_id);
                if !self.types.is_empty() {
                    request = request.event_names(self.types.iter().cloned());
                }
                if offset > 0 {
                    request = request.offset(offset);
                }
                if let Some(before) = replays.last() {
                    self.until_over(before).await?;
                }
                replays.push(analytics.replay_webhook_events(request).await?);
                offset += MOST_REPLAYED;
            }
        }
        Ok(replays)
    }

    /// Wait until a replay is over, successful or not.
    async fn until_over(&self, replay: &AnalyticsWebhookReplay) -> Result<()> {
        let mut pause = SHORTEST_PAUSE;
        loop {
            let workflow = GetWebhookReplay::new(&replay.workflow_id);
            let state = self.client.send(workflow).await?;
            let is_over = matches!(
                state.status,
                WebhookReplayState::Completed
                    | WebhookReplayState::CompletedWithFailures
                    | WebhookReplayState::Failed
                    | WebhookReplayState::Canceled
                    | WebhookReplayState::Terminated
            );
            if is_over || state.completed_at.is_some() {
                return Ok(());
            }
            self.client.clock().sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Pass the failed deliveries to a router, as replays, oldest first. Events that were handled meanwhile are not handled again.
    ///
    /// # Errors
    ///
    /// As [`list`](Self::list). Failures of handlers are not errors: they are counted.
    pub async fn feed(&self, router: &Router) -> Result<Recovered> {
        let mut fed = Recovered::default();
        for delivery in self.list().await? {
            let count = match router.dispatch(event(delivery)?).await {
                DeliveryOutcome::Handled | DeliveryOutcome::Accepted => &mut fed.handled,
                DeliveryOutcome::Duplicate => &mut fed.duplicates,
                DeliveryOutcome::InProgress => &mut fed.in_progress,
                DeliveryOutcome::NoHandler => &mut fed.unhandled,
                _ => &mut fed.failed,
            };
            *count += 1;
        }
        Ok(fed)
    }

    /// The list of failed deliveries in one part of the range.
    fn listing(&self, (start, end): (Timestamp, Timestamp)) -> ListWebhookEvents {
        let mut request = ListWebhookEvents::new()
            .start_time(start)
            .end_time(end)
            .status(DeliveryStatus::Failed);
        request.room_id.clone_from(&self.room_id);
        if !self.types.is_empty() {
            request = request.event_names(self.types.iter().cloned());
        }
        request
    }

    /// The range in parts that the service accepts, oldest first.
    fn windows(&self) -> Result<Vec<(Timestamp, Timestamp)>> {
        if self.from >= self.to {
            let message = "recover: the range ends before it begins";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        let mut windows = Vec::new();
        let mut start = self.from;
        while start < self.to {
            let end = start
                .checked_add(WINDOW)
                .map_or(self.to, |end| end.min(self.to));
            windows.push((start, end));
            start = end;
        }
        Ok(windows)
    }
}

/// The event of a delivery.
fn event(delivery: AnalyticsWebhookEvent) -> Result<Event> {
    let mut data = delivery.payload.event_data;
    data.entry("room_id")
        .or_insert(Value::from(delivery.room_id));
    let body = json!({
        "id": delivery.event_id,
        "type": delivery.payload.original_event_name,
        "timestamp": delivery.event_timestamp,
        "is_replay": true,
        "data": data,
    });
    parse(body.to_string()).map_err(|refusal| Error::new(ErrorKind::Decode, refusal.message()))
}
