//! Hosts and origins: a web page that controls the sandbox, or reads from it through DNS rebinding.

use super::class::Class;
use super::http::{self, Answer};
use super::sandbox::Sandbox;
use super::victim::Victim;
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "hosts",
    is_core: true,
    run,
};

const ORIGINS: [&str; 6] = [
    "https://evil.example",
    "null",
    "http://localhost:1",
    "http://127.0.0.1",
    "http://evil.example:8100",
    "",
];

const SITES: [&str; 3] = ["cross-site", "same-site", "nonsense"];

/// Requests that a page can send without a preflight.
const SIMPLE: [&str; 4] = [
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
];

const HOSTS: [&str; 8] = [
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example:80",
    "evil@localhost",
    "0.0.0.0",
    "169.254.169.254",
    "[::2]",
    "localhost:99999",
];

const TARGETS: [&str; 6] = [
    "POST /_sandbox/reset",
    "POST /_sandbox/requests",
    "POST /_sandbox/set_webhook",
    "POST /_sandbox/send_webhook",
    "POST /v2/token",
    "GET /v2/rooms",
];

fn run(_: &[Victim]) -> Result<Vec<String>, BoxError> {
    let sandbox = Sandbox::start()?;
    let host = sandbox.address.to_string();
    let host = ("host", host.as_str());
    let json = ("content-type", "application/json");
    sandbox.control("seed", r#"{"rooms": 7}"#)?;
    let mut tried = 0;
    let mut refused = |line: &str, headers: &[(&str, &str)]| -> Result<(), BoxError> {
        let body: &[u8] = if line.starts_with("POST") { b"{}" } else { b"" };
        let answer = http::send(sandbox.address, line, headers, body)?;
        tried += 1;
        check(&answer).map_err(|problem| format!("{line} with {headers:?}: {problem}").into())
    };
    for target in TARGETS {
        for origin in ORIGINS {
            for declared in SIMPLE.iter().chain([&json.1]) {
                refused(
                    target,
                    &[host, ("origin", origin), ("content-type", declared)],
                )?;
            }
        }
        for site in SITES {
            refused(target, &[host, ("sec-fetch-site", site), json])?;
        }
        for name in HOSTS {
            refused(target, &[("host", name), json])?;
            refused(target, &[host, ("host", name), json])?;
        }
        refused(target, &[json])?;
        let path = target.split(' ').nth(1).unwrap_or_default();
        for origin in ORIGINS {
            let asked = ("access-control-request-method", "POST");
            refused(
                &format!("OPTIONS {path}"),
                &[host, ("origin", origin), asked],
            )?;
        }
    }
    for target in &TARGETS[..4] {
        for declared in SIMPLE {
            refused(target, &[host, ("content-type", declared)])?;
        }
    }
    let stats = sandbox.control("stats", "{}")?;
    if !stats.body.contains(r#""rooms":7,"#) || !stats.body.contains(r#""requests":0}"#) {
        return Err(format!("the sandbox was changed: {}", stats.body).into());
    }
    Ok(vec![format!(
        "{tried} requests of foreign pages refused, nothing changed"
    )])
}

fn check(answer: &Answer) -> Result<(), String> {
    if !matches!(answer.status, 403 | 415) {
        return Err(format!("answered with {}", answer.status));
    }
    if answer.head.contains("\r\naccess-control") {
        return Err("answered with a CORS header".into());
    }
    Ok(())
}
