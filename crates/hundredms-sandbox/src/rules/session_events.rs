//! The data objects of the events about sessions, peers and roles.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    clock::text,
    ids::ObjectId,
    state::{peers::Peer, rooms::Room, sessions::Session},
};

/// The zero time, which means that there is none.
const NO_TIME: &str = "0001-01-01T00:00:00Z";

pub(crate) fn opened(room: &Room, session_id: ObjectId, started_at: Timestamp) -> Value {
    json!({
        "room_id": room.id, "room_name": room.name, "session_id": session_id, "template_id": room.template_id,
        "session_started_at": text(started_at),
    })
}

pub(crate) fn closed(room: &Room, session: &Session) -> Value {
    let stopped_at = session.ended_at.unwrap_or(session.updated_at);
    json!({
        "room_id": room.id, "room_name": room.name, "session_id": session.id, "template_id": room.template_id,
        "session_duration": seconds(session.started_at, stopped_at),
        "session_started_at": text(session.started_at), "session_stopped_at": text(stopped_at),
    })
}

pub(crate) fn joined(room: &Room, session: &Session, peer: &Peer) -> Value {
    let mut data = of_peer(room, Some(session), peer);
    data["joined_at"] = text(peer.joined_at).into();
    data["type"] = peer.kind.word().into();
    data
}

