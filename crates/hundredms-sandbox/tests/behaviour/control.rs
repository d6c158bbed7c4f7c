//! Clock, snapshots, the log of requests, seeds.

use std::time::Duration;

use hundredms_sandbox::{Seed, TokenKind};
use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, exchange};

#[tokio::test]
async fn restoring_a_snapshot_brings_back_rooms_and_clock() {
    let api = Api::start().await;
    api.posted("/rooms", json!({"name": "kept"})).await;
    let snapshot = api.sandbox.snapshot();
    api.posted("/rooms", json!({"name": "lost"})).await;
    api.sandbox
        .advance_clock(Duration::from_secs(3600))
        .unwrap();

    api.sandbox.restore(&snapshot).unwrap();
    assert_eq!(api.sandbox.stats().rooms, 1);
    assert!(api.sandbox.clock().advanced_seconds < 1.0);
    api.sandbox.reset();
    assert_eq!(
        (api.sandbox.stats().rooms, api.sandbox.stats().templates),
        (0, 1)
    );
    assert_eq!(api.sandbox.restore(&snapshot).unwrap_err().status(), 404);
}

#[tokio::test]
async fn the_log_tells_each_request_without_its_secrets() {
    let api = Api::start().await;
    api.posted("/rooms", json!({"name": "a"})).await;
    api.get("/rooms?limit=20&name=a%20b").await;
    exchange(api.bare(Method::POST, "/token").body("no json")).await;
    api.get("/nothing/here").await;

    let log = api.sandbox.requests();
    let row = |index: usize| {
        (
            log[index].operation.as_deref(),
            log[index].status,
            log[index].token,
        )
    };
    assert_eq!(row(0), (Some("rooms.create"), 200, TokenKind::Management));
    assert_eq!(log[0].body, Some(json!({"name": "a"})));
    assert_eq!(row(1), (Some("rooms.list"), 200, TokenKind::Management));
    assert_eq!(
        log[1].query,
        [("limit".into(), "20".into()), ("name".into(), "a b".into())]
    );
    assert_eq!(
        row(2),
        (Some("room_codes.auth_token"), 400, TokenKind::None)
    );
    assert_eq!(row(3), (None, 404, TokenKind::None));
    assert!(!format!("{log:?}").contains("eyJ"));

    api.sandbox.clear_requests();
    assert_eq!(api.sandbox.stats().requests, 0);
}

#[tokio::test]
async fn controls_answer_alike_over_http_and_in_process() {
    let api = Api::start().await;
    let root = api.sandbox.base_url().replace("/v2", "/_sandbox");
    let http = crate::http::client();
    let control = |name: &str, body: &str| {
        exchange(http.post(format!("{root}/{name}")).body(body.to_owned()))
    };

    let (status, answer) = control("advance_clock", r#"{"seconds": 2.5}"#).await;
    assert_eq!((status, &answer["advanced_seconds"]), (200, &json!(2.5)));
    assert_eq!(control("seed", r#"{"rooms": 3}"#).await.1["rooms"], 3);
    assert_eq!(
        api.sandbox.control("stats", Value::Null).unwrap()["rooms"],
        3
    );
    let text = api.sandbox.control_json("stats", "").unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["rooms"], 3);

    assert_eq!(control("advance_clock", r#"{"seconds": -1}"#).await.0, 400);
    assert_eq!(control("advance_clock", r#"{"minutes": 1}"#).await.0, 400);
    assert_eq!(
        control("advance_clock", r#"{"seconds": 1e300}"#).await.0,
        400
    );
    assert_eq!(control("nonsense", "").await.0, 404);
    assert_eq!(control("seed", r#"{"template": "nobody's"}"#).await.0, 404);
}

#[tokio::test]
async fn a_seed_passes_over_names_that_are_taken_and_takes_a_template_by_name() {
    let api = Api::start().await;
    api.posted("/rooms", json!({"name": "ROOM-2"})).await;
    api.posted("/templates", json!({"name": "lesson"})).await;
    api.sandbox
        .seed(&Seed::new().rooms(2).template("lesson"))
        .unwrap();
    let page = api.got("/rooms").await;
    let rooms: Vec<_> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|room| (&room["name"], &room["template"]))
        .collect();
    let expected = [
        ("room-3", "lesson"),
        ("room-1", "lesson"),
        ("ROOM-2", "default"),
    ]
    .map(|(a, b)| (json!(a), json!(b)));
    assert_eq!(
        rooms,
        expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>()
    );
}
