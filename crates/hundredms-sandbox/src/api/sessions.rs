//! Sessions: `/sessions`.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    ids::ObjectId,
    paging::{self, Last, Page},
    request::Request,
    state::{State, sessions::Session},
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("sessions.list", "GET", "/sessions", list).with_slash(),
    Operation::new("sessions.get", "GET", "/sessions/{session_id}", get),
];

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let limit = paging::limit(request)?;
    let active = request.query_bool("active")?.unwrap_or(true);
    let (after, before) = (request.query_time("after")?, request.query_time("before")?);
    let room_id = request.query("room_id");
    let fits = |session: &&Session| {
        session.ended_at.is_none() == active
            && after.is_none_or(|after| session.started_at >= after)
            && before.is_none_or(|before| session.started_at <= before)
            && room_id.is_none_or(|id| id.parse() == Ok(session.room_id))
    };
    let sessions = &state.sessions.by_id;
    let sessions = paging::newest_first_in_window(sessions, request, after, before)?;
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::OfPage,
        sessions.filter(fits),
        |session| (session.id.to_string(), session_response(state, session)),
    )))
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = request.argument("session_id").parse().ok();
    let session = id
        .and_then(|id| state.sessions.of_id(id))
        .ok_or_else(|| ApiError::not_found("Session not found"))?;
    Ok(ApiResponse::ok(&session_response(state, session)))
}

#[derive(Debug, Serialize)]
struct SessionResponse<'a> {
    id: ObjectId,
    room_id: ObjectId,
    customer_id: ObjectId,
    app_id: ObjectId,
    active: bool,
    peers: Participants<'a>,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
}

fn session_response<'a>(state: &State, session: &'a Session) -> SessionResponse<'a> {
    SessionResponse {
        id: session.id,
        room_id: session.room_id,
        customer_id: state.customer_id,
        app_id: state.app_id,
        active: session.ended_at.is_none(),
        peers: Participants(session),
        created_at: session.started_at,
        updated_at: session.updated_at,
    }
}

/// Everyone who joined, keyed by peer id.
#[derive(Debug)]
struct Participants<'a>(&'a Session);

impl Serialize for Participants<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(session) = self;
        serializer.collect_map(session.peers.iter().map(|peer| {
            let participant = Participant {
                id: &peer.id,
                session_id: session.id,
                name: &peer.name,
                role: &peer.role,
                user_id: &peer.user_id,
                joined_at: peer.joined_at,
                left_at: peer.left_at,
            };
            (&peer.id, participant)
        }))
    }
}

#[derive(Debug, Serialize)]
struct Participant<'a> {
    id: &'a str,
    session_id: ObjectId,
    name: &'a str,
    role: &'a str,
    user_id: &'a str,
    #[serde(serialize_with = "clock::serialize")]
    joined_at: Timestamp,
    #[serde(
        serialize_with = "clock::serialize_option",
        skip_serializing_if = "Option::is_none"
    )]
    left_at: Option<Timestamp>,
}
