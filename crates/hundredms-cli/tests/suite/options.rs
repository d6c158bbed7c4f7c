//! Options that all commands share: each command follows them or refuses them.

use serde_json::{Value, json};

use crate::workspace::{Receiver, Running, Workspace};

/// A workspace in which every command has something to print.
fn furnished() -> (Workspace, Vec<(String, &'static str)>) {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("options");
    let (session, asset) = workspace.recording(&room, 1000);
    let transcribed = transcribed(&workspace, &room);
    let receiver = Receiver::start(200);
    workspace.control("set_webhook", json!({ "url": receiver.url }));
    workspace.control("send_webhook", json!({ "type": "x", "id": "sent" }));
    workspace.control("settle_webhooks", json!({}));
    let secret = workspace.write("secret.txt", workspace.sandbox.secret());
    let key = workspace.sandbox.access_key();
    workspace
        .line(&format!(
            "login --no-check --access-key {key} --secret-file {secret}"
        ))
        .done();
    let token = workspace.line("token management").done();
    let token = workspace.write("token.txt", &token);
    let template = workspace.line("templates list --limit 1 -q").done();
    let template = template.trim();
    workspace
        .line(&format!("templates pull {template} class.json"))
        .done();
    let to = &receiver.url;
    let lines = vec![
        (format!("rooms get {room}"), "name"),
        ("rooms list".to_owned(), "name"),
        ("rooms create".to_owned(), "name"),
        ("rooms list --dry-run".to_owned(), "url"),
        (format!("rooms attendance {room}"), "attendees"),
        (format!("templates diff {template} class.json"), "changes"),
        (
            format!("recording-assets download {asset} --to a.mp4"),
            "path",
        ),
        (format!("attendance {session}"), "joins"),
        (format!("transcript {transcribed}"), "sentences"),
        ("config list".to_owned(), "name"),
        (format!("token decode @{token}"), "kind"),
        (format!("token check @{token}"), "kind"),
        ("trigger x".to_owned(), "event_id"),
        (format!("trigger x --to {to}"), "type"),
        ("events resend sent".to_owned(), "event_id"),
        (format!("events resend sent --to {to}"), "type"),
        ("logs --no-follow".to_owned(), "path"),
    ];
    (workspace, lines)
}

/// Record a room with a transcript, and return the id of the session.
fn transcribed(workspace: &Workspace, room: &str) -> String {
    let start = format!("recordings start {room} --meeting-url https://meet.example/x");
    let modes = "--set transcription.enabled=true --set transcription.output_modes=[\"json\"]";
    let started = workspace.line(&format!("{start} {modes}")).json();
    let id = started["id"].as_str().expect("an id");
    workspace.control("advance_clock", json!({ "seconds": 60 }));
    workspace.line(&format!("recordings stop {id}")).done();
    let wait = format!("recording-assets wait --recording-id {id}");
    workspace.line(&wait).done();
    started["session_id"].as_str().expect("an id").to_owned()
}

/// Assert that a value is an object that has this field alone.
fn has_only(field: &str, value: &Value, line: &str) {
    let fields = value.as_object().map(|fields| fields.keys().collect());
    let fields: Vec<_> = fields.unwrap_or_default();
    assert_eq!(fields, [field], "{line}: {value}");
}

#[test]
fn every_command_that_prints_items_follows_the_options_of_the_output() {
    let (workspace, lines) = furnished();
    for (line, field) in &lines {
        follows(&workspace, line, field);
    }
    // Its clock is right.
    follows(&Workspace::new(), "doctor", "check");
}

/// Assert that a command whose items have this field follows the options of the output.
fn follows(workspace: &Workspace, line: &str, field: &str) {
    let chosen = workspace.line(&format!("{line} --fields {field}")).lines();
    assert!(!chosen.is_empty(), "{line}");
    for item in &chosen {
        has_only(field, item, line);
    }

    let indented = workspace
        .line(&format!("{line} --json --fields {field}"))
        .done();
    assert!(indented.contains("\n  "), "{line}: {indented}");
    match serde_json::from_str(&indented).expect("JSON") {
        Value::Array(items) => items.iter().for_each(|item| has_only(field, item, line)),
        item => has_only(field, &item, line),
    }

    let quiet = workspace
        .line(&format!("{line} --quiet --fields {field}"))
        .done();
    assert!(!quiet.contains(&format!("\"{field}\":")), "{line}: {quiet}");

    let misspelt = workspace.line(&format!("{line} --fields {field}_"));
    assert_eq!(misspelt.code, Some(2), "{line}: {misspelt:?}");
    assert_eq!(misspelt.out, "", "{line}: {misspelt:?}");
    assert!(
        misspelt.err.contains(&format!("no field `{field}_`")),
        "{line}: {misspelt:?}"
    );
}

#[test]
fn quiet_prints_ids_or_says_that_there_are_none() {
    let (workspace, lines) = furnished();
    let without_id = ["rooms list --dry-run", "transcript", "logs"];
    for (line, _) in &lines {
        let quiet = workspace.line(&format!("{line} --quiet"));
        if without_id.iter().any(|start| line.starts_with(start)) {
            assert_eq!((quiet.code, quiet.out.as_str()), (Some(2), ""), "{line}");
            assert!(quiet.err.contains("--quiet"), "{line}: {quiet:?}");
        } else {
            let ids = quiet.done();
            assert!(!ids.is_empty() && !ids.contains('{'), "{line}: {ids}");
        }
    }
}

#[test]
fn quiet_shows_no_progress() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("waited");
    let start = ["recordings", "start", &room, "-q"];
    let id = workspace.run(&start).done();
    let wait = ["recordings", "wait", id.trim(), "--timeout", "2s"];
    let shown = workspace.run(&wait);
    assert!(shown.err.starts_with("recordings.wait: "), "{shown:?}");
    let quiet = workspace.run(&[&wait[..], &["-q"]].concat());
    assert_eq!(quiet.code, Some(12), "{quiet:?}");
    assert!(quiet.err.starts_with("error: "), "{quiet:?}");
}

