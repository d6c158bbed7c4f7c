//! Webhooks made on demand, and webhooks that go wrong on purpose.

use hundredms_sandbox::{FailedDelivery, Sandbox, SendWebhook, WebhookFault, WebhookTarget};
use serde_json::json;

use crate::{
    api::Api,
    receiver::{Answer, Receiver, pass, settle},
};

async fn sending_to(inbox: &Receiver) -> Api {
    Api::of(Sandbox::builder().webhook(&inbox.url, [("x-secret", "hush")])).await
}

/// Sends events with these ids.
fn send(api: &Api, ids: impl IntoIterator<Item = u32>) {
    for id in ids {
        let send = SendWebhook::new("peer.join.success").id(id.to_string());
        api.sandbox.send_webhook(&send).unwrap();
    }
}

/// The ids that came, in order.
fn ids(inbox: &Receiver) -> Vec<u32> {
    let received = inbox.received();
    let ids = received
        .iter()
        .map(|received| received.json()["id"].clone());
    ids.map(|id| id.as_str().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn a_misspelt_type_without_data_is_refused() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let misspelt = SendWebhook::new("peer.join.sucess").field("role", "host");
    for refused in [
        api.sandbox.send_webhook(&misspelt).map(drop),
        api.sandbox.webhook_request(&misspelt, None).map(drop),
    ] {
        let error = refused.expect_err("a misspelling").to_string();
        assert!(
            error.contains("did you mean `peer.join.success`?"),
            "{error}"
        );
    }
    let own = SendWebhook::new("peer.join.sucess").data(json!({"a": 1}));
    api.sandbox.send_webhook(&own).unwrap();
    settle(&api.sandbox).await;
    assert_eq!(inbox.received().len(), 1);
}

#[tokio::test]
async fn a_misspelt_field_is_refused_unless_all_of_the_data_is_given() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let misspelt = SendWebhook::new("peer.join.success").field("usr_id", "u");
    for refused in [
        api.sandbox.send_webhook(&misspelt).map(drop),
        api.sandbox.webhook_request(&misspelt, None).map(drop),
    ] {
        let error = refused.expect_err("a misspelling");
        assert_eq!(error.status(), 400);
        assert_eq!(
            error.to_string(),
            "the data of `peer.join.success` has no field `usr_id`: did you mean `user_id`? For a field of your own, give all of the data"
        );
    }
    let added = SendWebhook::new("peer.join.success").field("mine", 1);
    api.sandbox.send_webhook(&added).unwrap();
    let own = SendWebhook::new("peer.join.success").data(json!({"usr_id": "u"}));
    api.sandbox.send_webhook(&own).unwrap();
    settle(&api.sandbox).await;
    assert_eq!(inbox.received().len(), 2);
}

#[tokio::test]
async fn any_type_with_any_data_can_be_sent() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let send = SendWebhook::new("moon.rise.success")
        .data(json!([1, null]))
        .id("one")
        .timestamp("2025-01-02T03:04:05Z".parse().unwrap());
    assert_eq!(api.sandbox.send_webhook(&send).unwrap().event_id, "one");
    let again = SendWebhook::new("moon.rise.success");
    api.sandbox.send_webhook(&again).unwrap();
    settle(&api.sandbox).await;
    let received = inbox.received();
    let first = received[0].json();
    assert_eq!(
        [
            &first["type"],
            &first["data"],
            &first["id"],
            &first["timestamp"]
        ],
        [
            &json!("moon.rise.success"),
            &json!([1, null]),
            &json!("one"),
            &json!("2025-01-02T03:04:05Z")
        ]
    );
    assert_eq!(received[1].json()["data"], json!({}));

    // The log of deliveries names the room of the data, if there is one.
    let example = SendWebhook::new("peer.join.success");
    api.sandbox.send_webhook(&example).unwrap();
    api.sandbox.send_webhook(&example.data(json!({}))).unwrap();
    settle(&api.sandbox).await;
    let room = &inbox.received()[2].json()["data"]["room_id"];
    let listed = api.got("/analytics/webhooks").await;
    let rooms = [0, 1].map(|index| &listed["events"][index]["room_id"]);
    assert_eq!(rooms, [&json!(""), room]);
}

