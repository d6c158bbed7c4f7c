//! Telephone: tones, calls, trunks.

use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, exchange};

/// A room, with a code for its guests.
async fn room(api: &Api) -> (String, String) {
    let room = api.posted("/rooms", json!({})).await;
    let id = room["id"].as_str().unwrap().to_owned();
    let path = format!("/room-codes/room/{id}/role/guest");
    let code = api.posted(&path, json!({})).await;
    (id, code["code"].as_str().unwrap().to_owned())
}

async fn trunk(api: &Api) -> String {
    let trunk = json!({"username": "u", "password": "p", "address": "sip.example.com", "from": "+15550100"});
    let trunk = api.posted("/sip/outbound/trunks", trunk).await;
    trunk["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn tones_take_a_client_token_and_digits_of_a_telephone() {
    let api = Api::start().await;
    let (room_id, code) = room(&api).await;
    let token = api.posted("/token", json!({"code": code})).await;
    let token = token["token"].as_str().unwrap();
    let send = |body: Value| {
        let request = api.bare(Method::POST, "/sip/dtmf").bearer_auth(token);
        exchange(request.json(&body))
    };
    let message = async |body: Value| {
        let (status, answer) = send(body).await;
        (status, answer["message"].as_str().map(str::to_owned))
    };
    assert_eq!(
        send(json!({"digits": ["4", "*", "#", "d"]})).await,
        (200, json!({}))
    );
    let missing = (400, Some("digits are mandatory".to_owned()));
    assert_eq!(message(json!({})).await, missing);
    assert_eq!(message(json!({"digits": []})).await, missing);
    let invalid = (400, Some("invalid digit".to_owned()));
    for digit in ["e", "A", "12", ""] {
        assert_eq!(message(json!({"digits": ["1", digit]})).await, invalid);
    }
    assert_eq!(message(json!({"digits": "4"})).await.0, 400);
    assert_eq!(api.post("/sip/dtmf", json!({"digits": ["4"]})).await.0, 401);
    api.posted(&format!("/rooms/{room_id}"), json!({"enabled": false}))
        .await;
    assert_eq!(message(json!({"digits": ["4"]})).await.0, 403);
}

#[tokio::test]
async fn whoever_is_called_joins_the_room_of_the_code() {
    let api = Api::start().await;
    let (room_id, code) = room(&api).await;
    let trunk = trunk(&api).await;
    let answer = api
        .posted(
            "/sip/outbound/call",
            json!({"to": "+15550123", "name": "Desk", "user_id": "ext-88", "room_code": code, "trunk_id": trunk,
                   "headers": {"x-case-id": "20831"}}),
        )
        .await;
    assert!(answer["id"].is_string());
    let peers = api.got(&format!("/active-rooms/{room_id}/peers")).await;
    let peers: Vec<_> = peers["peers"].as_object().unwrap().values().collect();
    assert_eq!(
        (
            &peers[0]["name"],
            &peers[0]["user_id"],
            &peers[0]["role"],
            peers.len()
        ),
        (&json!("Desk"), &json!("ext-88"), &json!("guest"), 1)
    );
}

#[tokio::test]
async fn a_call_names_number_code_and_trunk() {
    let api = Api::start().await;
    let (room_id, code) = room(&api).await;
    let trunk = trunk(&api).await;
    let whole = json!({"to": "+15550123", "room_code": code, "trunk_id": trunk});
    let call = async |name: &str, value: Value| {
        let mut body = whole.clone();
        body[name] = value;
        let (status, answer) = api.post("/sip/outbound/call", body).await;
        (status, answer["message"].as_str().unwrap().to_owned())
    };
    for name in ["to", "room_code", "trunk_id"] {
        let mandatory = (400, format!("{name} is mandatory"));
        assert_eq!(call(name, Value::Null).await, mandatory);
        assert_eq!(call(name, json!("")).await, mandatory);
    }
    for (name, value) in [
        ("room_code", json!("abc-defg-hij")),
        ("trunk_id", json!("65fa31d07b")),
        ("headers", json!({"x case": "1"})),
        ("headers", json!({"x-case": "1\r\nTo: x"})),
        ("headers", json!({"x-case": 1})),
    ] {
        assert_eq!(call(name, value.clone()).await.0, 400, "{name} {value}");
    }
    api.posted("/room-codes/code", json!({"code": code, "enabled": false}))
        .await;
    assert_eq!(call("name", json!("x")).await.0, 403);
    assert_eq!(api.get(&format!("/active-rooms/{room_id}")).await.0, 404);
}

#[tokio::test]
async fn a_trunk_is_made_whole_and_updated_in_parts() {
    let api = Api::start().await;
    let id = trunk(&api).await;
    let path = format!("/sip/outbound/trunks/{id}");
    let updated = api.posted(&path, json!({"from": "+15550101"})).await;
    assert_eq!(updated, json!({"id": id}));
    assert_eq!(api.post(&path, json!({"from": 1})).await.0, 400);
    let unknown = "/sip/outbound/trunks/65fa31d07b";
    assert_eq!(api.post(unknown, json!({})).await.0, 404);
    let partial = json!({"username": "u", "address": "sip.example.com", "from": "+15550100"});
    let (status, error) = api.post("/sip/outbound/trunks", partial).await;
    assert_eq!(
        (status, &error["details"]),
        (400, &json!(["Invalid body param: password is missing"]))
    );
}
