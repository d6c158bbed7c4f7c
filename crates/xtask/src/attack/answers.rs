//! Large responses, and responses that become large when they are parsed: deadlines hold, other calls are not delayed, memory is bounded.

use std::io::Write as _;

use serde_json::json;

use super::class::Class;
use super::server::Server;
use super::victim::{Delays, Victim};
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "answers",
    is_core: false,
    run,
};

const LENGTH: usize = 62 << 20;

/// A room with a field that needs normalising, so that it is parsed, and an unknown field.
const BEGIN: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in","size":"5","zz":["#;

const TIMEOUT_MS: u64 = 3000;

/// The maximum delay of other calls' deadlines and of the call's own, on a busy machine.
const MOST_LATE_MS: u64 = 1000;

/// The maximum memory of a response, as a multiple of the largest response that is accepted.
const MOST_TIMES: u64 = 12;

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    let mut lines = Vec::new();
    for victim in victims {
        for (name, part) in [
            ("objects", r#"{"a":1},"#),
            ("arrays", "[],"),
            ("numbers", "1,"),
            (
                "texts",
                r#""aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","#,
            ),
            ("spaces", " "),
        ] {
            let body = [BEGIN, &part.repeat(LENGTH / part.len()), "1]}"].concat();
            for status in [200, 400] {
                for allowed in [None, Some(64 << 20)] {
                    lines.push(one(victim, name, status, body.as_bytes(), allowed)?);
                }
            }
        }
    }
    Ok(lines)
}

fn one(
    victim: &Victim,
    name: &str,
    status: u16,
    body: &[u8],
    allowed: Option<u64>,
) -> Result<String, BoxError> {
    let quiet = Server::silent()?;
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n");
    let answer = [head.as_bytes(), body].concat();
    let bad = Server::start(move |stream, _| stream.write_all(&answer).map(|()| false))?;
    let told = json!({
        "bad": bad.url(), "quiet": quiet.url(), "calls": 1, "timeout": 3, "seconds": 3.5, "max_response_bytes": allowed,
    });
    let late: Delays = victim.run("late", &told)?;
    let line = format!(
        "{}, 62 MiB of {name} with {status}, {} MiB allowed: {} in {} ms of {TIMEOUT_MS}, others {} ms late, {} MB more",
        victim.name(),
        allowed.unwrap_or(8 << 20) >> 20,
        late.ended.first().map_or("", String::as_str),
        late.took_ms,
        late.late_ms,
        late.grown_mb
    );
    let most = MOST_TIMES * (allowed.unwrap_or(8 << 20) >> 20);
    let on_time = late.late_ms <= MOST_LATE_MS && late.took_ms <= TIMEOUT_MS + MOST_LATE_MS;
    if !on_time || late.grown_mb > most {
        return Err(line.into());
    }
    Ok(line)
}
