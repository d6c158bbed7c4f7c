//! The roads for what this version does not know.

use hundredms::resources::rooms::{CreateRoom, ListRooms};
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

#[tokio::test]
async fn an_error_of_a_free_request_does_not_hold_its_path() {
    let queue = Queue::start([Reply::json(404, r#"{"code":404,"message":"no"}"#)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let path = "/rooms/canary-5f1c0b";
    let options = CallOptions::default();
    let asked = client.request("GET", path, &[], None, &options);
    let error = asked.await.expect_err("not found");
    assert_eq!(error.route(), Some("/{path}"));
    for text in [error.to_string(), error.to_json(), format!("{error:?}")] {
        assert!(!text.contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn methods_that_would_hand_the_token_on_are_refused() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    for method in ["CONNECT", "connect", "TRACE"] {
        let options = CallOptions::default();
        let asked = client.request(method, "/x", &[], None, &options);
        let error = asked.await.expect_err(method);
        assert_eq!(
            (error.kind(), error.field()),
            (hundredms::ErrorKind::InvalidRequest, Some("method"))
        );
    }
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn a_refusal_keeps_what_can_be_read_of_it() {
    let room = |body: &str| {
        let body = body.to_owned();
        async move {
            let queue = Queue::start([Reply::json(400, &body)]).await;
            let client = client_at(&queue.url()).build().expect("a client");
            client.rooms().get("1").await.expect_err("refused")
        }
    };
    for (body, code, message, details) in [
        (
            r#"{"code":"x1","message":"no","details":["a"]}"#,
            None,
            "no",
            &["a"][..],
        ),
        (r#"{"code":[4],"message":"no"}"#, None, "no", &[]),
        (r#"{"code":1e300,"message":"no"}"#, None, "no", &[]),
        (r#"{"code":"400","message":"no"}"#, Some(400), "no", &[]),
        (
            r#"{"code":400,"message":["x"],"error":"no"}"#,
            Some(400),
            "no",
            &[],
        ),
        (
            r#"{"error":{"message":"no","token":"t"},"details":{"a":1}}"#,
            None,
            "no",
            &[],
        ),
        (
            r#"{"message":"no","details":["a",{"message":"b"},null,7,{"c":1}]}"#,
            None,
            "no",
            &["a", "b", "7"],
        ),
        (
            r#"{"message":"n\ud83do","details":"one"}"#,
            None,
            "n\u{fffd}o",
            &["one"],
        ),
        (
            "{\"message\":\"a\\r\\nERROR forged\\u001b[2J\",\"details\":[\"b\\nc\"]}",
            None,
            "a\\r\\nERROR forged\\u{1b}[2J",
            &["b\\nc"],
        ),
        (
            "a\r\nERROR forged\x1b[2J",
            None,
            "a\\r\\nERROR forged\\u{1b}[2J",
            &[],
        ),
    ] {
        let error = room(body).await;
        assert_eq!(
            (error.code(), error.message(), error.details()),
            (
                code,
                message,
                &details
                    .iter()
                    .map(|it| (*it).to_owned())
                    .collect::<Vec<_>>()[..]
            ),
            "{body}"
        );
        assert!(!error.to_string().contains(char::is_control), "{body}");
    }
    let details = vec!["d".repeat(10_000); 1_000];
    let long = serde_json::json!({"message": "m".repeat(1_000_000), "details": details});
    let error = room(&long.to_string()).await;
    assert!(error.to_string().len() < 10_000 && error.to_json().len() < 20_000);
}

#[tokio::test]
async fn a_text_that_was_cut_within_a_character_does_not_spoil_an_answer() {
    let body = r#"{"id":"1","name":"a\ud83d","description":"\ud83d\ude00","customer_id":"c","template_id":"t","region":"in","enabled":true,"new":"\udc00"}"#;
    let queue = Queue::start([Reply::json(200, body), Reply::json(200, body)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let room = client.rooms().get("1").await.expect("a room");
    assert_eq!(
        (room.name.as_str(), room.description.as_str()),
        ("a\u{fffd}", "😀")
    );
    let options = CallOptions::default();
    let answer = client
        .call("rooms.get", br#"{"room_id":"1"}"#, &options)
        .await;
    let json: serde_json::Value =
        serde_json::from_slice(&answer.expect("a room").json).expect("JSON");
    assert_eq!(
        (&json["name"], &json["new"]),
        (&"a\u{fffd}".into(), &"\u{fffd}".into())
    );
}

#[tokio::test]
async fn an_analytics_event_that_does_not_fit_is_one_value_of_its_page() {
    use hundredms::resources::analytics::{AnalyticsEvent, ListAnalyticsEvents};

    let good = r#"{"version":"2.0","id":"1","type":"client.join.failed","data":{}}"#;
    let bad = r#"{"version":"2.0","id":"2","type":"track.add.success","data":[1],"later":"kept"}"#;
    let page = format!(r#"{{"limit":2,"total":2,"next":"","events":[{bad},{good}]}}"#);
    let queue = Queue::start([Reply::json(200, &page), Reply::json(200, &page)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let listed = client
        .analytics()
        .list_events(ListAnalyticsEvents::new("r"));
    let page = listed.first_page().await.expect("a page");
    let AnalyticsEvent::Malformed(malformed) = &page.events[0] else {
        panic!("{:?}", page.events[0])
    };
    assert_eq!(malformed.data["later"], "kept");
    assert!(
        malformed.problem.starts_with("data"),
        "{}",
        malformed.problem
    );
    assert!(!format!("{malformed:?}").contains("kept"));
    let options = CallOptions::default();
    let answer = client.call("analytics.list_events", br#"{"room_id":"r"}"#, &options);
    let json: serde_json::Value =
        serde_json::from_slice(&answer.await.expect("a page").json).expect("JSON");
    let event = &json["events"][0];
    assert_eq!(
        (&event["type"], &event["kind"], &event["raw"]["later"]),
        (
            &"malformed".into(),
            &"track.add.success".into(),
            &"kept".into()
        )
    );
    assert_eq!(event["problem"], malformed.problem);
}

#[tokio::test]
async fn a_value_comes_with_status_headers_and_attempts() {
    let room = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;
    let replies = [
        Reply::json(503, "{}").with("retry-after", "0"),
        Reply::json(200, room).with("x-request-id", "r-7"),
        Reply::json(200, room),
    ];
    let queue = Queue::start(replies).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let response = client.rooms().get("1").with_response().await;
    let response = response.expect("a room");
    assert_eq!(response.value.name, "n");
    assert_eq!((response.status.as_u16(), response.attempts), (200, 2));
    assert_eq!(response.request_id(), Some("r-7"));
    assert!(!format!("{response:?}").contains("r-7"));
    let arguments = br#"{"room_id":"1"}"#;
    let named = client
        .call_with_response("rooms.get", arguments, &CallOptions::default())
        .await
        .expect("a room");
    assert_eq!((&*named.value.json, named.attempts), (room.as_bytes(), 1));
}

#[tokio::test]
async fn fields_that_this_version_does_not_know_are_sent_as_they_are() {
    let queue = Queue::start([]).await;
    let (send, hints) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .max_retries(0)
        .on_request(move |view| drop(send.send(view.hint.map(str::to_owned))))
        .build()
        .expect("a client");
    let rooms = client.rooms();
    // The queue answers 500; what was sent counts.
    let create = CreateRoom::new().name("n");
    let _ = rooms.create(create).extra("new", json!({"a": [1]})).await;
    let _ = rooms.get("1").extra("fresh", json!(["a", true])).await;
    let _ = rooms
        .list(ListRooms::new())
        .extra("tag", 7)
        .first_page()
        .await;
    let asked = queue.asked();
    let body: serde_json::Value = serde_json::from_str(&asked[0].body).expect("JSON");
    assert_eq!(body, json!({"name": "n", "new": {"a": [1]}}));
    assert_eq!(asked[1].target, "/v2/rooms/1?fresh=a&fresh=true");
    assert_eq!(asked[2].target, "/v2/rooms?limit=100&tag=7");
    let hint = hints.recv().expect("a request").expect("a hint");
    assert!(hint.starts_with("`new` is not a field"), "{hint}");

    for (call, field) in [
        (rooms.get("1").extra("room_id", 1), "extra_query.room_id"),
        (rooms.get("1").extra("a", json!({})), "extra_query.a"),
        (rooms.get("1").extra("a", json!([[1]])), "extra_query.a"),
        (rooms.get("1").extra("a", json!([])), "extra_query.a"),
    ] {
        let error = call.await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.field(), Some(field));
    }
    let named = rooms.create(CreateRoom::new()).extra("name", "n").await;
    assert_eq!(named.expect_err("refused").field(), Some("extra_body.name"));
    assert_eq!(queue.asked().len(), 3);
}
