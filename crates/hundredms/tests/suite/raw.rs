//! The roads for what this version does not know.

use hundredms::{CallOptions, ErrorKind};
use serde_json::json;

use super::{client_at, client_of};
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

#[tokio::test]
async fn a_request_of_any_path_carries_the_token() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let options = CallOptions::default();
    let made = client
        .request("POST", "/rooms", &[], Some(&json!({"name": "n"})), &options)
        .await
        .expect("a room");
    assert_eq!(made.status, 200);
    let query = [("name".to_owned(), "n".to_owned())];
    let listed = client
        .request("get", "/rooms", &query, None, &options)
        .await
        .expect("rooms");
    let listed: serde_json::Value = serde_json::from_slice(&listed.body).expect("JSON");
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_raw_call_gives_status_headers_and_bytes() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let raw = client
        .call_raw("rooms.create", b"{}", &CallOptions::default())
        .await
        .expect("a room");
    assert_eq!(raw.status, 200);
    assert!(raw.headers.contains_key("content-type"));
    assert!(raw.body.starts_with(b"{"));
}

#[tokio::test]
async fn a_bad_path_or_method_is_refused() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    for (method, path, field) in [
        ("GE T", "/rooms", "method"),
        ("GET", "rooms", "path"),
        ("GET", "/rooms?x=1", "path"),
        ("GET", "/rooms/../sessions", "path"),
        ("GET", "/rooms/%2e%2E/sessions", "path"),
    ] {
        let error = client
            .request(method, path, &[], None, &CallOptions::default())
            .await
            .expect_err(path);
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidRequest, Some(field))
        );
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn what_a_path_cannot_hold_is_encoded() {
    let queue = Queue::start([Reply::json(200, "{}")]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    client
        .request("GET", "/a b/%2F/\\ü|", &[], None, &CallOptions::default())
        .await
        .expect("an answer");
    assert_eq!(queue.asked()[0].target, "/v2/a%20b/%2F/%5C%C3%BC%7C");
}
