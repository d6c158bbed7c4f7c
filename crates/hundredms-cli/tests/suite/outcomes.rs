//! Exit codes, and what is said about errors.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use hundredms_sandbox::{Fault, FaultEffect};
use serde_json::{Value, json};

use crate::workspace::{Running, Workspace, ran};

fn effect(fields: Value) -> FaultEffect {
    serde_json::from_value(fields).expect("an effect")
}

/// Run a command while every request has a fault.
fn with_fault(workspace: &Workspace, fields: Value, line: &str) -> (Option<i32>, String) {
    workspace.fault(effect(fields));
    let ran = workspace.line(line);
    workspace.sandbox.clear_faults();
    assert_eq!(ran.out, "", "{ran:?}");
    assert!(ran.err.starts_with("error: "), "{ran:?}");
    (ran.code, ran.err)
}

#[test]
fn every_kind_of_errors_has_its_exit_code_and_advice() {
    let workspace = Workspace::new();
    let get = "rooms get 65f0a1b2c3d4e5f6a7b8c9d0 --max-retries 0";
    for (fields, line, code, said) in [
        (json!({"status": 400}), get, 5, "--dry-run"),
        (json!({"status": 401}), get, 6, "hundredms doctor"),
        (json!({"status": 403}), get, 7, "--profile"),
        (json!({"status": 404}), get, 8, "hundredms rooms list"),
        (json!({"status": 409}), get, 9, "Read it again"),
        (json!({"status": 429}), get, 10, "--max-retries"),
        (json!({"status": 500}), get, 11, "Try again later"),
        (
            json!({"delay_before_ms": 3000}),
            "rooms list --timeout 200ms",
            12,
            "--timeout",
        ),
        (
            json!({"disconnect": "close_before"}),
            get,
            13,
            "hundredms doctor",
        ),
        (
            json!({"disconnect": "close_after"}),
            "rooms create --max-retries 0",
            14,
            "hundredms rooms list",
        ),
        (
            json!({"status": 429, "retry_after": 120}),
            "rooms list --timeout 5s",
            10,
            "Wait 120 s, or set --timeout to more than that.",
        ),
        (
            json!({"status": 429, "retry_after": 120}),
            "rooms list",
            10,
            "Wait 120 s, or set --timeout to more than that.",
        ),
        (
            json!({"status": 429, "retry_after": 1}),
            "rooms list --max-retries 0",
            10,
            "Wait, or set --max-retries higher.",
        ),
        (
            json!({"status": 200, "body": {"data": 5}}),
            "rooms list",
            15,
            "newer version",
        ),
    ] {
        let (found, err) = with_fault(&workspace, fields.clone(), line);
        assert_eq!(found, Some(code), "{fields}: {err}");
        assert!(err.contains(said), "{fields}: {err}");
    }
    let refused = workspace.line("rooms create --size 20001");
    assert_eq!(refused.code, Some(4), "{refused:?}");
    assert!(
        refused.err.contains("hundredms rooms create --help"),
        "{refused:?}"
    );

    let bare = ran(&mut workspace.bare(&["rooms", "list"]));
    assert_eq!(bare.code, Some(3), "{bare:?}");
    assert!(bare.err.contains("hundredms login"), "{bare:?}");

    let room = workspace.room_with_peer("exits");
    let started = workspace
        .run(&[
            "recordings",
            "start",
            &room,
            "--meeting-url",
            "https://meet.example/x",
        ])
        .json();
    let id = started["id"].as_str().expect("an id");
    workspace.control("fail_job", json!({"job_id": id}));
    let failed = workspace.run(&["recordings", "wait", id]);
    assert_eq!(failed.code, Some(16), "{failed:?}");

    let (_, asset) = workspace.recording(&room, 1000);
    let lost = workspace.run(&[
        "recording-assets",
        "download",
        &asset,
        "--to",
        "none/there.mp4",
    ]);
    assert_eq!(lost.code, Some(17), "{lost:?}");
}

