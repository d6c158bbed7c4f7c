//! Webhooks: what is sent where, with what, and how often.

use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox, WebhookDelivery, WebhookTarget};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    api::{Api, exchange},
    receiver::{Answer, Received, Receiver, pass, settle},
};

const OPENED_AND_JOINED: [&str; 2] = ["session.open.success", "peer.join.success"];

/// A sandbox whose workspace sends to the receiver, and a room.
async fn sending_to(receiver: &Receiver) -> (Api, String) {
    let builder = Sandbox::builder().webhook(&receiver.url, [("x-secret", "hush")]);
    let api = Api::of(builder).await;
    let room_id = room(&api, json!({})).await;
    (api, room_id)
}

async fn room(api: &Api, body: Value) -> String {
    let room = api.posted("/rooms", body).await;
    room["id"].as_str().unwrap().to_owned()
}

fn join(api: &Api, room_id: &str) -> String {
    let join = JoinPeer::with_role(room_id, "host");
    api.sandbox.join_peer(&join).unwrap().id
}

fn statuses(delivery: &WebhookDelivery) -> Vec<Option<u16>> {
    delivery
        .attempts
        .iter()
        .map(|attempt| attempt.status)
        .collect()
}

#[tokio::test]
async fn what_happens_in_a_room_arrives_in_order_as_the_envelope_with_the_headers() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    let peer = join(&api, &room_id);
    api.sandbox.leave_peer(&LeavePeer::new(&peer)).unwrap();
    settle(&api.sandbox).await;

    let expected = [
        "session.open.success",
        "peer.join.success",
        "peer.leave.success",
        "session.close.success",
    ];
    assert_eq!(receiver.kinds(), expected);
    let room = api.got(&format!("/rooms/{room_id}")).await;
    for received in receiver.received() {
        assert_eq!(received.path, "/in?from=sandbox");
        assert_eq!(received.headers["x-secret"], "hush");
        assert_eq!(received.headers["content-type"], "application/json");
        assert!(!received.headers.contains_key("x-100ms-signature"));
        let envelope = received.json();
        let keys: Vec<&String> = envelope.as_object().unwrap().keys().collect();
        let documented = [
            "version",
            "id",
            "account_id",
            "app_id",
            "timestamp",
            "type",
            "data",
            "template_id",
        ];
        assert_eq!(keys, documented);
        assert_eq!(envelope["version"], "2.0");
        assert_eq!(envelope["account_id"], room["customer_id"]);
        assert_eq!(envelope["template_id"], room["template_id"]);
        assert_eq!(envelope["data"]["room_id"], room_id);
        let at: jiff::Timestamp = envelope["timestamp"].as_str().unwrap().parse().unwrap();
        assert_eq!(at.subsec_nanosecond(), 0);
    }
    for delivery in api.sandbox.webhook_deliveries() {
        assert_eq!(
            (&*delivery.status, statuses(&delivery)),
            ("delivered", vec![Some(200)])
        );
        assert_eq!(delivery.headers["x-secret"], "[redacted]");
        assert_eq!(delivery.url, receiver.url);
    }
    let listed = api.got("/analytics/webhooks?status=success").await;
    assert_eq!(listed["summary"]["total_events"], 4);
    assert_eq!(
        listed["events"][0]["payload"]["original_event_name"],
        expected[3]
    );
}

#[tokio::test]
async fn the_webhook_of_a_room_replaces_that_of_the_workspace() {
    let (of_workspace, of_room) = (Receiver::start().await, Receiver::start().await);
    let (api, _) = sending_to(&of_workspace).await;
    let webhook = json!({"url": of_room.url, "headers": {"X-Room": "quiet"}});
    let own = room(&api, json!({"webhook": webhook})).await;
    join(&api, &own);
    settle(&api.sandbox).await;
    assert_eq!(of_room.kinds(), OPENED_AND_JOINED);
    let headers = &of_room.received()[0].headers;
    assert_eq!(
        (headers["x-room"].to_str().unwrap(), headers.get("x-secret")),
        ("quiet", None)
    );
    assert_eq!(of_workspace.kinds(), [""; 0]);

    api.sandbox.clear_webhook();
    let other = room(&api, json!({})).await;
    join(&api, &other);
    settle(&api.sandbox).await;
    assert_eq!(
        of_workspace.kinds(),
        [""; 0],
        "nothing is configured for it"
    );
    assert_eq!(api.sandbox.webhook_deliveries().len(), 2);
}

