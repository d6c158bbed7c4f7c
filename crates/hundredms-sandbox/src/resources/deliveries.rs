//! The log of webhook deliveries: `/analytics/webhooks`.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, ApiError},
    clock,
    events::Event,
    ids::ObjectId,
    limits,
    operations::Operation,
    request::Request,
    state::State,
    webhooks::target::Webhook,
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.list_webhook_events",
    "GET",
    "/analytics/webhooks",
    list_webhook_events,
)];

/// The events that can be listed and replayed; the log holds others too.
pub(crate) const LISTED: [&str; 12] = [
    "session.open.success",
    "session.close.success",
    "peer.join.success",
    "peer.leave.success",
    "recording.success",
    "recording.failed",
    "transcription.success",
    "beam.started.success",
    "beam.stopped.success",
    "beam.recording.success",
    "hls.recording.success",
    "stream.recording.success",
];

/// How far back a range may begin.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a range may be.
const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The default start of a range, before now.
const USUAL: SignedDuration = SignedDuration::from_hours(24);

/// The delivery of one event to a URL, including its automatic retries.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) event: Arc<Event>,
    /// What is sent.
    pub(crate) body: Bytes,
    pub(crate) url: String,
    /// The headers sent with it, without their values.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) is_replay: bool,
    pub(crate) attempts: Vec<Attempt>,
    /// When the next attempt is made. `None` if it is running or there is none.
    pub(crate) next_attempt_at: Option<Timestamp>,
    /// When the outcome was known. Until then, when it was created.
    pub(crate) at: Timestamp,
    pub(crate) outcome: Outcome,
    /// Why a replay of it fails without being sent. `None` if it is sent.
    pub(crate) replay_failure: Option<String>,
}

impl Delivery {
    /// A delivery that begins.
    pub(crate) fn pending(
        event: Arc<Event>,
        body: Bytes,
        webhook: &Webhook,
        is_replay: bool,
        now: Timestamp,
    ) -> Self {
        Self {
            event,
            body,
            url: webhook.url.clone(),
            headers: webhook.redacted_headers(),
            is_replay,
            attempts: Vec::new(),
            next_attempt_at: None,
            at: now,
            outcome: Outcome::Pending,
            replay_failure: None,
        }
    }

    /// The approximate number of bytes of memory that it takes.
    fn bytes(&self) -> usize {
        let headers = self.headers.iter();
        let headers =
            headers.map(|(name, value)| size_of::<[String; 2]>() + name.len() + value.len());
        size_of::<Self>()
            + size_of::<Event>()
            + limits::weight(&self.event.data)
            + self.body.len()
            + self.url.len()
            + headers.sum::<usize>()
    }

    /// The replay of a delivery that is set to fail again.
    pub(super) fn failed_again(&self, now: Timestamp) -> Self {
        Self {
            is_replay: true,
            at: now,
            ..self.clone()
        }
    }
}

/// One try to send a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) at: Timestamp,
    pub(crate) took: Duration,
    /// The receiver's response, if there was one.
    pub(crate) status: Option<u16>,
    pub(crate) error_reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Not known yet.
    Pending,
    Delivered,
    /// With the reason, such as `timeout`.
    Failed(String),
    /// Dropped when a snapshot was restored.
    Dropped,
}

/// The latest deliveries, in the order they were begun.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deliveries {
    log: VecDeque<Delivery>,
    bytes: usize,
    forgotten: usize,
}

impl Deliveries {
    /// Add a delivery to the log. Its position there does not change.
    pub(crate) fn push(&mut self, delivery: Delivery) -> usize {
        self.bytes += delivery.bytes();
        self.log.push_back(delivery);
        while self.log.len() > limits::DELIVERIES
            || (self.bytes > limits::DELIVERIES_BYTES && self.log.len() > 1)
        {
            let Some(oldest) = self.log.pop_front() else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(oldest.bytes());
            self.forgotten += 1;
        }
        self.forgotten + self.log.len() - 1
    }

    pub(super) fn at(&self, place: usize) -> Option<&Delivery> {
        self.log.get(place.checked_sub(self.forgotten)?)
    }

    pub(crate) fn at_mut(&mut self, place: usize) -> Option<&mut Delivery> {
        self.log.get_mut(place.checked_sub(self.forgotten)?)
    }

    /// All, oldest first.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &Delivery> {
        self.log.iter()
    }

    /// Drop the deliveries that are not finished.
    pub(crate) fn drop_pending(&mut self) {
        let pending = |delivery: &&mut Delivery| delivery.outcome == Outcome::Pending;
        for delivery in self.log.iter_mut().filter(pending) {
            delivery.outcome = Outcome::Dropped;
            delivery.next_attempt_at = None;
        }
    }

    /// The selected deliveries, ordered by when their outcome was known, with their positions.
    pub(super) fn selected(&self, selection: &Selection) -> Vec<(usize, &Delivery)> {
        let log = self.log.iter().enumerate();
        let mut selected: Vec<_> = log
            .filter(|(_, delivery)| selection.takes(delivery))
            .map(|(index, delivery)| (self.forgotten + index, delivery))
            .collect();
        selected.sort_by_key(|(_, delivery)| delivery.at);
        selected
    }
}