#[test]
fn what_may_have_taken_effect_has_an_exit_code_of_its_own() {
    let workspace = Workspace::new();
    let again = "Run it again: nothing is done twice.";
    let look = "Look with `hundredms rooms list` before you repeat it.";
    let lost = json!({"disconnect": "close_after"});
    let late = json!({"delay_before_ms": 3000});
    let failed = json!({"status": 500});
    for (fields, line, said, more) in [
        (&lost, "rooms create --name lost", again, "hundredms doctor"),
        (&lost, "rooms create", look, ""),
        (
            &late,
            "rooms create --name late --timeout 500ms",
            again,
            "--timeout 2m",
        ),
        (&late, "rooms create --timeout 500ms", look, "--timeout 2m"),
        (&failed, "rooms create --name failed", again, ""),
        (&failed, "rooms create", look, ""),
        (&json!({"status": 200, "body": 5}), "rooms create", look, ""),
        (
            &failed,
            "rooms update 65f0a1b2c3d4e5f6a7b8c9d0 --size 8",
            again,
            "",
        ),
    ] {
        let line = format!("{line} --max-retries 0");
        let (code, err) = with_fault(&workspace, fields.clone(), &line);
        assert_eq!(code, Some(14), "{line}: {err}");
        let said = format!("It may have taken effect. {said}");
        assert!(err.contains(&said) && err.contains(more), "{line}: {err}");
    }
    // Nothing was changed, or nothing was sent.
    for (fields, line, code) in [
        (lost, "rooms list --max-retries 0", 13),
        (failed, "rooms list --max-retries 0", 11),
    ] {
        let (found, err) = with_fault(&workspace, fields, line);
        assert_eq!(found, Some(code), "{line}: {err}");
        assert!(!err.contains("taken effect"), "{line}: {err}");
    }
    let help = workspace.line("--help").done();
    assert!(
        help.contains("14  it may have taken effect, whatever went wrong"),
        "{help}"
    );
}

/// Run a line, and send Ctrl-C when its request has arrived. Returns the exit code and what is said.
fn interrupted(workspace: &Workspace, fields: Value, line: &str) -> (Option<i32>, String) {
    workspace.fault(effect(fields));
    let words: Vec<&str> = line.split_whitespace().collect();
    let running = Running::start(&mut workspace.command(&words));
    // The request has arrived when it has its fault.
    crate::workspace::wait_for("request", || {
        workspace
            .sandbox
            .faults()
            .iter()
            .any(|fault| fault.fired > 0)
            .then_some(())
    });
    let begun = std::time::Instant::now();
    let ended = running.end_with_error("-INT");
    assert!(begun.elapsed().as_secs() < 2);
    workspace.sandbox.clear_faults();
    ended
}

