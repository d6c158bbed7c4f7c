//! RTMP ingestion: encoders that stream into rooms with their stream keys, each with its live stream.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    api_response::ApiError,
    clock::text,
    ids::ObjectId,
    rules::{
        job_settings as settings, live_streams,
        media_jobs::{self, CLIENT_REQUEST},
    },
    state::{Action, State, ingests::Ingest, job_settings::JobKind, media_jobs::JobStatus},
};

fn nobody_feeds() -> ApiError {
    ApiError::not_found("no encoder is connected to the room")
}

/// Connect an encoder by the room's stream key, and start the live stream unless this is a reconnection. If it is refused, the
/// reason is that of the event `ingest.start.failure`, which is sent.
pub(crate) fn connect(state: &mut State, room_id: ObjectId) -> Result<Ingest, ApiError> {
    match connected(state, room_id) {
        Ok(ingest) => Ok(ingest),
        Err(reason) => {
            let mut data = of_room(state, room_id);
            data["error_message"] = reason.into();
            state.emit("ingest.start.failure", room_id, data);
            Err(ApiError::bad_request(reason))
        }
    }
}

fn connected(state: &mut State, room_id: ObjectId) -> Result<Ingest, &'static str> {
    let room = state.rooms.of_id(room_id);
    if !room.enabled || state.stream_keys.active(room_id).is_none() {
        return Err("stream key disabled");
    }
    let template = state.templates.of(room);
    if settings::destinations(template, "hlsDestinations").is_empty() {
        return Err("no hls destinations");
    }
    let now = state.now();
    let streams = state.media_jobs.in_room(room_id);
    let stream = streams
        .filter(|job| job.settings.kind() == JobKind::LiveStream)
        .map(|job| (job.id, job.status))
        .last();
    let ingest = state.ingests.by_room.get_mut(&room_id);
    match (ingest, stream) {
        (Some(ingest), _) if ingest.connected_at.is_some() => Err("already connected"),
        (Some(ingest), Some((id, status)))
            if ingest.stream_id == id && status != JobStatus::Stopping =>
        {
            ingest.connected_at = Some(now);
            Ok(ingest.clone())
        }
        (_, Some(_)) => Err("remote session active"),
        (_, None) => begin(state, room_id),
    }
}

fn begin(state: &mut State, room_id: ObjectId) -> Result<Ingest, &'static str> {
    let stream_id = live_streams::start_fed(state, room_id).map_err(|_| "beam start error")?;
    let now = state.now();
    let ingest = Ingest {
        id: state.new_id(),
        room_id,
        stream_id,
        started_at: now,
        connected_at: Some(now),
        disconnected_at: None,
        fed: SignedDuration::ZERO,
    };
    state.ingests.by_room.insert(room_id, ingest.clone());
    let data = of_ingest(state, &ingest);
    state.emit("ingest.start.success", room_id, data);
    Ok(ingest)
}

/// Disconnect a room's encoder. It may reconnect during the destination's `autoStopTimeout`. After that, the ingestion and its live
/// stream end. 404 if none is connected.
pub(crate) fn disconnect(state: &mut State, room_id: ObjectId) -> Result<Ingest, ApiError> {
    let now = state.now();
    let ingest = state.ingests.by_room.get_mut(&room_id);
    let ingest = ingest.ok_or_else(nobody_feeds)?;
    let connected_at = ingest.connected_at.take().ok_or_else(nobody_feeds)?;
    ingest.fed += now.duration_since(connected_at);
    ingest.disconnected_at = Some(now);
    let ingest = ingest.clone();
    if let Ok(at) = now.checked_add(window(state, ingest.stream_id)) {
        state.schedule(at, EXPIRE, room_id.to_string());
    }
    Ok(ingest)
}

fn window(state: &State, stream_id: ObjectId) -> SignedDuration {
    let stream = state.media_jobs.of_id(stream_id);
    let seconds = stream.map_or(settings::AUTO_STOP_SECONDS, |stream| {
        stream.settings.auto_stop_seconds
    });
    SignedDuration::from_secs(seconds)
}

const EXPIRE: Action = Action {
    run: expire,
    applies: |state, room_id| {
        let id = room_id.parse().ok();
        let ingest = id.and_then(|id| state.ingests.by_room.get(&id));
        ingest.is_some_and(|ingest| ingest.connected_at.is_none())
    },
};

fn expire(state: &mut State, room_id: &str) {
    let Ok(room_id) = room_id.parse() else { return };
    let Some(ingest) = state.ingests.by_room.get(&room_id) else {
        return;
    };
    let stream_id = ingest.stream_id;
    let gone_for = ingest
        .disconnected_at
        .map(|at| state.now().duration_since(at));
    if ingest.connected_at.is_some() || gone_for < Some(window(state, stream_id)) {
        return;
    }
    end(state, room_id, "reconnection window expired");
    media_jobs::stop(state, stream_id, CLIENT_REQUEST);
}

/// Fail a room's ingestion, and stop its live stream. 404 when there is none.
pub(crate) fn fail(state: &mut State, room_id: ObjectId) -> Result<Ingest, ApiError> {
    let ingest = state.ingests.by_room.remove(&room_id);
    let ingest = ingest.ok_or_else(nobody_feeds)?;
    let mut data = of_room(state, room_id);
    data["ingest_id"] = ingest.id.to_string().into();
    data["error_message"] = "internal error".into();
    state.emit("ingest.failure", room_id, data);
    media_jobs::stop(state, ingest.stream_id, CLIENT_REQUEST);
    Ok(ingest)
}

/// End the ingestion of a live stream that has ended.
pub(crate) fn stream_closed(state: &mut State, room_id: ObjectId, stream_id: ObjectId) {
    let ingest = state.ingests.by_room.get(&room_id);
    if ingest.is_some_and(|ingest| ingest.stream_id == stream_id) {
        end(state, room_id, "stream closed");
    }
}

fn end(state: &mut State, room_id: ObjectId, reason: &str) {
    let now = state.now();
    let Some(ingest) = state.ingests.by_room.remove(&room_id) else {
        return;
    };
    let rest = ingest.connected_at.map(|since| now.duration_since(since));
    let fed = ingest.fed + rest.unwrap_or_default();
    let mut data = of_ingest(state, &ingest);
    data["completed_at"] = text(now).into();
    data["duration"] = fed.as_secs().into();
    data["reason"] = reason.into();
    if let Some(at) = ingest.disconnected_at {
        data["last_disconnected_at"] = text(at).into();
    }
    state.emit("ingest.end.success", room_id, data);
}

fn of_ingest(state: &State, ingest: &Ingest) -> Value {
    let mut data = of_room(state, ingest.room_id);
    data["ingest_id"] = ingest.id.to_string().into();
    data["stream_id"] = ingest.stream_id.to_string().into();
    data["started_at"] = text(ingest.started_at).into();
    data
}

fn of_room(state: &State, room_id: ObjectId) -> Value {
    json!({
        "account_id": state.customer_id, "app_id": state.app_id, "room_id": room_id,
        "template_id": state.rooms.of_id(room_id).template_id,
    })
}
