//! Descriptors: many concurrent calls use at most the allowed number of connections, and the program can still open files.

use std::io::Write as _;
use std::time::Duration;

use serde_json::json;

use super::class::Class;
use super::server::Server;
use super::victim::{Burst, Victim};
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "descriptors",
    is_core: true,
    run,
};

const CALLS: usize = 2000;

/// The maximum number of open files of the process. With a connection for each call, it would need ten times as many.
const FILES: u32 = 200;

/// The maximum number of connections of a client to a server.
const MOST_CONNECTIONS: usize = 100;

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    victims.iter().map(one).collect()
}

fn one(victim: &Victim) -> Result<String, BoxError> {
    let length = ROOM.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{ROOM}");
    let server = Server::start(move |stream, _| {
        std::thread::sleep(Duration::from_millis(10));
        stream.write_all(answer.as_bytes()).map(|()| true)
    })?;
    let told = json!({ "url": server.url(), "calls": CALLS });
    let burst: Burst = victim.run_within("burst", &told, Some(FILES))?;
    let line = format!(
        "{}: of {CALLS} calls at once {} were answered, over {} connections at most; no file could be opened for {} ms",
        victim.name(),
        burst.done,
        server.most_connections(),
        burst.shut_out_ms
    );
    let is_bounded = server.most_connections() <= MOST_CONNECTIONS;
    if burst.failed > 0 || burst.done != CALLS || burst.shut_out_ms > 0 || !is_bounded {
        return Err(line.into());
    }
    Ok(line)
}