#[tokio::test]
async fn whatever_is_not_200_is_tried_again_after_1_3_and_10_seconds() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    // Two events, with three retries each.
    receiver.answer([Answer::Status(200)]);
    receiver.answer([
        Answer::Status(500),
        Answer::Status(204),
        Answer::Nothing,
        Answer::Status(302),
    ]);
    join(&api, &room_id);
    let mut queue = settle(&api.sandbox).await;
    for (seconds, sent) in [(1, 3), (3, 4), (10, 5)] {
        assert_eq!((queue.due, queue.waiting), (0, 1));
        let due: jiff::Timestamp = queue.next_attempt_at.unwrap().parse().unwrap();
        let now: jiff::Timestamp = api.sandbox.clock().now.parse().unwrap();
        let wait = due.duration_since(now).as_millis();
        assert!(
            (seconds * 1000 - 900..=seconds * 1000).contains(&wait),
            "{wait}"
        );
        assert_eq!(receiver.received().len(), sent - 1);
        queue = pass(&api.sandbox, seconds.try_into().unwrap()).await;
        assert_eq!(receiver.received().len(), sent);
    }
    assert_eq!((queue.due, queue.waiting), (0, 0));
    assert!(
        receiver.received()[2..]
            .iter()
            .all(|retry| retry.body == receiver.received()[1].body)
    );
    let failed = &api.sandbox.webhook_deliveries()[1];
    assert_eq!(statuses(failed), [Some(500), Some(204), None, Some(302)]);
    let reasons = failed
        .attempts
        .iter()
        .map(|attempt| attempt.error_reason.as_deref().unwrap());
    let lost = "the connection was closed before a response came";
    assert_eq!(
        reasons.collect::<Vec<_>>(),
        ["status 500", "status 204", lost, "status 302"]
    );
    let listed = api.got("/analytics/webhooks?status=failed").await;
    assert_eq!(listed["summary"]["total_events"], 1);
    assert_eq!(listed["events"][0]["payload"]["error_reason"], "status 302");
}

#[tokio::test]
async fn a_retry_comes_by_the_passing_of_real_time_too() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    receiver.answer([Answer::Status(503)]);
    let began = Instant::now();
    join(&api, &room_id);
    receiver.wait_for(3).await;
    assert!(began.elapsed() >= Duration::from_secs(1));
    settle(&api.sandbox).await;
    let first = &api.sandbox.webhook_deliveries()[0];
    assert_eq!(statuses(first), [Some(503), Some(200)]);
}

#[tokio::test]
async fn what_happens_by_the_passing_of_real_time_alone_is_sent() {
    let receiver = Receiver::start().await;
    let (api, _) = sending_to(&receiver).await;
    let room_id = room(&api, json!({"max_duration_seconds": 120})).await;
    join(&api, &room_id);
    settle(&api.sandbox).await;
    api.sandbox
        .advance_clock(Duration::from_millis(119_700))
        .unwrap();
    receiver.wait_for(4).await;
    assert_eq!(receiver.kinds()[3], "session.close.success");
}

#[tokio::test]
async fn a_slow_receiver_holds_up_neither_requests_nor_the_end_of_the_sandbox() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    receiver.answer([Answer::Hang; 8]);
    for _ in 0..4 {
        join(&api, &room_id);
    }
    receiver.wait_for(5).await;
    let began = Instant::now();
    for _ in 0..20 {
        api.got("/rooms").await;
    }
    let waited = api.sandbox.settle_webhooks(Duration::from_millis(20)).await;
    assert_eq!(waited.unwrap_err().status(), 408);
    api.sandbox.stop().await;
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    receiver.release();
}

#[tokio::test]
async fn an_attempt_has_a_time_limit() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    let target = WebhookTarget::new(&receiver.url).timeout(Duration::from_millis(50));
    api.sandbox.set_webhook(&target).unwrap();
    receiver.answer([Answer::Hang]);
    join(&api, &room_id);
    settle(&api.sandbox).await;
    let attempts = &api.sandbox.webhook_deliveries()[0].attempts;
    assert_eq!(attempts[0].error_reason.as_deref(), Some("timeout"));
    assert!(attempts[0].duration_ms >= 50.0);
}