#[test]
fn ctrl_c_ends_a_call_at_once_and_says_if_it_may_have_taken_effect() {
    let workspace = Workspace::new();
    let late = json!({"delay_before_ms": 20_000});
    let again = "Run it again: nothing is done twice.";
    let look = "Look with `hundredms rooms list` before you repeat it.";
    let file = workspace.write("class.json", r#"{"name": "class"}"#);
    for (line, said) in [
        ("rooms create".to_owned(), look),
        ("rooms create --name lesson".to_owned(), again),
        (
            "templates delete-role 65f0a1b2c3d4e5f6a7b8c9d0 host".to_owned(),
            again,
        ),
    ] {
        let (code, err) = interrupted(&workspace, late.clone(), &line);
        assert_eq!(code, Some(130), "{line}: {err}");
        let said = format!("error: interrupted. It may have taken effect. {said}\n");
        assert_eq!(err, said, "{line}");
    }
    // Nothing was changed: a read, and a job that has only read.
    for line in ["rooms list".to_owned(), format!("templates apply {file}")] {
        let (code, err) = interrupted(&workspace, late.clone(), &line);
        assert_eq!((code, err.as_str()), (Some(130), ""), "{line}");
    }
    // The service refused it, and the call waits. The first signals may arrive before the refusal.
    let refused = json!({"status": 429, "retry_after": 20});
    crate::workspace::wait_for("a call that knows that it was refused", || {
        let (code, err) = interrupted(&workspace, refused.clone(), "rooms create");
        assert_eq!(code, Some(130), "{err}");
        err.is_empty().then_some(())
    });
}

#[test]
fn ctrl_c_after_a_change_of_a_job_says_to_run_it_again() {
    let workspace = Workspace::new();
    let file = workspace.write("class.json", r#"{"name": "class"}"#);
    let late = effect(json!({"delay_before_ms": 20_000}));
    let fault = Fault::new(late).operation("templates.create");
    workspace.sandbox.add_fault(&fault).expect("a fault");
    let running = Running::start(&mut workspace.command(&["templates", "apply", &file]));
    crate::workspace::wait_for("request", || {
        let faults = workspace.sandbox.faults();
        faults.iter().any(|fault| fault.fired > 0).then_some(())
    });
    let (code, err) = running.end_with_error("-INT");
    assert_eq!(code, Some(130), "{err}");
    assert!(
        err.ends_with("It may have taken effect. Run it again: nothing is done twice.\n"),
        "{err}"
    );
}

#[test]
fn doctor_names_each_problem_and_what_to_do() {
    let workspace = Workspace::new();
    let checks = workspace.line("doctor").lines();
    assert!(checks.iter().all(|check| check["ok"] == true), "{checks:?}");
    let names: Vec<&str> = checks
        .iter()
        .map(|check| check["check"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "settings",
            "credentials",
            "server",
            "proxy",
            "DNS",
            "connection",
            "clock",
            "first call"
        ]
    );

    let without_certificates = ran(workspace
        .command(&["doctor"])
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent"));
    assert_eq!(
        without_certificates.code,
        Some(0),
        "{without_certificates:?}"
    );

    let failed = |command: &mut std::process::Command, name: &str, code: i32| {
        let ran = ran(command);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        let line = ran
            .out
            .lines()
            .find(|line| line.contains("\"ok\":false"))
            .unwrap_or_else(|| panic!("{ran:?}"));
        let check: Value = serde_json::from_str(line).unwrap();
        assert_eq!(check["check"], name, "{check}");
        let advice = check["advice"].as_str().unwrap_or_default().to_owned();
        assert!(advice.len() > 20, "{check}");
        (
            check["detail"].as_str().unwrap_or_default().to_owned(),
            advice,
        )
    };
    let (_, advice) = failed(
        workspace
            .bare(&["doctor"])
            .env("HMS_BASE_URL", workspace.sandbox.base_url()),
        "credentials",
        3,
    );
    assert!(advice.ends_with("A sandbox prints them when it starts."));
    let (_, advice) = failed(&mut workspace.bare(&["doctor"]), "credentials", 3);
    assert!(advice.ends_with("They are in the dashboard of 100ms, under Developer."));
    let (_, advice) = failed(
        workspace.command(&["doctor"]).env("HMS_SECRET", "another"),
        "first call",
        6,
    );
    assert!(advice.ends_with("Copy both again. A sandbox prints them when it starts."));
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    failed(
        workspace
            .command(&["doctor"])
            .env("HMS_BASE_URL", format!("http://{closed}/v2")),
        "connection",
        13,
    );
    failed(
        workspace
            .command(&["doctor"])
            .env("HMS_BASE_URL", "http://no-such-host.invalid/v2"),
        "DNS",
        13,
    );
    let long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";
    let (detail, _) = failed(
        workspace
            .command(&["doctor"])
            .env("HMS_BASE_URL", server_with_date(long_ago)),
        "clock",
        3,
    );
    assert!(detail.ends_with(" s ahead of the server"), "{detail}");
    let (detail, _) = failed(
        workspace.command(&["doctor"]).env(
            "HMS_BASE_URL",
            server_with_date("Mon, 06 Nov 2994 08:49:37 GMT"),
        ),
        "clock",
        3,
    );
    assert!(detail.ends_with(" s behind the server"), "{detail}");
}

/// A server that is no sandbox: it answers 404 to everything, with a date.
fn server_with_date(date: &'static str) -> String {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v2", server.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(
                stream,
                "HTTP/1.1 404 Not Found\r\ndate: {date}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
    });
    url
}

#[test]
fn doctor_takes_a_sandbox_whose_clock_was_advanced_as_it_is() {
    let workspace = Workspace::new();
    workspace.control("advance_clock", json!({"seconds": 3600}));
    let checks = workspace.line("doctor").lines();
    assert!(checks.iter().all(|check| check["ok"] == true), "{checks:?}");
    let clock = checks.iter().find(|check| check["check"] == "clock");
    let detail = clock.and_then(|check| check["detail"].as_str()).unwrap();
    assert!(
        detail.ends_with(" s behind the server, a sandbox whose clock was moved"),
        "{detail}"
    );
}

#[test]
fn advice_names_what_ends_the_wait_or_shows_the_outcome() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("lesson");
    let url = "https://meet.example/stage";
    workspace.fault(effect(json!({"status": 503})));
    let unknown = workspace.run(&["recordings", "start", &room, "--meeting-url", url]);
    workspace.sandbox.clear_faults();
    assert_eq!(unknown.code, Some(14), "{unknown:?}");
    assert!(
        !unknown.err.contains("check recordings.list")
            && unknown.err.contains(&format!(
                "`hundredms recordings list --room-id {room}` before"
            )),
        "{unknown:?}"
    );
    assert!(!unknown.err.contains("process list"), "{unknown:?}");
    let start = ["recordings", "start", &room, "--dry-run", "--meeting-url"];
    let warning = "--meeting-url is visible in the process list";
    for token in [
        "?skip_preview=true&auth_token=x",
        "/join/s3cr3tK3yOfTheStage",
    ] {
        let with_token = format!("{url}{token}");
        let shown = workspace.run(&[&start[..], &[&with_token]].concat());
        assert!(shown.err.contains(warning), "{shown:?}");
    }
    let started = workspace
        .run(&["recordings", "start", &room, "--meeting-url", url])
        .json();
    let id = started["id"].as_str().unwrap();
    workspace.control("advance_clock", json!({ "seconds": 60 }));
    let waited = workspace.line(&format!("recordings wait {id} --timeout 1s"));
    assert_eq!(waited.code, Some(12), "{waited:?}");
    assert!(
        waited.err.contains("`hundredms recordings stop ID`"),
        "{waited:?}"
    );
}

