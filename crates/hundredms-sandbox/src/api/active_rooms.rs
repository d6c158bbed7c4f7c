//! Rooms that are live, with the peers in them: `/active-rooms`.

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    request::Request,
    rules::{
        session_events as events,
        sessions::{self, check_role},
        tracks,
    },
    shape::{Shape, optional, required},
    state::{
        State,
        messages::SentMessage,
        peers::{Peer, Track, may_publish, peer_not_found},
        rooms::Room,
        sessions::Session,
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("active_rooms.get", "GET", "/active-rooms/{room_id}", get),
    Operation::new(
        "active_rooms.end",
        "POST",
        "/active-rooms/{room_id}/end-room",
        end,
    ),
    Operation::new(
        "active_rooms.list_peers",
        "GET",
        "/active-rooms/{room_id}/peers",
        list_peers,
    ),
    Operation::new(
        "active_rooms.get_peer",
        "GET",
        "/active-rooms/{room_id}/peers/{peer_id}",
        get_peer,
    ),
    Operation::new(
        "active_rooms.update_peer",
        "POST",
        "/active-rooms/{room_id}/peers/{peer_id}",
        update_peer,
    ),
    Operation::new(
        "active_rooms.remove_peers",
        "POST",
        "/active-rooms/{room_id}/remove-peers",
        remove_peers,
    ),
    Operation::new(
        "active_rooms.send_message",
        "POST",
        "/active-rooms/{room_id}/send-message",
        send_message,
    ),
];

/// The reason in `peer.leave.success` for peers that the API removed.
const KICKED: &str = "peer kicked";

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let (room, session) = live(state, request)?;
    let peers: Vec<&str> = session.connected().map(|peer| &*peer.id).collect();
    Ok(ApiResponse::ok(&json!({
        "id": room.id, "name": room.name, "customer_id": state.customer_id,
        "session": {"id": session.id, "created_at": clock::text(session.started_at), "peers": peers},
    })))
}

fn end(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("reason", Shape::Text),
        optional("lock", Shape::Bool),
    ]);
    let room_id = request.argument("room_id");
    let room = state.rooms.get(room_id)?;
    let body = request.body(&BODY)?;
    let lock = body["lock"].as_bool().unwrap_or(false);
    let reason = body["reason"].as_str().unwrap_or_default();
    let id = room.id;
    let Some(session) = state.sessions.running(id) else {
        let error = session_not_found();
        let last = state.sessions.of_room(id).next();
        let mut data = events::room_ended(room, last, lock, reason);
        data["error_message"] = error.message.as_str().into();
        data["error_code"] = error.code.into();
        state.emit("room.end.failure", id, data);
        return Err(error);
    };
    let session_id = session.id;
    let data = events::room_ended(room, Some(session), lock, reason);
    if lock {
        let now = state.now();
        let room = state.rooms.get_mut(room_id)?;
        room.enabled = false;
        room.updated_at = now;
    }
    state.emit("room.end.success", id, data);
    let message = Some(reason).filter(|reason| !reason.is_empty());
    sessions::close(state, session_id, KICKED, message);
    Ok(acknowledged("session is ending"))
}

fn list_peers(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let (_, session) = live(state, request)?;
    let user_id = request.query("user_id");
    let role = request.query("role");
    let peers = session.connected().filter(|peer| {
        user_id.is_none_or(|user_id| peer.user_id == user_id)
            && role.is_none_or(|role| peer.role == role)
    });
    let peers = peers.map(|peer| (&*peer.id, summary(peer))).collect();
    Ok(ApiResponse::ok(&PeerMap {
        peers: InOrder(peers),
    }))
}

fn get_peer(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let (_, session) = live(state, request)?;
    let peer = connected(session, request.argument("peer_id"))?;
    Ok(ApiResponse::ok(&peer_response(peer)))
}

fn update_peer(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("name", Shape::Text),
        optional("role", Shape::Text),
        optional("metadata", Shape::Text),
    ]);
    let (room, session) = live(state, request)?;
    let peer = connected(session, request.argument("peer_id"))?;
    let body = request.body(&BODY)?;
    if ["name", "role", "metadata"]
        .iter()
        .all(|field| body[field].is_null())
    {
        return Err(ApiError::body_param([
            "one of name, role and metadata is needed".to_owned(),
        ]));
    }
    let role = body["role"].as_str().filter(|role| *role != peer.role);
    if let Some(role) = role {
        if state.templates.of(room).role(role).is_none() {
            return Err(ApiError::body_param([format!(
                "role {role} is not a role of the room's template"
            )]));
        }
        if let Err(refusal) = check_role(state, room, Some(session), role) {
            let error = &refusal.message;
            let data = events::role_change_failure(room, session, peer, role, error);
            state.emit("role.change.failure", session.room_id, data);
            return Err(ApiError {
                code: 400,
                ..refusal
            });
        }
    }
    let peer_id = peer.id.clone();
    let session_id = session.id;
    let now = state.now();
    if let Some(session) = state.sessions.of_id_mut(session_id) {
        session.updated_at = now;
    }
    if let Some(peer) = state.sessions.peer_mut(&peer_id) {
        if let Some(name) = body["name"].as_str() {
            name.clone_into(&mut peer.name);
        }
        if let Some(metadata) = body["metadata"].as_str() {
            metadata.clone_into(&mut peer.metadata);
        }
    }
    if let Some(role) = role {
        change_role(state, &peer_id, role);
    }
    let (_, peer) = state.sessions.peer(&peer_id).ok_or_else(peer_not_found)?;
    Ok(ApiResponse::ok(&peer_response(peer)))
}

