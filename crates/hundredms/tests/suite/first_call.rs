//! The first calls that a user makes.

use hundredms::resources::rooms::{CreateRoom, ListRooms};
use hundredms::{CallOptions, ErrorKind};

use super::client_of;
use crate::checked::Checked;

#[tokio::test]
async fn a_room_is_created_found_listed_and_disabled() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await
        .expect("a room");
    assert_eq!(room.name, "physics-7");
    assert_eq!(client.rooms().get(&room.id).await.expect("the room"), room);
    assert!(
        !client
            .rooms()
            .disable(&room.id)
            .await
            .expect("the room")
            .enabled
    );
    assert!(
        client
            .rooms()
            .enable(&room.id)
            .await
            .expect("the room")
            .enabled
    );
    let mut rooms = client.rooms().list(ListRooms::new());
    assert_eq!(
        rooms.next().await.expect("a room").expect("a room").id,
        room.id
    );
    assert!(rooms.next().await.is_none());
}

#[tokio::test]
async fn a_path_argument_never_reaches_another_endpoint() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    for id in [
        "../sessions",
        "x/../../rooms",
        "a?b=c",
        "a#b",
        "%2e%2e",
        "ü/é",
    ] {
        let error = client.rooms().get(id).await.expect_err("no such room");
        assert_eq!(error.kind(), ErrorKind::NotFound, "{id}");
    }
    for id in ["", ".", ".."] {
        let error = client.rooms().get(id).await.expect_err("no id");
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidRequest, Some("room_id")),
            "{id}"
        );
    }
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|request| request.operation.as_deref() == Some("rooms.get"))
    );
}

#[tokio::test]
async fn bad_arguments_are_refused_by_name_and_nothing_is_sent() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    for (operation, arguments, field) in [
        ("rooms.get", r#"{"room_idx":"1"}"#, Some("room_idx")),
        ("rooms.get", r#"{"room_id":1}"#, Some("room_id")),
        ("rooms.get", "{}", Some("room_id")),
        ("rooms.get", r#"["1"]"#, None),
        ("rooms.get", "{", None),
        ("rooms.gett", "{}", Some("operation")),
        (
            "rooms.create",
            r#"{"max_duration_seconds":119}"#,
            Some("max_duration_seconds"),
        ),
        (
            "rooms.create",
            r#"{"max_duration_seconds":"120"}"#,
            Some("max_duration_seconds"),
        ),
        ("rooms.create", r#"{"name":"a b"}"#, Some("name")),
        ("rooms.create", r#"{"polls":["a",2]}"#, Some("polls[1]")),
        (
            "rooms.create",
            r#"{"webhook":{"headers":{}}}"#,
            Some("webhook.url"),
        ),
        (
            "rooms.create",
            r#"{"webhook":{"url":"x","header":{}}}"#,
            Some("webhook.header"),
        ),
        (
            "rooms.create",
            r#"{"recording_info":{"enabled":"yes"}}"#,
            Some("recording_info.enabled"),
        ),
        (
            "rooms.create",
            r#"{"recording_info":{"upload_info":{"type":5,"location":"x"}}}"#,
            Some("recording_info.upload_info.type"),
        ),
        ("rooms.update", r#"{"room_id":"1"}"#, None),
        ("rooms.list", r#"{"after":"yesterday"}"#, Some("after")),
        ("rooms.list", r#"{"limit":101}"#, Some("limit")),
        ("active_rooms.remove_peers", r#"{"room_id":"1"}"#, None),
        (
            "templates.put_role",
            r#"{"template_id":"t","role_name":"r","publishParams":{"video":{"frameRate":31}}}"#,
            Some("publishParams.video.frameRate"),
        ),
        (
            "templates.create",
            r#"{"roles":{"host":{"priority":11}}}"#,
            Some("roles.host.priority"),
        ),
        (
            "external_streams.start",
            r#"{"room_id":"1","rtmp_urls":["rtmp://a/b","http://c"]}"#,
            Some("rtmp_urls[1]"),
        ),
        (
            "sip.send_dtmf",
            r#"{"auth_token":"x","digits":["1","e"]}"#,
            Some("digits[1]"),
        ),
        (
            "polls.create",
            r#"{"questions":[{"index":0}]}"#,
            Some("questions[0].index"),
        ),
    ] {
        let error = client
            .call(operation, arguments.as_bytes(), &CallOptions::default())
            .await
            .expect_err(arguments);
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidRequest, field),
            "{arguments}: {error}"
        );
    }
    assert!(sandbox.requests().is_empty());
}
