//! [`LookAtHistory`]: reads new events from the service's history of webhooks, for `webhooks::tail`.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::context::JobContext;
use super::wait::{FAILED_LOOKS, FIRST_PAUSE, LONGEST_PAUSE, asked_pause, is_passing, longer};
use crate::define::{job, model};
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::paging::{Paged, next_cursor};
use crate::resources::analytics::{
    AnalyticsWebhookEvent, AnalyticsWebhookEventList, ListWebhookEvents, WebhookEventName,
};
use crate::response::Response;
use crate::transport::backoff::jittered;
use crate::wire::extra::Extra;

/// No progress is reported.
type Nothing = ();

/// Each look begins this long before the end of the one before, because the history may list an event later than it happened: after
/// the retries of its delivery, which take 14 s and four timeouts.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// The range of a look into the past, at first and at most. The service accepts 14 days.
const FIRST_RANGE: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_RANGE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A range with more events than this is divided, down to this length, so that not all of them are in memory.
const MOST_AT_ONCE: i64 = 2_000;
const SHORTEST_RANGE: SignedDuration = SignedDuration::from_mins(1);

/// A job without events ends after this time, so that the caller gets the new cursor.
const REFRESH: Duration = Duration::from_secs(60);

/// This many looks in a row may fail because of the network or the service, once one has succeeded: about ten minutes.
const FAILED_LATER: u32 = 60;

job! {
    /// Look at the history until there are new events.
    LookAtHistory: "webhooks.tail" -> HistoryLook;
    by hand; timeout 31_536_000; reports Nothing;
    arguments {
        /// Where to start. Defaults to now.
        optional since: Timestamp,
        /// Where to continue, instead of `since`: the cursor of an earlier look.
        optional cursor: String,
        /// Only events of this room.
        filter room_id: String,
        /// Only events of these types.
        filter event_names: [WebhookEventName],
        /// The state of the look before.
        optional state: LookState,
    }
}

model! {
    /// What a look hands over to the next one.
    both LookState {
        /// Seconds before the next look.
        required pause: f64,
        /// Whether a sandbox skips the pause.
        required skips: bool,
        /// By how many seconds the service's clock is ahead.
        required ahead: f64,
    }
}

model! {
    /// What a look has found.
    answer HistoryLook {
        /// The new events, oldest first, each as the JSON text of a webhook's body.
        required events: [String],
        /// The cursor before the first of them.
        required before: String,
        /// The cursor after the last of them.
        required after: String,
        /// The state for the next look.
        required state: LookState,
    }
}

/// A place in the history: where the next look begins, and the events that it will find again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Cursor {
    since: Timestamp,
    /// When they happened, by id.
    seen: BTreeMap<String, Timestamp>,
}

impl Cursor {
    fn at(since: Timestamp) -> Self {
        Self {
            since,
            seen: BTreeMap::new(),
        }
    }

    /// Add an event that the caller has got. An event without a time counts as new.
    pub(crate) fn add(&mut self, id: String, timestamp: Option<Timestamp>) {
        self.seen.insert(id, timestamp.unwrap_or(Timestamp::MAX));
    }

    /// Begin the next look before `end`. Forget the events that it will not find.
    fn advance(&mut self, end: Timestamp) {
        let since = end.checked_sub(OVERLAP).unwrap_or(self.since);
        self.since = self.since.max(since);
        let oldest = self.since.checked_sub(OVERLAP).unwrap_or(self.since);
        for timestamp in self.seen.values_mut() {
            *timestamp = (*timestamp).min(end);
        }
        self.seen.retain(|_, timestamp| *timestamp >= oldest);
    }

