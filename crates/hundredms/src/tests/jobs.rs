//! Tests how jobs spend their time, against a server with a queue of responses, with a manual clock.

use std::sync::Arc;
use std::time::Duration;

use super::queue::{Queue, Reply};
use crate::Client;
use crate::error::ErrorKind;
use crate::jobs::TemplateDescription;
use crate::jobs::apply_template::DiffTemplate;
use crate::transport::backoff::Backoff;
use crate::transport::clock::{Clock, ManualClock};

const NOW: &str = "2026-03-01T12:00:00Z";

fn recording(status: &str) -> Reply {
    let job = format!(
        r#"{{"id":"1","room_id":"r","session_id":"s","status":"{status}","meeting_url":"","started_by":"","stopped_by":""}}"#
    );
    Reply::json(200, &job)
}

fn refusal(status: u16) -> Reply {
    Reply::json(status, r#"{"code":500,"message":"no"}"#)
}

fn client_of(queue: &Queue) -> (Client, Arc<ManualClock>) {
    client_with(queue, 0)
}

fn client_with(queue: &Queue, max_retries: u32) -> (Client, Arc<ManualClock>) {
    let clock = ManualClock::at(NOW.parse().expect("a time"));
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(queue.url())
        .max_retries(max_retries)
        .clock(Clock::Manual(clock.clone()), Backoff::default())
        .build()
        .expect("a client");
    (client, clock)
}

/// Check each pause: a tenth more or less than expected.
fn assert_pauses(clock: &ManualClock, expected: &[f64]) {
    let pauses: Vec<f64> = clock.pauses().iter().map(Duration::as_secs_f64).collect();
    assert_eq!(pauses.len(), expected.len(), "{pauses:?}");
    for (pause, expected) in pauses.iter().zip(expected) {
        assert!((pause - expected).abs() <= expected / 10.0, "{pauses:?}");
    }
}

#[tokio::test]
async fn a_wait_looks_less_and_less_often() {
    let replies = (0..8).map(|_| recording("post_processing"));
    let queue = Queue::start(replies.chain([recording("completed")])).await;
    let (client, clock) = client_of(&queue);
    let found = client.recordings().wait("1").await.expect("a recording");
    assert_eq!(found.status.as_str(), "completed");
    assert_pauses(
        &clock,
        &[1.0, 1.5, 2.25, 3.375, 5.0625, 7.59375, 10.0, 10.0],
    );
}

#[tokio::test]
async fn a_wait_ends_at_its_deadline_with_the_last_state() {
    let queue = Queue::start((0..20).map(|_| recording("running"))).await;
    let (client, clock) = client_of(&queue);
    let wait = client
        .recordings()
        .wait("1")
        .timeout(Duration::from_secs(20));
    let error = wait.await.expect_err("too late");
    assert_eq!(
        (error.kind(), error.state()),
        (ErrorKind::Timeout, Some("running"))
    );
    assert_eq!(error.elapsed(), Duration::from_secs(20));
    let slept: Duration = clock.pauses().iter().sum();
    assert_eq!(slept, Duration::from_secs(20));
}

#[tokio::test]
async fn five_looks_in_a_row_may_fail() {
    let failing = |count: usize| (0..count).map(|_| refusal(503));
    let replies = failing(5).chain([recording("running")]).chain(failing(6));
    let queue = Queue::start(replies).await;
    let (client, _) = client_of(&queue);
    let error = client.recordings().wait("1").await.expect_err("failed");
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Server, Some(503))
    );
    assert_eq!(queue.asked().len(), 12);
}

#[tokio::test]
async fn a_refusal_of_the_arguments_is_final() {
    let queue = Queue::start([Reply::json(403, r#"{"code":403,"message":"no"}"#)]).await;
    let (client, _) = client_of(&queue);
    let error = client.recordings().wait("1").await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[tokio::test]
async fn a_pause_that_the_service_asks_for_is_kept() {
    let busy = Reply::json(429, r#"{"code":429,"message":"slow down"}"#).with("retry-after", "30");
    let queue = Queue::start([recording("running"), busy, recording("completed")]).await;
    let (client, clock) = client_of(&queue);
    client.recordings().wait("1").await.expect("a recording");
    let longest = clock.pauses().into_iter().max().expect("a pause");
    assert!(longest >= Duration::from_secs(27), "{longest:?}");
}

#[tokio::test]
async fn a_job_waits_for_a_pause_that_is_longer_than_the_timeout_of_its_calls() {
    let template = r#"{"id":"1","name":"a","customerId":"c","roles":{},"settings":{"region":"in","roomState":{},"retry":{}},"destinations":{}}"#;
    let busy = || refusal(429).with("retry-after", "60");
    let diff = || DiffTemplate::new("1", TemplateDescription::default());
    // Refused itself, and then held back by the pause of another call.
    let replies = [
        busy(),
        Reply::json(200, template),
        busy(),
        Reply::json(200, template),
        busy(),
    ];
    let queue = Queue::start(replies).await;
    let (client, clock) = client_with(&queue, 2);
    let paused = || clock.pauses().iter().sum::<Duration>();
    client
        .run(diff())
        .timeout(Duration::from_secs(300))
        .await
        .expect("a plan");
    assert!(paused() >= Duration::from_secs(60), "{:?}", paused());
    let refused = client.templates().get("1").await.expect_err("no time");
    assert_eq!(refused.retry_after(), Some(Duration::from_secs(60)));
    client
        .run(diff())
        .timeout(Duration::from_secs(300))
        .await
        .expect("a plan");
    assert!(paused() >= Duration::from_secs(120), "{:?}", paused());
    // The job has no time for it.
    let error = client.run(diff()).timeout(Duration::from_secs(50)).await;
    let error = error.expect_err("no time");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 1)
    );
    assert_eq!(queue.asked().len(), 5);
}

#[tokio::test]
async fn a_job_that_is_refused_every_time_ends_with_the_retries() {
    let busy = || refusal(429).with("retry-after", "40");
    let queue = Queue::start([busy(), busy(), busy(), busy()]).await;
    let (client, _) = client_with(&queue, 2);
    let diff = DiffTemplate::new("1", TemplateDescription::default());
    let error = client.run(diff).timeout(Duration::from_secs(300)).await;
    let error = error.expect_err("refused");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 3)
    );
    assert_eq!(queue.asked().len(), 3);
}

#[tokio::test]
async fn the_longest_pause_that_a_service_can_ask_for_is_no_panic() {
    let busy = || refusal(503).with("retry-after", u64::MAX.to_string());
    let queue = Queue::start([busy(), busy(), busy()]).await;
    let (client, _) = client_of(&queue);
    let wait = client.recordings().wait("1").timeout(Duration::MAX);
    // The clock of the test advances by each pause, and no reply is left after three.
    assert!(wait.await.is_err());
}

#[tokio::test]
async fn a_panic_in_the_callback_is_ignored() {
    let queue = Queue::start([recording("completed")]).await;
    let (client, _) = client_of(&queue);
    let wait = client.recordings().wait("1");
    let found = wait.on_progress(|_| panic!("in a callback")).await;
    assert_eq!(found.expect("a recording").id, "1");
}
