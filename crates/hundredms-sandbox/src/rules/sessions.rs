//! The life cycle of sessions: peers join and leave, sessions open and close.

use jiff::SignedDuration;

use crate::{
    api_response::ApiError,
    ids::{ObjectId, uuid},
    rules::{session_events as events, tracks},
    state::{
        Action, State,
        peers::{Peer, PeerKind, peer_not_found},
        rooms::Room,
        sessions::Session,
    },
};

/// The longest session, in seconds.
const MAX_SECONDS: i64 = 12 * 60 * 60;

/// Who wants to join, and how.
#[derive(Debug)]
pub(crate) struct Join {
    pub(crate) room_id: String,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) user_id: String,
    pub(crate) metadata: String,
    pub(crate) kind: PeerKind,
}

/// Add a peer, open a session if there is none, and return the peer's id. 404 without the room, 403 when the room is disabled or
/// full, or when the role is unknown or full.
pub(crate) fn join(state: &mut State, join: Join) -> Result<String, ApiError> {
    let room = state.rooms.enabled(&join.room_id)?;
    let room_id = room.id;
    let running = state.sessions.running(room_id);
    let peer = Peer {
        id: uuid(),
        name: join.name,
        user_id: join.user_id,
        metadata: join.metadata,
        role: join.role,
        kind: join.kind,
        joined_at: state.now(),
        left_at: None,
        tracks: Vec::new(),
    };
    let allowed =
        check_size(room, running).and_then(|()| check_role(state, room, running, &peer.role));
    if let Err(error) = allowed {
        let data = events::join_failure(room, &peer, &error.message);
        state.emit("peer.join.failure", room_id, data);
        return Err(error);
    }
    let peer_id = peer.id.clone();
    // A bot may have opened the session before.
    let first = running.is_none_or(|session| session.peers.is_empty());
    let running = running.map(|session| session.id);
    let session_id = running.unwrap_or_else(|| open(state, room_id));
    state.sessions.add(session_id, peer);
    emit_of_peer(state, "peer.join.success", &peer_id, events::joined);
    if first {
        for hook in state.hooks.session_opened {
            hook(state, session_id);
        }
    }
    Ok(peer_id)
}

/// Whether one more peer may join the room. 403 otherwise. A size of 0 or none means the service's maximum.
fn check_size(room: &Room, session: Option<&Session>) -> Result<(), ApiError> {
    let allowed = if room.large_room == Some(true) {
        20_000
    } else {
        2_500
    };
    let most = room
        .size
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| *size > 0)
        .unwrap_or(allowed);
    let present = session.map_or(0, |session| session.connected().count());
    if present < most {
        return Ok(());
    }
    Err(ApiError::forbidden("room is full").detail(format!("the room takes {most} peers at most")))
}

/// Whether one more peer may have this role. 403 otherwise.
pub(crate) fn check_role(
    state: &State,
    room: &Room,
    session: Option<&Session>,
    role: &str,
) -> Result<(), ApiError> {
    let Some(settings) = state.templates.of(room).role(role) else {
        return Err(ApiError::forbidden("role not allowed")
            .detail(format!("the room's template has no role {role}")));
    };
    let most = settings["maxPeerCount"].as_i64().unwrap_or(0);
    let present = session.map_or(0, |session| session.connected_as(role));
    if most == 0 || i64::try_from(present).is_ok_and(|present| present < most) {
        return Ok(());
    }
    let most = most.max(0);
    Err(ApiError::forbidden("role limit reached")
        .detail(format!("the role {role} takes {most} peers at most")))
}

/// Open a session with nobody in it. The room must have none.
pub(crate) fn open(state: &mut State, room_id: ObjectId) -> ObjectId {
    let (id, now) = (state.new_id(), state.now());
    state.sessions.open(id, room_id, now);
    let room = state.rooms.of_id(room_id);
    let limit = SignedDuration::from_secs(room.max_duration_seconds.unwrap_or(MAX_SECONDS));
    let data = events::opened(room, id, now);
    state.emit("session.open.success", room_id, data);
    if let Ok(end) = now.checked_add(limit) {
        state.schedule(end, REACH_LIMIT, id.to_string());
    }
    id
}

