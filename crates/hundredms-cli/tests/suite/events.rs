//! Events: listening, forwarding, sending again, examples; and the log of requests.

use serde_json::{Value, json};

use crate::workspace::{Receiver, Running, Workspace, ran, server, status_of, wait_for};

#[test]
fn events_of_a_sandbox_are_printed_filtered_forwarded_and_sent_again() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let key = workspace.write("key.txt", "signing-key\n");
    let listening = Running::start(&mut workspace.command(&[
        "listen",
        "--forward-to",
        &receiver.url,
        "--events",
        "peer.*",
        "-H",
        "x-secret: abc",
        "--signing-key-file",
        &key,
    ]));
    listening.wait_err("Listening to the sandbox");
    workspace.room_with_peer("events");
    let out = listening.wait_out("peer.join.success");
    let event: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&event["type"], &event["forwarded"]["status"]),
        (&json!("peer.join.success"), &json!(200))
    );
    let posted = receiver.posted();
    let posted = posted
        .iter()
        .find(|posted| posted.body.contains("peer.join.success"))
        .unwrap();
    assert!(
        posted.head.contains("x-secret: abc") && posted.head.contains("x-100ms-signature:"),
        "{posted:?}"
    );
    assert!(!listening.out().contains("session.open"));

    let id = event["id"].as_str().unwrap();
    let resent = workspace.run(&["events", "resend", id]).json();
    assert_eq!(
        (&resent["event_id"], &resent["status"]),
        (&json!(id), &json!("delivered"))
    );
    wait_for("the event again", || {
        (listening.out().matches(id).count() > 1).then_some(())
    });
    assert_eq!(listening.end("-INT"), Some(0));
    let gone = workspace.line("trigger peer.join.success");
    assert_eq!(gone.code, Some(1), "{gone:?}");
}

#[test]
fn an_event_is_sent_to_a_url_without_a_sandbox() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let mut command = workspace.bare(&[
        "trigger",
        "peer.join.success",
        "--set",
        "data.role=host",
        "--set",
        "data.peer.age=7",
        "--set",
        "id=my-event",
        "--to",
        &receiver.url,
        "-H",
        "x-secret: abc",
    ]);
    let sent = ran(command.env("HMS_BASE_URL", "https://api.100ms.live/v2")).json();
    assert_eq!(sent["forwarded"]["status"], 200);
    let posted = receiver.posted();
    let body: Value = serde_json::from_str(&posted[0].body).unwrap();
    assert_eq!(
        (&body["type"], &body["id"]),
        (&json!("peer.join.success"), &json!("my-event"))
    );
    assert_eq!(
        (&body["data"]["role"], &body["data"]["peer"]),
        (&json!("host"), &json!({"age": 7}))
    );
    assert!(body["data"]["room_id"].is_string(), "{body}");
    assert!(
        posted[0].head.contains("content-type: application/json")
            && posted[0].head.contains("x-secret: abc")
    );
    let refusing = Receiver::start(500);
    let failed = ran(&mut workspace.bare(&["trigger", "x", "--to", &refusing.url]));
    assert_eq!(failed.code, Some(1), "{failed:?}");
    assert!(failed.err.contains("answered 500"), "{failed:?}");
    let repeated = Receiver::start(204);
    let failed = ran(&mut workspace.bare(&["trigger", "x", "--to", &repeated.url]));
    assert_eq!(failed.code, Some(1), "{failed:?}");
    assert!(failed.err.contains("accepts only 200"), "{failed:?}");
}