    /// Parse a cursor. `None` if it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// The body of the webhook of a delivery. The history has less data than the webhook.
pub(crate) fn body_of(delivery: AnalyticsWebhookEvent, is_replay: bool) -> String {
    let mut data = delivery.payload.event_data;
    data.entry("room_id")
        .or_insert(Value::from(delivery.room_id));
    let body = json!({
        "id": delivery.event_id,
        "type": delivery.payload.original_event_name,
        "timestamp": delivery.event_timestamp,
        "is_replay": is_replay,
        "data": data,
    });
    body.to_string()
}

impl LookAtHistory {
    async fn execute(self, context: JobContext<Nothing>) -> Result<HistoryLook> {
        if self.since.is_some() && self.cursor.is_some() && self.state.is_none() {
            let reason = "must not be given together with since";
            return Err(Error::invalid_request(context.name(), "cursor", reason));
        }
        let given = self.cursor.as_deref().map(|text| {
            let cursor = Cursor::parse(text);
            let reason = "must be a cursor of an earlier `webhooks.tail`";
            cursor.ok_or_else(|| Error::invalid_request(context.name(), "cursor", reason))
        });
        let given = given.transpose()?;
        let most_failed = if self.state.is_some() {
            FAILED_LATER
        } else {
            FAILED_LOOKS
        };
        let mut looks = Looks::resume(&context, self.state.as_ref());
        let mut failed = 0;
        let mut cursor = given;
        loop {
            let looked = match &cursor {
                Some(cursor) if looks.ahead.is_some() => looks.look(&self, cursor).await,
                _ => {
                    // The first request shows the service's time.
                    let begun = looks.begin(self.since).await;
                    begun.map(|start| (Vec::new(), cursor.clone().unwrap_or(start)))
                }
            };
            match looked {
                Ok((events, after)) => {
                    failed = 0;
                    let before = cursor.unwrap_or_else(|| after.clone());
                    if !events.is_empty() || context.elapsed() >= REFRESH {
                        return Ok(looks.found(events, &before, &after));
                    }
                    cursor = Some(after);
                }
                Err(error) if is_passing(&error, context.name()) && failed < most_failed => {
                    failed += 1;
                    looks.slow_down();
                    looks.pause = looks.pause.max(asked_pause(&error));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn request(&self, start: Timestamp, end: Option<Timestamp>) -> ListWebhookEvents {
        let mut request = ListWebhookEvents::new().start_time(start).limit(100);
        request.end_time = end;
        request.room_id.clone_from(&self.room_id);
        request.event_names.clone_from(&self.event_names);
        request
    }
}

/// Looks at the history again and again.
struct Looks<'a> {
    context: &'a JobContext<Nothing>,
    pause: Duration,
    /// By how much the service's clock is ahead. `None` before the first response.
    ahead: Option<SignedDuration>,
    /// The range of the next look into the past.
    range: SignedDuration,
}

impl<'a> Looks<'a> {
    fn resume(context: &'a JobContext<Nothing>, state: Option<&LookState>) -> Self {
        let seconds = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or_default();
        context.set_skips(state.is_some_and(|state| state.skips));
        Self {
            context,
            pause: state.map_or(Duration::ZERO, |state| {
                seconds(state.pause).min(LONGEST_PAUSE)
            }),
            ahead: state.and_then(|state| SignedDuration::try_from_secs_f64(state.ahead).ok()),
            range: FIRST_RANGE,
        }
    }

    /// Make the first request. Return where to start.
    async fn begin(&mut self, since: Option<Timestamp>) -> Result<Cursor> {
        let response = self.respond(ListWebhookEvents::new().limit(1)).await?;
        self.pause = Duration::ZERO;
        Ok(Cursor::at(since.unwrap_or_else(|| self.now(&response))))
    }

    /// Look once. Return the new events, and the cursor after them.
    async fn look(
        &mut self,
        job: &LookAtHistory,
        cursor: &Cursor,
    ) -> Result<(Vec<String>, Cursor)> {
        let start = cursor.since;
        let (response, end) = loop {
            let until_now = self.service_time().duration_since(start);
            let end = (until_now > self.range).then(|| start + self.range);
            let response = self.respond(job.request(start, end)).await?;
            let shown = self.range.min(until_now);
            if response.value.pagination.total_items <= MOST_AT_ONCE || shown <= SHORTEST_RANGE {
                break (response, end);
            }
            self.range = (shown / 4).max(SHORTEST_RANGE);
            self.pause = Duration::ZERO;
        };
        let looked_until = end.unwrap_or_else(|| self.now(&response));
        let total = response.value.pagination.total_items;
        let mut deliveries = self
            .all_pages(job.request(start, end), response.value)
            .await?;
        if end.is_some() && total < MOST_AT_ONCE / 4 {
            self.range = (self.range * 2).min(LONGEST_RANGE);
        }

        let mut listed = HashSet::new();
        // The newest are listed first.
        deliveries.reverse();
        deliveries.sort_by_key(|delivery| delivery.event_timestamp);
        deliveries.retain(|delivery| {
            !cursor.seen.contains_key(&delivery.event_id)
                && listed.insert(delivery.event_id.clone())
        });
        let mut after = cursor.clone();
        for delivery in &deliveries {
            after.add(delivery.event_id.clone(), delivery.event_timestamp);
        }
        after.advance(looked_until);
        if end.is_some() {
            self.pause = Duration::ZERO;
        } else if deliveries.is_empty() {
            self.slow_down();
        } else {
            self.pause = FIRST_PAUSE;
        }
        let events = deliveries
            .into_iter()
            .map(|delivery| body_of(delivery, false));
        Ok((events.collect(), after))
    }

    /// Read the pages after the first one.
    async fn all_pages(
        &self,
        mut request: ListWebhookEvents,
        first: AnalyticsWebhookEventList,
    ) -> Result<Vec<AnalyticsWebhookEvent>> {
        let mut next = ListWebhookEvents::cursor(&first);
        let mut deliveries = ListWebhookEvents::items(first);
        while let Some(cursor) = next {
            request.resume(cursor.clone());
            let page = self.context.call(request.clone()).await?;
            next = next_cursor::<ListWebhookEvents>(&page, Some(&cursor))?;
            deliveries.extend(ListWebhookEvents::items(page));
        }
        Ok(deliveries)
    }

    async fn respond(
        &mut self,
        request: ListWebhookEvents,
    ) -> Result<Response<AnalyticsWebhookEventList>> {
        let pause = jittered(self.pause);
        let response = self.context.respond_after(pause, request).await?;
        let now = self.now(&response);
        let own = self.context.client().clock().unix();
        self.ahead = Some(now.duration_since(own));
        Ok(response)
    }

    fn now(&self, response: &Response<AnalyticsWebhookEventList>) -> Timestamp {
        self.context.service_time(&response.headers)
    }

    fn service_time(&self) -> Timestamp {
        let own = self.context.client().clock().unix();
        own.checked_add(self.ahead.unwrap_or_default())
            .unwrap_or(own)
    }

    fn slow_down(&mut self) {
        self.pause = longer(self.pause);
    }

    fn found(&self, events: Vec<String>, before: &Cursor, after: &Cursor) -> HistoryLook {
        HistoryLook {
            events,
            before: before.to_string(),
            after: after.to_string(),
            state: LookState {
                pause: self.pause.as_secs_f64(),
                skips: self.context.skips(),
                ahead: self.ahead.unwrap_or_default().as_secs_f64(),
                extra: Extra::default(),
            },
            extra: Extra::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::{Cursor, OVERLAP};

    #[test]
    fn events_are_forgotten_when_no_look_can_find_them_again() {
        let start = "2026-03-01T10:00:00Z".parse().expect("a time");
        let mut cursor = Cursor::at(start);
        for second in 0..10_000 {
            let now = start + SignedDuration::from_secs(second);
            cursor.add(format!("e{second}"), Some(now));
            cursor.advance(now);
            assert!(cursor.since <= now && now.duration_since(cursor.since) <= OVERLAP);
            assert!(cursor.seen.len() <= 601, "{}", cursor.seen.len());
        }
        let text = cursor.to_string();
        assert_eq!(Cursor::parse(&text).expect("a cursor").to_string(), text);
        cursor.add("timeless".into(), None);
        cursor.advance(start + SignedDuration::from_secs(10_001));
        assert!(cursor.seen.contains_key("timeless"));
        cursor.advance(start + SignedDuration::from_secs(12_000));
        assert!(cursor.seen.is_empty());
    }
}
