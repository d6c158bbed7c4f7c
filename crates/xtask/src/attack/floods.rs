//! Floods: servers whose responses never end, and senders whose bodies never end. Other calls are not delayed, memory is bounded.

use std::io::Write as _;
use std::net::TcpStream;

use serde_json::json;

use super::class::Class;
use super::server::Server;
use super::victim::{Delays, Victim};
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "floods",
    is_core: true,
    run,
};

/// An endless response: its beginning, and the part that is repeated.
struct Flood {
    name: &'static str,
    /// Whether the HTTP library limits it. If not, the thread that reads it is blocked, and no other call may be on it.
    is_bounded: bool,
    begin: &'static str,
    part: &'static str,
    times: usize,
}

const FLOODS: [Flood; 6] = [
    Flood {
        name: "1xx heads",
        is_bounded: false,
        begin: "",
        part: "HTTP/1.1 103 E\r\n\r\n",
        times: 4000,
    },
    Flood {
        name: "1xx heads with headers",
        is_bounded: false,
        begin: "",
        part: "HTTP/1.1 102 Processing\r\nLink: <x>\r\nX: y\r\n\r\n",
        times: 2000,
    },
    Flood {
        name: "headers",
        is_bounded: true,
        begin: "HTTP/1.1 200 OK\r\n",
        part: "x: y\r\n",
        times: 10_000,
    },
    Flood {
        name: "one-byte chunks",
        is_bounded: true,
        begin: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        part: "1\r\na\r\n",
        times: 10_000,
    },
    Flood {
        name: "chunk extensions",
        is_bounded: true,
        begin: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        part: "aaaaaaaa",
        times: 10_000,
    },
    Flood {
        name: "a body",
        is_bounded: true,
        begin: "HTTP/1.1 200 OK\r\n\r\n",
        part: "        ",
        times: 8192,
    },
];

/// The maximum delay of other calls' deadlines, on a busy machine.
const MOST_LATE_MS: u64 = 1000;

/// The maximum memory that a client uses for the data of 8 servers.
const MOST_MEGABYTES: u64 = 200;

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    let mut lines = Vec::new();
    for victim in victims {
        for flood in &FLOODS {
            lines.push(one(victim, flood)?);
        }
    }
    Ok(lines)
}

fn one(victim: &Victim, flood: &'static Flood) -> Result<String, BoxError> {
    let quiet = Server::silent()?;
    let bad = Server::start(move |stream, _| send(stream, flood))?;
    let told = json!({
        "bad": bad.url(), "quiet": quiet.url(), "calls": 8, "timeout": 0.5, "seconds": 0.7,
    });
    let late: Delays = victim.run("late", &told)?;
    let line = format!(
        "{}, {}: others {} ms late, calls took {} ms of 500 ({}), {} MB more",
        victim.name(),
        flood.name,
        late.late_ms,
        late.took_ms,
        late.ended.first().map_or("", String::as_str),
        late.grown_mb
    );
    let on_time = !flood.is_bounded || late.took_ms <= 500 + MOST_LATE_MS;
    if late.late_ms > MOST_LATE_MS || !on_time {
        return Err(line.into());
    }
    if late.grown_mb > MOST_MEGABYTES || late.ended.iter().any(|ended| ended == "ok") {
        return Err(line.into());
    }
    Ok(line)
}

fn send(stream: &mut TcpStream, flood: &Flood) -> std::io::Result<bool> {
    stream.write_all(flood.begin.as_bytes())?;
    let parts = flood.part.repeat(flood.times);
    loop {
        stream.write_all(parts.as_bytes())?;
    }
}
