//! The log of webhook deliveries.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::{
    api_response::ApiError,
    limits,
    state::{event::Event, webhook_target::Webhook},
};

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
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a range may be.
const MAX_RANGE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The default start of a range, before now.
const DEFAULT_RANGE: SignedDuration = SignedDuration::from_hours(24);

/// The delivery of one event to a URL, including its automatic retries.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) event: Arc<Event>,
    /// The body.
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
    /// Return a delivery without attempts.
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

    /// Return the approximate number of bytes of memory that it takes.
    pub(crate) fn bytes(&self) -> usize {
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

    /// Return the replay of a delivery that is set to fail again.
    pub(crate) fn failed_again(&self, now: Timestamp) -> Self {
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
    pub(crate) log: VecDeque<Delivery>,
    pub(crate) bytes: usize,
    pub(crate) forgotten: usize,
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

    pub(crate) fn at(&self, place: usize) -> Option<&Delivery> {
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

    /// Return the selected deliveries, ordered by when their outcome was known, with their positions.
    pub(crate) fn selected(&self, selection: &Selection) -> Vec<(usize, &Delivery)> {
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
pub(crate) struct Selection {
    pub(crate) range: Range,
    /// Empty for all rooms.
    pub(crate) room_id: String,
    /// Empty for all that can be listed.
    pub(crate) event_names: Vec<String>,
    pub(crate) status: Status,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    All,
    Failed,
    Success,
}

impl Status {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "failed" => Some(Self::Failed),
            "success" => Some(Self::Success),
            _ => None,
        }
    }
}

impl Selection {
    pub(crate) fn takes(&self, delivery: &Delivery) -> bool {
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
pub(crate) struct Range {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

impl Range {
    /// Return the requested range. Defaults to the last 24 hours. 400 if it starts too early or is too long.
    pub(crate) fn new(
        now: Timestamp,
        start: Option<Timestamp>,
        end: Option<Timestamp>,
    ) -> Result<Self, ApiError> {
        let start = start.unwrap_or(now - DEFAULT_RANGE);
        let end = end.unwrap_or(now);
        if now.duration_since(start) > RETENTION {
            return Err(ApiError::bad_request(
                "start_time must be within the last 30 days",
            ));
        }
        let length = end.duration_since(start);
        if length.is_negative() || length > MAX_RANGE {
            return Err(ApiError::bad_request(
                "end_time must be within 14 days after start_time",
            ));
        }
        Ok(Self { start, end })
    }
}
