//! Servers that write secrets into every part of their responses, and the parts that a victim must not show.

use std::io::Write as _;
use std::net::TcpStream;

use serde_json::json;

use super::server::{Request, Server};
use crate::shell::BoxError;

/// A recognisable text in the place of secrets.
pub(super) const CANARY: &str = "canary-7d31f0";

/// The secret of the client, with the canary.
pub(super) const SECRET: &str = "canary-7d31f0-0123456789abcdef0123456789abcdef";

/// Start a server for each kind of response.
pub(super) fn servers() -> Result<Vec<Server>, BoxError> {
    let json = "content-type: application/json\r\n";
    let secrets = json!({
        "id": "1", "room_id": "r", "key": CANARY, "token": CANARY, "url": format!("https://u:{CANARY}@s3/?sig={CANARY}"),
        "path": "p", "expiry": 1, "unknown": CANARY, "deep": {CANARY: [CANARY]}, "rtmp_urls": [CANARY], "meeting_url": CANARY,
        "text": json!({ "token": CANARY }).to_string(), "status": "running",
    });
    let mismatch = json!({
        "id": [CANARY], "key": {"a": CANARY}, "url": 5, "token": [CANARY], "created_at": CANARY, "rtmp_urls": CANARY,
    });
    let structured = json!({
        "code": 400, "message": "no", "details": [{"stream_key": CANARY}, {"name": "authorization", "value": CANARY}],
        "error": {"token": CANARY},
    });
    let answers = [
        (200, json, secrets.to_string()),
        (200, json, mismatch.to_string()),
        (200, json, json!(CANARY).to_string()),
        (200, json, format!("[{}]", json!(CANARY))),
        (200, "content-type: text/plain\r\n", CANARY.to_owned()),
        (400, json, structured.to_string()),
        (400, json, format!("\u{feff}{structured}")),
        (400, json, format!("callback({structured})")),
        (400, json, json!(structured.to_string()).to_string()),
        (403, json, format!("[{}]", json!(CANARY))),
        (
            502,
            "content-type: text/html\r\n",
            format!("<html>{CANARY}</html>"),
        ),
        (
            302,
            concat!(
                "location: https://evil.example/?t=canary-7d31f0\r\n",
                "set-cookie: s=canary-7d31f0\r\n"
            ),
            String::new(),
        ),
        (
            407,
            "proxy-authenticate: Basic realm=canary-7d31f0\r\n",
            String::new(),
        ),
    ];
    let mut servers = Vec::new();
    for (status, headers, body) in answers {
        servers.push(Server::answering(status, headers, body.as_bytes())?);
    }
    servers.push(Server::start(cut)?);
    servers.push(Server::start(garbage)?);
    Ok(servers)
}

/// Start a server whose refusals contain the received token. An error repeats the message of the service, a cassette does not.
pub(super) fn echoing() -> Result<Server, BoxError> {
    Server::start(echo)
}

fn cut(stream: &mut TcpStream, _: &Request) -> std::io::Result<bool> {
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{{\"key\": \"{CANARY}");
    stream.write_all(answer.as_bytes()).map(|()| false)
}

fn garbage(stream: &mut TcpStream, _: &Request) -> std::io::Result<bool> {
    let answer = format!("HTTP/1.1 200 OK\r\n{CANARY} : x\r\n\u{1}: {CANARY}\r\n\r\n");
    stream.write_all(answer.as_bytes()).map(|()| false)
}

/// Refuse a request with a message that contains the received token.
fn echo(stream: &mut TcpStream, request: &Request) -> std::io::Result<bool> {
    let lines = request.head.lines().filter_map(|it| it.split_once(": "));
    let mut tokens = lines.filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let token = tokens.next().map_or("none", |(_, value)| value);
    let body = format!("not a token: {token}");
    let head = format!(
        "HTTP/1.1 403 X\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).map(|()| true)
}

/// Return the lines of `text` that contain the canary or the beginning of a token, shortened.
pub(super) fn leaks(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| {
        let place = [CANARY, "Bearer ey", "eyJ"]
            .iter()
            .find_map(|it| line.find(it))?;
        let before: String = line[..place].chars().rev().take(80).collect();
        let before: String = before.chars().rev().collect();
        Some(before + &line[place..].chars().take(40).collect::<String>())
    });
    lines.collect()
}