#[test]
fn a_trigger_has_the_given_data_and_says_what_is_wrong() {
    let workspace = Workspace::new();
    let none = workspace.line("trigger peer.join.success");
    assert_eq!(none.code, Some(1), "{none:?}");
    assert!(
        none.err
            .contains("run `hundredms listen`, or give a URL with --to")
            && !none.err.contains("set_webhook"),
        "{none:?}"
    );
    let receiver = Receiver::start(200);
    let to = receiver.url.as_str();
    let trigger = ["trigger", "peer.join.success", "--to", to, "--data"];
    let given = [r#"{"a": 1, "b": {"c": 2}}"#, "--set", "data.b.c=3"];
    workspace.run(&[&trigger[..], &given].concat()).done();
    let body: Value = serde_json::from_str(&receiver.posted()[0].body).unwrap();
    assert_eq!(body["data"], json!({"a": 1, "b": {"c": 3}}));

    for to in [String::new(), format!(" --to {to}")] {
        let misspelt = workspace.line(&format!("trigger peer.joined.success{to}"));
        assert_eq!(misspelt.code, Some(2), "{misspelt:?}");
        let said =
            "error: unknown event type `peer.joined.success`; did you mean `peer.join.success`?";
        assert!(misspelt.err.starts_with(said), "{misspelt:?}");
        assert_eq!(misspelt.err.matches("did you mean").count(), 1);
    }
    for own in ["peer.joined.success --data {}", "order.paid"] {
        let sent = workspace.line(&format!("trigger {own} --to {to}"));
        assert_eq!(sent.code, Some(0), "{sent:?}");
        assert!(sent.err.contains("warning: unknown event type"), "{sent:?}");
    }
    // A type that is only similar may be one's own.
    let similar = workspace.line(&format!("trigger peer.joined --to {to}"));
    let said = "warning: unknown event type `peer.joined`; did you mean `peer.join.success`?";
    assert!(similar.err.contains(said), "{similar:?}");
    let other_name = workspace.line(&format!("trigger transcription.failed --to {to}"));
    assert_eq!((other_name.code, other_name.err.as_str()), (Some(0), ""));
    assert_eq!(receiver.posted().len(), 5);
    let misspelt = workspace.line("listen --events peer.*,peer.jon.*");
    assert_eq!(misspelt.code, Some(2), "{misspelt:?}");
    let said = "--events: unknown event type `peer.jon.*`; did you mean `peer.join.*`?";
    assert!(misspelt.err.contains(said), "{misspelt:?}");
    let events = "order.*,peer.*";
    let listening = Running::start(&mut workspace.command(&["listen", "--events", events]));
    listening.wait_err("Listening to the sandbox");
    assert_eq!(listening.err().matches("unknown event type").count(), 1);
    assert_eq!(listening.end("-INT"), Some(0));
    let unknown = workspace.line("events resend none");
    assert!(unknown.err.contains("has sent no event"), "{unknown:?}");
    let status = workspace.line("logs --no-follow --status 4");
    assert_eq!(status.code, Some(2), "{status:?}");
}

#[test]
fn a_delivery_of_a_sandbox_that_fails_is_an_error() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("refused");
    let refusing = Receiver::start(500);
    workspace.control("set_webhook", json!({"url": refusing.url}));
    let failed = workspace.run(&[
        "trigger",
        "peer.join.success",
        "--set",
        "id=refused",
        "--room-id",
        &room,
    ]);
    assert_eq!(failed.code, Some(1), "{failed:?}");
    let shown: Value = serde_json::from_str(&failed.out).unwrap();
    assert_eq!(
        (&shown["event_id"], &shown["response_status"]),
        (&json!("refused"), &json!(500))
    );
    assert!(failed.err.contains("was not delivered"), "{failed:?}");
    let again = workspace.line("events resend refused");
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("was not delivered"), "{again:?}");
    let receiver = Receiver::start(200);
    workspace.control("set_webhook", json!({"url": receiver.url}));
    let delivered = workspace.line("events resend refused");
    assert_eq!(delivered.code, Some(0), "{delivered:?}");
}

#[test]
fn an_event_without_a_room_is_sent_again_as_it_was() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    workspace.control("set_webhook", json!({"url": receiver.url}));
    let sent = workspace.line("trigger peer.join.success").json();
    let id = sent["event_id"].as_str().unwrap();
    let resent = workspace.run(&["events", "resend", id]).json();
    assert_eq!(
        (&resent["event_id"], &resent["status"]),
        (&json!(id), &json!("delivered"))
    );
    let posted = receiver.posted();
    assert_eq!(posted.len(), 2);
    let bodies: Vec<Value> = posted
        .iter()
        .map(|posted| serde_json::from_str(&posted.body).unwrap())
        .collect();
    assert_eq!(bodies[0], bodies[1]);
}