const REACH_LIMIT: Action = Action {
    run: reach_limit,
    applies: |state, session_id| {
        let id = session_id.parse().ok();
        let session = id.and_then(|id| state.sessions.of_id(id));
        session.is_some_and(|session| session.ended_at.is_none())
    },
};

fn reach_limit(state: &mut State, session_id: &str) {
    if let Ok(id) = session_id.parse() {
        close(state, id, "server removed peer", None);
    }
}

/// Remove a connected peer, and close the session if it was the last and no bot is left. 404 if it is not connected.
pub(crate) fn leave(
    state: &mut State,
    peer_id: &str,
    reason: &str,
    message: Option<&str>,
) -> Result<(), ApiError> {
    let session_id = disconnect(state, peer_id, reason, message)?;
    let session = state.sessions.of_id(session_id);
    if let Some(session) = session.filter(|session| session.connected().next().is_none()) {
        let room_id = session.room_id;
        if !(state.hooks.last_peer_left)(state, room_id, session_id) {
            finish(state, session_id);
        }
    }
    Ok(())
}

/// End a running session: all peers leave with this reason, then it closes. Does nothing if it has ended.
pub(crate) fn close(state: &mut State, session_id: ObjectId, reason: &str, message: Option<&str>) {
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    if session.ended_at.is_some() {
        return;
    }
    let peers: Vec<String> = session.connected().map(|peer| peer.id.clone()).collect();
    for peer_id in peers {
        // Each of them is connected, so nothing can be refused.
        let _ = disconnect(state, &peer_id, reason, message);
    }
    finish(state, session_id);
}

/// Disconnect a peer and return its session, which may be empty then.
fn disconnect(
    state: &mut State,
    peer_id: &str,
    reason: &str,
    message: Option<&str>,
) -> Result<ObjectId, ApiError> {
    let (session, peer) = state.sessions.peer(peer_id).ok_or_else(peer_not_found)?;
    let (session_id, room_id) = (session.id, session.room_id);
    if !peer.is_connected() {
        let data = events::leave_failure(state.rooms.of_id(room_id), peer);
        state.emit("peer.leave.failure", room_id, data);
        return Err(ApiError::not_found("Peer not joined"));
    }
    tracks::remove_where(state, peer_id, |_| true);
    let now = state.now();
    if let Some(peer) = state.sessions.peer_mut(peer_id) {
        peer.left_at = Some(now);
    }
    if let Some(session) = state.sessions.of_id_mut(session_id) {
        session.updated_at = now;
    }
    emit_of_peer(
        state,
        "peer.leave.success",
        peer_id,
        |room, session, peer| events::left(room, session, peer, reason, message),
    );
    Ok(session_id)
}

/// Close a session that nobody is in any more.
pub(crate) fn finish(state: &mut State, session_id: ObjectId) {
    state.sessions.close(session_id, state.now());
    if let Some(session) = state.sessions.of_id(session_id) {
        let data = events::closed(state.rooms.of_id(session.room_id), session);
        state.emit("session.close.success", session.room_id, data);
    }
    for hook in state.hooks.session_closed {
        hook(state, session_id);
    }
}

/// Emit an event about a peer in its session.
pub(crate) fn emit_of_peer(
    state: &mut State,
    kind: &'static str,
    peer_id: &str,
    data: impl FnOnce(&Room, &Session, &Peer) -> serde_json::Value,
) {
    let Some((session, peer)) = state.sessions.peer(peer_id) else {
        return;
    };
    let room_id = session.room_id;
    let data = data(state.rooms.of_id(room_id), session, peer);
    state.emit(kind, room_id, data);
}
