//! Hooks: what they see, and that they cannot break a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::{CallOptions, Client, ErrorKind};
use serde_json::{Value, json};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;
const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

type Seen = Arc<Mutex<Vec<Value>>>;

/// A client that notes all it shows, with the times cut.
fn watched(queue: &Queue) -> (Client, Seen) {
    let seen = Seen::default();
    let noted = seen.clone();
    let client = client_at(&queue.url())
        .observer(move |observation| {
            let mut value: Value = serde_json::from_str(&observation.to_json()).expect("JSON");
            for time in ["elapsed", "pause"] {
                if let Some(seconds) = value.get_mut(time) {
                    assert!(seconds.as_f64().is_some_and(|seconds| seconds >= 0.0));
                    *seconds = Value::Null;
                }
            }
            noted.lock().expect("seen").push(value);
        })
        .build()
        .expect("a client");
    (client, seen)
}

fn wait_of_zero() -> Reply {
    Reply::json(429, r#"{"code":429,"message":"slow down"}"#).with("retry-after", "0")
}

#[tokio::test]
async fn every_try_and_every_pause_is_seen() {
    let queue = Queue::start([wait_of_zero(), Reply::json(200, ROOM)]).await;
    let (client, seen) = watched(&queue);
    client.rooms().get("room-7").await.expect("a room");
    let of = |event: &str, attempt: u32, more: Value| {
        let mut value = json!({
            "event": event, "call": 1, "operation": "rooms.get", "method": "GET",
            "route": "/rooms/{room_id}", "attempt": attempt,
        });
        let fields = value.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        value
    };
    assert_eq!(
        *seen.lock().expect("seen"),
        [
            of("request", 1, json!({})),
            of(
                "response",
                1,
                json!({"status": 429, "error": "rate_limited", "elapsed": null})
            ),
            of(
                "retry",
                1,
                json!({"status": 429, "error": "rate_limited", "pause": null})
            ),
            of("request", 2, json!({})),
            of(
                "response",
                2,
                json!({"status": 200, "error": null, "elapsed": null})
            ),
        ]
    );
}

#[tokio::test]
async fn a_try_without_an_answer_has_a_kind_of_error_and_no_status() {
    let queue = Queue::start([Reply::Drop]).await;
    let (client, seen) = watched(&queue);
    let error = client.rooms().create(CreateRoom::new()).await;
    assert_eq!(
        error.expect_err("nobody knows").kind(),
        ErrorKind::AmbiguousOutcome
    );
    let seen = seen.lock().expect("seen");
    assert_eq!(seen.len(), 2);
    assert_eq!(
        (&seen[1]["status"], &seen[1]["error"]),
        (&Value::Null, &json!("connection"))
    );
}

#[tokio::test]
async fn calls_are_told_apart_by_their_number() {
    let queue = Queue::start([Reply::json(200, ROOM), Reply::json(200, ROOM)]).await;
    let (client, seen) = watched(&queue);
    client.rooms().get("1").await.expect("a room");
    client.clone().rooms().get("1").await.expect("a room");
    let calls: Vec<_> = seen
        .lock()
        .expect("seen")
        .iter()
        .map(|view| view["call"].clone())
        .collect();
    assert_eq!(calls, [1, 1, 2, 2]);
}

#[tokio::test]
async fn each_hook_sees_its_own_moments() {
    let queue = Queue::start([wait_of_zero(), Reply::json(200, ROOM)]).await;
    let counts = Arc::new(Mutex::new([0; 3]));
    let count = |index: usize| {
        let counts = counts.clone();
        move || counts.lock().expect("counts")[index] += 1
    };
    let (request, response, retry) = (count(0), count(1), count(2));
    let client = client_at(&queue.url())
        .on_request(move |view| {
            assert_eq!(view.route, "/rooms/{room_id}");
            request();
        })
        .on_response(move |view| {
            assert!(view.elapsed > Duration::ZERO);
            response();
        })
        .on_retry(move |view| {
            assert_eq!(view.request.attempt, 1);
            retry();
        })
        .build()
        .expect("a client");
    client.rooms().get("1").await.expect("a room");
    assert_eq!(*counts.lock().expect("counts"), [2, 2, 1]);
}

#[tokio::test]
async fn a_hook_that_panics_breaks_neither_the_call_nor_the_next_hook() {
    let queue = Queue::start([wait_of_zero(), Reply::json(200, ROOM)]).await;
    let after = Arc::new(Mutex::new(0));
    let counted = after.clone();
    let client = client_at(&queue.url())
        .observer(|_| panic!("a bad hook"))
        .observer(move |_| *counted.lock().expect("after") += 1)
        .build()
        .expect("a client");
    assert_eq!(client.rooms().get("1").await.expect("a room").id, "1");
    assert_eq!(*after.lock().expect("after"), 5);
}

#[tokio::test]
async fn the_path_of_a_call_without_an_operation_is_not_shown() {
    let queue = Queue::start([Reply::json(200, "{}")]).await;
    let (client, seen) = watched(&queue);
    let options = CallOptions::default();
    let asked = client.request("GET", "/things/argument-17", &[], None, &options);
    asked.await.expect("an answer");
    let text = serde_json::to_string(&*seen.lock().expect("seen")).expect("JSON");
    assert!(
        text.contains("/{path}") && !text.contains("argument-17"),
        "{text}"
    );
}

#[tokio::test]
async fn a_trace_goes_on_with_the_request() {
    let queue = Queue::start([
        wait_of_zero(),
        Reply::json(200, ROOM),
        Reply::json(200, ROOM),
    ])
    .await;
    let client = client_at(&queue.url()).build().expect("a client");
    let call = client
        .rooms()
        .get("1")
        .trace(PARENT, Some("vendor=1".to_owned()));
    call.await.expect("a room");
    let call = client
        .rooms()
        .get("1")
        .trace("not a parent", Some("vendor=1".to_owned()));
    call.await.expect("a room");
    let sent: Vec<_> = queue
        .asked()
        .iter()
        .map(|asked| {
            let header = |name| asked.header(name).map(str::to_owned);
            (header("traceparent"), header("tracestate"))
        })
        .collect();
    let with = (Some(PARENT.to_owned()), Some("vendor=1".to_owned()));
    assert_eq!(sent, [with.clone(), with, (None, None)]);
}