#[test]
fn an_event_of_a_room_is_sent_again_to_the_webhook_of_the_room() {
    let workspace = Workspace::new();
    let (of_room, of_workspace) = (Receiver::start(200), Receiver::start(200));
    workspace.control("set_webhook", json!({"url": of_workspace.url}));
    let webhook = format!("webhook.url={}", of_room.url);
    let create = ["rooms", "create", "--name", "own", "--set", &webhook];
    let room = workspace.run(&create).json();
    let room = room["id"].as_str().unwrap();
    let trigger = ["trigger", "peer.join.success", "--room-id", room];
    let sent = workspace.run(&trigger).json();
    let id = sent["event_id"].as_str().unwrap();
    workspace.run(&["events", "resend", id]).json();
    assert_eq!(
        (of_room.posted().len(), of_workspace.posted().len()),
        (2, 0)
    );
}

#[test]
fn a_misspelt_field_of_an_event_is_refused() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    workspace.control("set_webhook", json!({"url": receiver.url}));
    let said = "has no field `rolle`: did you mean `role`?";
    let to = format!(
        "trigger peer.join.success --set data.rolle=host --to {}",
        receiver.url
    );
    for line in ["trigger peer.join.success --set data.rolle=host", &to] {
        let misspelt = workspace.line(line);
        assert_ne!(misspelt.code, Some(0), "{misspelt:?}");
        assert!(misspelt.err.contains(said), "{misspelt:?}");
    }
    assert!(receiver.posted().is_empty());
    let known = workspace.line("trigger peer.join.success --set data.role=host --set data.mine=1");
    assert_eq!(known.code, Some(0), "{known:?}");
}

#[test]
fn an_event_takes_no_request_to_the_sandbox_but_its_own() {
    let workspace = Workspace::new();
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let shared = std::sync::Arc::clone(&seen);
    let sandbox = server(move |request| {
        let path = request
            .head
            .split(' ')
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        shared.lock().expect("no panic").push(path);
        let delivery =
            json!({ "event_id": "e", "status": "delivered", "attempts": [{ "status": 200 }] });
        (
            200,
            json!({ "event_id": "e", "deliveries": [delivery] }).to_string(),
        )
    });
    let trigger = [
        "trigger",
        "peer.join.success",
        "--set",
        "data.role=host",
        "--sandbox",
        &sandbox,
    ];
    let sent = workspace.run(&trigger);
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let seen = seen.lock().expect("no panic").clone();
    let controls = [
        "health",
        "send_webhook",
        "settle_webhooks",
        "webhook_deliveries",
    ];
    assert_eq!(seen, controls.map(|name| format!("/_sandbox/{name}")));
}