#[tokio::test]
async fn with_a_key_the_raw_body_is_signed() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    let target = WebhookTarget::new(&receiver.url).signing_key("the key");
    api.sandbox.set_webhook(&target).unwrap();
    join(&api, &room_id);
    settle(&api.sandbox).await;
    for received in receiver.received() {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"the key").unwrap();
        mac.update(&received.body);
        let bytes = mac.finalize().into_bytes();
        let expected: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(received.headers["x-100ms-signature"], expected.concat());
    }
}

#[tokio::test]
async fn what_cannot_be_sent_to_says_why() {
    let api = Api::start().await;
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    for (url, reason) in [
        (&*closed, "connection refused"),
        (
            "https://127.0.0.1/in",
            "the URL of a webhook must begin with http://; the sandbox does not support https",
        ),
        ("nonsense", "the URL of a webhook must begin with http://"),
    ] {
        let own = room(&api, json!({"webhook": {"url": url}})).await;
        join(&api, &own);
        settle(&api.sandbox).await;
        let last = api.sandbox.webhook_deliveries().pop().unwrap();
        let of_attempt = last.attempts.first();
        let of_attempt = of_attempt.and_then(|attempt| attempt.error_reason.as_deref());
        assert_eq!(of_attempt.or(last.error_reason.as_deref()), Some(reason));
    }
}

#[tokio::test]
async fn a_webhook_that_cannot_be_used_is_refused_without_telling_its_secrets() {
    let api = Api::start().await;
    for (arguments, message) in [
        (
            json!({"url": "https://a.example"}),
            "the URL of a webhook must begin with http://; the sandbox does not support https",
        ),
        (
            json!({"url": "a.example/in"}),
            "the URL of a webhook must begin with http://",
        ),
        (json!({"url": 5}), "url: expected a string, found a number"),
        (json!({"headers": {"x": "hush"}}), "headers without a url"),
        (
            json!({"url": "http://a.example", "headers": "x: hush"}),
            "headers: expected an object, found a string",
        ),
        (
            json!({"url": "http://a.example", "headers": {"x": ["hush"]}}),
            "headers.x: expected a string, found a list",
        ),
        (
            json!({"url": "http://a.example", "headers": {"a b": "hush"}}),
            "\"a b\" is not a valid header name",
        ),
        (
            json!({"url": "http://a.example", "headers": {"x": "hush\n"}}),
            "the value of the header x is invalid",
        ),
        (
            json!({"url": "http://a.example", "timeout_seconds": 0}),
            "timeout_seconds must be more than zero",
        ),
        (
            json!({"address": "http://a.example"}),
            "address: unknown field `address`, expected one of `url`, `headers`, `signing_key`, `timeout_seconds`",
        ),
    ] {
        let error = api.sandbox.control("set_webhook", arguments).unwrap_err();
        assert_eq!((error.status(), error.to_string().as_str()), (400, message));
    }
    let target = WebhookTarget::new("http://a.example")
        .header("x", "hush")
        .signing_key("hush");
    assert!(!format!("{target:?}").contains("hush"));
    let builder = Sandbox::builder().webhook("ftp://a.example", [("x", "hush")]);
    assert!(!format!("{builder:?}").contains("hush"));
    let error = builder.start().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the URL of a webhook must begin with http://"
    );
}

#[tokio::test]
async fn a_reset_drops_what_waits_and_a_restored_snapshot_sends_nothing_twice() {
    let receiver = Receiver::start().await;
    let (api, room_id) = sending_to(&receiver).await;
    receiver.answer([Answer::Status(500), Answer::Status(500)]);
    join(&api, &room_id);
    settle(&api.sandbox).await;
    let snapshot = api.sandbox.snapshot().unwrap();
    pass(&api.sandbox, 1).await;
    assert_eq!(receiver.received().len(), 4);
    api.sandbox.restore(&snapshot).unwrap();
    assert_eq!(pass(&api.sandbox, 60).await.waiting, 0);
    assert_eq!(receiver.received().len(), 4);
    assert!(
        api.sandbox
            .webhook_deliveries()
            .iter()
            .all(|delivery| delivery.status == "dropped")
    );

    receiver.answer([Answer::Status(500), Answer::Hang]);
    join(&api, &room_id);
    receiver.wait_for(5).await;
    api.sandbox.reset();
    assert_eq!(pass(&api.sandbox, 60).await.due, 0);
    assert_eq!(api.sandbox.webhook_deliveries(), []);
    let room_id = room(&api, json!({})).await;
    let before = receiver.received().len();
    receiver.release();
    join(&api, &room_id);
    settle(&api.sandbox).await;
    assert_eq!(
        receiver.received().len(),
        before + 2,
        "the webhook of the start is back"
    );
}

