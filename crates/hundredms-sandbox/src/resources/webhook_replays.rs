//! Replays of webhooks from the log of deliveries: `/analytics/webhooks/replay`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::deliveries::{LISTED, Range, Selection, Status};
use crate::{
    answer::{Answer, ApiError},
    clock,
    ids::uuid,
    limits,
    operations::Operation,
    request::Request,
    shape::{Shape, UNLIMITED, optional},
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new(
        "analytics.replay_webhook_events",
        "POST",
        "/analytics/webhooks/replay",
        replay_webhook_events,
    ),
    Operation::new(
        "analytics.get_webhook_replay",
        "GET",
        "/analytics/webhooks/replay/{workflow_id}",
        get_webhook_replay,
    ),
];

/// The maximum number of webhooks of one replay.
const MOST: i64 = 50_000;

/// Ten a second.
const PACE: SignedDuration = SignedDuration::from_millis(100);

/// A replay, running or not.
#[derive(Debug, Clone)]
struct Replay {
    filters: Filters,
    started_at: Timestamp,
    completed_at: Option<Timestamp>,
    /// Places in the log of deliveries.
    queue: Vec<usize>,
    /// How many of them were taken from the queue.
    taken: usize,
    sent: usize,
    /// Ids of the events that could not be sent.
    failed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Filters {
    selection: Selection,
    limit: usize,
    offset: usize,
}

impl Filters {
    /// As the answer to a replay shows them; that of its state shows more.
    fn answer(&self) -> Value {
        let selection = &self.selection;
        let names = Some(&selection.event_names).filter(|names| !names.is_empty());
        json!({
            "start_time": clock::text(selection.range.start), "end_time": clock::text(selection.range.end),
            "room_id": selection.room_id, "event_types": names,
        })
    }
}

/// All replays by the id of their workflow.
#[derive(Debug, Clone, Default)]
pub(crate) struct WebhookReplays {
    by_id: BTreeMap<String, Replay>,
}

impl WebhookReplays {
    /// Forget the oldest replay that is over when there are many; 429 when all of them run.
    fn make_room(&mut self) -> Result<(), ApiError> {
        if self.by_id.len() < limits::REPLAYS {
            return Ok(());
        }
        let over = self.by_id.iter();
        let over = over.filter_map(|(id, replay)| Some((replay.completed_at?, id)));
        let oldest = over.min().map(|(_, id)| id.clone());
        let oldest = oldest
            .ok_or_else(|| ApiError::new(429, "rate limit exceeded, retry after 1 seconds"))?;
        self.by_id.remove(&oldest);
        Ok(())
    }
}

/// A body that has its shape.
#[derive(Deserialize)]
struct Body {
    start_time: Option<Timestamp>,
    end_time: Option<Timestamp>,
    room_id: Option<String>,
    event_names: Option<Vec<String>>,
    limit: Option<usize>,
    offset: Option<usize>,
    status: Option<Status>,
}

fn replay_webhook_events(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("start_time", Shape::Text),
        optional("end_time", Shape::Text),
        optional("room_id", Shape::Text),
        optional(
            "event_names",
            Shape::List(&Shape::OneOf(&LISTED), UNLIMITED),
        ),
        optional("limit", Shape::IntegerIn(0, MOST)),
        optional("offset", Shape::IntegerIn(0, i64::MAX)),
        optional("status", Shape::OneOf(&["all", "failed", "success"])),
    ]);
    let body = Body::deserialize(request.body(&BODY)?)
        .map_err(|error| ApiError::body_param([error.to_string()]))?;
    let filters = Filters {
        selection: Selection {
            range: Range::new(state.now(), body.start_time, body.end_time)?,
            room_id: body.room_id.unwrap_or_default(),
            event_names: body.event_names.unwrap_or_default(),
            status: body.status.unwrap_or(Status::Failed),
        },
        limit: body.limit.unwrap_or(usize::try_from(MOST).unwrap_or(0)),
        offset: body.offset.unwrap_or(0),
    };

    let mut replays = state.webhook_replays.by_id.iter();
    let same = |replay: &Replay| replay.completed_at.is_none() && replay.filters == filters;
    let running = replays.find(|(_, replay)| same(replay));
    if let Some((id, replay)) = running {
        return Ok(Answer::ok(&json!({
            "workflow_id": id, "status": "already_running", "message": "A replay with the same filters is in progress",
            "filters": replay.filters.answer(),
        })));
    }
    state.webhook_replays.make_room()?;
    let id = format!("webhook-replay-{}-{}", state.customer_id, &uuid()[..8]);
    let answer = json!({
        "workflow_id": id, "status": "started", "message": "Replay queued", "filters": filters.answer(),
    });
    start(state, id, filters);
    Ok(Answer::ok(&answer))
}