/// Change the role of a peer, and remove the tracks that it may no longer publish.
fn change_role(state: &mut State, peer_id: &str, role: &str) {
    let Some(peer) = state.sessions.peer_mut(peer_id) else {
        return;
    };
    let previous = std::mem::replace(&mut peer.role, role.to_owned());
    let now = state.now();
    sessions::emit_of_peer(
        state,
        "role.change.success",
        peer_id,
        |room, session, peer| events::role_changed(room, session, peer, &previous, now),
    );
    let Some((session, _)) = state.sessions.peer(peer_id) else {
        return;
    };
    let template = state.templates.of(state.rooms.of_id(session.room_id));
    if let Some(settings) = template.role(role).cloned() {
        tracks::remove_where(state, peer_id, |track| {
            !may_publish(&settings, &track.kind, &track.source)
        });
    }
}

fn remove_peers(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        optional("peer_id", Shape::Text),
        optional("role", Shape::Text),
        optional("reason", Shape::Text),
    ]);
    let (_, session) = live(state, request)?;
    let body = request.body(&BODY)?;
    let whom = addressees(session, body)?;
    if whom.is_everybody {
        return Err(ApiError::body_param([
            "one of peer_id and role is needed".to_owned()
        ]));
    }
    let reason = body["reason"].as_str().filter(|reason| !reason.is_empty());
    for peer_id in &whom.ids {
        sessions::leave(state, peer_id, KICKED, reason)?;
    }
    Ok(acknowledged("peer remove request submitted"))
}

fn send_message(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    const BODY: Shape = Shape::Object(&[
        required("message", Shape::Text),
        optional("peer_id", Shape::Text),
        optional("role", Shape::Text),
        optional("type", Shape::Text),
    ]);
    let (room, session) = live(state, request)?;
    let body = request.body(&BODY)?;
    let whom = addressees(session, body)?;
    let room_id = room.id;
    let now = state.now();
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty());
    if let Some(session) = state.sessions.running_mut(room_id) {
        session.messages.push(SentMessage {
            message: text("message").unwrap_or_default().to_owned(),
            kind: text("type").unwrap_or("chat").to_owned(),
            is_direct: text("peer_id").is_some(),
            role: text("role").map(str::to_owned),
            recipients: whom.ids,
            sent_at: now,
        });
    }
    Ok(acknowledged("message sent"))
}

/// The recipients of a body: `peer_id`, which takes precedence, or `role`. Empty strings count as missing.
#[derive(Debug)]
struct Addressees {
    ids: Vec<String>,
    is_everybody: bool,
}

fn addressees(session: &Session, body: &Value) -> Result<Addressees, ApiError> {
    let given = |name: &str| body[name].as_str().filter(|value| !value.is_empty());
    if let Some(peer_id) = given("peer_id") {
        return Ok(Addressees {
            ids: vec![connected(session, peer_id)?.id.clone()],
            is_everybody: false,
        });
    }
    let role = given("role");
    let peers = session.connected();
    let ids = peers
        .filter(|peer| role.is_none_or(|role| peer.role == role))
        .map(|peer| peer.id.clone());
    Ok(Addressees {
        ids: ids.collect(),
        is_everybody: role.is_none(),
    })
}

/// Return the room of the path with its running session. 404 if either is missing, or if nobody is in it: a bot may keep a
/// session open.
fn live<'a>(state: &'a State, request: &Request) -> Result<(&'a Room, &'a Session), ApiError> {
    let room = state.rooms.get(request.argument("room_id"))?;
    let session = state.sessions.running(room.id);
    let session = session.filter(|session| session.connected().next().is_some());
    Ok((room, session.ok_or_else(session_not_found)?))
}

fn connected<'a>(session: &'a Session, peer_id: &str) -> Result<&'a Peer, ApiError> {
    let mut peers = session.connected();
    peers
        .find(|peer| peer.id == peer_id)
        .ok_or_else(peer_not_found)
}

fn session_not_found() -> ApiError {
    ApiError::not_found("session not found")
}

fn acknowledged(message: &str) -> ApiResponse {
    ApiResponse::ok(&json!({"message": message}))
}

#[derive(Debug, Serialize)]
struct PeerMap<'a> {
    peers: InOrder<&'a str, PeerSummary<'a>>,
}

/// A JSON object whose keys keep their order.
#[derive(Debug)]
struct InOrder<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for InOrder<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[derive(Debug, Serialize)]
struct PeerSummary<'a> {
    id: &'a str,
    name: &'a str,
    user_id: &'a str,
    metadata: &'a str,
    role: &'a str,
    #[serde(serialize_with = "clock::serialize")]
    joined_at: Timestamp,
}

fn summary(peer: &Peer) -> PeerSummary<'_> {
    PeerSummary {
        id: &peer.id,
        name: &peer.name,
        user_id: &peer.user_id,
        metadata: &peer.metadata,
        role: &peer.role,
        joined_at: peer.joined_at,
    }
}

/// A connected peer with its tracks.
#[derive(Debug, Serialize)]
pub(crate) struct PeerResponse<'a> {
    #[serde(flatten)]
    summary: PeerSummary<'a>,
    tracks: InOrder<&'a str, &'a Track>,
}

pub(crate) fn peer_response(peer: &Peer) -> PeerResponse<'_> {
    let tracks = peer.tracks.iter().map(|track| (&*track.id, track));
    PeerResponse {
        summary: summary(peer),
        tracks: InOrder(tracks.collect()),
    }
}