#[test]
fn only_the_sandbox_can_send_events_to_listen() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let header = workspace.write("header.txt", "x-secret: abc\n");
    let listening = Running::start(&mut workspace.command(&[
        "listen",
        "--forward-to",
        &receiver.url,
        "-H",
        &format!("@{header}"),
    ]));
    listening.wait_err("Listening to the sandbox");
    workspace.control("send_webhook", json!({ "type": "real.event" }));
    listening.wait_out("real.event");
    let deliveries = workspace.control("webhook_deliveries", json!({}));
    let url = deliveries["deliveries"][0]["url"].as_str().unwrap();
    let path = &url[url.rfind('/').unwrap()..];
    assert!(path.len() > 20, "{url}");

    let forged = r#"{"type": "forged.event", "id": "1"}"#;
    let large = format!(
        "{{\"type\": \"forged.event\", \"x\": \"{}\"}}",
        "x".repeat(1 << 20)
    );
    let request = |method: &str, path: &str, kind: &str, body: &str| {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let json = "application/json";
    for (method, path, kind) in [
        ("POST", "/", json),
        ("POST", "/events", json),
        ("POST", &path[..path.len() - 1], json),
        ("PUT", path, json),
        ("POST", path, "text/plain"),
        ("POST", path, "application/x-www-form-urlencoded"),
    ] {
        let refused = status_of(url, &request(method, path, kind, forged));
        assert_eq!(refused, Some(404), "{method} {path} {kind}");
    }
    let refused = status_of(url, &request("POST", path, json, &large));
    assert!(matches!(refused, None | Some(413)), "{refused:?}");
    let refused = status_of(url, &request("POST", path, json, "[]"));
    assert_eq!(refused, Some(400));
    workspace.control("send_webhook", json!({ "type": "last.event" }));
    let out = listening.wait_out("last.event");
    assert!(!out.contains("forged.event"), "{out}");
    let posted = receiver.posted();
    assert_eq!(posted.len(), 2, "{posted:?}");
    for posted in posted {
        assert!(posted.head.contains("x-secret: abc"), "{posted:?}");
        assert!(!posted.head.contains("x-hundredms-listen"), "{posted:?}");
    }
    assert!(!listening.err().contains("warning"));
    assert_eq!(listening.end("-INT"), Some(0));
}

#[test]
fn a_header_on_the_command_line_is_warned_of() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let to = ["trigger", "peer.join.success", "--to", &receiver.url, "-H"];
    let file = workspace.write("headers.txt", "x-one: 1\n\nx-two: 2\n");
    let quiet = ran(&mut workspace.bare(&[&to[..], &[&format!("@{file}")]].concat()));
    assert_eq!((quiet.code, quiet.err.as_str()), (Some(0), ""), "{quiet:?}");
    let posted = receiver.posted();
    assert!(
        posted[0].head.contains("x-one: 1") && posted[0].head.contains("x-two: 2"),
        "{posted:?}"
    );
    let warned = ran(&mut workspace.bare(&[&to[..], &["x-one: 1"]].concat()));
    assert_eq!(warned.code, Some(0), "{warned:?}");
    assert!(
        warned
            .err
            .contains("--header is visible in the process list"),
        "{warned:?}"
    );
    let missing = ran(&mut workspace.bare(&[&to[..], &["@none.txt"]].concat()));
    assert_eq!(missing.code, Some(1), "{missing:?}");
}

#[test]
fn listen_ends_only_its_own_webhook() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let listening = Running::start(&mut workspace.command(&["listen"]));
    listening.wait_err("Listening to the sandbox");
    workspace.control("set_webhook", json!({"url": receiver.url}));
    assert_eq!(listening.end("-INT"), Some(0));
    assert_eq!(workspace.line("trigger peer.join.success").code, Some(0));
    assert_eq!(receiver.posted().len(), 1);

    // The dashboard changes the URL alone, and keeps the headers.
    let listening = Running::start(&mut workspace.command(&["listen"]));
    listening.wait_err("Listening to the sandbox");
    let request = workspace.control("webhook_request", json!({"event": {"type": "x"}}));
    let headers = json!({"x-hundredms-listen": request["headers"]["x-hundredms-listen"]});
    workspace.control(
        "set_webhook",
        json!({"url": receiver.url, "headers": headers}),
    );
    assert_eq!(listening.end("-INT"), Some(0));
    assert_eq!(workspace.line("trigger peer.join.success").code, Some(0));
    let posted = receiver.posted();
    assert_eq!(posted.len(), 2);
    assert!(posted[1].head.contains("x-hundredms-listen"), "{posted:?}");
}

