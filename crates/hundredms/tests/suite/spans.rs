//! The span of a call, as a subscriber of `tracing` gets it.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// Notes the fields of all spans and events.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Noted>>);

#[derive(Debug, Clone, Default)]
struct Noted {
    /// The id of a span is its place, counted from 1.
    spans: Vec<Fields>,
    events: Vec<Fields>,
}

type Fields = BTreeMap<String, String>;

impl Notes {
    /// Everything noted, as text.
    pub(crate) fn text(&self) -> String {
        format!("{:?}", self.noted())
    }

    /// The fields of the only span, and its events.
    fn only_span(&self) -> (Fields, Vec<Fields>) {
        let Noted { mut spans, events } = self.noted().clone();
        assert_eq!(spans.len(), 1);
        (spans.remove(0), events)
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().expect("notes")
    }
}

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}").trim_matches('"').to_owned();
        self.0.insert(field.name().to_owned(), text);
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("hundredms")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut Into(&mut fields));
        let spans = &mut self.noted().spans;
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let place = usize::try_from(id.into_u64() - 1).expect("a place");
        values.record(&mut Into(&mut self.noted().spans[place]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        fields.insert("level".to_owned(), event.metadata().level().to_string());
        self.noted().events.push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span_with_the_names_of_the_conventions() {
    let queue = Queue::start([
        Reply::json(429, "{}").with("retry-after", "0"),
        Reply::json(200, ROOM),
    ])
    .await;
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let client = client_at(&queue.url()).build().expect("a client");
    client.rooms().get("argument-17").await.expect("a room");
    drop(guard);
    let (span, events) = notes.only_span();
    let port = queue
        .url()
        .rsplit(':')
        .next()
        .expect("a port")
        .replace("/v2", "");
    for (name, value) in [
        ("otel.name", "GET /rooms/{room_id}"),
        ("otel.kind", "client"),
        ("hundredms.operation", "rooms.get"),
        ("http.request.method", "GET"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
        ("url.template", "/rooms/{room_id}"),
        ("url.scheme", "http"),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
    ] {
        assert_eq!(span.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(!span.contains_key("error.type"));
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["http.response.status_code"], "429");
    assert_eq!(events[0]["error.type"], "rate_limited");
    assert!(!notes.text().contains("argument-17"));
}

#[tokio::test]
async fn a_call_that_fails_says_with_what() {
    let queue = Queue::start([Reply::json(404, r#"{"code":404,"message":"gone"}"#)]).await;
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let client = client_at(&queue.url()).build().expect("a client");
    client.rooms().get("1").await.expect_err("no room");
    drop(guard);
    let (span, events) = notes.only_span();
    assert_eq!(span["http.response.status_code"], "404");
    assert_eq!(span["error.type"], "not_found");
    assert_eq!(span["otel.status_code"], "ERROR");
    assert!(events.is_empty());
}

#[tokio::test]
async fn each_call_is_a_span_of_its_own() {
    let queue = Queue::start([
        Reply::json(200, ROOM),
        Reply::json(404, r#"{"code":404,"message":"gone"}"#),
    ])
    .await;
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let client = client_at(&queue.url()).build().expect("a client");
    client.rooms().get("1").await.expect("a room");
    client.rooms().get("2").await.expect_err("no room");
    drop(guard);
    let statuses: Vec<_> = notes
        .noted()
        .spans
        .iter()
        .map(|span| span["http.response.status_code"].clone())
        .collect();
    assert_eq!(statuses, ["200", "404"]);
}

#[tokio::test]
async fn a_misspelt_word_is_a_warning_and_a_new_one_is_not() {
    let queue = Queue::start([(); 4].map(|()| Reply::json(404, "{}"))).await;
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let client = client_at(&queue.url()).build().expect("a client");
    let role =
        r#"{"template_id":"t","role_name":"r","publishParams":{"allowed":["aduio","whiteboard"]}}"#;
    for (operation, arguments) in [
        ("rooms.create", r#"{"region":"Auto"}"#),
        ("rooms.create", r#"{"region":"Auto"}"#),
        ("rooms.create", r#"{"region":"mars"}"#),
        ("templates.put_role", role),
    ] {
        let options = hundredms::CallOptions::default();
        let call = client.call(operation, arguments.as_bytes(), &options);
        call.await.expect_err("gone");
    }
    drop(guard);
    let events = notes.noted().events.clone();
    let logged: Vec<_> = events
        .iter()
        .map(|event| (event["level"].as_str(), event["message"].as_str()))
        .collect();
    let meant = "region: `Auto` is not a value that this version knows; did you mean `auto`? It is sent as it is";
    assert_eq!(logged[0], ("WARN", meant));
    assert_eq!(events[0]["hundredms.operation"], "rooms.create");
    assert_eq!(logged[1], ("DEBUG", meant));
    assert_eq!(logged[2].0, "DEBUG");
    assert!(
        logged[2].1.starts_with("region: `mars` is not one of "),
        "{logged:?}"
    );
    // The misspelling is in the warning.
    assert_eq!(logged[3].0, "DEBUG");
    assert!(
        logged[3]
            .1
            .starts_with("publishParams.allowed[1]: `whiteboard` is not one of "),
        "{logged:?}"
    );
    assert_eq!(logged[4].0, "WARN");
    assert_eq!(logged.len(), 5);
}
