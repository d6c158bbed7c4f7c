//! Calls through a client of `reqwest` that the user made.

use std::time::Duration;

use hundredms::reqwest::header::{HeaderMap, HeaderValue};
use hundredms::reqwest::{self, redirect};
use hundredms::resources::recordings::StartRecording;
use hundredms::{ErrorKind, Phase};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

fn own() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
}

#[tokio::test]
async fn a_client_of_ones_own_sends_the_calls() {
    let queue = Queue::start([Reply::json(200, ROOM)]).await;
    let headers = HeaderMap::from_iter([(
        "x-team".parse().expect("a name"),
        HeaderValue::from_static("video"),
    )]);
    let http = own().default_headers(headers).build().expect("a client");
    let client = client_at(&queue.url()).http_client(http).build();
    let room = client.expect("a client").rooms().get("1").await;
    assert_eq!(room.expect("a room").id, "1");
    let asked = &queue.asked()[0];
    assert_eq!(asked.header("x-team"), Some("video"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert!(asked.header("authorization").is_some());
}

#[tokio::test]
async fn what_a_client_of_ones_own_finds_behind_a_redirect_is_refused() {
    let to = Queue::start([Reply::json(200, ROOM)]).await;
    let from = Queue::start([Reply::json(302, "").with("location", to.url())]).await;
    let http = reqwest::Client::builder().no_proxy().build();
    let client = client_at(&from.url())
        .http_client(http.expect("a client"))
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("another server");
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Server, Some(302)),
        "{error}"
    );
    assert_eq!(to.asked()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_client_of_ones_own_knows_what_was_sent() {
    let queue = Queue::start([Reply::Drop, Reply::Hang]).await;
    let client = client_at(&queue.url())
        .http_client(own().build().expect("a client"))
        .timeout(Duration::from_millis(200))
        .build()
        .expect("a client");
    for _ in 0..2 {
        let start = client.recordings().start(StartRecording::new("r"));
        let error = start.await.expect_err("nobody knows");
        assert_eq!(
            (error.kind(), error.phase(), error.attempts()),
            (ErrorKind::AmbiguousOutcome, Some(Phase::Wait), 1),
            "{error}"
        );
    }

    let client = client_at("http://nobody.invalid/v2")
        .http_client(own().build().expect("a client"))
        .max_retries(0)
        .build()
        .expect("a client");
    let start = client.recordings().start(StartRecording::new("r"));
    let error = start.await.expect_err("nobody there");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Connection, Some(Phase::Connect)),
        "{error}"
    );
    assert!(!error.may_have_applied());
}

#[test]
fn what_a_client_of_ones_own_decides_cannot_be_set_beside_it() {
    let with = || client_at("https://service.test").http_client(own().build().expect("a client"));
    for (name, builder) in [
        ("proxy", with().no_proxy()),
        ("ca_file", with().ca_file("ca.pem")),
        (
            "connect_timeout",
            with().connect_timeout(Duration::from_secs(1)),
        ),
    ] {
        let error = builder.build().expect_err(name);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().starts_with(name), "{error}");
    }
}
