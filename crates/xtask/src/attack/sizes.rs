//! Sizes: single and repeated requests with which the sandbox would use all memory or delay other requests.

use std::thread;
use std::time::{Duration, Instant};

use super::class::Class;
use super::http;
use super::sandbox::Sandbox;
use super::victim::Victim;
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "sizes",
    is_core: false,
    run,
};

/// More than the sum of the sandbox's limits, and much less than it would keep without them.
const MOST_MEBIBYTES: u64 = 600;

/// The maximum duration of other requests, in a debug build on a busy machine.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

fn run(_: &[Victim]) -> Result<Vec<String>, BoxError> {
    Ok(vec![
        seeds()?,
        bodies_without_tokens()?,
        webhooks()?,
        snapshots()?,
    ])
}

fn bounded(sandbox: &Sandbox, what: &str) -> Result<String, BoxError> {
    match sandbox.resident() {
        Some(mebibytes) if mebibytes > MOST_MEBIBYTES => {
            Err(format!("{what}: {mebibytes} MiB resident").into())
        }
        Some(mebibytes) => Ok(format!("{what}: {mebibytes} MiB resident")),
        None => Ok(what.to_owned()),
    }
}

fn seeds() -> Result<String, BoxError> {
    let sandbox = Sandbox::start()?;
    let refused = sandbox.control("seed", r#"{"rooms": 18446744073709551615}"#)?;
    if refused.status != 400 {
        return Err(format!("a seed of 2^64-1 rooms is answered with {}", refused.status).into());
    }
    let mut longest = Duration::ZERO;
    thread::scope(|scope| -> Result<(), BoxError> {
        let seeding = scope.spawn(|| {
            let seeded = sandbox.control("seed", r#"{"rooms": 100000}"#);
            seeded.map_or(0, |answer| answer.status)
        });
        while !seeding.is_finished() {
            let began = Instant::now();
            sandbox.control("stats", "{}")?;
            longest = longest.max(began.elapsed());
        }
        match seeding.join() {
            Ok(200) => Ok(()),
            _ => Err("the largest seed failed".into()),
        }
    })?;
    if longest > LONGEST_WAIT {
        return Err(format!("others waited {longest:?} while a seed ran").into());
    }
    bounded(
        &sandbox,
        &format!("seeds: others waited {} ms at most", longest.as_millis()),
    )
}

fn bodies_without_tokens() -> Result<String, BoxError> {
    let sandbox = Sandbox::start()?;
    let host = sandbox.address.to_string();
    let body = format!("[{}[]]", "[],".repeat(1_390_000));
    for _ in 0..20 {
        let headers = [
            ("host", host.as_str()),
            ("content-type", "application/json"),
        ];
        http::send(sandbox.address, "POST /nothing", &headers, body.as_bytes())?;
    }
    bounded(&sandbox, "20 bodies of 4 MiB without a token")
}

fn webhooks() -> Result<String, BoxError> {
    let sandbox = Sandbox::start()?;
    sandbox.control("set_webhook", r#"{"url": "http://127.0.0.1:9/"}"#)?;
    let nested = "[],".repeat(300_000);
    let event = format!(r#"{{"type": "x", "data": [{nested}[]]}}"#);
    for _ in 0..40 {
        sandbox.control("send_webhook", &event)?;
    }
    bounded(&sandbox, "40 events of 900 KiB")
}

fn snapshots() -> Result<String, BoxError> {
    let sandbox = Sandbox::start()?;
    sandbox.control("seed", r#"{"rooms": 50000}"#)?;
    let mut kept = 0;
    while sandbox.control("snapshot", "{}")?.status == 200 {
        kept += 1;
        if kept > 1000 {
            return Err("snapshots are not bounded".into());
        }
    }
    bounded(&sandbox, &format!("{kept} snapshots of 50,000 rooms"))
}
