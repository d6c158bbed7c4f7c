//! The output on a terminal, of `script`.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};

use serde_json::json;

use crate::workspace::{Receiver, Running, Workspace, ran, wait_for};

/// Run a line on a terminal of this width.
fn on_terminal(workspace: &Workspace, columns: u16, line: &str, more: &[(&str, &str)]) -> String {
    let inner = format!(
        "stty cols {columns} rows 40; {} {line}",
        env!("CARGO_BIN_EXE_hundredms")
    );
    let mut command = std::process::Command::new("script");
    command
        .args(["--quiet", "--return", "--command", &inner, "/dev/null"])
        .env_clear()
        .env("HOME", &workspace.home)
        .env("TERM", "xterm-256color")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(std::process::Stdio::null());
    for (name, value) in workspace.variables() {
        command.env(name, value);
    }
    for (name, value) in more {
        command.env(name, value);
    }
    ran(&mut command).out.replace("\r\n", "\n")
}

#[test]
fn a_list_is_an_aligned_table_that_fits() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 3 }));
    let plain = [("NO_COLOR", "1")];
    let out = on_terminal(&workspace, 80, "rooms list", &plain);
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[0].starts_with("id ") && lines[0].contains("  name "),
        "{out}"
    );
    assert!(
        lines.iter().take(4).all(|line| line.chars().count() <= 80),
        "{out}"
    );
    let at = lines[0].find("name").unwrap();
    for (line, room) in lines[1..4].iter().zip(["room-3", "room-2", "room-1"]) {
        assert_eq!(&line[at..at + 6], room, "{out}");
        assert_eq!(line.split(' ').next().unwrap().len(), 24, "{out}");
    }
    assert!(lines[4].contains("columns do not fit"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out:?}");
    let wide = on_terminal(&workspace, 300, "rooms list", &plain);
    assert!(
        !wide.contains("not fit") && wide.contains("created_at"),
        "{wide}"
    );
    let none = on_terminal(&workspace, 80, "rooms list --name none", &plain);
    assert!(none.contains("Nothing found."), "{none}");
}

#[test]
fn colours_are_for_terminals_and_no_color_turns_them_off() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 1 }));
    let coloured = on_terminal(&workspace, 80, "rooms list", &[]);
    assert!(coloured.contains("\u{1b}[1m"), "{coloured:?}");
    let piped = workspace.line("rooms list").done();
    assert!(!piped.contains('\u{1b}'), "{piped:?}");
    let error = on_terminal(&workspace, 80, "rooms get none", &[("NO_COLOR", "1")]);
    assert!(
        error.contains("error:") && !error.contains('\u{1b}'),
        "{error:?}"
    );
}

#[test]
fn what_the_service_sends_cannot_control_the_terminal() {
    let workspace = Workspace::new();
    let text = "\u{1b}[2J\u{202e}";
    workspace
        .run(&["rooms", "create", "--name", "evil", "--description", text])
        .done();
    let out = on_terminal(&workspace, 200, "rooms list", &[("NO_COLOR", "1")]);
    assert!(
        out.contains("\\u{1b}[2J\\u{202e}") && !out.contains('\u{1b}'),
        "{out:?}"
    );
}

#[test]
fn a_value_is_shown_line_by_line_and_a_download_with_a_bar() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("shown");
    let out = on_terminal(
        &workspace,
        100,
        &format!("rooms get {room}"),
        &[("NO_COLOR", "1")],
    );
    assert!(
        out.lines()
            .any(|line| line.starts_with("name ") && line.ends_with(" shown")),
        "{out}"
    );
    let (_, asset) = workspace.recording(&room, 100_000_000);
    let line = format!(
        "recording-assets download {asset} --to {}/x.mp4",
        workspace.home.display()
    );
    let out = on_terminal(&workspace, 120, &line, &[("NO_COLOR", "1")]);
    assert!(out.contains("/s") && out.contains("95.37 MiB"), "{out:?}");
    assert_eq!(
        std::fs::metadata(workspace.path("x.mp4")).unwrap().len(),
        100_000_000
    );
}

#[test]
fn a_secret_is_asked_for_without_being_shown() {
    let workspace = Workspace::new();
    let program = env!("CARGO_BIN_EXE_hundredms");
    let inner = format!("{program} login --access-key k --no-check");
    let mut child = std::process::Command::new("script")
        .args(["--quiet", "--return", "--command", &inner, "/dev/null"])
        .env("HOME", &workspace.home)
        .env_remove("XDG_CONFIG_HOME")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // The terminal shows what is typed before the command asks, so wait for its question.
    let mut output = child.stdout.take().unwrap();
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"secret: ") {
        assert_eq!(
            output.read(&mut byte).unwrap(),
            1,
            "{}",
            String::from_utf8_lossy(&seen)
        );
        seen.push(byte[0]);
    }
    std::thread::sleep(std::time::Duration::from_millis(200));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"typed-secret\n")
        .unwrap();
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert!(child.wait().unwrap().success(), "{rest}");
    assert!(!rest.contains("typed-secret"), "{rest}");
    let text = std::fs::read_to_string(workspace.path(".config/hundredms/config.toml")).unwrap();
    assert!(text.contains("typed-secret"), "{text}");
}

#[test]
fn the_key_r_sends_the_last_event_again_and_ctrl_c_gives_the_terminal_back() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let program = env!("CARGO_BIN_EXE_hundredms");
    let inner = format!(
        "trap : INT; {program} listen --forward-to {}; echo \"code $?\"; stty -a",
        receiver.url
    );
    let mut command = std::process::Command::new("script");
    command
        .args(["--quiet", "--command", &inner, "/dev/null"])
        .env("HOME", &workspace.home)
        .env("SHELL", "/bin/sh")
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::piped());
    for (name, value) in workspace.variables() {
        command.env(name, value);
    }
    let mut running = Running::start(&mut command);
    running.wait_out("Listening to the sandbox");
    workspace.control("send_webhook", json!({ "type": "peer.join.success" }));
    running.wait_out("-> 200");
    running.write("r");
    wait_for("the event again", || {
        (receiver.posted().len() == 2).then_some(())
    });
    let posted = receiver.posted();
    assert_eq!(posted[0].body, posted[1].body);
    running.write("\u{3}");
    let out = running.wait_out("code 0");
    assert!(out.contains("peer.join.success"), "{out}");
    let out = running.wait_out(" icanon");
    assert!(out.contains(" echo "), "{out}");
}
