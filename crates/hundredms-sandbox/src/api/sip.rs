//! Telephone: `/sip`.

use serde_json::{Value, json};

use crate::{
    api::operation::{Auth, Operation},
    api_response::{ApiError, ApiResponse},
    request::Request,
    rules::sessions::{self, Join},
    shape::{Shape, UNLIMITED, optional, required},
    state::{State, peers::PeerKind},
    tokens::Caller,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("sip.send_dtmf", "POST", "/sip/dtmf", send_dtmf).with_auth(Auth::Client),
    Operation::new("sip.call", "POST", "/sip/outbound/call", call),
    Operation::new(
        "sip.create_trunk",
        "POST",
        "/sip/outbound/trunks",
        create_trunk,
    ),
    Operation::new(
        "sip.update_trunk",
        "POST",
        "/sip/outbound/trunks/{trunk_id}",
        update_trunk,
    ),
];

fn send_dtmf(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[optional("digits", Shape::List(&Shape::Text, UNLIMITED))]);
    let Caller::Client(caller) = &request.caller else {
        return Err(ApiError::token("token is not of type app"));
    };
    let room = state.rooms.enabled(&caller.room_id);
    let allowed = room.is_ok_and(|room| state.templates.of(room).role(&caller.role).is_some());
    if !allowed {
        return Err(ApiError::forbidden(
            "the token's room is gone or disabled, or has no such role",
        ));
    }
    let body = request.body(&BODY)?;
    let digits = body["digits"].as_array().filter(|list| !list.is_empty());
    let digits = digits.ok_or_else(|| ApiError::bad_request("digits are mandatory"))?;
    let is_tone = |digit: &Value| {
        let digit = digit.as_str().unwrap_or_default();
        digit.len() == 1 && "0123456789*#abcd".contains(digit)
    };
    if !digits.iter().all(is_tone) {
        return Err(ApiError::bad_request("invalid digit"));
    }
    Ok(ApiResponse::ok(&json!({})))
}

/// Make a call. The callee answers immediately, and joins the room of the code.
fn call(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("to", Shape::Text),
        optional("name", Shape::Text),
        optional("user_id", Shape::Text),
        optional("room_code", Shape::Text),
        optional("trunk_id", Shape::Text),
        optional("video", Shape::Bool),
        optional("headers", Shape::Map(&Shape::Text)),
    ]);
    let body = request.body(&BODY)?;
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    for name in ["to", "room_code", "trunk_id"] {
        if text(name).is_empty() {
            return Err(ApiError::bad_request(format!("{name} is mandatory")));
        }
    }
    let headers = body["headers"].as_object().into_iter().flatten();
    for (name, value) in headers {
        if !is_header(name, value.as_str().unwrap_or_default()) {
            return Err(ApiError::body_param([format!(
                "headers.{name} is no SIP header"
            )]));
        }
    }
    if state.trunks.get(text("trunk_id")).is_none() {
        return Err(ApiError::bad_request("trunk_id is unknown"));
    }
    let code = state
        .room_codes
        .get(text("room_code"))
        .ok_or_else(|| ApiError::bad_request("room_code is unknown"))?;
    if !code.enabled {
        return Err(ApiError::forbidden("Room code is disabled"));
    }
    let join = Join {
        room_id: code.room_id.to_string(),
        role: code.role.clone(),
        name: text("name").to_owned(),
        user_id: text("user_id").to_owned(),
        metadata: String::new(),
        kind: PeerKind::Sip,
    };
    sessions::join(state, join)?;
    Ok(ApiResponse::ok(&json!({"id": state.new_id()})))
}

/// Whether this may stand in an INVITE: a token as name, and no line break.
fn is_header(name: &str, value: &str) -> bool {
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte);
    !name.is_empty() && name.bytes().all(in_token) && !value.contains(['\r', '\n'])
}

fn create_trunk(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        required("username", Shape::Text),
        required("password", Shape::Text),
        required("address", Shape::Text),
        required("from", Shape::Text),
    ]);
    request.body(&BODY)?;
    let id = state.new_id();
    state.trunks.0.insert(id);
    Ok(ApiResponse::ok(&json!({"id": id})))
}

fn update_trunk(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("username", Shape::Text),
        optional("password", Shape::Text),
        optional("address", Shape::Text),
        optional("from", Shape::Text),
    ]);
    let id = state
        .trunks
        .get(request.argument("trunk_id"))
        .ok_or_else(|| ApiError::not_found("Trunk not found"))?;
    request.body(&BODY)?;
    Ok(ApiResponse::ok(&json!({"id": id})))
}
