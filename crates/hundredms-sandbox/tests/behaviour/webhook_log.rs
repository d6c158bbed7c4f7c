//! The log of webhook deliveries, and replays from it.

use std::time::Duration;

use hundredms_sandbox::{FailedDelivery, JoinPeer};
use serde_json::{Value, json};

use crate::{
    api::Api,
    receiver::{Answer, Receiver, pass, settle},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const LEFT: &str = "peer.leave.success";
const REPLAY: &str = "/analytics/webhooks/replay";

async fn room(api: &Api) -> String {
    room_of(api, "https://hooks.example.com/in").await
}

async fn room_of(api: &Api, url: &str) -> String {
    let webhook = json!({"url": url});
    let room = api.posted("/rooms", json!({"webhook": webhook})).await;
    room["id"].as_str().unwrap().to_owned()
}

fn fail(api: &Api, delivery: &FailedDelivery) -> String {
    let recorded = api.sandbox.record_failed_delivery(delivery).unwrap();
    recorded.event_id
}

/// A room of which so many deliveries have failed.
async fn with_failures(api: &Api, receiver: &Receiver, count: usize) -> String {
    let room_id = room_of(api, &receiver.url).await;
    for _ in 0..count {
        fail(api, &FailedDelivery::new(&room_id, LEFT));
    }
    room_id
}

async fn replay_state(api: &Api, started: &Value) -> Value {
    let id = started["workflow_id"].as_str().unwrap();
    api.got(&format!("{REPLAY}/{id}")).await
}

#[tokio::test]
async fn a_failed_delivery_is_listed_with_its_reason() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let delivery = FailedDelivery::new(&room_id, LEFT)
        .data(json!({"peer_id": "p"}))
        .error_reason("status 500");
    let id = fail(&api, &delivery);
    let list = api.got("/analytics/webhooks").await;
    assert_eq!(
        list,
        json!({
            "events": [{
                "event_id": id, "event_name": "reporter.webhook.delivery.failed", "room_id": room_id,
                "event_timestamp": list["events"][0]["event_timestamp"],
                "payload": {
                    "event_data": {"peer_id": "p"}, "webhook_url": "https://hooks.example.com/in",
                    "original_event_name": LEFT, "error_reason": "status 500",
                },
            }],
            "pagination": {
                "current_page": 1, "page_size": 50, "total_pages": 1, "total_items": 1, "has_next": false,
                "has_prev": false,
            },
            "summary": {"total_events": 1},
        })
    );
    for (room, event) in [(room_id.as_str(), "room.end.success"), ("nonsense", LEFT)] {
        let delivery = FailedDelivery::new(room, event);
        assert!(api.sandbox.record_failed_delivery(&delivery).is_err());
    }
}

#[tokio::test]
async fn filters_and_page_numbers_narrow_the_list() {
    let api = Api::start().await;
    let receiver = Receiver::start().await;
    let room_id = with_failures(&api, &receiver, 5).await;
    let other = room(&api).await;
    fail(&api, &FailedDelivery::new(&other, "recording.failed"));
    for (query, total) in [
        (String::new(), 6),
        (format!("?room_id={room_id}"), 5),
        ("?status=success".into(), 0),
        ("?status=failed&event_names=recording.failed".into(), 1),
        (
            format!("?event_names=recording.failed&event_names={LEFT}"),
            6,
        ),
        ("?room_id=nonsense".into(), 0),
    ] {
        let list = api.got(&format!("/analytics/webhooks{query}")).await;
        assert_eq!(list["summary"]["total_events"], total, "{query}");
    }
    for (page, items, next, previous) in [
        (1, 4, true, false),
        (2, 2, false, true),
        (3, 0, false, true),
    ] {
        let list = api
            .got(&format!("/analytics/webhooks?limit=4&page={page}"))
            .await;
        let paging = &list["pagination"];
        assert_eq!(list["events"].as_array().unwrap().len(), items);
        assert_eq!(
            (
                &paging["has_next"],
                &paging["has_prev"],
                &paging["total_pages"]
            ),
            (&json!(next), &json!(previous), &json!(2))
        );
    }
    for refused in [
        "status=some",
        "event_names=room.end.success",
        "start_time=yesterday",
    ] {
        let (status, _) = api.get(&format!("/analytics/webhooks?{refused}")).await;
        assert_eq!(status, 400, "{refused}");
    }
}

