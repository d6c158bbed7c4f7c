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
    start_in(arguments, &[])
}

/// Start the command with these variables in its environment.
fn start_in(arguments: &[&str], variables: &[(&str, &str)]) -> (Child, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hundredms-sandbox"))
        .args(arguments)
        .envs(variables.iter().copied())
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

#[tokio::test]
async fn it_prints_the_url_of_the_dashboard_when_asked() {
    let (command, lines) = start(&["--port", "0", "--dashboard"]);
    let url = lines
        .iter()
        .find_map(|line| line.strip_prefix("Dashboard: "));
    let page = http::client().get(url.expect("its URL")).send().await;
    assert_eq!(page.expect("the page").status(), 200);
    assert_eq!(signalled("-TERM", command), Some(0));
    let (command, lines) = start(&["--port", "0"]);
    assert!(lines.iter().all(|line| !line.contains("token=")));
    assert_eq!(signalled("-TERM", command), Some(0));
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

/// The head of the next request that comes to `receiver`.
fn head_of_next(receiver: TcpListener) -> std::thread::JoinHandle<Vec<String>> {
    std::thread::spawn(move || {
        let (stream, _) = receiver.accept().expect("a connection");
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines
            .take_while(|line| !line.is_empty())
            .collect::<Vec<_>>()
    })
}

/// Have the command that printed these lines send a webhook.
async fn send_webhook(lines: &[String]) {
    let base = exported(lines, "HMS_BASE_URL").replace("/v2", "/_sandbox");
    let request = http::client().post(format!("{base}/send_webhook"));
    let arguments = json!({"type": "peer.join.success"});
    let answer = request.json(&arguments).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
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
    let listening = head_of_next(receiver);
    send_webhook(&lines).await;
    let head = listening.join().expect("a request");
    assert_eq!(head[0], "POST /in HTTP/1.1");
    for header in ["x-one: first", "x-two: second: half"] {
        assert!(head.iter().any(|line| line == header), "{head:?}");
    }
    assert_eq!(signalled("-TERM", command), Some(0));
}

#[tokio::test]
async fn secrets_of_webhooks_come_by_file_or_environment() {
    let folder = std::env::temp_dir().join(format!("hundredms-webhook-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let [headers, key] =
        [("headers", "\nx-one: first\n"), ("key", "signing-key\n")].map(|(name, contents)| {
            let file = folder.join(name);
            std::fs::write(&file, contents).expect("a file");
            file.to_str().expect("text").to_owned()
        });
    for from_file in [true, false] {
        let receiver = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/in", receiver.local_addr().expect("an address"));
        let mut arguments = vec!["--port", "0", "--webhook-url", url.as_str()];
        arguments.extend(["--webhook-header-file", headers.as_str()]);
        let mut variables = vec![];
        if from_file {
            arguments.extend(["--webhook-signing-key-file", key.as_str()]);
        } else {
            variables.push(("HMS_SANDBOX_WEBHOOK_SIGNING_KEY", "signing-key"));
        }
        let (command, lines) = start_in(&arguments, &variables);
        if let Ok(shown) = std::fs::read_to_string(format!("/proc/{}/cmdline", command.id())) {
            assert!(!shown.contains("first") && !shown.contains("signing-key\0"));
        }
        let listening = head_of_next(receiver);
        send_webhook(&lines).await;
        let head = listening.join().expect("a request");
        assert!(head.iter().any(|line| line == "x-one: first"), "{head:?}");
        let signature = head
            .iter()
            .find_map(|line| line.strip_prefix("x-100ms-signature: "));
        assert!(signature.is_some_and(|it| it.len() == 64), "{head:?}");
        assert_eq!(signalled("-TERM", command), Some(0));
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn webhooks_that_cannot_be_sent_are_said_so_without_the_secret() {
    let url = "http://127.0.0.1/";
    for (arguments, problem) in [
        (
            vec!["--webhook-url", "https://a.example"],
            "the URL of a webhook must begin with http://; the sandbox does not support https",
        ),
        (
            vec!["--webhook-url", url, "--webhook-header", "hush"],
            "--webhook-header must be 'name: value'",
        ),
        (
            vec!["--webhook-url", url, "--webhook-header", "a b: hush"],
            "\"a b\" is not a valid header name",
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

/// Run the command to its end; gives its exit code and what it says on standard error.
fn fails(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hundredms-sandbox"))
        .args(arguments)
        .output()
        .expect("the command runs");
    let said = String::from_utf8(output.stderr).expect("text");
    (output.status.code(), said)
}

#[test]
fn a_port_that_is_in_use_is_named_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let said = format!(
        "hundredms-sandbox: port {port} at 127.0.0.1 is in use: set `--port` to another, or to 0 for a free one\n"
    );
    assert_eq!(fails(&["--port", &port]), (Some(1), said));
}

#[test]
fn what_is_wrong_with_the_options_takes_one_line() {
    for (arguments, problem) in [
        (&["--port", "70000"][..], "70000 is not in 0..=65535"),
        (&["--webhook-signing-key", "hush"], "--webhook-url <URL>"),
        (
            &["--webhook-signing-key-file", "/nowhere"],
            "--webhook-url <URL>",
        ),
        (
            &["--secret", "hush", "--secret-file", "f"],
            "cannot be used with",
        ),
        (&["--nonsense"], "--nonsense"),
        (
            &["--secret-file", "/nowhere/at/all"],
            "cannot read /nowhere/at/all",
        ),
        (&["--secret-file", "/dev/null"], "/dev/null is empty"),
        (
            &["--port", "0", "--allow-host", "http://a"],
            "a host to allow must be a name",
        ),
        (
            &["--port", "0", "--host", "192.0.2.1"],
            "cannot listen at 192.0.2.1, port 0",
        ),
    ] {
        let (code, said) = fails(arguments);
        assert!(code.is_some_and(|code| code > 0), "{said}");
        assert!(
            said.starts_with("hundredms-sandbox: ") && said.contains(problem),
            "{said}"
        );
        assert!(
            said.lines().count() == 1 && !said.contains("hush"),
            "{said}"
        );
    }
}

#[test]
fn secrets_come_by_file_or_environment_and_do_not_show_in_the_list_of_processes() {
    let folder = std::env::temp_dir().join(format!("hundredms-sandbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("secret");
    std::fs::write(&file, "from a file\n").expect("a file");
    let (command, lines) = start(&["--port", "0", "--secret-file", file.to_str().expect("text")]);
    assert_eq!(exported(&lines, "HMS_SECRET"), "'from a file'");
    if let Ok(shown) = std::fs::read_to_string(format!("/proc/{}/cmdline", command.id())) {
        assert!(!shown.contains("from a file"));
    }
    assert_eq!(signalled("-TERM", command), Some(0));
    std::fs::remove_dir_all(&folder).expect("removed");

    let variables = [("HMS_SANDBOX_SECRET", "environmental")];
    let (command, lines) = start_in(&["--port", "0"], &variables);
    assert_eq!(exported(&lines, "HMS_SECRET"), "environmental");
    assert_eq!(signalled("-TERM", command), Some(0));
}

#[test]
fn a_secret_on_the_command_line_is_warned_of() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    for (option, value) in [
        ("--secret", "hush"),
        ("--webhook-header", "x: hush"),
        ("--webhook-signing-key", "hush"),
    ] {
        let url = ["--webhook-url", "http://127.0.0.1:1/"];
        let (_, said) = fails(&[&["--port", port.as_str(), option, value][..], &url].concat());
        let warning = format!(
            "hundredms-sandbox: warning: {option} is visible in the process list; use {option}-file\n"
        );
        assert!(
            said.starts_with(&warning) && said.matches("warning").count() == 1,
            "{said}"
        );
        assert!(!said.contains("hush"), "{said}");
    }
    let (_, said) = fails(&["--port", &port]);
    assert!(!said.contains("warning"), "{said}");
}

#[tokio::test]
async fn it_listens_where_it_is_told_and_says_when_it_is_up() {
    let (command, lines) = start(&["--port", "0", "--host", "127.0.0.3"]);
    let base = exported(&lines, "HMS_BASE_URL").replace("/v2", "");
    assert!(base.starts_with("http://127.0.0.3:"), "{base}");
    let health = http::client().get(format!("{base}/_sandbox/health"));
    assert_eq!(health.send().await.expect("an answer").status(), 200);
    assert_eq!(signalled("-TERM", command), Some(0));
}