fn start(state: &mut State, id: String, filters: Filters) {
    let queue: Vec<usize> = state
        .deliveries
        .selected(&filters.selection)
        .into_iter()
        .map(|(place, _)| place)
        .skip(filters.offset)
        .take(filters.limit)
        .collect();
    let now = state.now();
    if !queue.is_empty() {
        state.schedule(now + PACE, send_next, id.clone());
    }
    let replay = Replay {
        filters,
        started_at: now,
        completed_at: queue.is_empty().then_some(now),
        queue,
        taken: 0,
        sent: 0,
        failed: Vec::new(),
    };
    state.webhook_replays.by_id.insert(id, replay);
}

/// Send the next webhook of a replay and log that.
fn send_next(state: &mut State, id: &str) {
    let now = state.now();
    let Some(replay) = state.webhook_replays.by_id.get_mut(id) else {
        return;
    };
    let Some(place) = replay.queue.get(replay.taken).copied() else {
        return;
    };
    replay.taken += 1;
    if replay.taken < replay.queue.len() {
        state.timeline.schedule(now + PACE, send_next, id.into());
    }
    match state.deliveries.at(place) {
        Some(delivery) if delivery.replay_failure.is_none() => {
            let again = (delivery.event.clone(), id.to_owned());
            state.replays_due.push(again);
        }
        Some(delivery) => {
            let again = delivery.failed_again(now);
            let event_id = again.event.id.clone();
            state.deliveries.push(again);
            answered(state, id, &event_id, false);
        }
        // The log has forgotten it meanwhile.
        None => answered(state, id, "", false),
    }
}

/// Note that an event of a replay was sent, and whether it arrived.
pub(crate) fn answered(state: &mut State, id: &str, event_id: &str, arrived: bool) {
    let now = state.now();
    let Some(replay) = state.webhook_replays.by_id.get_mut(id) else {
        return;
    };
    if arrived {
        replay.sent += 1;
    } else {
        replay.failed.push(event_id.to_owned());
    }
    if replay.sent + replay.failed.len() == replay.queue.len() {
        replay.completed_at = Some(now);
    }
}

fn get_webhook_replay(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = request.argument("workflow_id");
    let replay = state
        .webhook_replays
        .by_id
        .get(id)
        .ok_or_else(|| ApiError::not_found("workflow not found"))?;
    let mut filters = replay.filters.answer();
    filters["limit"] = replay.filters.limit.into();
    filters["offset"] = replay.filters.offset.into();
    let (total, failed) = (replay.queue.len(), replay.failed.len());
    let progress = json!({"total": total, "completed": replay.sent, "failed": failed});
    let mut result = Value::Null;
    let status = if replay.completed_at.is_none() {
        "Running"
    } else {
        result = progress.clone();
        result["failed_events"] = json!(replay.failed);
        match failed {
            0 => "completed",
            _ if failed == total => "failed",
            _ => "completed_with_failures",
        }
    };
    Ok(Answer::ok(&json!({
        "workflow_id": id, "status": status, "started_at": clock::text(replay.started_at),
        "completed_at": replay.completed_at.map(clock::text), "filters": filters,
        "progress": progress, "result": result,
    })))
}
