//! What one request, and many, can make the sandbox keep.

use std::time::Duration;

use hundredms_sandbox::{Fault, FaultEffect, Seed, SendWebhook, WebhookTarget};
use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, exchange};

/// A control over HTTP.
async fn control(api: &Api, name: &str, arguments: Value) -> (u16, Value) {
    let root = api.sandbox.base_url().replace("/v2", "/_sandbox");
    let request = crate::http::client().post(format!("{root}/{name}"));
    exchange(request.json(&arguments)).await
}

#[tokio::test]
async fn a_seed_without_measure_is_refused_before_it_makes_anything() {
    let api = Api::start().await;
    for rooms in [json!(u64::MAX), json!(100_001)] {
        let (status, error) = control(&api, "seed", json!({"rooms": rooms})).await;
        assert_eq!(
            (status, &error["message"]),
            (400, &json!("rooms: must be 100000 at most"))
        );
    }
    assert_eq!(api.sandbox.stats().rooms, 0);
}

#[tokio::test]
async fn others_are_answered_while_a_large_seed_runs() {
    let api = Api::start().await;
    let seeding = control(&api, "seed", json!({"rooms": 100_000}));
    let asking = async {
        let mut between = 0;
        loop {
            let (_, stats) = control(&api, "stats", json!({})).await;
            match stats["rooms"].as_u64().unwrap() {
                100_000 => return between,
                0 => {}
                _ => between += 1,
            }
        }
    };
    let ((status, _), between) = tokio::join!(seeding, asking);
    assert_eq!(status, 200);
    assert!(between > 1, "{between} answers came while it ran");
}

#[tokio::test]
async fn a_seed_that_a_reset_overtakes_leaves_no_rooms_without_a_template() {
    let api = Api::start().await;
    let seeding = control(&api, "seed", json!({"rooms": 100_000}));
    let resetting = async {
        while api.sandbox.stats().rooms == 0 {
            tokio::task::yield_now().await;
        }
        api.sandbox.reset();
    };
    let ((status, error), ()) = tokio::join!(seeding, resetting);
    assert_eq!(status, 404, "{error}");
    assert_eq!(api.got("/rooms").await["data"], json!([]));
}

#[tokio::test]
async fn the_log_keeps_no_body_of_requests_without_a_token_or_a_known_path() {
    let api = Api::start().await;
    exchange(api.bare(Method::POST, "/rooms").json(&json!({"name": "a"}))).await;
    exchange(
        api.bare(Method::POST, "/nothing")
            .json(&json!({"name": "a"})),
    )
    .await;
    api.post("/nothing", json!({"name": "a"})).await;
    api.post("/rooms", json!({"name": "a"})).await;
    let large = json!({"name": "b", "description": "x".repeat(300 << 10)});
    api.posted("/rooms", large).await;
    let bodies = api
        .sandbox
        .requests()
        .into_iter()
        .map(|request| request.body);
    let bodies: Vec<_> = bodies.collect();
    assert_eq!(bodies, [None, None, None, Some(json!({"name": "a"})), None]);
}

#[tokio::test]
async fn the_log_is_bounded_in_bytes() {
    let api = Api::start().await;
    let body = json!({"code": "x".repeat(250_000)}).to_string();
    let path = format!("/token?long={}", "x".repeat(50_000));
    for _ in 0..100 {
        let request = api.bare(Method::POST, &path).body(body.clone());
        exchange(request.header("content-type", "application/json")).await;
    }
    assert_eq!(api.sandbox.stats().requests, 100);
    let kept = api.sandbox.requests().len();
    assert!((40..60).contains(&kept), "{kept} requests are kept");
}

#[tokio::test]
async fn snapshots_are_bounded_and_can_be_dropped() {
    let api = Api::start().await;
    let first = api.sandbox.snapshot().unwrap();
    for _ in 1..1000 {
        api.sandbox.snapshot().unwrap();
    }
    let (status, error) = control(&api, "snapshot", json!({})).await;
    assert_eq!(status, 413, "{error}");
    api.sandbox.drop_snapshot(&first).unwrap();
    assert_eq!(api.sandbox.restore(&first).unwrap_err().status(), 404);
    assert_eq!(api.sandbox.drop_snapshot(&first).unwrap_err().status(), 404);
    let again = api.sandbox.snapshot().unwrap();
    assert_ne!(again, first);
}

