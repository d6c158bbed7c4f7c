//! Webhooks per second on one core: a receiver and a router compared with a handwritten handler, in interleaved rounds of one run.
//!
//! `taskset -c 0 webhook-bench [--rounds 7] [--seconds 1]` prints JSON; `cargo xtask bench` runs it and compares it with its bar.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;
use std::sync::{Arc, Mutex, PoisonError};

use bench_core::process_seconds;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use hundredms::webhooks::{self, Event, Receiver, Router};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

type BoxError = Box<dyn Error + Send + Sync>;

const SECRET: &str = "c9b1f0a4e7d24d6f8a53";
const BATCH: usize = 3_200;

const HANDLE: &str = "Router::handle: verify, parse, route, once";
const RECEIVE: &str = "Receiver::receive: verify, parse";
const BY_HAND: &str = "by hand: compare, read as Value, match";

/// Ids of the events that were handled, in order.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn push(&self, id: String) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(id);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Register a handler for every type.
macro_rules! handled {
    ($router:expr, $seen:expr, $($data:ident)+) => {{
        let router = $router;
        $(
            let seen = $seen.clone();
            let router = router.on(move |event: Event<webhooks::$data>| {
                black_box(&event.data);
                seen.push(event.id);
                async { Ok(()) }
            });
        )+
        router
    }};
}

/// Receives events, one after the other.
type Take = Box<dyn Fn(&[Bytes]) -> Result<(), BoxError>>;

struct Variant {
    name: &'static str,
    templates: Vec<String>,
    take: Take,
    /// The events that its handlers got, if it has handlers.
    seen: Option<Seen>,
    rates: Vec<f64>,
}

fn main() -> Result<(), BoxError> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (rounds, seconds) = (
        option(&words, "--rounds", 7.0)?,
        option(&words, "--seconds", 1.0)?,
    );
    let templates = templates()?;
    let mut variants = variants(&templates)?;
    let mut number = 0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few"
    )]
    for round in 0..=rounds as usize {
        for variant in &mut variants {
            let rate = rate(variant, seconds, &mut number)?;
            // The first round warms up.
            if round > 0 {
                variant.rates.push(rate);
            }
        }
    }
    let bodies = templates.iter().map(|template| body(template, 0).1.len());
    let bytes = bodies.sum::<usize>() / templates.len();
    let variants = variants
        .iter()
        .map(|variant| json!({"name": variant.name, "rates": variant.rates}));
    let report = json!({
        "types": templates.len(),
        "bytes": bytes,
        "handled": HANDLE,
        "by_hand": BY_HAND,
        "variants": variants.collect::<Vec<_>>(),
    });
    println!("{report}");
    Ok(())
}

fn option(words: &[String], name: &str, otherwise: f64) -> Result<f64, BoxError> {
    match words.iter().position(|word| word == name) {
        Some(at) => Ok(words.get(at + 1).ok_or(name)?.parse()?),
        None => Ok(otherwise),
    }
}

/// An event of each type, as the service sends it: without blanks, and with `ID` for its id.
fn templates() -> Result<Vec<String>, BoxError> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../contract/webhook-examples"
    );
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::path);
    files
        .iter()
        .map(|file| {
            let mut example: Value = serde_json::from_slice(&std::fs::read(file.path())?)?;
            example["id"] = "ID".into();
            Ok(example.to_string())
        })
        .collect()
}

fn variants(templates: &[String]) -> Result<Vec<Variant>, BoxError> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", SECRET)
        .build()?;
    let variant = |name, take, seen: Option<&Seen>| Variant {
        name,
        templates: templates.to_vec(),
        take,
        seen: seen.cloned(),
        rates: Vec::new(),
    };
    let (all, hand) = (Seen::default(), Seen::default());
    let routed = routed(router(receiver.clone(), &all))?;
    Ok(vec![
        variant(HANDLE, routed, Some(&all)),
        variant(RECEIVE, received(receiver), None),
        variant(BY_HAND, by_hand(templates, &hand)?, Some(&hand)),
    ])
}

