//! Jobs on bad days: what their errors keep, and lists that do not end.

use std::error::Error as _;
use std::time::Duration;

use hundredms::jobs::assets::WaitForRecordingAssets;
use hundredms::jobs::download_all::DownloadAssets;
use hundredms::jobs::room_setup::CreateRoomWithCodes;
use hundredms::{Client, ErrorKind, Phase};

use crate::client_at;
use crate::queue::{Queue, Reply};

fn client(queue: &Queue) -> Client {
    let client = client_at(&queue.url()).max_retries(0).build();
    client.expect("a client")
}

#[tokio::test]
async fn a_deadline_during_a_change_says_that_it_may_have_taken_effect() {
    let queue = Queue::start([Reply::Hang]).await;
    let client = client(&queue);
    let job = CreateRoomWithCodes::new().name("n");
    let job = client.rooms().create_with_codes(job);
    let error = job.timeout(Duration::from_millis(300)).await;
    let error = error.expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert_eq!(error.operation(), Some("rooms.create_with_codes"));
    assert!(error.may_have_applied(), "{error}");
    assert!(error.phase().is_some(), "{error}");
}

#[tokio::test]
async fn a_look_that_comes_too_late_in_the_queue_of_the_rate_limit_does_not_end_a_wait() {
    let done = r#"{"id":"1","room_id":"r","session_id":"s","status":"completed","meeting_url":"","started_by":"","stopped_by":""}"#;
    let queue = Queue::start([Reply::json(200, done), Reply::json(200, done)]).await;
    let client = client_at(&queue.url())
        .rate_limit(0.5)
        .timeout(Duration::from_millis(800))
        .build()
        .expect("a client");
    let get = || client.recordings().get("1");
    get().await.expect("a recording");
    let late = get().await.expect_err("its turn is after 2 s");
    assert_eq!((late.kind(), late.attempts()), (ErrorKind::Timeout, 0));
    let wait = client.recordings().wait("1");
    let found = wait.timeout(Duration::from_secs(20)).await;
    assert_eq!(found.expect("a recording").id, "1");
}

#[tokio::test]
async fn a_retry_that_comes_too_late_in_the_queue_says_why_it_would_be_made() {
    let busy = Reply::json(503, r#"{"code":503,"message":"closed for lunch"}"#);
    let queue = Queue::start([busy]).await;
    let client = client_at(&queue.url())
        .rate_limit(0.5)
        .timeout(Duration::from_millis(1_500))
        .build()
        .expect("a client");
    let error = client.recordings().get("1").await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::Timeout, Some(Phase::Queue), 1)
    );
    assert!(error.message().contains("was not sent again"), "{error}");
    let source = error.source().expect("a source").to_string();
    assert!(source.contains("closed for lunch"), "{source}");
}

#[tokio::test]
async fn a_cursor_that_repeats_is_an_error_and_no_end() {
    let page = r#"{"limit":10,"data":[],"last":"again"}"#;
    let replies = || (0..10).map(|_| Reply::json(200, page));
    let queue = Queue::start(replies()).await;
    let wait = WaitForRecordingAssets::new().session_id("s");
    let waited = client(&queue).run(wait).timeout(Duration::from_secs(5));
    let error = waited.await.expect_err("no end");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");

    let queue = Queue::start(replies()).await;
    let folder = std::env::temp_dir().join("hundredms-repeats");
    let all = DownloadAssets::new(folder.as_path()).session_id("s");
    let downloaded = client(&queue).run(all).timeout(Duration::from_secs(5));
    let error = downloaded.await.expect_err("no end");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert_eq!(queue.asked().len(), 2);
}
