//! Stream keys, with which external encoders stream into rooms: `/stream-keys`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::{ObjectId, uuid},
    request::Request,
    state::{State, stream_keys::StreamKey},
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("stream_keys.get", "GET", "/stream-keys/room/{room_id}", get),
    Operation::new(
        "stream_keys.create",
        "POST",
        "/stream-keys/room/{room_id}",
        create,
    ),
    Operation::new(
        "stream_keys.disable",
        "POST",
        "/stream-keys/room/{room_id}/disable",
        disable,
    ),
];

/// The address in responses. Nothing listens there: a control replaces the encoder.
const INGEST_URL: &str = "rtmp://ingest.sandbox.invalid/live";

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let key = state
        .stream_keys
        .active(room.id)
        .ok_or_else(|| ApiError::not_found("No active key found"))?;
    Ok(ApiResponse::ok(
        &json!({"data": [key_response(state, key)], "last": key.id}),
    ))
}

fn create(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = state.rooms.enabled(request.argument("room_id"))?.id;
    if state.stream_keys.active(room_id).is_some() {
        return Err(ApiError::bad_request("Active key already exists"));
    }
    let now = state.now();
    let key = StreamKey {
        id: state.new_id(),
        room_id,
        key: uuid(),
        enabled: true,
        created_at: now,
        updated_at: now,
    };
    let response = ApiResponse::ok(&key_response(state, &key));
    let of_room = state.stream_keys.by_room.entry(room_id).or_default();
    of_room.push(key);
    Ok(response)
}

fn disable(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room_id = state.rooms.enabled(request.argument("room_id"))?.id;
    let now = state.now();
    let key = state
        .stream_keys
        .active_mut(room_id)
        .ok_or_else(|| ApiError::not_found("Key not found"))?;
    key.enabled = false;
    key.updated_at = now;
    // The one documented 201 of the API.
    Ok(ApiResponse::with_status(
        201,
        &json!({"message": "key disabled successfully"}),
    ))
}

#[derive(Debug, Serialize)]
struct KeyResponse<'a> {
    id: ObjectId,
    room_id: ObjectId,
    key: &'a str,
    url: &'a str,
    customer_id: ObjectId,
    app_id: ObjectId,
    enabled: bool,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
}

fn key_response<'a>(state: &State, key: &'a StreamKey) -> KeyResponse<'a> {
    KeyResponse {
        id: key.id,
        room_id: key.room_id,
        key: &key.key,
        url: INGEST_URL,
        customer_id: state.customer_id,
        app_id: state.app_id,
        enabled: key.enabled,
        created_at: key.created_at,
        updated_at: key.updated_at,
    }
}
