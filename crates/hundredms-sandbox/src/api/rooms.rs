//! Rooms: `/rooms`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::{ObjectId, uuid},
    paging::{self, Last, Page},
    request::Request,
    shape::{Shape, UNLIMITED, optional, required},
    state::{
        State,
        rooms::{Room, room_not_found},
        templates::Template,
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("rooms.list", "GET", "/rooms", list),
    Operation::new("rooms.create", "POST", "/rooms", create),
    Operation::new("rooms.get", "GET", "/rooms/{room_id}", get),
    Operation::new("rooms.update", "POST", "/rooms/{room_id}", update),
];

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let limit = paging::limit(request)?;
    let enabled = request.query_bool("enabled")?.unwrap_or(true);
    let (after, before) = (request.query_time("after")?, request.query_time("before")?);
    let template_id = request.query("template_id");
    let fits = |room: &&Room| {
        room.enabled == enabled
            && after.is_none_or(|after| room.created_at >= after)
            && before.is_none_or(|before| room.created_at <= before)
            && template_id.is_none_or(|id| id.parse() == Ok(room.template_id))
    };
    let response = |room: &Room| (room.id.to_string(), room.id);
    let rooms = paging::newest_first_in_window(&state.rooms.by_id, request, after, before)?;
    let page = match request.query("name") {
        Some(name) => {
            let named = state.rooms.named(name);
            let start = request
                .query("start")
                .and_then(|start| start.parse().ok())
                .unwrap_or(ObjectId::HIGHEST);
            let only = named
                .filter(|id| *id < start)
                .and_then(|id| state.rooms.by_id.get(&id));
            Page::take(limit, Last::OfPage, only.into_iter().filter(fits), response)
        }
        None => Page::take(limit, Last::OfPage, rooms.filter(fits), response),
    };
    let data: Vec<RoomResponse<'_>> = page
        .data
        .iter()
        .filter_map(|id| state.rooms.by_id.get(id))
        .map(|room| room_response(state, room))
        .collect();
    Ok(ApiResponse::ok(&Page {
        limit,
        data,
        last: page.last,
    }))
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let room = state.rooms.get(request.argument("room_id"))?;
    Ok(ApiResponse::ok(&room_response(state, room)))
}

fn create(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let body = settings(request)?;
    let template = match body["template_id"].as_str().filter(|id| !id.is_empty()) {
        Some(id) => {
            let template = state
                .templates
                .get(id)
                .map_err(|_| ApiError::bad_request("Error: template not found"))?;
            Some(template.id)
        }
        None => None,
    };
    let named = body["name"].as_str().filter(|name| !name.is_empty());
    let existing = named.and_then(|name| state.rooms.named(name));
    check_size(existing.and_then(|id| state.rooms.by_id.get(&id)), body)?;

    let now = state.now();
    let id = existing.unwrap_or_else(|| state.new_id());
    if existing.is_none() {
        let name = named.map_or_else(uuid, str::to_owned);
        state.rooms.add(id, name, state.templates.default_id(), now);
    }
    let room = state.rooms.by_id.get_mut(&id).ok_or_else(room_not_found)?;
    if let Some(template) = template {
        room.template_id = template;
    }
    apply(room, body);
    state.rooms.some_webhook |= room.webhook.is_some();
    room.updated_at = now;
    let room = &state.rooms.by_id[&id];
    Ok(ApiResponse::ok(&room_response(state, room)))
}

fn update(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = state.rooms.get(request.argument("room_id"))?.id;
    let body = settings(request)?;
    check_size(state.rooms.by_id.get(&id), body)?;
    if let Some(name) = body["name"].as_str() {
        if state.rooms.named(name).is_some_and(|other| other != id) {
            return Err(ApiError::body_param([
                "name belongs to another room".to_owned()
            ]));
        }
        state.rooms.rename(id, name);
    }
    let now = state.now();
    let room = state.rooms.by_id.get_mut(&id).ok_or_else(room_not_found)?;
    apply(room, body);
    state.rooms.some_webhook |= room.webhook.is_some();
    if let Some(enabled) = body["enabled"].as_bool() {
        room.enabled = enabled;
    }
    room.updated_at = now;
    let room = &state.rooms.by_id[&id];
    Ok(ApiResponse::ok(&room_response(state, room)))
}

const ROOM: Shape = Shape::Object(&[
    optional("name", Shape::Text),
    optional("description", Shape::Text),
    optional("template_id", Shape::Text),
    optional(
        "recording_info",
        Shape::Object(&[optional("enabled", Shape::Bool)]),
    ),
    optional("region", Shape::Text),
    optional("large_room", Shape::Bool),
    optional("size", Shape::IntegerIn(0, i64::MAX)),
    optional("max_duration_seconds", Shape::Integer),
    optional("polls", Shape::List(&Shape::Text, UNLIMITED)),
    optional(
        "webhook",
        Shape::Object(&[
            required("url", Shape::Text),
            optional("headers", Shape::Map(&Shape::Text)),
        ]),
    ),
    optional("enabled", Shape::Bool),
]);

const UPLOAD: Shape = Shape::Object(&[
    required("type", Shape::OneOf(&["s3", "gs", "oss", "azure"])),
    optional("prefix", Shape::Text),
    optional("options", Shape::Object(&[optional("region", Shape::Text)])),
    optional(
        "credentials",
        Shape::Object(&[
            required("key", Shape::Text),
            required("secret", Shape::Text),
        ]),
    ),
]);