#[test]
fn an_option_that_a_command_cannot_follow_is_refused() {
    let workspace = Workspace::new();
    for (line, said) in [
        ("rooms list --curl --json", "--curl"),
        ("rooms list --curl --fields id", "--curl"),
        ("rooms list --curl --quiet", "--curl"),
        ("rooms list --curl --dry-run", "--curl"),
        ("rooms list --dry-run --quiet", "--fields"),
        ("rooms list --fields ,", "--fields"),
        ("attendance ID --csv --json", "--csv"),
        ("attendance ID --csv --quiet", "--csv"),
        ("attendance ID --csv --fields nmaes", "names"),
        ("transcript ID --srt --json", "--srt"),
        ("transcript ID --vtt --quiet", "--vtt"),
        ("transcript ID --text --fields words", "--text"),
        ("listen --fields typ", "type"),
        ("listen --fields forwarded", "forwarded"),
        ("listen --show-answers", "--forward-to"),
        ("listen --header @none", "--forward-to"),
        ("listen --since 2h", "--history"),
        ("logs --body --fields path", "--body"),
        ("trigger x --to 1 --profile none", "--profile"),
        ("token decode x --profile none", "--profile"),
        ("config use none --profile none", "--profile"),
        ("config list --profile none", "--profile"),
        ("config path --profile none", "--profile"),
        ("completions bash --profile none", "--profile"),
        ("--profile none man", "--profile"),
        ("sandbox --profile none", "--profile"),
        // No command but those that print items has options of the output, and only operations show their request.
        ("token management --json", "--json"),
        ("config path --quiet", "--quiet"),
        ("export rooms --to x.csv --fields id", "--fields"),
        ("templates pull ID --json", "--json"),
        ("recordings wait ID --dry-run", "--dry-run"),
        ("trigger x --curl", "--curl"),
    ] {
        let refused = workspace.line(line);
        assert_eq!(
            (refused.code, refused.out.as_str()),
            (Some(2), ""),
            "{line}: {refused:?}"
        );
        assert!(refused.err.contains(said), "{line}: {refused:?}");
    }
    assert!(workspace.sandbox.requests().is_empty());
}

#[test]
fn listen_and_logs_print_as_lists_do_while_they_run() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let to = receiver.url.as_str();
    let listen = |options: &[&str]| {
        let listening = Running::start(&mut workspace.command(&[&["listen"], options].concat()));
        listening.wait_err("Listening to the sandbox");
        for id in ["one", "two"] {
            let event = json!({ "type": "peer.join.success", "id": id, "fields": { "role": id } });
            workspace.control("send_webhook", event);
        }
        listening
    };
    let fields = "id,data.role,forwarded.status";
    let listening = listen(&["--forward-to", to, "--fields", fields]);
    let out = listening.wait_out("two");
    assert_eq!(
        out.lines().next(),
        Some(r#"{"id":"one","data.role":"one","forwarded.status":200}"#)
    );
    assert_eq!(listening.end("-INT"), Some(0));

    let listening = listen(&["--quiet"]);
    listening.wait_out("one\ntwo\n");
    assert_eq!(listening.end("-INT"), Some(0));

    let listening = listen(&["--json", "--fields", "id"]);
    listening.wait_out("two");
    let out = listening.end_with_output("-INT");
    let events: Value = serde_json::from_str(&out).expect("a list");
    assert_eq!(events, json!([{"id": "one"}, {"id": "two"}]));

    let following =
        Running::start(&mut workspace.command(&["logs", "-q", "--fields", "path,status"]));
    workspace.line("rooms get none");
    following.wait_out("/v2/rooms/none\t404\n");
    assert_eq!(following.end("-INT"), Some(0));
    let nothing = workspace
        .line("logs --no-follow --json --status 5xx")
        .json();
    assert_eq!(nothing, json!([]));
}
