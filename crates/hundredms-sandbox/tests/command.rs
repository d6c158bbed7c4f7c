//! The command `hundredms-sandbox` as a user runs it.
#![cfg(unix)]

#[path = "support/http.rs"]
mod http;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::json;

/// Start the command; gives what it prints up to its last export.
fn start(arguments: &[&str]) -> (Child, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hundredms-sandbox"))
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let output = BufReader::new(command.stdout.take().expect("its output"));
    let mut lines = Vec::new();
    for line in output.lines() {
        let line = line.expect("text");
        let last = line.starts_with("export HMS_SECRET=");
        lines.push(line);
        if last {
            break;
        }
    }
    (command, lines)
}

fn exported<'a>(lines: &'a [String], name: &str) -> &'a str {
    let start = format!("export {name}=");
    lines
        .iter()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_else(|| panic!("no {name} in {lines:?}"))
}

fn signalled(signal: &str, mut command: Child) -> Option<i32> {
    let sent = Command::new("kill")
        .args([signal, &command.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
    command.wait().expect("it ends").code()
}

#[tokio::test]
async fn it_prints_exports_that_work_and_ends_cleanly_on_ctrl_c() {
    let (command, lines) = start(&[
        "--port",
        "0",
        "--access-key",
        "mine",
        "--secret",
        "my secret",
    ]);
    assert_eq!(exported(&lines, "HMS_ACCESS_KEY"), "mine");
    assert_eq!(exported(&lines, "HMS_SECRET"), "'my secret'");
    let answer = http::client()
        .get(format!("{}/rooms", exported(&lines, "HMS_BASE_URL")))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 401);
    let error: serde_json::Value = answer.json().await.expect("JSON");
    assert_eq!(error["message"], json!("Token validation error"));
    assert_eq!(signalled("-INT", command), Some(0));
}

#[test]
fn it_has_credentials_of_its_own_and_ends_cleanly_on_sigterm() {
    let (command, lines) = start(&["--port", "0"]);
    assert_eq!(exported(&lines, "HMS_ACCESS_KEY"), "sandbox-access-key");
    assert_eq!(
        exported(&lines, "HMS_SECRET"),
        "sandbox-secret-0123456789abcdef0123456789"
    );
    assert_eq!(signalled("-TERM", command), Some(0));
}

#[tokio::test]
async fn it_sends_webhooks_where_it_is_told_with_all_headers() {
    let receiver = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/in", receiver.local_addr().expect("an address"));
    let (command, lines) = start(&[
        "--port",
        "0",
        "--webhook-url",
        &url,
        "--webhook-header",
        "x-one: first",
        "--webhook-header",
        "x-two:second: half",
    ]);
    let base = exported(&lines, "HMS_BASE_URL").replace("/v2", "/_sandbox");
    let control = async |name: &str, arguments: serde_json::Value| {
        let request = http::client().post(format!("{base}/{name}"));
        let answer = request.json(&arguments).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.json::<serde_json::Value>().await.expect("JSON")
    };
    let listening = std::thread::spawn(move || {
        let (stream, _) = receiver.accept().expect("a connection");
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines
            .take_while(|line| !line.is_empty())
            .collect::<Vec<_>>()
    });
    control("send_webhook", json!({"type": "peer.join.success"})).await;
    let head = listening.join().expect("a request");
    assert_eq!(head[0], "POST /in HTTP/1.1");
    for header in ["x-one: first", "x-two: second: half"] {
        assert!(head.iter().any(|line| line == header), "{head:?}");
    }
    assert_eq!(signalled("-TERM", command), Some(0));
}

#[test]
fn webhooks_that_cannot_be_sent_are_said_so_without_the_secret() {
    let url = "http://127.0.0.1/";
    for (arguments, problem) in [
        (
            vec!["--webhook-url", "https://a.example"],
            "the sandbox sends webhooks to http URLs only, not to https",
        ),
        (
            vec!["--webhook-url", url, "--webhook-header", "hush"],
            "--webhook-header is written 'name: value', with a colon",
        ),
        (
            vec!["--webhook-url", url, "--webhook-header", "a b: hush"],
            "\"a b\" is no name of an HTTP header",
        ),
        (vec!["--webhook-header", "x: hush"], "--webhook-url <URL>"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_hundredms-sandbox"))
            .args(["--port", "0"])
            .args(arguments)
            .output()
            .expect("the command runs");
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(problem) && !said.contains("hush"), "{said}");
    }
}

#[test]
fn a_port_that_is_taken_is_said_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_hundredms-sandbox"))
        .args(["--port", &port])
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("hundredms-sandbox:"), "{said}");
}
