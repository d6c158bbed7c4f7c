//! The output on a terminal, of `script`.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};

use serde_json::json;

use crate::operations::fixture;
use crate::workspace::{Receiver, Running, Workspace, ran, server, wait_for};

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
fn rows_of_a_long_table_are_below_their_header() {
    let workspace = Workspace::new();
    workspace
        .run(&[
            "rooms",
            "create",
            "--name",
            "first",
            "--description",
            "DESCRIBED",
        ])
        .done();
    workspace.control("seed", json!({ "rooms": 210 }));
    let out = on_terminal(&workspace, 300, "rooms list", &[("NO_COLOR", "1")]);
    let lines: Vec<&str> = out.lines().collect();
    let headers: Vec<usize> = (0..lines.len())
        .filter(|number| lines[*number].starts_with("id "))
        .collect();
    // The second hundred has the columns of the first.
    assert_eq!(headers.len(), 2, "{out}");
    assert_eq!((headers[0], headers[1]), (0, 201), "{out}");
    assert!(!lines[0].contains("description"), "{out}");
    let described = lines.iter().find(|line| line.contains("DESCRIBED"));
    assert_eq!(
        lines[201].find("description"),
        described.expect("the first room").find("DESCRIBED"),
        "{out}"
    );
    let before: Vec<&str> = lines[0].split_whitespace().collect();
    let after: Vec<&str> = lines[201].split_whitespace().collect();
    assert!(before.iter().all(|name| after.contains(name)), "{out}");
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
    let text = "\u{1b}[2J\u{202e}\u{9b}2J\u{7f}";
    let room = workspace
        .run(&["rooms", "create", "--name", "evil", "--description", text])
        .json();
    let out = on_terminal(&workspace, 200, "rooms list", &[("NO_COLOR", "1")]);
    assert!(
        out.contains("\\u{1b}[2J\\u{202e}") && !out.contains('\u{1b}'),
        "{out:?}"
    );
    let mut template = fixture("templates.get")["answer"]["body"].take();
    template["name"] = text.into();
    let template = template.to_string();
    let answering = server(move |request| {
        if request.head.starts_with("get /_sandbox/health") {
            (200, "{}".to_owned())
        } else if request.head.contains("/recordings ") {
            (200, "[]".to_owned())
        } else if request.head.starts_with("get ") {
            (200, template.clone())
        } else {
            (400, json!({ "message": text }).to_string())
        }
    });
    let base_url = format!("{answering}/v2");
    let id = room["id"].as_str().unwrap();
    for (line, base_url) in [
        ("rooms list --json".to_owned(), workspace.sandbox.base_url()),
        (format!("rooms get {id}"), workspace.sandbox.base_url()),
        (
            format!("rooms get {id} --json"),
            workspace.sandbox.base_url(),
        ),
        (
            "rooms list -q --fields description".to_owned(),
            workspace.sandbox.base_url(),
        ),
        ("templates pull 1".to_owned(), base_url.clone()),
        ("trigger x".to_owned(), base_url.clone()),
        ("listen".to_owned(), base_url),
    ] {
        let more = [("NO_COLOR", "1"), ("HMS_BASE_URL", base_url.as_str())];
        let out = on_terminal(&workspace, 200, &line, &more);
        let obeyed = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(
            out.contains("[2J") && !out.contains(obeyed),
            "{line}: {out:?}"
        );
    }
    // On a pipe, a value is as the service sent it.
    let piped = workspace.run(&["rooms", "get", id]).json();
    assert_eq!(piped["description"], text);
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
    let (_, asset) = workspace.recording(&room, 400_000_000);
    let line = format!(
        "recording-assets download {asset} --to {}/x.mp4",
        workspace.home.display()
    );
    let out = on_terminal(&workspace, 120, &line, &[("NO_COLOR", "1")]);
    assert!(out.contains("/s") && out.contains("381.47 MiB"), "{out:?}");
    assert_eq!(
        std::fs::metadata(workspace.path("x.mp4")).unwrap().len(),
        400_000_000
    );
}