pub(crate) fn left(
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

pub(crate) fn join_failure(room: &Room, peer: &Peer, error: &str) -> Value {
    let mut data = of_peer(room, None, peer);
    data["joined_at"] = NO_TIME.into();
    data["error_message"] = error.into();
    data["type"] = peer.kind.word().into();
    data
}

pub(crate) fn leave_failure(room: &Room, peer: &Peer) -> Value {
    let mut data = of_peer(room, None, peer);
    data["left_at"] = NO_TIME.into();
    data["duration"] = 0.into();
    data["error_message"] = "Peer not joined".into();
    data["joined_at"] = text(peer.joined_at).into();
    data["type"] = peer.kind.word().into();
    data
}

pub(crate) fn role_changed(
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

/// Return the data of a failed change of role. `wanted` is the role that the peer did not get.
pub(crate) fn role_change_failure(
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

/// Return the data of the end of a room by the server API. The fields of the peer that requested it are empty.
pub(crate) fn room_ended(
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

/// Return the whole seconds between two times.
fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs().max(0)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use jiff::SignedDuration;

    use super::*;
    use crate::{
        api::routes,
        request::Request,
        rules::{
            hooks::new_state,
            sessions::{self, Join},
        },
        state::{State, event::Event, peers::PeerKind},
        tokens::{Caller, Credentials},
    };

    /// Return a workspace with one room, and the room's id.
    fn workspace() -> (State, String) {
        let credentials = Credentials {
            access_key: "key".into(),
            secret: "secret".into(),
        };
        let mut state = new_state(credentials);
        let roles = json!({"host": {}, "guest": {}, "solo": {"maxPeerCount": 1}});
        let body = json!({"name": "t", "roles": roles});
        let template = call(&mut state, "POST", "/templates", body).expect("a template");
        let body = json!({"name": "r", "template_id": template["id"]});
        let room = call(&mut state, "POST", "/rooms", body).expect("a room");
        let id = room["id"].as_str().expect("an id").to_owned();
        (state, id)
    }

    /// Run an operation as the server does, without HTTP.
    fn call(state: &mut State, method: &str, path: &str, body: Value) -> Option<Value> {
        let (operation, arguments) = routes::find(method, path).expect("a known path");
        let request = Request {
            arguments,
            query: Vec::new(),
            body,
            has_body: true,
            caller: Caller::Management,
        };
        let answer = (operation.handler)(state, &request).ok()?;
        serde_json::from_slice(&answer.body?).ok()
    }

    fn join(state: &mut State, room_id: &str, role: &str) -> Option<String> {
        let join = Join {
            room_id: room_id.into(),
            role: role.into(),
            name: "Vera".into(),
            user_id: "u".into(),
            metadata: "m".into(),
            kind: PeerKind::Regular,
        };
        sessions::join(state, join).ok()
    }

    fn kinds(events: &[Event]) -> Vec<&str> {
        events.iter().map(|event| &*event.kind).collect()
    }

    /// Compare the fields of an event with those of the contract's example.
    fn assert_documented(event: &Event) {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/webhook-examples"
        );
        let text = fs::read_to_string(format!("{folder}/{}.json", event.kind)).expect("an example");
        let example: Value = serde_json::from_str(&text).expect("JSON");
        let fields = |data: &Value| -> BTreeSet<String> {
            let fields = data.as_object().expect("an object").keys();
            fields
                // Left out where no peer asked for the change, and where no text was given.
                .filter(|name| !["role_change_requested_by", "message"].contains(&name.as_str()))
                .cloned()
                .collect()
        };
        assert_eq!(
            fields(&event.data),
            fields(&example["data"]),
            "{}",
            event.kind
        );
    }

    #[test]
    fn the_events_of_a_meeting_come_in_order_with_the_fields_of_the_contract() {
        let (mut state, room_id) = workspace();
        let path = format!("/active-rooms/{room_id}");
        let host = join(&mut state, &room_id, "host").expect("a peer");
        join(&mut state, &room_id, "solo").expect("a peer");
        assert_eq!(join(&mut state, &room_id, "dancer"), None);
        let of_host = format!("{path}/peers/{host}");
        call(&mut state, "POST", &of_host, json!({"role": "guest"})).expect("a change");
        assert_eq!(
            call(&mut state, "POST", &of_host, json!({"role": "solo"})),
            None
        );
        state.advance(SignedDuration::from_secs(90));
        let remove = json!({"peer_id": host, "reason": "too loud"});
        call(&mut state, "POST", &format!("{path}/remove-peers"), remove).expect("a removal");
        assert!(sessions::leave(&mut state, &host, "client request", None).is_err());
        let end = json!({"reason": "late", "lock": true});
        let end_room = format!("{path}/end-room");
        call(&mut state, "POST", &end_room, end.clone()).expect("an end");
        assert_eq!(call(&mut state, "POST", &end_room, end), None);

        let events = &state.outbox;
        assert_eq!(
            kinds(events),
            [
                "session.open.success",
                "peer.join.success",
                "peer.join.success",
                "peer.join.failure",
                "role.change.success",
                "role.change.failure",
                "peer.leave.success",
                "peer.leave.failure",
                "room.end.success",
                "peer.leave.success",
                "session.close.success",
                "room.end.failure",
            ]
        );
        for event in events {
            assert_documented(event);
        }
        let change = &events[4].data;
        assert_eq!(
            (&change["previous_role"], &change["role"]),
            (&json!("host"), &json!("guest"))
        );
        assert_eq!(events[5].data["error_message"], "role limit reached");
        let removed = &events[6].data;
        assert_eq!(
            (&removed["reason"], &removed["message"]),
            (&json!("peer kicked"), &json!("too loud"))
        );
        let stayed = removed["duration"].as_i64();
        assert!(stayed.is_some_and(|seconds| (90..100).contains(&seconds)));
        assert_eq!(
            (&events[8].data["lock_room"], &events[8].data["reason"]),
            (&json!(true), &json!("late"))
        );
        assert_eq!(events[9].data["message"], "late");
        assert_eq!(events[10].data["session_duration"], removed["duration"]);
        assert_eq!(events[11].data["error_code"], 404);
    }

    #[test]
    fn the_last_peer_and_the_time_limit_close_a_session_without_an_end_of_the_room() {
        let (mut state, room_id) = workspace();
        let peer = join(&mut state, &room_id, "host").expect("a peer");
        state.outbox.clear();
        sessions::leave(&mut state, &peer, "websocket closed", None).expect("a leave");
        assert_eq!(
            kinds(&state.outbox),
            ["peer.leave.success", "session.close.success"]
        );
        assert_eq!(state.outbox[0].data["reason"], "websocket closed");
        assert_eq!(state.outbox[0].data.get("message"), None);

        join(&mut state, &room_id, "host").expect("a peer");
        state.outbox.clear();
        state.advance(SignedDuration::from_hours(13));
        assert_eq!(
            kinds(&state.outbox),
            ["peer.leave.success", "session.close.success"]
        );
        assert_eq!(state.outbox[0].data["reason"], "server removed peer");
        assert_eq!(state.outbox[1].data["session_duration"], 12 * 3600);
    }
}
