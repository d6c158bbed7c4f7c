//! Jobs on bad days: what their errors keep, and lists that do not end.

use std::time::Duration;

use hundredms::jobs::assets::WaitForRecordingAssets;
use hundredms::jobs::download_all::DownloadAssets;
use hundredms::jobs::room_setup::CreateRoomWithCodes;
use hundredms::{Client, ErrorKind};

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
