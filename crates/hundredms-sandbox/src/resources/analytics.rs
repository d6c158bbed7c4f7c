//! Analytics events of tracks, recordings and client errors: `/analytics/events`.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use super::session_hooks::{TrackChange, TrackEvent};
use crate::{
    answer::{Answer, ApiError},
    clock,
    ids::uuid,
    operations::Operation,
    request::Request,
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.list_events",
    "GET",
    "/analytics/events",
    list_events,
)];

/// How far back events reach.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long the pages after the first one are available.
const PAGING: SignedDuration = SignedDuration::from_hours(24);

const RECORDED: &str = "beam.recording.success";

/// Types of events, client errors last.
const KINDS: [&str; 9] = [
    "track.add.success",
    "track.update.success",
    "track.remove.success",
    RECORDED,
    "client.publish.failed",
    "client.subscribe.failed",
    "client.join.failed",
    "client.disconnected",
    "client.connect.failed",
];

/// An event, stored as in responses.
#[derive(Debug, Clone, Serialize)]
struct Event {
    version: &'static str,
    id: String,
    #[serde(serialize_with = "clock::serialize")]
    timestamp: Timestamp,
    #[serde(rename = "type")]
    kind: &'static str,
    data: Value,
}

/// All events, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analytics {
    events: Vec<Event>,
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

/// Note a change of a track.
pub(super) fn track_changed(state: &mut State, change: &TrackChange<'_>) {
    let Some((session, peer)) = state.sessions.peer(change.peer_id) else {
        return;
    };
    let track = change.track;
    let now = state.now();
    let mut data = json!({
        "room_id": session.room_id, "session_id": session.id, "room_name": state.rooms.of_id(session.room_id).name,
        "peer_id": peer.id, "user_id": peer.user_id, "user_name": peer.name,
        "joined_at": clock::text(peer.joined_at), "role": peer.role,
        "track_id": track.id, "stream_id": track.stream_id, "type": track.kind, "source": track.source,
        "mute": track.mute, "started_at": clock::text(track.started_at),
    });
    let kind = match change.event {
        TrackEvent::Added => "track.add.success",
        TrackEvent::Updated => "track.update.success",
        TrackEvent::Removed => {
            data["stopped_at"] = clock::text(now).into();
            "track.remove.success"
        }
    };
    state.analytics.record(kind, now, data);
}

/// Where a page begins in the snapshot of events of the first page.
struct Cursor {
    /// When the first page was asked for.
    first_asked: Timestamp,
    /// How many events there were then.
    end: usize,
    /// The place of the page's first event.
    next: usize,
}

impl Cursor {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let first_asked = Timestamp::from_millisecond(parts.next()?.parse().ok()?).ok()?;
        let cursor = Self {
            first_asked,
            end: parts.next()?.parse().ok()?,
            next: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(cursor)
    }

    /// The cursor of the page that begins at `next`.
    fn leading_to(&self, next: usize) -> String {
        format!("{}:{}:{next}", self.first_asked.as_millisecond(), self.end)
    }
}

fn list_events(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    if request.query_all("room_id").next().is_none() {
        return Err(ApiError::query_param("room_id", "given"));
    }
    let kinds: Vec<&str> = request.query_all("type").collect();
    if !kinds.iter().all(|kind| KINDS.contains(kind)) {
        return Err(ApiError::query_param("type", "a type of event"));
    }
    let errors_only = request.query_bool("error")?.unwrap_or(false);
    let limit = request.query_integer("limit")?.unwrap_or(10).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(10);
    let now = state.now();
    let cursor = request
        .query_parsed(
            "start",
            "the next of a page whose first was asked for within 24 hours",
            |start| {
                Cursor::parse(start)
                    .filter(|cursor| now.duration_since(cursor.first_asked) <= PAGING)
            },
        )?
        .unwrap_or(Cursor {
            first_asked: now,
            end: state.analytics.events.len(),
            next: 0,
        });

    // An empty `room_id` is no room's.
    let room_id = request.query("room_id").unwrap_or_default();
    let filters = ["session_id", "peer_id", "user_id", "beam_id"];
    let fits = |event: &Event| {
        cursor.first_asked.duration_since(event.timestamp) <= KEPT
            && event.data["room_id"] == room_id
            && (kinds.is_empty() || kinds.contains(&event.kind))
            && (!errors_only || event.kind.starts_with("client."))
            && filters.iter().all(|name| {
                request
                    .query(name)
                    .is_none_or(|value| event.data[name] == value)
            })
    };
    let events = state.analytics.events.iter().take(cursor.end);
    let matching: Vec<(usize, &Event)> = events
        .enumerate()
        .filter(|(_, event)| fits(event))
        .collect();
    let mut rest = matching
        .iter()
        .skip_while(|(place, _)| *place < cursor.next);
    let page: Vec<&Event> = rest.by_ref().take(limit).map(|(_, event)| *event).collect();
    let next = rest
        .next()
        .map(|(place, _)| cursor.leading_to(*place))
        .unwrap_or_default();
    Ok(Answer::ok(
        &json!({"limit": page.len(), "total": matching.len(), "next": next, "events": page}),
    ))
}
