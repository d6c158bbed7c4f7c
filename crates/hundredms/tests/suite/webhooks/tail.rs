//! Events of the service's history as they come: each once, after a failure and a restart too.

use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{Event, EventData, Tail, tail};
use hundredms::{Client, ErrorKind, Timestamp};
use hundredms_sandbox::{FailedDelivery, Fault, FaultEffect, Sandbox};
use serde_json::json;

use crate::checked::Checked;
use crate::client_of;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A sandbox with a room, whose webhooks nobody gets.
async fn school() -> (Checked, Client, String) {
    let sandbox = Checked::before(Sandbox::start().await.expect("a sandbox")).await;
    let client = client_of(&sandbox)
        .max_retries(0)
        .build()
        .expect("a client");
    let request = CreateRoom::new().name("a");
    let room = client.rooms().create(request).await.expect("a room").id;
    (sandbox, client, room)
}

fn leave(sandbox: &Checked, room: &str, peer: &str) {
    let data = json!({"room_id": room, "session_id": "s", "peer_id": peer, "duration": 60});
    let delivery = FailedDelivery::new(room, "peer.leave.success").data(data);
    sandbox
        .record_failed_delivery(&delivery)
        .expect("a delivery");
}

fn now(sandbox: &Checked) -> Timestamp {
    sandbox.clock().now.parse().expect("a time")
}

/// The peer of the next event.
async fn next(events: &mut Tail) -> String {
    let event = tokio::time::timeout(Duration::from_secs(20), events.next());
    let event = event
        .await
        .expect("in time")
        .expect("no end")
        .expect("an event");
    peer(event)
}

fn peer(event: Event) -> String {
    assert!(!event.is_replay);
    match event.data {
        EventData::PeerLeaveSuccess(leave) => leave.peer_id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_past_comes_first_in_order_then_what_is_new_and_each_event_once() {
    let (sandbox, client, room) = school().await;
    let start = now(&sandbox);
    for (peer, days) in [("ada", 11), ("ben", 8), ("cy", 0)] {
        leave(&sandbox, &room, peer);
        sandbox.advance_clock(DAY * days).expect("a clock");
    }
    let mut events = tail(&client).since(start).room_id(&room);
    assert_eq!(events.cursor(), None);
    for peer in ["ada", "ben", "cy"] {
        assert_eq!(next(&mut events).await, peer);
    }
    for peer in ["dan", "eve"] {
        leave(&sandbox, &room, peer);
        assert_eq!(next(&mut events).await, peer);
    }
    let nothing = tokio::time::timeout(Duration::from_millis(1500), events.next());
    assert!(nothing.await.is_err(), "an event came twice");
    drop(events);
    sandbox.finish();
}

#[tokio::test]
async fn a_tail_continues_where_another_one_was() {
    let (sandbox, client, room) = school().await;
    let start = now(&sandbox);
    for peer in ["ada", "ben", "cy"] {
        leave(&sandbox, &room, peer);
    }
    let mut events = tail(&client).since(start);
    assert_eq!(next(&mut events).await, "ada");
    // The two others have been read, but the program did not get them.
    let cursor = events.cursor().expect("a cursor");
    drop(events);
    let mut events = tail(&client).resume(&cursor);
    assert_eq!(events.cursor().as_ref(), Some(&cursor));
    assert_eq!(next(&mut events).await, "ben");
    assert_eq!(next(&mut events).await, "cy");
    let cursor = events.cursor().expect("a cursor");
    leave(&sandbox, &room, "dan");
    let mut events = tail(&client).resume(cursor);
    assert_eq!(next(&mut events).await, "dan");
    sandbox.finish();
}

#[tokio::test]
async fn without_a_time_a_tail_starts_now() {
    let (sandbox, client, room) = school().await;
    leave(&sandbox, &room, "ada");
    sandbox.advance_clock(DAY).expect("a clock");
    let mut events = tail(&client);
    let nothing = tokio::time::timeout(Duration::from_millis(300), events.next());
    assert!(nothing.await.is_err(), "an event of yesterday came");
    leave(&sandbox, &room, "ben");
    assert_eq!(next(&mut events).await, "ben");
    sandbox.finish();
}

#[tokio::test]
async fn looks_that_fail_are_repeated_and_what_cannot_succeed_is_an_error() {
    let (sandbox, client, room) = school().await;
    let start = now(&sandbox);
    leave(&sandbox, &room, "ada");
    let fault = Fault::new(FaultEffect::new().status(503)).first(2);
    let fault = fault.operation("analytics.list_webhook_events");
    sandbox.add_fault(&fault).expect("a fault");
    let mut events = tail(&client).since(start);
    assert_eq!(next(&mut events).await, "ada");
    let mut events = tail(&client).resume("not a cursor");
    let error = events
        .next()
        .await
        .expect("no end")
        .expect_err("it is no cursor");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.field(), Some("cursor"));
    let mut events = tail(&client).since(start - DAY * 40);
    let error = events
        .next()
        .await
        .expect("no end")
        .expect_err("it is too old");
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    sandbox.finish();
}
