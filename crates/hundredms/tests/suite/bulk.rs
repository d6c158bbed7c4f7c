//! `map` while a service asks for pauses.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use hundredms::bulk::{BulkResult, map};
use hundredms::resources::rooms::{CreateRoom, Room};
use hundredms::{Client, ClientBuilder, ErrorKind};
use hundredms_sandbox::{Fault, FaultEffect, Sandbox};

async fn sandbox() -> Sandbox {
    Sandbox::builder().start().await.expect("a sandbox")
}

/// Refuse this many calls, and ask for a pause.
fn busy(sandbox: &Sandbox, count: u64, seconds: u64) {
    let effect = FaultEffect::new().status(429).retry_after(seconds);
    let fault = Fault::new(effect).operation("rooms.create").first(count);
    sandbox.add_fault(&fault).expect("a fault");
}

/// A client whose calls may take less than a second.
fn hasty(sandbox: &Sandbox) -> ClientBuilder {
    Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .timeout(Duration::from_millis(800))
}

async fn create(client: &Client, count: usize) -> Vec<BulkResult<usize, Room>> {
    let results = map(0..count, |_| client.send(CreateRoom::new()));
    results.stream().collect().await
}

fn statuses(sandbox: &Sandbox, status: u16) -> usize {
    let requests = sandbox.requests();
    requests.iter().filter(|seen| seen.status == status).count()
}

#[tokio::test]
async fn a_pause_longer_than_the_timeout_delays_the_run_and_fails_no_item() {
    let sandbox = sandbox().await;
    busy(&sandbox, 3, 2);
    let client = hasty(&sandbox).build().expect("a client");
    let start = Instant::now();
    let results = create(&client, 100).await;
    assert!(start.elapsed() > Duration::from_secs(2));
    for (at, done) in results.iter().enumerate() {
        assert!(done.index == at && done.result.is_ok(), "{done:?}");
    }
    assert_eq!((results.len(), statuses(&sandbox, 200)), (100, 100));
    // None was sent during the pause.
    assert!(statuses(&sandbox, 429) <= 3);
}

#[tokio::test]
async fn calls_that_wait_for_max_in_flight_are_not_sent_into_a_pause() {
    let sandbox = sandbox().await;
    busy(&sandbox, 2, 1);
    let client = hasty(&sandbox).max_in_flight(2).build().expect("a client");
    let results = map(0..16, |_| client.send(CreateRoom::new())).concurrency(16);
    let results: Vec<_> = results.stream().collect().await;
    assert!(
        results.iter().all(|done| done.result.is_ok()),
        "{results:?}"
    );
    assert_eq!((statuses(&sandbox, 429), statuses(&sandbox, 200)), (2, 16));
}

#[tokio::test]
async fn a_service_that_refuses_again_and_again_gets_every_item() {
    let sandbox = sandbox().await;
    sandbox.rate_limit(Some(20)).expect("a limit");
    let client = hasty(&sandbox).build().expect("a client");
    let results = create(&client, 60).await;
    let failed: Vec<_> = results.iter().filter(|done| done.result.is_err()).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[tokio::test]
async fn a_call_of_a_run_may_wait_longer_for_its_turn_than_its_timeout() {
    let sandbox = sandbox().await;
    let client = hasty(&sandbox).rate_limit(10).max_in_flight(2);
    let client = client.build().expect("a client");
    let start = Instant::now();
    let results = create(&client, 25).await;
    assert!(start.elapsed() > Duration::from_secs(2));
    assert!(results.iter().all(|done| done.result.is_ok()));
}

#[tokio::test]
async fn a_run_can_be_dropped_during_a_pause_and_outside_of_runs_calls_fail_at_once() {
    let sandbox = sandbox().await;
    busy(&sandbox, 1, 3600);
    let client = hasty(&sandbox).max_retries(0).build().expect("a client");
    let results = map(0..100, |_| client.send(CreateRoom::new()));
    let mut results = Box::pin(results.concurrency(1).stream());
    let first = results.next().await.expect("a result");
    let error = first.result.expect_err("refused");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 1)
    );
    let waiting = tokio::time::timeout(Duration::from_millis(1_500), results.next());
    assert!(waiting.await.is_err(), "the second does not wait");
    drop(results);
    let error = client.send(CreateRoom::new()).await.expect_err("a pause");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert_eq!(sandbox.requests().len(), 1);
}
