//! Events: listening, forwarding, sending again, examples; and the log of requests.

use serde_json::{Value, json};

use crate::workspace::{Receiver, Running, Workspace, ran, wait_for};

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