fn router(receiver: Receiver, seen: &Seen) -> Router {
    handled!(
        Router::new(receiver),
        seen,
        SessionOpenSuccess SessionCloseSuccess PeerJoinSuccess PeerLeaveSuccess PeerJoinFailure PeerLeaveFailure RoomEndSuccess
        RoomEndFailure RoleChangeSuccess RoleChangeFailure TrackRecordingStartedSuccess TrackRecordingSuccess TrackRecordingFailure
        StreamRecordingSuccess StreamRecordingFailure RecordingSuccess RecordingFailed BeamStartedSuccess BeamStoppedSuccess
        BeamRecordingSuccess BeamFailure HlsStartedSuccess HlsStoppedSuccess HlsFailure HlsRecordingSuccess
        TranscriptionStartedSuccess TranscriptionSuccess TranscriptionFailure IngestStartSuccess IngestEndSuccess
        IngestStartFailure IngestFailure
    )
}

fn routed(router: Router) -> Result<Take, BoxError> {
    let (runtime, headers) = (runtime()?, headers());
    Ok(Box::new(move |bodies| {
        runtime.block_on(async {
            for body in bodies {
                let outcome = router.handle(body.clone(), &headers, None).await;
                if outcome.status() != 200 {
                    return Err(format!("{outcome:?}").into());
                }
            }
            Ok(())
        })
    }))
}

fn received(receiver: Receiver) -> Take {
    let headers = headers();
    Box::new(move |bodies| {
        for body in bodies {
            black_box(receiver.receive(body.clone(), &headers, None)?);
        }
        Ok(())
    })
}

/// A handwritten handler. Returns `None` if a field is missing.
type Handler = Box<dyn Fn(&Value) -> Option<()>>;

/// What one writes without a library: compare a header, parse into a `Value`, call the handler of the type.
fn by_hand(templates: &[String], seen: &Seen) -> Result<Take, BoxError> {
    let mut handlers: HashMap<String, Handler> = HashMap::new();
    for template in templates {
        let kind: Value = serde_json::from_str(template)?;
        let seen = seen.clone();
        handlers.insert(
            kind["type"].as_str().ok_or("no type")?.to_owned(),
            Box::new(move |event| {
                black_box(event["data"]["room_id"].as_str()?);
                seen.push(event["id"].as_str()?.to_owned());
                Some(())
            }),
        );
    }
    let headers = headers();
    let take = move |body: &Bytes| {
        if headers.get("x-webhook-secret")?.as_bytes() != SECRET.as_bytes() {
            return None;
        }
        let event: Value = serde_json::from_slice(body).ok()?;
        handlers.get(event["type"].as_str()?)?(&event)
    };
    Ok(Box::new(move |bodies| {
        for body in bodies {
            take(body).ok_or("refused")?;
        }
        Ok(())
    }))
}

/// An id as long as those of the service, and the event with this id.
fn body(template: &str, number: usize) -> (String, Bytes) {
    let id = format!("{number:036}");
    let body = template.replacen("ID", &id, 1);
    (id, body.into())
}

/// Events per second of CPU time. Creating the bodies, each with its own id, is not counted.
fn rate(variant: &Variant, seconds: f64, number: &mut usize) -> Result<f64, BoxError> {
    let (mut done, mut worked) = (0.0, 0.0);
    while worked < seconds {
        let numbers = *number..*number + BATCH;
        *number = numbers.end;
        let (ids, bodies): (Vec<String>, Vec<Bytes>) = numbers
            .zip(variant.templates.iter().cycle())
            .map(|(number, template)| body(template, number))
            .unzip();
        let begun = process_seconds();
        (variant.take)(&bodies)?;
        worked += process_seconds() - begun;
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let batch = BATCH as f64;
        done += batch;
        if variant.seen.as_ref().is_some_and(|seen| seen.take() != ids) {
            return Err(format!("{}: not every event was handled once", variant.name).into());
        }
    }
    Ok(done / worked)
}

fn runtime() -> Result<Runtime, BoxError> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?)
}

/// The headers of a delivery.
fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "hooks.example.com"),
        ("user-agent", "Go-http-client/2.0"),
        ("content-type", "application/json"),
        ("content-length", "731"),
        ("accept-encoding", "gzip"),
        ("x-webhook-secret", SECRET),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
}
