//! After an ambiguous outcome: the operation to check with, and what the call made, if it made it.

use std::time::Duration;

use hundredms::resources::external_streams::StartExternalStream;
use hundredms::resources::live_streams::StartLiveStream;
use hundredms::resources::recordings::{Recording, StartRecording};
use hundredms::resources::room_codes::CreateRoomCodeForRole;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::stream_keys::CreateStreamKey;
use hundredms::resources::templates::CreateTemplate;
use hundredms::{CallOptions, Client, Error, ErrorKind, Operation, Secret, Timestamp};
use hundredms_sandbox::{Fault, FaultEffect, Sandbox};
use serde_json::{Value, json};

use super::client_at;
use crate::queue::{Queue, Reply};

/// A sandbox, and a client that reaches it.
struct Stage {
    sandbox: Sandbox,
    client: Client,
}

impl Stage {
    async fn set() -> Self {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let client = Client::builder()
            .keys(sandbox.access_key(), sandbox.secret())
            .base_url(sandbox.base_url())
            .auth_url(sandbox.auth_url())
            .build()
            .expect("a client");
        Self { sandbox, client }
    }

    async fn room(&self) -> String {
        let room = self.client.rooms().create(CreateRoom::new().name("n"));
        room.await.expect("a room").id
    }

    /// Start a recording, and wait for the end of the millisecond in which it was made: times have no more digits.
    async fn record(&self, room: &str) {
        let start = self.client.recordings().start(StartRecording::new(room));
        let made = start
            .await
            .expect("a recording")
            .created_at
            .expect("a time");
        while Timestamp::now().as_millisecond() <= made.as_millisecond() {
            tokio::task::yield_now().await;
        }
    }

    /// Make a call whose answer is lost; with `took_effect`, the service has done what it asks.
    async fn lost<O: Operation>(
        &self,
        request: O,
        took_effect: bool,
    ) -> (Error, Option<O::Output>) {
        let queue = Queue::start([Reply::Drop]).await;
        let cut_off = client_at(&queue.url()).build().expect("a client");
        let error = cut_off
            .send(request.clone())
            .await
            .err()
            .expect("no answer");
        assert_eq!(error.kind(), ErrorKind::AmbiguousOutcome, "{error}");
        let made = if took_effect {
            Some(self.client.send(request).await.expect("an answer"))
        } else {
            None
        };
        (error, made)
    }
}

#[tokio::test]
async fn the_error_names_the_operation_to_look_at_with_its_arguments() {
    let stage = Stage::set().await;
    let (error, _) = stage.lost(StartRecording::new("room-7"), false).await;
    let check_with = error.check_with().expect("an operation");
    assert_eq!(check_with.operation, "recordings.list");
    assert_eq!(
        Value::from(check_with.arguments.clone()),
        json!({"room_id": "room-7"})
    );
    assert!(check_with.since.is_some());
    let words = r#"check recordings.list with room_id "room-7" before you send it again"#;
    assert_eq!(check_with.advice(), words);
    assert!(error.message().ends_with(words), "{error}");
    let told: Value = serde_json::from_str(&error.to_json()).expect("JSON");
    assert_eq!(told["check_with"]["operation"], "recordings.list");
    assert_eq!(
        told["check_with"]["arguments"],
        json!({"room_id": "room-7"})
    );
    assert!(told["check_with"]["since"].is_string());
}

#[tokio::test]
async fn every_argument_named_fits_the_operation_to_look_at() {
    for info in hundredms::operations() {
        let Some(check_with) = info.check_with else {
            continue;
        };
        let look = hundredms::operations().find(|info| info.name == check_with);
        let look = look.unwrap_or_else(|| panic!("there is no {check_with}"));
        for field in look.arguments.iter().filter(|field| field.required) {
            let given = info.arguments.iter().any(|given| given.name == field.name);
            assert!(given, "{}: {check_with} needs {}", info.name, field.name);
        }
    }
}

#[tokio::test]
async fn a_job_that_was_started_is_found() {
    let stage = Stage::set().await;
    let room = stage.room().await;
    let (error, made) = stage.lost(StartRecording::new(&room), true).await;
    let found = stage.client.reconcile(&error).await.expect("an answer");
    let found: Recording =
        serde_json::from_value(found.expect("a recording")).expect("a recording");
    assert_eq!(found.id, made.expect("a recording").id);

    let (error, made) = stage.lost(StartLiveStream::new(&room), true).await;
    let found = stage.client.reconcile(&error).await.expect("an answer");
    assert_eq!(found.expect("a stream")["id"], made.expect("a stream").id);

    let to = Secret::new("rtmp://live.example/x");
    let (error, made) = stage
        .lost(StartExternalStream::new(&room, vec![to]), true)
        .await;
    let found = stage.client.reconcile(&error).await.expect("an answer");
    assert_eq!(found.expect("a stream")["id"], made.expect("a stream").id);
}

