//! The command `hundredms-sandbox` as a user runs it.
#![cfg(unix)]

#[path = "support/http.rs"]
mod http;

use std::io::{BufRead, BufReader};
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
