//! Room codes and their exchange for client auth tokens: `/room-codes`, `/token`.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::json;

use crate::{
    api::operation::{Auth, Operation},
    api_response::{ApiError, ApiResponse},
    clock,
    paging::{self, Last, Page},
    request::Request,
    shape::{Shape, optional, required},
    state::{
        State,
        room_codes::{RoomCode, code_not_found},
        rooms::Room,
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("room_codes.update", "POST", "/room-codes/code", update),
    Operation::new("room_codes.list", "GET", "/room-codes/room/{room_id}", list),
    Operation::new(
        "room_codes.create",
        "POST",
        "/room-codes/room/{room_id}",
        create,
    ),
    Operation::new(
        "room_codes.create_for_role",
        "POST",
        "/room-codes/room/{room_id}/role/{role}",
        create_for_role,
    ),
    Operation::new("room_codes.auth_token", "POST", "/token", auth_token).with_auth(Auth::None),
];

/// How long a token from a code is valid.
const TOKEN_VALIDITY: SignedDuration = SignedDuration::from_hours(24);

/// Return the room of a request. The errors are those that the pages about room codes document.
fn enabled_room<'a>(state: &'a State, request: &Request) -> Result<&'a Room, ApiError> {
    let room = state.rooms.get(request.argument("room_id"))?;
    if room.enabled {
        Ok(room)
    } else {
        Err(ApiError::forbidden("Room is disabled"))
    }
}

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room = enabled_room(state, request)?;
    let role = request.query("role");
    if role.is_some_and(|role| state.templates.of(room).role(role).is_none()) {
        return Err(ApiError::not_found("Role not found"));
    }
    let enabled = request.query_bool("enabled")?;
    if request
        .query_integer("limit")?
        .is_some_and(|limit| !(10..=100).contains(&limit))
    {
        return Err(ApiError::query_param("limit", "an integer from 10 to 100"));
    }
    let limit = paging::limit(request)?;
    let start = request.query("start");
    let codes = state.room_codes.of_room(room.id).collect::<Vec<_>>();
    let first = match start {
        Some(start) => codes
            .iter()
            .position(|code| code.code == start)
            .map(|index| index + 1)
            .ok_or_else(|| ApiError::query_param("start", "the last of another page"))?,
        None => 0,
    };
    let fits = |code: &RoomCode| {
        role.is_none_or(|role| code.role == role)
            && enabled.is_none_or(|enabled| code.enabled == enabled)
    };
    let codes = codes.into_iter().skip(first).filter(|code| fits(code));
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::WhileMore,
        codes,
        |code| (code.code.clone(), code),
    )))
}

fn create(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room = enabled_room(state, request)?;
    let room_id = room.id;
    let roles: Vec<String> = state.templates.of(room).roles.keys().cloned().collect();
    if roles.is_empty() {
        return Err(ApiError::not_found("Role not found").detail("the room's template has no role"));
    }
    let now = state.now();
    let orphans: Vec<String> = state
        .room_codes
        .of_room(room_id)
        .filter(|code| code.enabled && !roles.contains(&code.role))
        .map(|code| code.code.clone())
        .collect();
    for code in orphans {
        state.room_codes.set_enabled(&code, false, now);
    }
    let covered: BTreeSet<String> = state
        .room_codes
        .of_room(room_id)
        .filter(|code| code.enabled)
        .map(|code| code.role.clone())
        .collect();
    for role in roles.iter().filter(|role| !covered.contains(*role)) {
        state.room_codes.add(room_id, role, now)?;
    }
    let data: Vec<&RoomCode> = state
        .room_codes
        .of_room(room_id)
        .filter(|code| code.enabled)
        .collect();
    Ok(ApiResponse::ok(&json!({"data": data})))
}

fn create_for_role(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room = enabled_room(state, request)?;
    let role = request.argument("role");
    if state.templates.of(room).role(role).is_none() {
        return Err(ApiError::not_found("Role not found"));
    }
    let (room_id, now) = (room.id, state.now());
    Ok(ApiResponse::ok(&state.room_codes.add(room_id, role, now)?))
}

fn update(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Closed(&[
        required("code", Shape::Text),
        required("enabled", Shape::Bool),
    ]);
    let body = request.body(&BODY)?;
    let code = body["code"].as_str().unwrap_or_default();
    let enabled = body["enabled"] == true;
    let stored = state
        .room_codes
        .by_code
        .get(code)
        .ok_or_else(code_not_found)?;
    if enabled && check_usable(state, stored).is_err() {
        return Err(ApiError::forbidden(
            "Code can not be enabled (role/room does not exist)",
        ));
    }
    let now = state.now();
    state.room_codes.set_enabled(code, enabled, now);
    Ok(ApiResponse::ok(&state.room_codes.by_code[code]))
}

fn auth_token(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        required("code", Shape::Text),
        optional("user_id", Shape::Text),
    ]);
    let body = request.body(&BODY)?;
    let code = body["code"].as_str().unwrap_or_default();
    if code.is_empty() {
        return Err(ApiError::body_param(["code is missing".to_owned()]));
    }
    let code = state
        .room_codes
        .by_code
        .get(code)
        .ok_or_else(code_not_found)?;
    if !code.enabled {
        return Err(ApiError::forbidden("Code is disabled"));
    }
    check_usable(state, code)?;
    let now = state.now();
    let expires = now + TOKEN_VALIDITY;
    let user_id = body["user_id"].as_str().filter(|id| !id.is_empty());
    let token =
        state
            .credentials
            .sign_client_token(code.room_id, &code.role, user_id, now, expires);
    Ok(ApiResponse::ok(&json!({
        "token": token, "expires_at": clock::text(expires), "room_id": code.room_id, "role": code.role,
    })))
}

/// Fail with 403 if the room of a code is disabled, or its role no longer exists.
fn check_usable(state: &State, code: &RoomCode) -> Result<(), ApiError> {
    let room = state.rooms.enabled(&code.room_id.to_string())?;
    match state.templates.of(room).role(&code.role) {
        Some(_) => Ok(()),
        None => {
            Err(ApiError::forbidden("Role not found")
                .detail("the role of the code no longer exists"))
        }
    }
}