#[tokio::test]
async fn a_job_of_earlier_or_of_another_room_is_not_taken_for_it() {
    let stage = Stage::set().await;
    let (room, client) = (stage.room().await, &stage.client);
    let start = client.recordings().start(StartRecording::new(&room));
    start.await.expect("a recording");
    stage
        .sandbox
        .advance_clock(Duration::from_secs(60))
        .expect("later");
    let other = client.rooms().create(CreateRoom::new().name("other"));
    let other = other.await.expect("a room").id;
    let start = client.recordings().start(StartRecording::new(&other));
    start.await.expect("a recording");

    let (error, _) = stage.lost(StartRecording::new(&room), false).await;
    assert_eq!(client.reconcile(&error).await.expect("an answer"), None);
}

#[tokio::test]
async fn what_would_not_be_told_from_the_effect_of_another_call_is_not_looked_for() {
    let stage = Stage::set().await;
    let room = stage.room().await;
    let unnamed = stage
        .lost(CreateRoom::new().description("maths"), true)
        .await
        .0;
    let code = stage
        .lost(CreateRoomCodeForRole::new(&room, "host"), true)
        .await
        .0;
    let template = stage.lost(CreateTemplate::new(), true).await.0;
    for error in [unnamed, code, template] {
        assert!(error.check_with().is_some(), "{error}");
        let refused = stage.client.reconcile(&error).await.expect_err("refused");
        assert_eq!(refused.kind(), ErrorKind::InvalidRequest, "{refused}");
    }
}

#[tokio::test]
async fn an_error_of_a_call_that_has_changed_nothing_is_refused() {
    let stage = Stage::set().await;
    let missing = stage.client.rooms().get("66b2d2105c803b002ae4f611").await;
    let error = missing.expect_err("no such room");
    let refused = stage.client.reconcile(&error).await.expect_err("refused");
    assert!(refused.message().contains("changed nothing"), "{refused}");
}

#[tokio::test]
async fn what_was_made_just_before_the_call_is_never_taken_for_its_effect() {
    let stage = Stage::set().await;
    let (room, client) = (stage.room().await, &stage.client);
    stage.record(&room).await;
    let (error, _) = stage.lost(StartRecording::new(&room), false).await;
    let found = client.reconcile(&error).await;
    assert!(
        matches!(&found, Err(error) if error.kind() == ErrorKind::AmbiguousOutcome),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_slow_answer_does_not_make_what_was_there_before_an_effect() {
    let stage = Stage::set().await;
    let (room, client) = (stage.room().await, &stage.client);
    stage.record(&room).await;
    let (error, _) = stage.lost(StartRecording::new(&room), false).await;
    // The answer is dated before it has waited.
    let slowly = FaultEffect::new().delay_answer(Duration::from_millis(2500));
    let slowly = Fault::new(slowly).operation("recordings.list");
    stage.sandbox.add_fault(&slowly).expect("a fault");
    let found = client.reconcile(&error).await;
    assert!(
        matches!(&found, Err(error) if error.kind() == ErrorKind::AmbiguousOutcome),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_stream_key_is_found() {
    let stage = Stage::set().await;
    let room = stage.room().await;
    let (error, made) = stage.lost(CreateStreamKey::new(&room), true).await;
    let found = stage.client.reconcile(&error).await.expect("an answer");
    assert_eq!(found.expect("a key")["id"], made.expect("a key").id);
}

#[tokio::test]
async fn what_the_service_does_not_show_is_not_looked_for() {
    let stage = Stage::set().await;
    let options = CallOptions::default();
    let options = &options;
    let arguments = br#"{"room_id":"r","message":"hello"}"#;
    let found = stage
        .client
        .reconcile_json("active_rooms.send_message", arguments, None, options);
    let error = found.await.expect_err("nothing shows it");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let found = stage
        .client
        .reconcile_json("rooms.create", br#"{"name":"n"}"#, None, options);
    stage.room().await;
    assert_eq!(found.await.expect_err("no time").field(), Some("since"));
}

#[tokio::test]
async fn what_is_too_much_to_look_through_is_no_no() {
    let stage = Stage::set().await;
    let (error, _) = stage.lost(StartRecording::new("room"), false).await;
    let page = |number: u32| {
        Reply::json(
            200,
            &json!({"limit": 1, "data": [], "last": number.to_string()}).to_string(),
        )
    };
    let queue = Queue::start((0..=100).map(page)).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let unknown = client.reconcile(&error).await.expect_err("too many");
    assert_eq!(unknown.kind(), ErrorKind::AmbiguousOutcome, "{unknown}");
    assert!(
        unknown
            .message()
            .contains("first 100 pages of recordings.list"),
        "{unknown}"
    );
}