#[test]
fn secrets_of_a_template_on_a_terminal_are_warned_of() {
    let workspace = Workspace::new();
    let description = json!({
        "name": "class",
        "destinations": {"rtmpDestinations": {"tube": {"name": "tube", "rtmpUrls": ["rtmp://a.example/live/KEY"]}}},
    });
    let file = workspace.write("class.json", &description.to_string());
    let made = workspace.run(&["templates", "apply", &file]).json();
    let id = made["template_id"].as_str().unwrap();
    let warning = "warning: this terminal shows secrets; name a file to write";
    let line = format!("templates pull {id} --with-secrets");
    for (line, warns) in [
        (line.clone(), true),
        (format!("templates pull {id}"), false),
    ] {
        let out = on_terminal(&workspace, 200, &line, &[("NO_COLOR", "1")]);
        assert_eq!(out.contains(warning), warns, "{out}");
    }
    let piped = workspace.line(&line);
    assert!(!piped.err.contains(warning), "{piped:?}");
    assert!(piped.done().contains("live/KEY"));
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

/// Run a line of a shell on a terminal that can be typed on.
fn typing(workspace: &Workspace, shell: &str, line: &str) -> Running {
    let mut command = std::process::Command::new("script");
    command
        .args(["--quiet", "--command", line, "/dev/null"])
        .env("HOME", &workspace.home)
        .env_remove("XDG_CONFIG_HOME")
        .env("SHELL", shell)
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::piped());
    for (name, value) in workspace.variables() {
        command.env(name, value);
    }
    Running::start(&mut command)
}

#[test]
fn ctrl_c_ends_the_question_for_a_secret_and_typing_is_shown_again() {
    let workspace = Workspace::new();
    let program = env!("CARGO_BIN_EXE_hundredms");
    let line = format!(
        "trap : INT; tty; {program} login --access-key k --no-check; echo \"code $?\"; stty -a"
    );
    let mut running = typing(&workspace, "/bin/sh", &line);
    let out = running.wait_out("secret: ");
    let terminal = out.lines().find(|line| line.starts_with("/dev/"));
    let terminal = terminal.expect("a terminal").trim();
    wait_for("a terminal that does not show what is typed", || {
        let stty = ran(std::process::Command::new("stty").args(["-a", "-F", terminal]));
        stty.out.contains(" -echo ").then_some(())
    });
    running.write("\u{3}");
    running.wait_out("code 130");
    let out = running.wait_out(" icanon");
    assert!(out.contains(" echo "), "{out}");
    assert!(!workspace.path(".config/hundredms/config.toml").exists());
}

#[test]
fn listen_runs_on_in_the_background_of_its_terminal() {
    let workspace = Workspace::new();
    let program = env!("CARGO_BIN_EXE_hundredms");
    let end = "read line; kill -INT %1; wait %1; echo \"code $?\"";
    let line = format!("set -m; {program} listen & {end}");
    let mut started_there = typing(&workspace, "/bin/bash", &line);
    started_there.wait_out("Listening to the sandbox");
    workspace.control("send_webhook", json!({ "type": "first.event" }));
    started_there.wait_out("first.event");
    started_there.write("typed for the shell\n");
    started_there.wait_out("code 0");

    let line = format!("set -m; {program} listen; bg; echo moved; {end}");
    let mut moved_there = typing(&workspace, "/bin/bash", &line);
    moved_there.wait_out("Listening to the sandbox");
    moved_there.write("\u{1a}");
    moved_there.wait_out("moved");
    workspace.control("send_webhook", json!({ "type": "second.event" }));
    moved_there.wait_out("second.event");
    moved_there.write("typed for the shell\n");
    moved_there.wait_out("code 0");
}

#[test]
fn nothing_is_asked_for_in_the_background() {
    let workspace = Workspace::new();
    let program = env!("CARGO_BIN_EXE_hundredms");
    let line = format!(
        "set -m; {program} login --access-key k --no-check & wait %1; echo \"code $?\"; kill -KILL %1"
    );
    let running = typing(&workspace, "/bin/bash", &line);
    let out = running.wait_out("code ");
    assert!(out.contains("no terminal to ask for the secret"), "{out}");
    running.wait_out("code 2");
}

#[test]
fn one_change_of_a_template_is_not_several() {
    let workspace = Workspace::new();
    let class = json!({"name": "class", "roles": {"host": {"name": "host", "priority": 1}}});
    let file = workspace.write("class.json", &class.to_string());
    let made = workspace.run(&["templates", "apply", &file]).json();
    let id = made["template_id"].as_str().expect("an id");
    let other = json!({"name": "class", "roles": {"host": {"priority": 2}}});
    let file = workspace.write("class.json", &other.to_string());
    let out = on_terminal(&workspace, 80, &format!("templates diff {id} {file}"), &[]);
    assert!(out.ends_with("\n1 change to class.\n"), "{out}");
}