#[test]
#[cfg(target_os = "linux")] // for env of GNU
fn listen_ends_when_its_terminal_does_unless_it_ignores_that() {
    let workspace = Workspace::new();
    // Whoever runs the tests may ignore the signal, and processes inherit that.
    let mut usual = std::process::Command::new("env");
    let program = env!("CARGO_BIN_EXE_hundredms");
    usual
        .args(["--default-signal=HUP", program, "listen"])
        .env("HOME", &workspace.home)
        .envs(workspace.variables());
    let listening = Running::start(&mut usual);
    listening.wait_err("Listening to the sandbox");
    assert_eq!(listening.end("-HUP"), Some(0));
    let gone = workspace.line("trigger peer.join.success");
    assert!(gone.err.contains("webhook"), "{gone:?}");
    assert_eq!(gone.code, Some(1), "{gone:?}");

    let mut ignoring = std::process::Command::new("sh");
    let script = format!("trap '' HUP; exec {program} listen");
    ignoring
        .args(["-c", &script])
        .env("HOME", &workspace.home)
        .envs(workspace.variables());
    let listening = Running::start(&mut ignoring);
    listening.wait_err("Listening to the sandbox");
    listening.signal("-HUP");
    workspace.control("send_webhook", json!({ "type": "peer.join.success" }));
    listening.wait_out("peer.join.success");
    assert_eq!(listening.end("-INT"), Some(0));
}

#[test]
fn the_history_is_followed_and_forwarded() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let room = workspace.room_with_peer("history");
    let deliveries = Receiver::start(200);
    workspace.control("set_webhook", json!({"url": deliveries.url}));
    let listening = Running::start(&mut workspace.command(&[
        "listen",
        "--history",
        "--forward-to",
        &receiver.url,
        "--room-id",
        &room,
        "-H",
        "x-secret: abc",
    ]));
    listening.wait_err("Reading the history");
    wait_for("the first look", || {
        let requests = workspace.sandbox.requests();
        let looks = requests.iter().filter(|request| {
            request.operation.as_deref() == Some("analytics.list_webhook_events")
        });
        (looks.count() > 1).then_some(())
    });
    let other = workspace.room_with_peer("another");
    workspace.control(
        "join_peer",
        json!({"room_id": room, "role": "guest", "user_id": "bob"}),
    );
    workspace.control("settle_webhooks", json!({}));
    let out = listening.wait_out("bob");
    assert!(!out.contains(&other), "{out}");
    let posted = wait_for("the event", || {
        receiver
            .posted()
            .into_iter()
            .find(|posted| posted.body.contains("bob"))
    });
    assert!(
        posted.head.contains("x-secret: abc")
            && posted.head.contains("content-type: application/json"),
        "{posted:?}"
    );
    assert_eq!(listening.end("-INT"), Some(0));
}

#[test]
fn requests_of_a_sandbox_are_listed_and_followed() {
    let workspace = Workspace::new();
    workspace.line("rooms create --name one").done();
    workspace.line("rooms get none");
    let all = workspace.line("logs --no-follow").lines();
    assert_eq!(all.len(), 2);
    let failed = workspace.line("logs --no-follow --status 4xx").lines();
    assert_eq!(
        (failed.len(), &failed[0]["operation"]),
        (1, &json!("rooms.get"))
    );
    assert_eq!(
        workspace
            .line("logs --no-follow --operation sessions.*")
            .lines()
            .len(),
        0
    );
    let following = Running::start(&mut workspace.command(&["logs", "--method", "post"]));
    following.wait_out("rooms.create");
    workspace.line("templates create --name t");
    following.wait_out("templates.create");
    assert!(!following.out().contains("rooms.get"));
    assert_eq!(following.end("-INT"), Some(0));
}

#[test]
fn each_of_many_requests_is_printed_once() {
    let workspace = Workspace::new();
    let following = Running::start(&mut workspace.command(&["logs", "--path", "/v2/none-"]));
    let url = workspace.sandbox.base_url();
    let send = |name: String| {
        let request = format!("GET /v2/none-{name} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
        status_of(&url, &request).expect("a response");
    };
    let send = &send;
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || {
                for number in 0..250 {
                    send(format!("{thread}-{number}-"));
                }
            });
        }
    });
    following.wait_out("/v2/none-");
    // As many as before the log is cleared would look like no change.
    workspace.control("clear_requests", json!({}));
    for number in 0..1000 {
        send(format!("cleared-{number}-"));
    }
    let out = following.wait_out("none-cleared-999-");
    let mut paths: Vec<String> = out
        .lines()
        .map(|line| {
            let request: Value = serde_json::from_str(line).expect("a request");
            request["path"].as_str().expect("a path").to_owned()
        })
        .collect();
    let printed = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), printed, "a line was repeated");
    let cleared = paths.iter().filter(|path| path.contains("cleared"));
    assert_eq!(cleared.count(), 1000);
    assert_eq!(following.end("-INT"), Some(0));
}