/// Which deliveries to select, in a list or in a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    pub(super) range: Range,
    /// Empty for all rooms.
    pub(super) room_id: String,
    /// Empty for all that can be listed.
    pub(super) event_names: Vec<String>,
    pub(super) status: Status,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    All,
    Failed,
    Success,
}

impl Status {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "failed" => Some(Self::Failed),
            "success" => Some(Self::Success),
            _ => None,
        }
    }
}

impl Selection {
    fn takes(&self, delivery: &Delivery) -> bool {
        let event = &delivery.event;
        let room_fits = || self.room_id.parse().ok() == event.room_id;
        (self.range.start..=self.range.end).contains(&delivery.at)
            && (self.room_id.is_empty() || room_fits())
            && if self.event_names.is_empty() {
                LISTED.contains(&&*event.kind)
            } else {
                self.event_names.iter().any(|name| *name == event.kind)
            }
            && match self.status {
                Status::All => !matches!(delivery.outcome, Outcome::Pending | Outcome::Dropped),
                Status::Failed => matches!(delivery.outcome, Outcome::Failed(_)),
                Status::Success => delivery.outcome == Outcome::Delivered,
            }
    }
}

/// A span of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
}

impl Range {
    /// The requested range. Defaults to the last 24 hours. 400 if it starts too early or is too long.
    pub(super) fn new(
        now: Timestamp,
        start: Option<Timestamp>,
        end: Option<Timestamp>,
    ) -> Result<Self, ApiError> {
        let start = start.unwrap_or(now - USUAL);
        let end = end.unwrap_or(now);
        if now.duration_since(start) > KEPT {
            return Err(ApiError::bad_request(
                "start_time must be within the last 30 days",
            ));
        }
        let length = end.duration_since(start);
        if length.is_negative() || length > LONGEST {
            return Err(ApiError::bad_request(
                "end_time must be within 14 days after start_time",
            ));
        }
        Ok(Self { start, end })
    }
}

fn list_webhook_events(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let (start, end) = (
        request.query_time("start_time")?,
        request.query_time("end_time")?,
    );
    let range = Range::new(state.now(), start, end)?;
    let status = request.query_parsed("status", "all, failed or success", Status::parse)?;
    let event_names: Vec<String> = request
        .query_all("event_names")
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if !event_names
        .iter()
        .all(|name| LISTED.contains(&name.as_str()))
    {
        let expected = format!("one of {}", LISTED.join(", "));
        return Err(ApiError::query_param("event_names", &expected));
    }
    let size = request.query_integer("limit")?.unwrap_or(50).clamp(1, 100);
    let size = usize::try_from(size).unwrap_or(50);
    let page = request.query_integer("page")?.unwrap_or(1).max(1);
    let page = usize::try_from(page).unwrap_or(usize::MAX);

    let selection = Selection {
        range,
        room_id: request.query("room_id").unwrap_or_default().to_owned(),
        event_names,
        status: status.unwrap_or(Status::All),
    };
    let selected = state.deliveries.selected(&selection);
    let total = selected.len();
    let events: Vec<DeliveryAnswer<'_>> = selected
        .into_iter()
        .rev()
        .skip((page - 1).saturating_mul(size))
        .take(size)
        .map(|(_, delivery)| delivery_answer(delivery))
        .collect();
    let pages = total.div_ceil(size);
    Ok(Answer::ok(&json!({
        "events": events,
        "pagination": {
            "current_page": page, "page_size": size, "total_pages": pages, "total_items": total,
            "has_next": page < pages, "has_prev": page > 1,
        },
        "summary": {"total_events": total},
    })))
}

#[derive(Debug, Serialize)]
struct DeliveryAnswer<'a> {
    event_id: &'a str,
    event_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<ObjectId>,
    #[serde(serialize_with = "clock::serialize")]
    event_timestamp: Timestamp,
    payload: Payload<'a>,
}

#[derive(Debug, Serialize)]
struct Payload<'a> {
    event_data: &'a Value,
    webhook_url: &'a str,
    original_event_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_reason: Option<&'a str>,
}

fn delivery_answer(delivery: &Delivery) -> DeliveryAnswer<'_> {
    let (event_name, error_reason) = match &delivery.outcome {
        Outcome::Failed(reason) => ("reporter.webhook.delivery.failed", Some(reason.as_str())),
        _ => ("reporter.webhook.delivery.success", None),
    };
    DeliveryAnswer {
        event_id: &delivery.event.id,
        event_name,
        room_id: delivery.event.room_id,
        event_timestamp: delivery.at,
        payload: Payload {
            event_data: &delivery.event.data,
            webhook_url: &delivery.url,
            original_event_name: &delivery.event.kind,
            error_reason,
        },
    }
}
