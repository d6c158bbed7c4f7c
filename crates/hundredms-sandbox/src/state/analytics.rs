//! The store of analytics events.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::{clock, ids::uuid};

pub(crate) const RECORDED: &str = "beam.recording.success";

/// An event, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Event {
    pub(crate) version: &'static str,
    pub(crate) id: String,
    #[serde(serialize_with = "clock::serialize")]
    pub(crate) timestamp: Timestamp,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) data: Value,
}

/// All events, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analytics {
    pub(crate) events: Vec<Event>,
}

impl Analytics {
    pub(crate) fn record(&mut self, kind: &'static str, now: Timestamp, data: Value) {
        self.events.push(Event {
            version: "2.0",
            id: uuid(),
            timestamp: now,
            kind,
            data,
        });
    }

    /// Add the webhook events that analytics shows.
    pub(crate) fn follow_webhooks(&mut self, kind: &str, now: Timestamp, data: &Value) {
        const FIELDS: [&str; 18] = [
            "beam_id",
            "room_id",
            "peer_id",
            "session_id",
            "template_id",
            "created_at",
            "duration",
            "location",
            "started_at",
            "stopped_at",
            "max_width",
            "max_height",
            "recording_path",
            "recording_presigned_url",
            "meeting_url",
            "rtmp",
            "session_started_at",
            "size",
        ];
        if kind == RECORDED {
            let shown = FIELDS
                .iter()
                .filter_map(|field| Some(((*field).to_owned(), data.get(*field)?.clone())));
            self.record(RECORDED, now, shown.collect());
        }
    }
}
