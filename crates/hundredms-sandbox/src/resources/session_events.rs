//! The data objects of the events about sessions, peers and roles.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{peers::Peer, rooms::Room, sessions::Session};
use crate::{clock::text, ids::ObjectId};

/// Go's zero time, which stands for none.
const NO_TIME: &str = "0001-01-01T00:00:00Z";

pub(super) fn opened(room: &Room, session_id: ObjectId, started_at: Timestamp) -> Value {
    json!({
        "room_id": room.id, "room_name": room.name, "session_id": session_id, "template_id": room.template_id,
        "session_started_at": text(started_at),
    })
}

pub(super) fn closed(room: &Room, session: &Session) -> Value {
    let stopped_at = session.ended_at.unwrap_or(session.updated_at);
    json!({
        "room_id": room.id, "room_name": room.name, "session_id": session.id, "template_id": room.template_id,
        "session_duration": seconds(session.started_at, stopped_at),
        "session_started_at": text(session.started_at), "session_stopped_at": text(stopped_at),
    })
}

pub(super) fn joined(room: &Room, session: &Session, peer: &Peer) -> Value {
    let mut data = of_peer(room, Some(session), peer);
    data["joined_at"] = text(peer.joined_at).into();
    data["type"] = peer.kind.word().into();
    data
}

pub(super) fn left(
    room: &Room,
    session: &Session,
    peer: &Peer,
    reason: &str,
    message: Option<&str>,
) -> Value {
    let left_at = peer.left_at.unwrap_or(session.updated_at);
    let mut data = joined(room, session, peer);
    data["left_at"] = text(left_at).into();
    data["duration"] = seconds(peer.joined_at, left_at).into();
    data["reason"] = reason.into();
    if let Some(message) = message {
        data["message"] = message.into();
    }
    data
}

pub(super) fn join_failure(room: &Room, peer: &Peer, error: &str) -> Value {
    let mut data = of_peer(room, None, peer);
    data["joined_at"] = NO_TIME.into();
    data["error_message"] = error.into();
    data["type"] = peer.kind.word().into();
    data
}

pub(super) fn leave_failure(room: &Room, peer: &Peer) -> Value {
    let mut data = of_peer(room, None, peer);
    data["left_at"] = NO_TIME.into();
    data["duration"] = 0.into();
    data["error_message"] = "Peer not joined".into();
    data["joined_at"] = text(peer.joined_at).into();
    data["type"] = peer.kind.word().into();
    data
}

pub(super) fn role_changed(
    room: &Room,
    session: &Session,
    peer: &Peer,
    previous: &str,
    at: Timestamp,
) -> Value {
    let mut data = of_peer(room, Some(session), peer);
    data["previous_role"] = previous.into();
    data["joined_at"] = text(peer.joined_at).into();
    data["role_changed_at"] = text(at).into();
    data
}

/// `wanted` is the role that was not given.
pub(super) fn role_change_failure(
    room: &Room,
    session: &Session,
    peer: &Peer,
    wanted: &str,
    error: &str,
) -> Value {
    let mut data = of_peer(room, Some(session), peer);
    data["role"] = wanted.into();
    data["joined_at"] = text(peer.joined_at).into();
    data["error_message"] = error.into();
    data
}

/// An end by the server API, so the fields of the peer that asked are empty.
pub(super) fn room_ended(
    room: &Room,
    session: Option<&Session>,
    lock: bool,
    reason: &str,
) -> Value {
    let mut data = json!({
        "room_id": room.id, "room_name": room.name, "template_id": room.template_id,
        "peer_id": "", "user_id": "", "user_name": "", "role": "",
        "lock_room": lock, "reason": reason, "source": "api",
    });
    if let Some(session) = session {
        data["session_id"] = session.id.to_string().into();
        data["session_started_at"] = text(session.started_at).into();
    }
    data
}

fn of_peer(room: &Room, session: Option<&Session>, peer: &Peer) -> Value {
    let mut data = json!({
        "room_id": room.id, "room_name": room.name, "template_id": room.template_id,
        "peer_id": peer.id, "user_id": peer.user_id, "user_name": peer.name, "user_data": peer.metadata,
        "role": peer.role,
    });
    if let Some(session) = session {
        data["session_id"] = session.id.to_string().into();
        data["session_started_at"] = text(session.started_at).into();
    }
    data
}

/// Whole seconds between two times.
fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs().max(0)
}