/// Return the body of a creation or an update, checked by the rules that both share.
fn settings(request: &Request) -> Result<&Value, ApiError> {
    let body = request.body(&ROOM)?;
    if !body["template"].is_null() {
        return Err(ApiError::bad_request(
            "Invalid body param: template. Use template_id",
        ));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
    if body["name"]
        .as_str()
        .is_some_and(|name| !name.chars().all(allowed))
    {
        let rule = "name may have letters, digits and . - : _ only";
        return Err(ApiError::body_param([rule.to_owned()]));
    }
    if body["region"]
        .as_str()
        .is_some_and(|region| !["eu", "in", "us", "auto", ""].contains(&region))
    {
        return Err(ApiError::bad_request("Error: region not supported"));
    }
    match body["max_duration_seconds"].as_i64() {
        Some(..=119) => {
            return Err(ApiError::bad_request(
                "Invalid body param: max_duration_seconds less than 120 seconds",
            ));
        }
        Some(43_201..) => {
            return Err(ApiError::bad_request(
                "Invalid body param: max_duration_seconds greater than 43200 seconds",
            ));
        }
        _ => {}
    }
    let upload = &body["recording_info"]["upload_info"];
    if !upload.is_null() {
        if upload["location"].as_str().unwrap_or_default().is_empty() {
            return Err(ApiError::bad_request("Bucket location is missing"));
        }
        if let Err(error) = UPLOAD.check(upload) {
            return Err(ApiError {
                message: "Invalid upload configuration".into(),
                ..error
            });
        }
    }
    Ok(body)
}

/// Check the size. The maximum depends on `large_room`, in the body or set before.
fn check_size(room: Option<&Room>, body: &Value) -> Result<(), ApiError> {
    let large = body["large_room"]
        .as_bool()
        .or(room.and_then(|room| room.large_room))
        .unwrap_or(false);
    match body["size"].as_i64().or(room.and_then(|room| room.size)) {
        Some(20_001..) => Err(ApiError::body_param([
            "room size greater than 20000".to_owned()
        ])),
        Some(2_501..) if !large => Err(ApiError::body_param([
            "room size greater than 2500, set large_room flag as true".to_owned(),
        ])),
        _ => Ok(()),
    }
}

/// Apply the fields of the body.
fn apply(room: &mut Room, body: &Value) {
    if let Some(description) = body["description"].as_str() {
        description.clone_into(&mut room.description);
    }
    if let Some(region) = body["region"].as_str() {
        room.region =
            Some(region.to_owned()).filter(|region| !["auto", ""].contains(&region.as_str()));
    }
    if let Some(info) = body["recording_info"].as_object() {
        let mut stored = Map::from_iter([(
            "enabled".into(),
            info.get("enabled").cloned().unwrap_or(false.into()),
        )]);
        if let Some(upload) = info.get("upload_info").filter(|upload| !upload.is_null()) {
            stored.insert("upload_info".into(), upload.clone());
        }
        room.recording_info = Some(stored.into());
    }
    room.large_room = body["large_room"].as_bool().or(room.large_room);
    room.size = body["size"].as_i64().or(room.size);
    room.max_duration_seconds = body["max_duration_seconds"]
        .as_i64()
        .or(room.max_duration_seconds);
    if let Some(polls) = body["polls"].as_array() {
        room.polls = Some(
            polls
                .iter()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect(),
        );
    }
    if body["webhook"].is_object() {
        room.webhook = Some(body["webhook"].clone());
    }
}

#[derive(Debug, Serialize)]
struct RoomResponse<'a> {
    id: ObjectId,
    name: &'a str,
    enabled: bool,
    description: &'a str,
    customer_id: ObjectId,
    customer: ObjectId,
    app_id: ObjectId,
    recording_info: Value,
    recording_source_template: bool,
    template_id: ObjectId,
    template: &'a str,
    region: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    large_room: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_duration_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    polls: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<&'a Value>,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
}

fn room_response<'a>(state: &'a State, room: &'a Room) -> RoomResponse<'a> {
    let template = state.templates.of(room);
    RoomResponse {
        id: room.id,
        name: &room.name,
        enabled: room.enabled,
        description: &room.description,
        customer_id: state.customer_id,
        customer: state.customer_id,
        app_id: state.app_id,
        recording_info: room
            .recording_info
            .clone()
            .unwrap_or_else(|| recording_info_of(template)),
        recording_source_template: room.recording_info.is_none(),
        template_id: template.id,
        template: &template.name,
        region: room.region.as_deref().unwrap_or_else(|| template.region()),
        large_room: room.large_room,
        size: room.size,
        max_duration_seconds: room.max_duration_seconds,
        polls: room.polls.as_deref(),
        webhook: room.webhook.as_ref(),
        created_at: room.created_at,
        updated_at: room.updated_at,
    }
}

/// Return the recording settings that a room has from its template, in the format of the rooms API.
fn recording_info_of(template: &Template) -> Value {
    let mut info = json!({"enabled": template.sfu_recording()});
    if let Some(upload) = template.settings["recording"]["upload"].as_object() {
        let mut upload = upload.clone();
        if let Some(credentials) = upload.get_mut("credentials").and_then(Value::as_object_mut) {
            if let Some(secret) = credentials.remove("secretKey") {
                credentials.insert("secret".into(), secret);
            }
        }
        info["upload_info"] = upload.into();
    }
    info
}
