//! Peers that join and leave through the controls, and who is turned away.

use std::time::Duration;

use hundredms_sandbox::{JoinPeer, LeavePeer};
use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, exchange, signed};

async fn room(api: &Api, settings: Value) -> String {
    let room = api.posted("/rooms", settings).await;
    room["id"].as_str().unwrap().to_owned()
}

/// Why a join is refused.
fn refusal(api: &Api, join: &JoinPeer) -> (u16, String) {
    let error = api.sandbox.join_peer(join).expect_err("a refusal");
    (error.status(), error.to_string())
}

fn client_token(api: &Api, claims: &Value) -> String {
    let now = jiff::Timestamp::now().as_second();
    let mut all = json!({
        "access_key": api.sandbox.access_key(), "type": "app", "version": 2, "jti": "any",
        "iat": now, "nbf": now, "exp": now + 60,
    });
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    signed(&all, api.sandbox.secret())
}

#[tokio::test]
async fn a_peer_joins_by_a_token_that_says_room_role_and_user() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let claims = json!({"room_id": room_id, "role": "host", "user_id": "u-1"});
    let join = JoinPeer::with_token(client_token(&api, &claims));
    let peer = api.sandbox.join_peer(&join.clone().name("Vera")).unwrap();
    assert_eq!(
        (&*peer.role, &*peer.user_id, &*peer.name),
        ("host", "u-1", "Vera")
    );
    assert_eq!(peer.room_id, room_id);
    assert!(!format!("{join:?}").contains("eyJ"));

    let both = refusal(&api, &join.clone().user_id("u-2"));
    assert_eq!(both.0, 400);
    api.sandbox.advance_clock(Duration::from_secs(90)).unwrap();
    assert_eq!(refusal(&api, &join).0, 401);
    assert_eq!(refusal(&api, &JoinPeer::with_token("nonsense")).0, 401);
}

#[tokio::test]
async fn the_token_of_a_room_code_lets_a_peer_in() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let path = format!("/room-codes/room/{room_id}/role/guest");
    let code = api.posted(&path, json!({})).await["code"].clone();
    let request = api.bare(Method::POST, "/token");
    let (_, answer) = exchange(request.json(&json!({"code": code, "user_id": "u"}))).await;

    let join = JoinPeer::with_token(answer["token"].as_str().unwrap());
    let peer = api.sandbox.join_peer(&join).unwrap();
    assert_eq!((&*peer.role, &*peer.user_id), ("guest", "u"));
}

#[tokio::test]
async fn a_disabled_room_turns_peers_away_and_keeps_those_that_are_in() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let join = JoinPeer::with_role(&room_id, "host");
    api.sandbox.join_peer(&join).unwrap();
    api.posted(&format!("/rooms/{room_id}"), json!({"enabled": false}))
        .await;

    assert_eq!(
        refusal(&api, &join),
        (403, "Room is disabled (not active)".into())
    );
    assert_eq!(api.sandbox.stats().peers, 1);
    let nowhere = JoinPeer::with_role("66b2d2105c803b002ae4f611", "host");
    assert_eq!(refusal(&api, &nowhere), (404, "Room not found".into()));
}

#[tokio::test]
async fn a_role_takes_as_many_peers_as_it_may_and_a_room_as_many_as_its_size() {
    let api = Api::start().await;
    let roles = json!({"solo": {"maxPeerCount": 1}, "none": {"maxPeerCount": -1}, "any": {}});
    let template = api
        .posted("/templates", json!({"name": "t", "roles": roles}))
        .await;
    let settings = json!({"template_id": template["id"], "size": 3});
    let room_id = room(&api, settings).await;
    let join = |role: &str| JoinPeer::with_role(&room_id, role);

    let solo = api.sandbox.join_peer(&join("solo")).unwrap();
    assert_eq!(
        refusal(&api, &join("solo")),
        (
            403,
            "role limit reached: the role solo takes 1 peers at most".into()
        )
    );
    assert_eq!(
        refusal(&api, &join("none")),
        (
            403,
            "role limit reached: the role none takes 0 peers at most".into()
        )
    );
    assert_eq!(
        refusal(&api, &join("singer")),
        (
            403,
            "role not allowed: the room's template has no role singer".into()
        )
    );
    api.sandbox.join_peer(&join("any")).unwrap();
    api.sandbox.join_peer(&join("any")).unwrap();
    let events = api.sandbox.stats().events;
    assert_eq!(
        refusal(&api, &join("any")),
        (403, "room is full: the room takes 3 peers at most".into())
    );
    // `peer.join.failure`
    assert_eq!(api.sandbox.stats().events, events + 1);
    api.sandbox.leave_peer(&LeavePeer::new(solo.id)).unwrap();
    api.sandbox.join_peer(&join("solo")).unwrap();
}

#[tokio::test]
async fn a_peer_leaves_once_for_a_known_reason() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let peer = api
        .sandbox
        .join_peer(&JoinPeer::with_role(&room_id, "host"))
        .unwrap();
    let leave = LeavePeer::new(&peer.id);
    let bored = api.sandbox.leave_peer(&leave.clone().reason("bored"));
    assert_eq!(bored.unwrap_err().status(), 400);
    let lost = leave.clone().reason("websocket closed");
    api.sandbox.leave_peer(&lost).unwrap();

    let again = api.sandbox.leave_peer(&leave).unwrap_err();
    assert_eq!(
        (again.status(), &*again.to_string()),
        (404, "Peer not joined")
    );
    let nobody = api.sandbox.leave_peer(&LeavePeer::new("nobody"));
    assert_eq!(nobody.unwrap_err().status(), 404);
}