#[test]
fn a_sandbox_starts_with_a_seed_and_ends_by_a_signal() {
    let workspace = Workspace::new();
    let seed = workspace.write("seed.json", r#"[{"seed": {"rooms": 12}}]"#);
    let running = Running::start(&mut workspace.bare(&[
        "sandbox",
        "--port",
        "0",
        "--seed",
        &seed,
        "--access-key",
        "mine",
        "--dashboard",
    ]));
    let out = running.wait_out("export HMS_SECRET=");
    let exported = |name: &str| {
        let line = out
            .lines()
            .find_map(|line| line.strip_prefix(&format!("export {name}=")));
        line.unwrap_or_else(|| panic!("{out}")).to_owned()
    };
    let page = out
        .lines()
        .find_map(|line| line.strip_prefix("Dashboard: "));
    let page =
        ran(std::process::Command::new("curl").args(["-s", "--compressed", page.expect("a URL")]));
    assert!(page.out.contains("<html"), "{page:?}");
    let mut command = workspace.bare(&["rooms", "list", "-q"]);
    for name in [
        "HMS_BASE_URL",
        "HMS_AUTH_URL",
        "HMS_ACCESS_KEY",
        "HMS_SECRET",
    ] {
        command.env(name, exported(name));
    }
    assert_eq!(ran(&mut command).done().lines().count(), 12);
    assert_eq!(running.end("-TERM"), Some(0));
    let wrong = workspace.write("wrong.json", r#"[{"sed": {}}]"#);
    let refused = ran(&mut workspace.bare(&["sandbox", "--port", "0", "--seed", &wrong]));
    assert_eq!(refused.code, Some(1), "{refused:?}");
}

#[test]
fn an_event_that_cannot_be_made_or_sent_is_refused_at_once() {
    let workspace = Workspace::new();
    let data = workspace.line("trigger peer.join.success --set data=5 --to 3999");
    assert_eq!(data.code, Some(2), "{data:?}");
    assert!(data.err.contains("data.NAME=VALUE"), "{data:?}");
    // The service would be asked for its history first.
    let mut resend = workspace.command(&["events", "resend", "e"]);
    let refused = ran(resend.env("HMS_BASE_URL", "https://service.invalid/v2"));
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("--to is missing"), "{refused:?}");
}

#[test]
fn what_follows_ends_when_nobody_reads_it() {
    let workspace = Workspace::new();
    workspace.line("rooms create --name read").done();
    for line in ["logs", "listen"] {
        let script = format!(
            "{} {line} | true; echo \"${{PIPESTATUS[0]}}\"",
            env!("CARGO_BIN_EXE_hundredms")
        );
        let mut shell = std::process::Command::new("timeout");
        shell
            .args(["30", "bash", "-c", &script])
            .env("HOME", &workspace.home);
        for (name, value) in workspace.variables() {
            shell.env(name, value);
        }
        assert_eq!(ran(&mut shell).out, "0\n", "{line}");
        // A socket has no error then: it is hung up.
        let (reader, out) = std::os::unix::net::UnixStream::pair().expect("sockets");
        drop(reader);
        let mut command = workspace.command(&[line]);
        command.stdout(std::os::fd::OwnedFd::from(out));
        let mut running = command.spawn().expect("the command starts");
        let ended = wait_for("end", || running.try_wait().expect("a child"));
        assert_eq!(ended.code(), Some(0), "{line}");
    }
}
