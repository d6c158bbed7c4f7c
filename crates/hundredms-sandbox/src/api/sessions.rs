//! Sessions: `/sessions`.

use std::borrow::Cow;

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
    let room_id = room_id.map(str::parse::<ObjectId>);
    let fits = |started_at: Timestamp, of_room: ObjectId| {
        after.is_none_or(|after| started_at >= after)
            && before.is_none_or(|before| started_at <= before)
            && room_id.as_ref().is_none_or(|id| *id == Ok(of_room))
    };
    let sessions = &state.sessions.by_id;
    let sessions = paging::newest_first_in_window(sessions, request, after, before)?;
    let sessions = sessions
        .filter(|session| {
            (session.ended_at.is_none() == active) && fits(session.started_at, session.room_id)
        })
        .map(Cow::Borrowed);
    let mut sources: Vec<Box<dyn Iterator<Item = Cow<'_, Session>> + '_>> =
        vec![Box::new(sessions)];
    // Those that seeds made have ended.
    if let Some((lowest, upper)) = paging::window(request, after, before)?.filter(|_| !active) {
        for seeded in &state.seeded_sessions {
            let found = seeded.newest_first(lowest, upper, |session| {
                fits(session.started_at, session.room_id)
            });
            sources.push(Box::new(found.map(Cow::Owned)));
        }
    }
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::OfPage,
        merged(sources),
        |session| (session.id.to_string(), session_response(state, session)),
    )))
}

/// Merge lists that are sorted by id, newest first.
fn merged<'a>(
    sources: Vec<Box<dyn Iterator<Item = Cow<'a, Session>> + 'a>>,
) -> impl Iterator<Item = Cow<'a, Session>> {
    let mut sources: Vec<_> = sources.into_iter().map(Iterator::peekable).collect();
    std::iter::from_fn(move || {
        let newest = sources
            .iter_mut()
            .filter_map(|source| {
                let id = source.peek()?.id;
                Some((id, source))
            })
            .max_by_key(|(id, _)| *id);
        newest?.1.next()
    })
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = request.argument("session_id").parse().ok();
    let (sessions, seeded_sessions) = (&state.sessions, &state.seeded_sessions);
    let session = id
        .and_then(|id| {
            let seeded = || seeded_sessions.iter().find_map(|seeded| seeded.of_id(id));
            let stored = sessions.of_id(id).map(Cow::Borrowed);
            stored.or_else(|| seeded().map(Cow::Owned))
        })
        .ok_or_else(|| ApiError::not_found("Session not found"))?;
    Ok(ApiResponse::ok(&session_response(state, session)))
}

#[derive(Debug, Serialize)]
pub(crate) struct SessionResponse<'a> {
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

/// Return the response body for a session that is or was in a room; `None` for one that a seed made.
pub(crate) fn stored_response(state: &State, id: ObjectId) -> Option<SessionResponse<'_>> {
    let session = state.sessions.of_id(id).map(Cow::Borrowed)?;
    Some(session_response(state, session))
}

fn session_response<'a>(state: &State, session: Cow<'a, Session>) -> SessionResponse<'a> {
    SessionResponse {
        id: session.id,
        room_id: session.room_id,
        customer_id: state.customer_id,
        app_id: state.app_id,
        active: session.ended_at.is_none(),
        created_at: session.started_at,
        updated_at: session.updated_at,
        peers: Participants(session),
    }
}

/// Everyone who joined, keyed by peer id.
#[derive(Debug)]
struct Participants<'a>(Cow<'a, Session>);

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