#[tokio::test]
async fn the_controls_work_over_http_and_from_a_thread() {
    let receiver = Receiver::start().await;
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let control = async |name: &str, arguments: Value| {
        let url = api.sandbox.base_url().replace("/v2", "");
        let request = crate::http::client().post(format!("{url}/_sandbox/{name}"));
        exchange(request.json(&arguments)).await
    };
    let target = json!({"url": receiver.url, "headers": {"x-secret": "hush"}});
    assert_eq!(control("set_webhook", target).await.0, 200);
    join(&api, &room_id);
    let (status, queue) = control("settle_webhooks", json!({"timeout_seconds": 5})).await;
    assert_eq!((status, &queue["due"]), (200, &json!(0)));
    let (_, log) = control("webhook_deliveries", json!({})).await;
    assert_eq!(log["deliveries"][1]["attempts"][0]["status"], 200);
    assert!(!log.to_string().contains("hush"));

    receiver.answer([Answer::Hang]);
    join(&api, &room_id);
    let (status, error) = control("settle_webhooks", json!({"timeout_seconds": 0.01})).await;
    assert_eq!(status, 408, "{error}");
    receiver.release();
    let sandbox = api.sandbox;
    let (sandbox, queue) = tokio::task::spawn_blocking(move || {
        let queue = sandbox.control("settle_webhooks", Value::Null);
        (sandbox, queue)
    })
    .await
    .unwrap();
    assert_eq!(queue.unwrap()["due"], 0);
    assert_eq!(sandbox.webhook_deliveries().len(), 3);
}

#[tokio::test]
async fn advancing_the_clock_makes_all_retries_that_are_due_by_then_at_their_times() {
    let receiver = Receiver::start().await;
    let api = Api::start().await;
    let target = json!({"url": receiver.url});
    api.sandbox.control("set_webhook", target).unwrap();
    receiver.answer([Answer::Status(500); 8]);
    let room_id = room(&api, json!({})).await;
    join(&api, &room_id);
    settle(&api.sandbox).await;
    let advance = json!({"seconds": 15});
    api.sandbox
        .control_async("advance_clock", advance)
        .await
        .unwrap();

    let deliveries = api.sandbox.webhook_deliveries();
    let joined = deliveries
        .iter()
        .find(|delivery| delivery.kind == "peer.join.success");
    let joined = joined.expect("a delivery");
    assert_eq!(
        (joined.status.as_str(), joined.attempts.len()),
        ("failed", 4)
    );
    let times = joined
        .attempts
        .iter()
        .map(|attempt| attempt.at.parse().unwrap());
    let times: Vec<jiff::Timestamp> = times.collect();
    let waits = times
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]).as_secs());
    assert_eq!(waits.collect::<Vec<_>>(), [1, 3, 10]);
    let sent: serde_json::Value = serde_json::from_str(&joined.body).unwrap();
    let bodies: Vec<_> = receiver.received().iter().map(Received::json).collect();
    assert_eq!(bodies.iter().filter(|body| **body == sent).count(), 4);
}

#[tokio::test]
async fn advancing_the_clock_does_not_wait_for_webhooks_when_told_so() {
    let receiver = Receiver::start().await;
    let api = Api::start().await;
    api.sandbox
        .control("set_webhook", json!({"url": receiver.url}))
        .unwrap();
    receiver.answer([Answer::Hang]);
    let room_id = room(&api, json!({})).await;
    join(&api, &room_id);
    receiver.wait_for(1).await;
    let advance = json!({"seconds": 1, "deliver": false});
    let began = std::time::Instant::now();
    api.sandbox
        .control_async("advance_clock", advance)
        .await
        .unwrap();
    assert!(began.elapsed() < Duration::from_secs(2));
    receiver.release();
}
