//! What was not delivered, got after all: from the sandbox's log of failed deliveries.

use std::sync::{Arc, Mutex};

use hundredms::resources::analytics::WebhookEventName;
use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{Event, PeerLeaveSuccess, Router, recover};
use hundredms::{Client, ErrorKind, Timestamp};
use hundredms_sandbox::{FailedDelivery, Sandbox};
use jiff::SignedDuration;

use super::routing::receiver;
use crate::checked::Checked;
use crate::queue::{Queue, Reply};
use crate::{client_at, client_of};

const DAY: SignedDuration = SignedDuration::from_hours(24);

struct Outage {
    sandbox: Checked,
    client: Client,
    room: String,
    /// Ids of the events that were not delivered, the oldest first.
    missed: Vec<String>,
}

/// An outage of 20 days, with a failed delivery on its first, twelfth and last day.
async fn outage() -> Outage {
    let sandbox = Checked::before(Sandbox::start().await.expect("a sandbox")).await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client
        .rooms()
        .create(CreateRoom::new().name("a"))
        .await
        .expect("a room")
        .id;
    let missed = [("ada", 11), ("ben", 8), ("cy", 0)]
        .map(|(peer, days)| {
            let delivery = FailedDelivery::new(&room, "peer.leave.success").data(
                serde_json::json!({"room_id": room, "session_id": "s", "peer_id": peer, "duration": 60}),
            );
            let recorded = sandbox.record_failed_delivery(&delivery).expect("a delivery");
            let day = std::time::Duration::from_secs(24 * 60 * 60);
            sandbox.advance_clock(days * day).expect("a clock");
            recorded.event_id
        })
        .to_vec();
    Outage {
        sandbox,
        client,
        room,
        missed,
    }
}

impl Outage {
    fn now(&self) -> Timestamp {
        self.sandbox.clock().now.parse().expect("a time")
    }

    fn since(&self, days: i32) -> hundredms::webhooks::Recovery {
        recover(
            &self.client,
            self.now() - DAY * days,
            self.now() + SignedDuration::from_secs(1),
        )
    }
}

/// A router that fails for the peers named, and writes down the others.
fn router(fails: &'static [&'static str]) -> (Router, Arc<Mutex<Vec<String>>>) {
    let left = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&left);
    let router = Router::new(receiver()).on(move |event: Event<PeerLeaveSuccess>| {
        let seen = Arc::clone(&seen);
        async move {
            assert!(event.is_replay && event.timestamp.is_some());
            if fails.contains(&event.data.peer_id.as_str()) {
                return Err("not this one".into());
            }
            seen.lock().expect("a lock").push(event.data.peer_id);
            Ok(())
        }
    });
    (router, left)
}

#[tokio::test]
async fn failed_deliveries_of_any_range_are_listed_once_each() {
    let outage = outage().await;
    let ids = |listed: Vec<hundredms::resources::analytics::AnalyticsWebhookEvent>| {
        listed.into_iter().map(|it| it.event_id).collect::<Vec<_>>()
    };
    assert_eq!(
        ids(outage.since(29).list().await.expect("a list")),
        outage.missed,
        "the oldest first"
    );
    let recent = outage.since(14).list().await.expect("a list");
    assert_eq!(recent.len(), 2);
    let other = outage.since(29).room_id("66b2d2105c803b002ae4f611");
    assert!(other.list().await.expect("a list").is_empty());
    let other = outage.since(29).types([WebhookEventName::PeerJoinSuccess]);
    assert!(other.list().await.expect("a list").is_empty());
    outage.sandbox.finish();
}

#[tokio::test]
async fn failed_deliveries_are_fed_to_a_router_and_each_is_handled_once() {
    let outage = outage().await;
    let recovery = outage.since(29).room_id(&outage.room);
    let (router, left) = router(&["ben"]);
    let fed = recovery.feed(&router).await.expect("fed");
    assert_eq!(
        (fed.handled, fed.duplicates, fed.failed, fed.unhandled),
        (2, 0, 1, 0)
    );
    let fed = recovery.feed(&router).await.expect("fed");
    assert_eq!(
        (fed.handled, fed.duplicates, fed.failed, fed.unhandled),
        (0, 2, 1, 0)
    );
    assert_eq!(*left.lock().expect("a lock"), ["ada", "cy"]);
    let deaf = Router::new(receiver());
    assert_eq!(recovery.feed(&deaf).await.expect("fed").unhandled, 3);
    outage.sandbox.finish();
}

#[tokio::test]
async fn the_service_is_asked_to_replay_in_parts_of_14_days() {
    let outage = outage().await;
    let replays = outage.since(29).replay().await.expect("replays");
    assert_eq!(replays.len(), 3);
    for replay in &replays {
        let start = replay.filters.start_time.expect("a start");
        let end = replay.filters.end_time.expect("an end");
        assert!(end.duration_since(start) <= DAY * 14);
    }
    outage.sandbox.finish();
}

#[tokio::test]
async fn more_than_one_replay_can_send_are_replayed_by_several() {
    let page = serde_json::json!({"events": [], "summary": {"total_events": 50_001}, "pagination": {
        "current_page": 1, "page_size": 100, "total_pages": 501, "total_items": 50_001, "has_next": true, "has_prev": false,
    }});
    let started = serde_json::json!({"workflow_id": "w", "status": "started", "message": "", "filters": {
        "start_time": "2026-01-11T00:00:00Z", "end_time": "2026-01-12T00:00:00Z", "room_id": "",
    }});
    let state = |status: &str| serde_json::json!({"workflow_id": "w", "status": status, "filters": started["filters"]});
    let (running, over) = (state("Running"), state("completed_with_failures"));
    let replies = [&page, &started, &running, &over, &started];
    let replies = replies.map(|it| Reply::json(200, &it.to_string()));
    let queue = Queue::start(replies).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let now = Timestamp::now();
    let replays = recover(&client, now - DAY, now).replay().await;
    assert_eq!(replays.expect("replays").len(), 2);
    let asked = queue.asked();
    let targets: Vec<_> = asked
        .iter()
        .skip(1)
        .map(|asked| asked.target.as_str())
        .collect();
    let (start, look) = (
        "/v2/analytics/webhooks/replay",
        "/v2/analytics/webhooks/replay/w",
    );
    assert_eq!(
        targets,
        [start, look, look, start],
        "each waits for the one before"
    );
    let offsets = asked
        .iter()
        .filter(|asked| asked.target == start)
        .map(|asked| {
            let body: serde_json::Value = serde_json::from_str(&asked.body).expect("JSON");
            body["offset"].as_i64()
        });
    assert_eq!(offsets.collect::<Vec<_>>(), [None, Some(50_000)]);
}

#[tokio::test]
async fn a_range_that_ends_before_it_begins_is_refused() {
    let outage = outage().await;
    let now = outage.now();
    let error = recover(&outage.client, now, now)
        .list()
        .await
        .expect_err("an empty range");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    outage.sandbox.finish();
}
