//! The session in `docs/command.md`, which is what the command prints. With `WRITE_SESSION=1`, the test writes it.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::workspace::{Workspace, ran};

const BEGIN: &str =
    "<!-- session: written by crates/hundredms-cli/tests/suite/session.rs -->\n\n```console\n";
const END: &str = "```\n";

/// What is typed. `ROOM` is the id of the room that the first line creates, `TEMPLATE` that of the template.
const TYPED: [&str; 12] = [
    "hundredms rooms create --name physics-7 --size 40",
    "hundredms rooms list --fields id,name,enabled",
    "hundredms rooms list --name physics-7 --quiet",
    "hundredms rooms list --limit 2 --fields name | cat",
    "hundredms rooms update ROOM --set webhook.url=https://example.com/hooks --dry-run",
    "hundredms rooms list --limit 10 --curl",
    "hundredms rooms get nonsense",
    "hundredms rooms create --size 30000",
    "hundredms attendance ROOM --fields user_id,names,joins",
    "hundredms templates pull TEMPLATE class.json",
    "hundredms templates diff TEMPLATE class.json",
    "hundredms logs --no-follow --status 4xx",
];

#[test]
fn the_session_in_the_guide_is_what_the_command_prints() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 2 }));
    let template = workspace
        .line("templates create --name class --set roles.host.name=host")
        .json();
    let template = template["id"].as_str().expect("an id");
    let mut room = String::new();
    let mut session = String::new();
    for typed in TYPED {
        let line = typed.replace("ROOM", &room).replace("TEMPLATE", template);
        let out = typed_on_terminal(&workspace, &line);
        if room.is_empty() {
            let found = workspace.line("rooms list --name physics-7 -q").done();
            found.trim().clone_into(&mut room);
            workspace.control(
                "join_peer",
                json!({ "room_id": room, "role": "host", "name": "Ada", "user_id": "ada" }),
            );
        }
        let _ = writeln!(session, "$ {line}\n{out}");
    }
    let session = steady(&workspace, session.trim_end());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command.md");
    let page = std::fs::read_to_string(&path).expect("the guide");
    let (before, rest) = page.split_once(BEGIN).expect("the place of the session");
    let (found, after) = rest.split_once(END).expect("the end of the session");
    if std::env::var_os("WRITE_SESSION").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{session}\n{END}{after}"))
            .expect("the guide");
        return;
    }
    assert_eq!(
        found.trim_end(),
        session,
        "run the test with WRITE_SESSION=1"
    );
}

fn typed_on_terminal(workspace: &Workspace, line: &str) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_hundredms"))
        .parent()
        .expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("script");
    command
        .args([
            "--quiet",
            "--return",
            "--command",
            &format!("stty cols 110; {line}"),
            "/dev/null",
        ])
        .env_clear()
        .env("HOME", &workspace.home)
        .env("NO_COLOR", "1")
        .env("TERM", "xterm")
        .env("PATH", format!("{}:{path}", folder.display()))
        .current_dir(&workspace.home)
        .stdin(Stdio::null());
    for (name, value) in workspace.variables() {
        command.env(name, value);
    }
    let out = ran(&mut command).out.replace("\r\n", "\n");
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// Replace what differs from run to run: ids, times, the port.
fn steady(workspace: &Workspace, text: &str) -> String {
    let url = workspace.sandbox.base_url();
    let host = url.trim_start_matches("http://").trim_end_matches("/v2");
    let text = text.replace(host, "127.0.0.1:8100");
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut words = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_alphanumeric() || "-:.".contains(c) {
            word.push(c);
            continue;
        }
        let count = ids.len();
        let is_id = word.len() == 24 && word.chars().all(|c| c.is_ascii_hexdigit());
        if is_id {
            let number = *ids.entry(word.clone()).or_insert(count + 1);
            let _ = write!(words, "65f0a1b2c3d4e5f6a7b8{number:04}");
        } else if word.len() >= 20
            && word.starts_with("20")
            && word.contains('T')
            && word.ends_with('Z')
        {
            let fraction = word
                .split_once('.')
                .map_or(0, |(_, fraction)| fraction.len() - 1);
            words.push_str("2026-03-01T10:00:00");
            if fraction > 0 {
                let _ = write!(words, ".{}", "0".repeat(fraction));
            }
            words.push('Z');
        } else {
            words.push_str(&word);
        }
        word.clear();
        if c != '\0' {
            words.push(c);
        }
    }
    words
}