#[tokio::test]
async fn what_cannot_be_sent_on_demand_says_why() {
    let api = Api::start().await;
    for (arguments, status) in [
        (json!({"type": "peer.join.success"}), 400),
        (json!({"type": ""}), 400),
        (json!({"type": "x", "room_id": "nonsense"}), 404),
        (json!({"type": "x", "timestamp": "yesterday"}), 400),
    ] {
        let error = api.sandbox.control("send_webhook", arguments).unwrap_err();
        assert_eq!(error.status(), status, "{error}");
    }
    for bad in [
        WebhookFault::duplicate(1),
        WebhookFault::reorder(0),
        WebhookFault::drop().share(1.5, 1),
    ] {
        let error = api.sandbox.webhook_faults(&[bad]).unwrap_err();
        assert_eq!(error.status(), 400, "{error}");
    }
}

#[tokio::test]
async fn a_duplicated_delivery_comes_as_often_as_said_with_the_same_bytes() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let fault = WebhookFault::duplicate(3).next(1);
    api.sandbox.webhook_faults(&[fault]).unwrap();
    send(&api, 1..=2);
    settle(&api.sandbox).await;
    let mut came = ids(&inbox);
    came.sort_unstable();
    assert_eq!(came, [1, 1, 1, 2]);
    let received = inbox.received();
    let firsts = received
        .iter()
        .filter(|received| received.json()["id"] == "1");
    let bodies: Vec<_> = firsts.map(|received| &received.body).collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn the_copies_of_a_replay_are_replays() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let room = api.posted("/rooms", json!({})).await;
    let failed = FailedDelivery::new(room["id"].as_str().unwrap(), "peer.leave.success");
    api.sandbox.record_failed_delivery(&failed).unwrap();
    let fault = WebhookFault::duplicate(3);
    api.sandbox.webhook_faults(&[fault]).unwrap();
    api.posted("/analytics/webhooks/replay", json!({})).await;
    pass(&api.sandbox, 1).await;
    let received = inbox.received();
    assert_eq!(received.len(), 3);
    assert!(
        received
            .iter()
            .all(|received| received.json()["is_replay"] == true)
    );
}

#[tokio::test]
async fn a_reordered_delivery_comes_after_later_ones_or_when_nothing_else_is_due() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let fault = WebhookFault::reorder(2).next(1);
    api.sandbox.webhook_faults(&[fault]).unwrap();
    send(&api, 1..=5);
    settle(&api.sandbox).await;
    let came = ids(&inbox);
    let place = came.iter().position(|id| *id == 1);
    assert!(place.is_some_and(|place| place >= 2), "{came:?}");
    assert_eq!(came.len(), 5);

    let fault = WebhookFault::reorder(100).event_type("peer.join.success");
    api.sandbox.webhook_faults(&[fault]).unwrap();
    send(&api, [6]);
    assert_eq!(api.sandbox.webhook_queue().waiting, 1);
    settle(&api.sandbox).await;
    assert_eq!(ids(&inbox)[5..], [6]);
    send(&api, [7]);
    pass(&api.sandbox, 5).await;
    assert_eq!(ids(&inbox)[6..], [7]);
}

#[tokio::test]
async fn a_dropped_delivery_is_a_failed_one_that_a_replay_brings() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let fault = WebhookFault::drop().next(2);
    api.sandbox.webhook_faults(&[fault]).unwrap();
    send(&api, 1..=3);
    settle(&api.sandbox).await;
    assert_eq!(ids(&inbox), [3]);
    let failed = api.got("/analytics/webhooks?status=failed").await;
    assert_eq!(failed["summary"]["total_events"], 2);
    let reason = &failed["events"][0]["payload"]["error_reason"];
    assert_eq!(reason, "dropped by webhook_faults");
    api.posted("/analytics/webhooks/replay", json!({})).await;
    pass(&api.sandbox, 1).await;
    assert_eq!(ids(&inbox), [3, 1, 2]);
}

