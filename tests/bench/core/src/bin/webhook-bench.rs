//! Webhooks per second on one core: a receiver and a router against a handler written by hand, in interleaved rounds of one run.
//!
//! `taskset -c 0 webhook-bench [--rounds 7] [--seconds 1] [--json]`; `cargo xtask bench` runs it and holds it to its bar.

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;
use std::sync::{Arc, Mutex, PoisonError};

use bench_core::{median, process_seconds};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use hundredms::webhooks::{self, Event, Receiver, Router};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

type BoxError = Box<dyn Error + Send + Sync>;

const SECRET: &str = "c9b1f0a4e7d24d6f8a53";
const BATCH: usize = 3_200;

const HANDLE: &str = "Router::handle: verify, parse, route, once";
const ONE_TYPE: &str = "Router::handle, peer.join.success alone";
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

/// Give a handler to every type.
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

/// A way to take events, one after the other.
type Take = Box<dyn Fn(&[Bytes]) -> Result<(), BoxError>>;

struct Way {
    name: &'static str,
    templates: Vec<String>,
    take: Take,
    /// Where its handlers tell what they had; none where there are no handlers.
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
    let mut ways = ways(&templates)?;
    let mut number = 0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few"
    )]
    for round in 0..=rounds as usize {
        for way in &mut ways {
            let rate = rate(way, seconds, &mut number)?;
            // The first round warms up.
            if round > 0 {
                way.rates.push(rate);
            }
        }
    }
    let bodies = templates.iter().map(|template| body(template, 0).1.len());
    let bytes = bodies.sum::<usize>() / templates.len();
    if words.iter().any(|word| word == "--json") {
        let ways = ways
            .iter()
            .map(|way| json!({"name": way.name, "rates": way.rates}));
        let told = json!({
            "types": templates.len(),
            "bytes": bytes,
            "handled": HANDLE,
            "by_hand": BY_HAND,
            "ways": ways.collect::<Vec<_>>(),
        });
        println!("{told}");
        return Ok(());
    }
    println!(
        "{} types in turns, {bytes} bytes on average; median of {rounds} rounds\n",
        templates.len()
    );
    for way in &mut ways {
        println!("{:<44}{:>9.0} events/s", way.name, median(&mut way.rates));
    }
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

fn ways(templates: &[String]) -> Result<Vec<Way>, BoxError> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", SECRET)
        .build()?;
    let joins = templates
        .iter()
        .filter(|text| text.contains(r#""peer.join.success""#));
    let way = |name, take, seen: Option<&Seen>| Way {
        name,
        templates: templates.to_vec(),
        take,
        seen: seen.cloned(),
        rates: Vec::new(),
    };
    let (all, one, hand) = (Seen::default(), Seen::default(), Seen::default());
    Ok(vec![
        way(HANDLE, routed(router(receiver.clone(), &all))?, Some(&all)),
        Way {
            templates: joins.cloned().collect(),
            ..way(
                ONE_TYPE,
                routed(router(receiver.clone(), &one))?,
                Some(&one),
            )
        },
        way(RECEIVE, received(receiver), None),
        way(BY_HAND, by_hand(templates, &hand)?, Some(&hand)),
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
                let reply = router.handle(body.clone(), &headers, None).await;
                if reply.status() != 200 {
                    return Err(format!("{reply:?}").into());
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

/// A handler that one writes without a library; none when something is not there.
type Handler = Box<dyn Fn(&Value) -> Option<()>>;

/// What one writes without a library.
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

/// An id of the length that the service gives, and the event that has it.
fn body(template: &str, number: usize) -> (String, Bytes) {
    let id = format!("{number:036}");
    let body = template.replacen("ID", &id, 1);
    (id, body.into())
}

/// Events for each second of CPU time; making the bodies, each with an id of its own, is not counted.
fn rate(way: &Way, seconds: f64, number: &mut usize) -> Result<f64, BoxError> {
    let (mut done, mut worked) = (0.0, 0.0);
    while worked < seconds {
        let numbers = *number..*number + BATCH;
        *number = numbers.end;
        let (ids, bodies): (Vec<String>, Vec<Bytes>) = numbers
            .zip(way.templates.iter().cycle())
            .map(|(number, template)| body(template, number))
            .unzip();
        let begun = process_seconds();
        (way.take)(&bodies)?;
        worked += process_seconds() - begun;
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let batch = BATCH as f64;
        done += batch;
        if way.seen.as_ref().is_some_and(|seen| seen.take() != ids) {
            return Err(format!("{}: not every event was handled once", way.name).into());
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
