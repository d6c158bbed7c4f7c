//! Replays of webhooks from the log of deliveries: `/analytics/webhooks/replay`.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::uuid,
    request::Request,
    rules::webhook_replays::start,
    shape::{Shape, UNLIMITED, optional},
    state::{
        State,
        deliveries::{LISTED, Range, Selection, Status},
        webhook_replays::{Filters, Replay},
    },
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
const MAX_DELIVERIES: i64 = 50_000;

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

fn replay_webhook_events(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("start_time", Shape::Text),
        optional("end_time", Shape::Text),
        optional("room_id", Shape::Text),
        optional(
            "event_names",
            Shape::List(&Shape::OneOf(&LISTED), UNLIMITED),
        ),
        optional("limit", Shape::IntegerIn(0, MAX_DELIVERIES)),
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
        limit: body
            .limit
            .unwrap_or(usize::try_from(MAX_DELIVERIES).unwrap_or(0)),
        offset: body.offset.unwrap_or(0),
    };

    let mut replays = state.webhook_replays.by_id.iter();
    let same = |replay: &Replay| replay.completed_at.is_none() && replay.filters == filters;
    let running = replays.find(|(_, replay)| same(replay));
    if let Some((id, replay)) = running {
        return Ok(ApiResponse::ok(&json!({
            "workflow_id": id, "status": "already_running", "message": "A replay with the same filters is in progress",
            "filters": replay.filters.to_json(),
        })));
    }
    state.webhook_replays.make_room()?;
    let id = format!("webhook-replay-{}-{}", state.customer_id, &uuid()[..8]);
    let response = json!({
        "workflow_id": id, "status": "started", "message": "Replay queued", "filters": filters.to_json(),
    });
    start(state, id, filters);
    Ok(ApiResponse::ok(&response))
}

fn get_webhook_replay(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = request.argument("workflow_id");
    let replay = state
        .webhook_replays
        .by_id
        .get(id)
        .ok_or_else(|| ApiError::not_found("workflow not found"))?;
    let mut filters = replay.filters.to_json();
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
    Ok(ApiResponse::ok(&json!({
        "workflow_id": id, "status": status, "started_at": clock::text(replay.started_at),
        "completed_at": replay.completed_at.map(clock::text), "filters": filters,
        "progress": progress, "result": result,
    })))
}