#[tokio::test]
async fn a_share_is_the_same_for_the_same_seed_and_no_faults_end_it() {
    let mut lost = Vec::new();
    for seed in [7, 7, 8] {
        let inbox = Receiver::start().await;
        let api = sending_to(&inbox).await;
        let fault = WebhookFault::drop().share(0.5, seed);
        api.sandbox.webhook_faults(&[fault]).unwrap();
        send(&api, 0..60);
        settle(&api.sandbox).await;
        let came = ids(&inbox);
        assert!((10..50).contains(&came.len()), "{came:?}");
        api.sandbox.webhook_faults(&[]).unwrap();
        send(&api, 60..80);
        settle(&api.sandbox).await;
        assert_eq!(ids(&inbox).len(), came.len() + 20);
        lost.push(came);
    }
    assert_eq!(lost[0], lost[1]);
    assert_ne!(lost[0], lost[2]);
}

#[tokio::test]
async fn after_faults_failures_and_replays_every_event_has_come() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    inbox.answer([500, 200, 500, 200, 500].map(Answer::Status));
    let faults = [
        WebhookFault::duplicate(2).share(0.2, 1),
        WebhookFault::reorder(3).share(0.2, 2),
        WebhookFault::drop().share(0.2, 3),
    ];
    api.sandbox.webhook_faults(&faults).unwrap();
    send(&api, 0..100);
    for seconds in [0, 1, 3, 10] {
        pass(&api.sandbox, seconds).await;
    }
    api.sandbox.webhook_faults(&[]).unwrap();
    api.posted("/analytics/webhooks/replay", json!({})).await;
    let queue = pass(&api.sandbox, 10).await;
    assert_eq!((queue.due, queue.waiting), (0, 0));
    let mut came = ids(&inbox);
    assert!(came.len() > 100);
    came.sort_unstable();
    came.dedup();
    assert_eq!(came, (0..100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_reset_ends_the_faults() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    api.sandbox.webhook_faults(&[WebhookFault::drop()]).unwrap();
    api.sandbox.reset();
    send(&api, [1]);
    settle(&api.sandbox).await;
    assert_eq!(ids(&inbox), [1]);
}

#[tokio::test]
async fn fields_change_the_example_of_a_type() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let send = SendWebhook::new("peer.join.success")
        .field("peer_id", "ada")
        .field("new_field", 1);
    api.sandbox.send_webhook(&send).unwrap();
    settle(&api.sandbox).await;
    let data = inbox.received()[0].json()["data"].clone();
    assert_eq!(
        (&data["peer_id"], &data["new_field"]),
        (&json!("ada"), &json!(1))
    );
    assert!(data["role"].is_string(), "{data}");
    let both = send.data(json!({}));
    assert_eq!(api.sandbox.send_webhook(&both).unwrap_err().status(), 400);
}

#[tokio::test]
async fn a_webhook_can_be_had_without_being_sent() {
    let inbox = Receiver::start().await;
    let api = sending_to(&inbox).await;
    let send = SendWebhook::new("peer.join.success").field("peer_id", "ada");
    let request = api.sandbox.webhook_request(&send, None).unwrap();
    assert_eq!(request.url.as_deref(), Some(inbox.url.as_str()));
    assert_eq!(request.headers["x-secret"], "hush");
    assert!(!request.headers.contains_key("x-100ms-signature"));
    assert!(!format!("{request:?}").contains("hush"));

    let elsewhere = WebhookTarget::new("")
        .header("X-Other", "k")
        .signing_key("key");
    let signed = api
        .sandbox
        .webhook_request(&send, Some(&elsewhere))
        .unwrap();
    assert_eq!(signed.url, None);
    assert_eq!(signed.headers["x-other"], "k");
    assert!(!signed.headers.contains_key("x-secret"));
    // What is sent with that key has the same signature.
    let target = WebhookTarget::new(&inbox.url).signing_key("key");
    api.sandbox.set_webhook(&target).unwrap();
    let same = send.id(&signed.event_id);
    api.sandbox.send_webhook(&same).unwrap();
    settle(&api.sandbox).await;
    let received = &inbox.received()[0];
    assert_eq!(received.json()["data"]["peer_id"], "ada");
    assert_eq!(received.json()["id"], signed.event_id.as_str());
    assert_eq!(signed.headers["x-100ms-signature"].len(), 64);
    assert_eq!(inbox.received().len(), 1);
    assert_eq!(api.sandbox.webhook_deliveries().len(), 1);
}
