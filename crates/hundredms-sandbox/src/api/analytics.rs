//! Analytics events of tracks, recordings and client errors: `/analytics/events`.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    request::Request,
    state::{
        State,
        analytics::{Event, RECORDED},
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.list_events",
    "GET",
    "/analytics/events",
    list_events,
)];

/// How far back events reach.
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long the pages after the first one are available.
const CURSOR_VALIDITY: SignedDuration = SignedDuration::from_hours(24);

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

/// Where a page begins in the snapshot of events of the first page.
struct Cursor {
    /// When the first page was requested.
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

    /// Return the cursor of the page that begins at `next`.
    fn leading_to(&self, next: usize) -> String {
        format!("{}:{}:{next}", self.first_asked.as_millisecond(), self.end)
    }
}

fn list_events(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
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
                    .filter(|cursor| now.duration_since(cursor.first_asked) <= CURSOR_VALIDITY)
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
        cursor.first_asked.duration_since(event.timestamp) <= RETENTION
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
    Ok(ApiResponse::ok(
        &json!({"limit": page.len(), "total": matching.len(), "next": next, "events": page}),
    ))
}