#[test]
fn a_wrong_variable_is_named() {
    let workspace = Workspace::new();
    let mut command = workspace.command(&["rooms", "list"]);
    let wrong = ran(command.env("HMS_BASE_URL", "localhost:8100"));
    assert_eq!(wrong.code, Some(3), "{wrong:?}");
    assert!(
        wrong
            .err
            .contains("base_url, from the variable HMS_BASE_URL: must be an absolute URL"),
        "{wrong:?}"
    );
}

#[test]
fn a_room_with_its_codes_is_printed_as_its_id() {
    let workspace = Workspace::new();
    let made = workspace
        .line("rooms create-with-codes --name lesson -q")
        .done();
    let found = workspace.line("rooms list --name lesson -q").done();
    assert_eq!(made, found);
    let room = made.trim();
    workspace
        .line(&format!("rooms update {room} --enabled=false"))
        .done();
    let disabled = workspace.line("rooms create-with-codes --name lesson");
    assert_ne!(disabled.code, Some(0), "{disabled:?}");
    assert!(
        disabled.err.contains("is disabled")
            && disabled.err.contains("rooms.update with `enabled` true"),
        "{disabled:?}"
    );
}

#[test]
fn a_second_start_in_a_room_says_what_is_in_the_way() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("twice");
    for (resource, more) in [
        ("recordings", "--meeting-url https://x.example"),
        ("live-streams", "--meeting-url https://x.example"),
        (
            "external-streams",
            "--meeting-url https://x.example --rtmp-urls rtmp://x.example/key",
        ),
    ] {
        let start = format!("{resource} start {room} {more}");
        assert_eq!(workspace.line(&start).code, Some(0));
        let again = workspace.line(&start);
        assert_eq!(again.code, Some(9), "{again:?}");
        for said in [
            format!("{resource} list --room-id"),
            format!("{resource} stop-all"),
        ] {
            assert!(again.err.contains(&said), "{again:?}");
        }
        assert!(!again.err.contains("repeat the change"), "{again:?}");
        // What is advised works.
        let listed = workspace.line(&format!("{resource} list --room-id {room}"));
        assert_eq!(listed.lines().len(), 1);
        assert_eq!(
            workspace.line(&format!("{resource} stop-all {room}")).code,
            Some(0)
        );
    }
}

#[test]
fn a_timeout_of_nothing_is_refused() {
    let workspace = Workspace::new();
    for line in [
        "rooms list --timeout 0s",
        "rooms list --timeout 0",
        "recordings wait x --timeout 0ms",
    ] {
        let refused = workspace.line(line);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(
            refused.err.contains("--timeout: must be more than 0"),
            "{refused:?}"
        );
    }
}

#[test]
fn what_is_probably_a_mistake_in_the_file_of_a_template_is_said() {
    let workspace = Workspace::new();
    let file = json!({
        "name": "class",
        "roles": {"host": {"subscribeParams": {"subscribeToRoles": ["ghost"]}}},
        "recordings": [{"name": "r", "role": "host", "compositeRecording": {"browserRecording": {"enabled": true}}}],
    });
    let file = workspace.write("class.json", &file.to_string());
    let field = "compositeRecording.browserRecording` is not a field that this version knows";
    let role = "roles.host.subscribeParams.subscribeToRoles`: the template has no role \"ghost\"";
    // What is stored by then is no mistake, but a role that is not there still is.
    for (more, of_field) in [("--dry-run", 1), ("", 1), ("--dry-run", 0)] {
        let applied = workspace.line(&format!("templates apply {file} {more}"));
        assert_eq!(applied.code, Some(0), "{applied:?}");
        for (said, count) in [(field, of_field), (role, 1)] {
            assert_eq!(
                applied.err.matches(said).count(),
                count,
                "{more}: {applied:?}"
            );
        }
    }
}
