//! Webhooks per second on one core: a receiver and a router against a handler written by hand, in interleaved rounds of one run.
//!
//! `cargo run --release -p bench-core --bin webhook-bench`; Linux, with `taskset`. Fails below 100 000 events a second for
//! verify, parse and route.

use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use hundredms::webhooks::{Event, PeerJoinSuccess, Receiver, Router};
use serde_json::Value;

type Failure = Box<dyn Error + Send + Sync>;

const SECRET: &str = "c9b1f0a4e7d24d6f8a53";
const EVENTS: usize = 100_000;
const ROUNDS: usize = 7;
const BAR: f64 = 100_000.0;

fn main() -> Result<(), Failure> {
    if std::env::var_os("PINNED").is_none() {
        let status = Command::new("taskset")
            .args(["-c", "0"])
            .arg(std::env::current_exe()?)
            .env("PINNED", "1")
            .status()?;
        std::process::exit(status.code().unwrap_or(1));
    }
    tokio::runtime::Builder::new_current_thread()
        .build()?
        .block_on(measure())
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

/// A body with an id of its own for each event.
struct Bodies {
    text: String,
    id: std::ops::Range<usize>,
}

impl Bodies {
    fn new() -> Result<Self, Failure> {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../contract/webhook-examples"
        );
        let text = std::fs::read_to_string(format!("{folder}/peer.join.success.json"))?;
        let example: Value = serde_json::from_str(&text)?;
        let text = example.to_string();
        let id = example["id"].as_str().ok_or("no id")?;
        let start = text.find(id).ok_or("no id")?;
        let id = start..start + id.len();
        Ok(Self { text, id })
    }

    fn get(&self, number: usize) -> Bytes {
        let mut body = self.text.clone();
        body.replace_range(self.id.clone(), &format!("{number:036}"));
        body.into()
    }
}

async fn measure() -> Result<(), Failure> {
    let bodies = Bodies::new()?;
    let headers = headers();
    let receiver = Receiver::builder()
        .header("x-webhook-secret", SECRET)
        .build()?;
    let joins = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&joins);
    let router = Router::new(receiver.clone()).on(move |event: Event<PeerJoinSuccess>| {
        black_box(&event.data.peer_id);
        counted.fetch_add(1, Ordering::Relaxed);
        async { Ok(()) }
    });
    let mut by_hand = Vec::new();
    let mut received = Vec::new();
    let mut routed = Vec::new();
    let mut made = Vec::new();
    for round in 0..ROUNDS {
        let numbers = round * EVENTS..(round + 1) * EVENTS;
        let start = Instant::now();
        for number in numbers.clone() {
            black_box(bodies.get(number));
        }
        made.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        for number in numbers.clone() {
            black_box(handled_by_hand(&headers, &bodies.get(number)).ok_or("refused")?);
        }
        by_hand.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        for number in numbers.clone() {
            black_box(receiver.receive(bodies.get(number), &headers, None)?);
        }
        received.push(start.elapsed().as_secs_f64());

        let start = Instant::now();
        for number in numbers {
            let reply = router.handle(bodies.get(number), &headers, None).await;
            if reply.status() != 200 {
                return Err(format!("{reply:?}").into());
            }
        }
        routed.push(start.elapsed().as_secs_f64());
    }
    if joins.load(Ordering::Relaxed) != ROUNDS * EVENTS {
        return Err("not every event was handled once".into());
    }
    let made = median(&mut made);
    let rate = |mut seconds: Vec<f64>| {
        #[expect(clippy::cast_precision_loss)]
        let events = EVENTS as f64;
        events / (median(&mut seconds) - made)
    };
    println!(
        "peer.join.success of {} bytes, {EVENTS} a round, median of {ROUNDS} interleaved rounds, one core: events/s\n",
        bodies.text.len()
    );
    let (by_hand, received, routed) = (rate(by_hand), rate(received), rate(routed));
    println!("by hand: compare, read as Value, match       {by_hand:>10.0}");
    println!("receiver: verify, parse                      {received:>10.0}");
    println!("router: verify, parse, claim, route, done    {routed:>10.0}");
    if routed < BAR {
        return Err(format!("below {BAR} events/s").into());
    }
    Ok(())
}

/// What one writes without a library.
fn handled_by_hand(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if headers.get("x-webhook-secret")?.as_bytes() != SECRET.as_bytes() {
        return None;
    }
    let event: Value = serde_json::from_slice(body).ok()?;
    match event["type"].as_str()? {
        "peer.join.success" => Some(event["data"]["peer_id"].as_str()?.to_owned()),
        _ => None,
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
