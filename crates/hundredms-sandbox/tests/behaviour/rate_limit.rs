//! So many requests a second, and 429 beyond.

use std::time::Duration;

use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn each_resource_takes_so_many_requests_a_second_and_answers_429_beyond() {
    let api = Api::start().await;
    api.sandbox.rate_limit(Some(3)).unwrap();
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(api.get("/rooms").await.0);
    }
    assert_eq!(statuses, [200, 200, 200, 429, 429]);
    assert_eq!(api.get("/templates").await.0, 200);
    let (_, error) = api.post("/rooms", json!({"name": "a"})).await;
    let message = "rate limit exceeded, retry after 1 seconds";
    assert_eq!(
        (&error["code"], &error["message"]),
        (&json!(429), &json!(message))
    );
    assert_eq!(api.sandbox.stats().rooms, 0);
    assert_eq!(api.sandbox.requests()[3].status, 429);

    api.sandbox.advance_clock(Duration::from_secs(1)).unwrap();
    assert_eq!(api.get("/rooms").await.0, 200);
    api.sandbox.rate_limit(None).unwrap();
    for _ in 0..5 {
        assert_eq!(api.get("/rooms").await.0, 200);
    }
    api.sandbox.rate_limit(Some(1)).unwrap();
    api.sandbox.reset();
    assert_eq!(
        (api.get("/rooms").await.0, api.get("/rooms").await.0),
        (200, 200)
    );
}

#[tokio::test]
async fn one_resource_can_have_a_limit_of_its_own() {
    let api = Api::start().await;
    api.sandbox.rate_limit_of("rooms", Some(1)).unwrap();
    let statuses = [api.get("/rooms").await.0, api.get("/rooms").await.0];
    assert_eq!(statuses, [200, 429]);
    for _ in 0..3 {
        assert_eq!(api.get("/templates").await.0, 200);
    }
    api.sandbox.rate_limit_of("rooms", None).unwrap();
    assert_eq!(api.get("/rooms").await.0, 200);
    let refused = api.sandbox.rate_limit_of("room", Some(1)).unwrap_err();
    assert_eq!(refused.status(), 400);
}

#[tokio::test]
async fn a_limit_out_of_range_is_refused() {
    let api = Api::start().await;
    for wrong in [json!(0), json!(10_001), json!(-1), json!(0.5), json!("1")] {
        let refused = api
            .sandbox
            .control("rate_limit", json!({"per_second": wrong}));
        assert_eq!(refused.unwrap_err().status(), 400);
    }
}