#[tokio::test]
async fn a_range_lies_within_30_days_and_spans_14_at_most() {
    let mut api = Api::start().await;
    with_failures(&api, &Receiver::start().await, 1).await;
    api.sandbox.advance_clock(2 * DAY).unwrap();
    api.renew_token();
    let at = |days: i64, seconds: i64| {
        let now: jiff::Timestamp = api.sandbox.clock().now.parse().unwrap();
        (now + jiff::SignedDuration::from_secs(days * 86_400 + seconds)).to_string()
    };
    assert_eq!(
        api.got("/analytics/webhooks").await["summary"]["total_events"],
        0
    );
    let (start, end) = (at(-3, 0), at(-1, 0));
    let path = format!("/analytics/webhooks?start_time={start}&end_time={end}");
    assert_eq!(api.got(&path).await["summary"]["total_events"], 1);

    let too_old = "start_time must be within the last 30 days";
    let too_long = "end_time must be within 14 days after start_time";
    for (start, end, message) in [
        (at(-30, -60), at(-29, 0), too_old),
        (at(-20, 0), at(-6, 60), too_long),
        (at(-20, 0), at(0, 0), too_long),
        (at(-1, 0), at(-2, 0), too_long),
    ] {
        let path = format!("/analytics/webhooks?start_time={start}&end_time={end}");
        let body = json!({"start_time": start, "end_time": end});
        for (status, error) in [api.get(&path).await, api.post(REPLAY, body).await] {
            assert_eq!((status, &error["message"]), (400, &json!(message)));
        }
    }
}

#[tokio::test]
async fn a_replay_sends_ten_a_second_and_what_it_sent_is_in_the_log() {
    let api = Api::start().await;
    let receiver = Receiver::start().await;
    let room_id = with_failures(&api, &receiver, 100).await;
    let body = json!({"room_id": room_id, "event_names": [LEFT]});
    let started = api.posted(REPLAY, body).await;
    assert_eq!(
        (&started["status"], &started["filters"]["event_types"]),
        (&json!("started"), &json!([LEFT]))
    );
    let state = replay_state(&api, &started).await;
    assert_eq!(
        (&state["status"], &state["completed_at"], &state["result"]),
        (&json!("Running"), &Value::Null, &Value::Null)
    );
    pass(&api.sandbox, 2).await;
    assert!(
        receiver
            .received()
            .iter()
            .all(|again| again.json()["is_replay"] == true)
    );
    let sent = replay_state(&api, &started).await["progress"]["completed"]
        .as_i64()
        .unwrap();
    assert!((20..100).contains(&sent), "{sent}");
    pass(&api.sandbox, 8).await;
    let state = replay_state(&api, &started).await;
    let time = |name: &str| {
        state[name]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap()
    };
    let took = time("completed_at").duration_since(time("started_at"));
    assert!((10_000..13_000).contains(&took.as_millis()), "{took:?}");
    let counts = json!({"total": 100, "completed": 100, "failed": 0});
    assert_eq!(
        (&state["status"], &state["progress"]),
        (&json!("completed"), &counts)
    );
    assert_eq!(state["result"]["failed_events"], json!([]));
    assert_eq!(
        (&state["filters"]["limit"], &state["filters"]["offset"]),
        (&json!(50_000), &json!(0))
    );
    let sent = api.got("/analytics/webhooks?status=success").await;
    assert_eq!(sent["summary"]["total_events"], 100);
    let mut ids = receiver.received();
    ids.sort_by_key(|received| received.json()["id"].to_string());
    ids.dedup_by_key(|received| received.json()["id"].to_string());
    assert_eq!(ids.len(), 100, "each once");
    assert_eq!(
        sent["events"][0]["event_name"],
        "reporter.webhook.delivery.success"
    );
}

#[tokio::test]
async fn a_replay_tells_which_events_failed_again() {
    let api = Api::start().await;
    let receiver = Receiver::start().await;
    let room_id = room_of(&api, &receiver.url).await;
    let stubborn = FailedDelivery::new(&room_id, LEFT).fails_again();
    let id = fail(&api, &stubborn);
    let all = api.posted(REPLAY, json!({})).await;
    pass(&api.sandbox, 1).await;
    let state = replay_state(&api, &all).await;
    assert_eq!(state["status"], "failed");
    assert_eq!(receiver.received().len(), 0);

    fail(&api, &FailedDelivery::new(&room_id, LEFT));
    let all = api.posted(REPLAY, json!({"offset": 1})).await;
    pass(&api.sandbox, 1).await;
    let state = replay_state(&api, &all).await;
    assert_eq!(
        (&state["status"], &state["result"]),
        (
            &json!("completed_with_failures"),
            &json!({"total": 2, "completed": 1, "failed": 1, "failed_events": [id]})
        )
    );
}

