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
    let snapshot = api.sandbox.snapshot().unwrap();
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
    let errors: Vec<_> = log.iter().map(|one| one.error.as_deref()).collect();
    assert_eq!(errors[..2], [None, None]);
    assert!(
        errors[2].is_some_and(|error| error.contains("JSON")),
        "{errors:?}"
    );
    assert_eq!(errors[3], Some("Not found"));
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
        let request = http.post(format!("{root}/{name}"));
        exchange(
            request
                .header("content-type", "application/json")
                .body(body.to_owned()),
        )
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

/// Like a token, and like the end of an error of serde's.
const SECRET: &str = "eyJhbGciOiJIUzI1NiJ9.hush, expected f64 at line 1.hush";

/// Controls refuse these arguments with exactly these words.
fn refused(api: &Api, cases: impl IntoIterator<Item = (&'static str, Value, &'static str)>) {
    for (name, arguments, message) in cases {
        let error = api.sandbox.control(name, arguments).unwrap_err();
        assert_eq!((error.status(), error.to_string().as_str()), (400, message));
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_named_in_the_words_of_json_and_not_shown() {
    let api = Api::start().await;
    let token = SECRET;
    let cases = [
        (
            "join_peer",
            json!(token),
            "expected an object, found a string",
        ),
        (
            "join_peer",
            json!([token]),
            "expected an object, found a list",
        ),
        (
            "join_peer",
            json!({"token": [token]}),
            "token: expected a string, found a list",
        ),
        (
            "join_peer",
            json!({"room_id": 7}),
            "room_id: expected a string, found a number",
        ),
        (
            "join_peer",
            json!({"tokens": token}),
            "tokens: unknown field `tokens`, expected one of `token`, `room_id`, `role`, `user_id`, `name`, `metadata`",
        ),
        (
            "start_rtmp_in",
            json!(token),
            "expected an object, found a string",
        ),
        (
            "start_rtmp_in",
            json!({"key": token}),
            "key: unknown field `key`, expected `room_id` or `stream_key`",
        ),
        (
            "start_rtmp_in",
            json!({}),
            "an encoder feeds a room by its room_id, or by its stream_key",
        ),
        (
            "advance_clock",
            json!({"seconds": token}),
            "seconds: expected a number, found a string",
        ),
        (
            "advance_clock",
            json!({"seconds": null}),
            "seconds: expected a number, found null",
        ),
        (
            "advance_clock",
            json!({}),
            "seconds: missing field `seconds`",
        ),
        (
            "advance_clock",
            json!({"minutes": 1}),
            "minutes: unknown field `minutes`, expected `seconds` or `deliver`",
        ),
        (
            "seed",
            json!({"rooms": -5}),
            "rooms: expected a whole number of 0 or more",
        ),
        (
            "seed",
            json!({"rooms": 5.5}),
            "rooms: expected a whole number of 0 or more, found a number with a decimal point",
        ),
    ];
    refused(&api, cases);
    let error = api
        .sandbox
        .control_json("join_peer", &format!("{{{token}"))
        .unwrap_err();
    assert!(error.to_string().starts_with("not valid JSON: "));
    assert!(!error.to_string().contains("hush"), "{error}");
}

#[tokio::test]
async fn a_fault_that_does_not_fit_is_told_where_and_not_shown() {
    let api = Api::start().await;
    let token = SECRET;
    let cases = [
        (
            "add_fault",
            json!({"effect": 503}),
            "effect: expected an object, found a number",
        ),
        (
            "add_fault",
            json!({"effect": [250]}),
            "effect: expected an object, found a list",
        ),
        (
            "add_fault",
            json!({"effect": {"drip": [16, 50]}}),
            "effect.drip: expected an object, found a list",
        ),
        (
            "add_fault",
            json!({"match": ["rooms.get"], "effect": {}}),
            "match: expected an object, found a list",
        ),
        (
            "webhook_faults",
            json!({"faults": [["drop"]]}),
            "faults[0]: expected an object, found a list",
        ),
        (
            "add_fault",
            json!({"match": {}}),
            "effect: missing field `effect`",
        ),
        (
            "add_fault",
            json!({"effect": {"status": 70_000}}),
            "effect.status: expected a whole number from 0 to 65535",
        ),
        (
            "add_fault",
            json!({"effect": {"gzip": "\"no\""}}),
            "effect.gzip: expected a boolean, found a string",
        ),
        (
            "add_fault",
            json!({"effect": {"headers": {"a": "b", "x-secret": [token]}}}),
            "effect.headers.x-secret: expected a string, found a list",
        ),
        (
            "add_fault",
            json!({"effect": {"disconnect": 5}}),
            "effect.disconnect: expected a string",
        ),
        (
            "add_fault",
            json!({"effect": {"disconnect": token}}),
            "effect.disconnect: expected one of `close_before`, `close_after`, `reset_before`, `reset_after`",
        ),
        (
            "add_fault",
            json!({"effect": {"gzip": true, "drip": {"bytes": 1, "every": 2}}}),
            "effect.drip.every: unknown field `every`, expected `bytes` or `every_ms`",
        ),
        (
            "add_fault",
            json!({"effect": {"gzip": true, "drip": {"bytes": 1}}}),
            "effect.drip.every_ms: missing field `every_ms`",
        ),
        (
            "add_fault",
            json!({"on": {"nth": token}, "effect": {"gzip": true}}),
            "on: expected \"every\", {\"nth\": n}, {\"first\": n} or {\"share\": p, \"seed\": s}",
        ),
        (
            "add_fault",
            json!({"effect": {"gzip": true}, "on": {"nth": token}}),
            "on: expected \"every\", {\"nth\": n}, {\"first\": n} or {\"share\": p, \"seed\": s}",
        ),
        (
            "send_webhook",
            json!({"timestamp": token, "type": "a"}),
            "timestamp: expected a time as in RFC 3339",
        ),
        (
            "webhook_faults",
            json!({"faults": [{"fault": "drop"}, {"fault": "drop", "share": "1"}]}),
            "faults[1].share: expected a number, found a string",
        ),
        (
            "send_webhook",
            json!({"type": "a", "timestamp": token}),
            "timestamp: expected a time as in RFC 3339",
        ),
    ];
    refused(&api, cases);
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

#[tokio::test]
async fn a_seed_takes_a_name_that_a_room_has_given_up() {
    let api = Api::start().await;
    api.sandbox.seed(&Seed::new().rooms(3)).unwrap();
    let page = api.got("/rooms?name=room-2").await;
    let id = page["data"][0]["id"].as_str().unwrap();
    api.posted(&format!("/rooms/{id}"), json!({"name": "other"}))
        .await;
    api.sandbox.seed(&Seed::new().rooms(2)).unwrap();
    for name in ["room-2", "room-4"] {
        let found = api.got(&format!("/rooms?name={name}")).await;
        assert_eq!(found["data"][0]["name"], name);
    }
}