#[tokio::test]
async fn snapshots_of_a_full_sandbox_are_bounded_in_bytes() {
    let api = Api::start().await;
    api.sandbox.seed(&Seed::new().rooms(100_000)).unwrap();
    let kept = (0..20).take_while(|_| api.sandbox.snapshot().is_ok());
    assert_eq!(kept.count(), 5);
    api.sandbox.reset();
    assert!(api.sandbox.snapshot().is_ok());
}

#[tokio::test]
async fn large_values_are_refused_when_the_sandbox_is_full_of_them() {
    let api = Api::start().await;
    // Short texts take much more memory than their JSON.
    let polls = vec![""; 700_000];
    let create = async |number: usize| {
        let body = json!({"name": number.to_string(), "polls": polls});
        api.post("/rooms", body).await
    };
    let mut number = 0;
    let error = loop {
        let (status, error) = create(number).await;
        if status == 413 {
            break error;
        }
        assert_eq!((status, number < 20), (200, true));
        number += 1;
    };
    assert_eq!(
        (number > 3, &error["message"]),
        (true, &json!("The sandbox is full"))
    );
    api.posted("/rooms", json!({"name": "small"})).await;
    api.sandbox.reset();
    assert_eq!(create(0).await.0, 200);
}

#[tokio::test]
async fn bodies_of_controls_and_operations_are_limited() {
    let api = Api::start().await;
    let (status, error) = control(&api, "send_webhook", json!({"type": "x".repeat(2 << 20)})).await;
    let said = "it may have at most 1024 KiB here";
    assert_eq!((status, &error["details"][0]), (413, &json!(said)));
    let (status, error) = api
        .post("/rooms", json!({"name": "x".repeat(5 << 20)}))
        .await;
    let said = "it may have at most 4096 KiB here";
    assert_eq!((status, &error["details"][0]), (413, &json!(said)));
}

#[tokio::test]
async fn an_answer_names_so_many_problems_of_a_body_and_no_more() {
    let api = Api::start().await;
    let (status, error) = api.post("/rooms", json!({"polls": vec![0; 100_000]})).await;
    assert_eq!(
        (status, error["details"].as_array().unwrap().len()),
        (400, 100)
    );
}

#[tokio::test]
async fn the_fault_script_is_limited() {
    let api = Api::start().await;
    let body = "x".repeat(1_000_000);
    let large = Fault::new(FaultEffect::new().body(body)).operation("rooms.get");
    let added = (0..10).take_while(|_| api.sandbox.add_fault(&large).is_ok());
    assert_eq!(added.count(), 4);
    api.sandbox.clear_faults();
    let small = Fault::new(FaultEffect::new().status(503)).operation("rooms.get");
    for _ in 0..1000 {
        api.sandbox.add_fault(&small).unwrap();
    }
    assert_eq!(api.sandbox.add_fault(&small).unwrap_err().status(), 413);
}

#[tokio::test]
async fn deliveries_of_webhooks_are_bounded_in_bytes() {
    let api = Api::start().await;
    api.sandbox
        .set_webhook(&WebhookTarget::new("http://127.0.0.1:9/"))
        .unwrap();
    let data = json!({"text": "x".repeat(2_000_000)});
    for _ in 0..50 {
        let send = SendWebhook::new("peer.join.success").data(data.clone());
        api.sandbox.send_webhook(&send).unwrap();
    }
    let kept = api.sandbox.webhook_deliveries().len();
    assert!((25..40).contains(&kept), "{kept} are kept");
    let queue = api
        .sandbox
        .settle_webhooks(Duration::from_secs(10))
        .await
        .unwrap();
    assert!(queue.waiting < 40, "{queue:?}");
}