#[tokio::test]
async fn a_replay_sends_the_same_id_once_more_to_where_the_webhook_is_now() {
    let (first, second) = (Receiver::start().await, Receiver::start().await);
    let api = Api::start().await;
    let room_id = room_of(&api, &first.url).await;
    first.answer([Answer::Status(500); 8]);
    let join = JoinPeer::with_role(&room_id, "host");
    api.sandbox.join_peer(&join).unwrap();
    settle(&api.sandbox).await;
    for seconds in [1, 3, 10] {
        pass(&api.sandbox, seconds).await;
    }
    let webhook = json!({"webhook": {"url": second.url}});
    api.posted(&format!("/rooms/{room_id}"), webhook).await;
    second.answer([Answer::Status(500)]);
    let replay = api.posted(REPLAY, json!({})).await;
    pass(&api.sandbox, 1).await;
    assert_eq!(first.received().len(), 8);
    let again = second.received();
    assert_eq!(again.len(), 2, "a replay is tried once");
    for (original, again) in first.received()[..2].iter().zip(&again) {
        let mut expected = original.json();
        expected["is_replay"] = true.into();
        assert_eq!(again.json(), expected);
    }
    let state = replay_state(&api, &replay).await;
    assert_eq!(
        (&state["status"], &state["result"]["failed_events"]),
        (
            &json!("completed_with_failures"),
            &json!([again[0].json()["id"]])
        )
    );
    let log = api.sandbox.webhook_deliveries();
    let replayed = log.iter().filter(|delivery| delivery.is_replay);
    assert_eq!(replayed.count(), 2);

    let elsewhere = api.posted("/rooms", json!({})).await;
    let elsewhere = elsewhere["id"].as_str().unwrap();
    fail(&api, &FailedDelivery::new(elsewhere, LEFT));
    let replay = api.posted(REPLAY, json!({"room_id": elsewhere})).await;
    pass(&api.sandbox, 1).await;
    let state = replay_state(&api, &replay).await;
    assert_eq!(state["status"], "failed", "no webhook is configured for it");
}

#[tokio::test]
async fn the_same_replay_is_found_again_while_it_runs() {
    let api = Api::start().await;
    let receiver = Receiver::start().await;
    with_failures(&api, &receiver, 100).await;
    let now: jiff::Timestamp = api.sandbox.clock().now.parse().unwrap();
    let body = json!({"start_time": (now - jiff::SignedDuration::from_hours(1)).to_string(),
                      "end_time": (now + jiff::SignedDuration::from_hours(1)).to_string()});
    let first = api.posted(REPLAY, body.clone()).await;
    let again = api.posted(REPLAY, body.clone()).await;
    assert_eq!(
        (&again["status"], &again["workflow_id"]),
        (&json!("already_running"), &first["workflow_id"])
    );
    let mut narrower = body.clone();
    narrower["limit"] = 1.into();
    let other = api.posted(REPLAY, narrower).await;
    assert_eq!(other["status"], "started");
    pass(&api.sandbox, 10).await;
    assert_eq!(replay_state(&api, &other).await["progress"]["total"], 1);
    let later = api.posted(REPLAY, body).await;
    assert_eq!(later["status"], "started");
    assert_ne!(later["workflow_id"], first["workflow_id"]);
}

#[tokio::test]
async fn an_empty_replay_is_complete_at_once_and_an_unknown_one_is_not_found() {
    let api = Api::start().await;
    let started = api.posted(REPLAY, json!({})).await;
    let state = replay_state(&api, &started).await;
    assert_eq!(
        (&state["status"], &state["progress"]["total"]),
        (&json!("completed"), &json!(0))
    );
    let (status, error) = api.get(&format!("{REPLAY}/nonsense")).await;
    assert_eq!(
        (status, &error["message"]),
        (404, &json!("workflow not found"))
    );
    for bad in [
        json!({"limit": 50_001}),
        json!({"event_names": ["room.end.success"]}),
        json!({"start_time": "yesterday"}),
        json!({"status": "lost"}),
    ] {
        assert_eq!(api.post(REPLAY, bad).await.0, 400);
    }
}
