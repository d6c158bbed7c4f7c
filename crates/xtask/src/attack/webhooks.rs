//! Webhooks: senders without the secret whose bodies never end. Only one read of the body is kept, and other senders get responses.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::class::Class;
use super::http;
use super::victim::{Serving, Victim};
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "webhooks",
    is_core: false,
    run,
};

const SENDERS: usize = 200;

/// The size of the part that each sends of a body of 1 MiB.
const SENT: usize = 1_047_000;

const MOST_MEBIBYTES: u64 = 64;

const EVENT: &str =
    r#"{"version":"2.0","id":"1","timestamp":"2026-01-01T00:00:00Z","type":"x.y","data":{}}"#;

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    let mut lines = Vec::new();
    for victim in victims {
        for adapter in victim.adapters() {
            lines.push(one(victim, adapter)?);
        }
    }
    Ok(lines)
}

fn one(victim: &Victim, adapter: &str) -> Result<String, BoxError> {
    let serving = victim.serve(adapter)?;
    let failed = |what: String| BoxError::from(format!("{}, {adapter}: {what}", victim.name()));
    let right = [("x-webhook-secret", "hush")];
    let status = posted(serving.address, &right)?;
    if status != 200 {
        return Err(failed(format!("an event is answered with {status}")));
    }
    for headers in [
        [("x-webhook-secret", "hush"), ("x-webhook-secret", "hush")],
        [("x-webhook-secret", "no"), ("x-webhook-secret", "hush")],
        [("x-webhook-secret", "hush"), ("x-webhook-secret", "no")],
    ] {
        let status = posted(serving.address, &headers)?;
        if status != 401 {
            return Err(failed(format!("{headers:?} is answered with {status}")));
        }
    }
    let before = serving.resident().unwrap_or_default();
    let body = vec![b'a'; SENT];
    let mut senders = Vec::new();
    for _ in 0..SENDERS {
        let mut stream = TcpStream::connect(serving.address)?;
        stream.set_write_timeout(Some(Duration::from_millis(200)))?;
        stream.write_all(b"POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 1048576\r\n\r\n")?;
        // The request may have been refused, or is not read.
        let _ = stream.write_all(&body);
        senders.push(stream);
    }
    let began = Instant::now();
    let status = posted(serving.address, &right)?;
    let waited = began.elapsed();
    let grown = peak(&serving).saturating_sub(before);
    let line = format!(
        "{}, {adapter}: {SENDERS} senders of {} MiB without the secret: {grown} MiB more, an event was answered after {} ms",
        victim.name(),
        SENT >> 20 | 1,
        waited.as_millis()
    );
    if status != 200 || grown > MOST_MEBIBYTES || waited > Duration::from_secs(5) {
        return Err(line.into());
    }
    Ok(line)
}

/// Return the maximum resident memory during the next second.
fn peak(serving: &Serving) -> u64 {
    let began = Instant::now();
    let mut most = 0;
    while began.elapsed() < Duration::from_secs(1) {
        most = most.max(serving.resident().unwrap_or_default());
        std::thread::sleep(Duration::from_millis(50));
    }
    most
}

fn posted(address: SocketAddr, headers: &[(&str, &str)]) -> Result<u16, BoxError> {
    let host = address.to_string();
    let mut all = vec![
        ("host", host.as_str()),
        ("content-type", "application/json"),
    ];
    all.extend(headers);
    Ok(http::send(address, "POST /hook", &all, EVENT.as_bytes())?.status)
}
