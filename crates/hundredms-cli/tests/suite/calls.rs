//! Calls: arguments, pages, formats of the output.

use serde_json::{Value, json};

use hundredms_sandbox::{Fault, FaultEffect};

use crate::workspace::{Posted, Receiver, Workspace, ran};

#[test]
fn unknown_fields_are_refused_before_anything_is_changed() {
    let workspace = Workspace::new();
    let receiver = Receiver::start(200);
    let description = r#"{"name": "class", "roles": {"host": {"name": "host"}}}"#;
    let file = workspace.write("class.json", description);
    let to = receiver.url.as_str();
    for words in [
        &["rooms", "create", "--fields", "id,nmae"][..],
        &["rooms", "create-with-codes", "--fields", "nmae"],
        &["templates", "apply", &file, "--fields", "nmae"],
        &[
            "recording-assets",
            "download",
            "x",
            "--to",
            "new/",
            "--fields",
            "nmae",
        ],
        &["trigger", "peer.join.success", "--fields", "nmae"],
        &[
            "trigger",
            "peer.join.success",
            "--to",
            to,
            "--fields",
            "nmae",
        ],
    ] {
        let refused = workspace.run(words);
        assert_eq!(refused.code, Some(2), "{words:?}: {refused:?}");
        assert!(refused.err.contains("there is no field"), "{refused:?}");
        assert_eq!(refused.out, "", "{words:?}");
    }
    let guessed = workspace.line("rooms create --fields nmae");
    assert!(guessed.err.contains("did you mean `name`?"), "{guessed:?}");
    let sent = workspace.sandbox.requests();
    assert!(sent.is_empty(), "{sent:?}");
    assert!(receiver.posted().is_empty());
    assert!(!workspace.path("new").exists());
    let created = workspace
        .line("rooms create --name x --fields name,recording_info.enabled")
        .json();
    assert_eq!(
        created,
        json!({"name": "x", "recording_info.enabled": false})
    );
}

#[test]
fn a_list_that_fails_in_the_middle_is_json_nevertheless() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 250 }));
    let effect: FaultEffect = serde_json::from_value(json!({"status": 500})).unwrap();
    let fault = Fault::new(effect).operation("rooms.list").nth(2);
    workspace.sandbox.add_fault(&fault).unwrap();
    let failed = workspace.line("rooms list --json --max-retries 0");
    assert_eq!(failed.code, Some(11), "{failed:?}");
    let printed: Value = serde_json::from_str(&failed.out).expect("JSON");
    assert_eq!(printed.as_array().map(Vec::len), Some(100));
}

#[test]
fn a_list_ends_after_its_limit_over_pages_and_else_is_complete() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 250 }));
    let some = workspace.line("rooms list --limit 120").lines();
    assert_eq!(some.len(), 120);
    assert!(some[0]["id"].is_string() && some[0]["name"].is_string());
    let pages = workspace.sandbox.requests().len();
    assert_eq!(pages, 2);
    assert_eq!(workspace.line("rooms list").lines().len(), 250);
    assert_eq!(workspace.line("rooms list --limit 0").lines().len(), 0);
    let ids = workspace.line("rooms list --limit 3 --quiet").done();
    assert_eq!(
        ids.lines().collect::<Vec<_>>(),
        some[..3]
            .iter()
            .map(|room| room["id"].as_str().unwrap())
            .collect::<Vec<_>>()
    );
    let array = workspace.line("rooms list --limit 3 --json").json();
    assert_eq!(array.as_array().map(Vec::len), Some(3));
    assert_eq!(
        workspace.line("rooms list --name none --json").json(),
        json!([])
    );
    let few = workspace
        .line("rooms list --limit 1 --fields name,recording_info.enabled")
        .lines();
    assert_eq!(
        few[0]
            .as_object()
            .map(|fields| fields.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["name".to_owned(), "recording_info.enabled".to_owned()])
    );
    let wrong = workspace.line("rooms list --fields nmae");
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
    assert!(
        wrong.err.contains("there is no field `nmae`") && wrong.err.contains("name"),
        "{wrong:?}"
    );
}

#[test]
fn arguments_are_options_assignments_or_json() {
    let workspace = Workspace::new();
    let shown =
        |words: &[&str]| workspace.run(&[words, &["--dry-run"]].concat()).json()["body"].clone();
    let body = shown(&[
        "rooms",
        "create",
        "--name",
        "x",
        "--size",
        "5",
        "--large-room=false",
        "--polls",
        "a",
        "--polls",
        "b",
        "--set",
        "recording_info.enabled=true",
        "--set",
        "webhook.url=https://a.example/x=y",
        "--set",
        "description=17",
    ]);
    assert_eq!(
        body,
        json!({
            "name": "x", "size": 5, "large_room": false, "polls": ["a", "b"], "description": "17",
            "recording_info": {"enabled": true}, "webhook": {"url": "https://a.example/x=y"},
        })
    );
    let file = workspace.write("room.json", r#"{"name": "from-file", "size": 7}"#);
    let body = shown(&[
        "rooms",
        "create",
        "--data",
        &format!("@{file}"),
        "--size",
        "8",
    ]);
    assert_eq!(body, json!({"name": "from-file", "size": 8}));
    let url = workspace
        .run(&[
            "rooms",
            "list",
            "--enabled=false",
            "--after",
            "2026-01-31",
            "--dry-run",
        ])
        .json();
    let url = url["url"].as_str().unwrap();
    assert!(
        url.ends_with("/rooms?enabled=false&after=2026-01-31T00%3A00%3A00.000Z&limit=100"),
        "{url}"
    );
    let quoted = "rooms create --set name=\"1\" --set size=8 --dry-run --fields body";
    let quoted = workspace.line(quoted).json();
    assert_eq!(quoted["body"], json!({"name": "1", "size": 8}));
    assert!(workspace.sandbox.requests().is_empty());
    for (words, said) in [
        ("rooms create --size x", "--size: must be a whole number"),
        ("rooms list --after soon", "--after: must be a time"),
        ("rooms create --set x", "--set: must be PATH=VALUE"),
        ("rooms create --data [", "--data: is not JSON"),
        ("rooms creat", "unrecognized subcommand"),
        ("rooms create --nmae x", "--name"),
        ("rooms create --data room.json", "give @room.json"),
        ("rooms list --enabled false", "--enabled=false"),
    ] {
        let refused = workspace.line(words);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(said), "{words}: {refused:?}");
    }
}

#[test]
fn standard_input_is_data_and_a_closed_reader_ends_quietly() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 3000 }));
    let program = env!("CARGO_BIN_EXE_hundredms");
    let script = format!(
        "set -o pipefail; echo '{{\"name\":\"piped\"}}' | {program} rooms create --data - -q; {program} rooms list | head -n 1 | wc -l; echo \"${{PIPESTATUS[0]}}\""
    );
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &script]).env("HOME", &workspace.home);
    for (name, value) in workspace.variables() {
        shell.env(name, value);
    }
    let ran = ran(&mut shell);
    assert_eq!(ran.err, "");
    let lines: Vec<&str> = ran.out.lines().map(str::trim).collect();
    assert_eq!(
        (lines[0].len(), &lines[1..]),
        (24, &["1", "0"][..]),
        "{ran:?}"
    );
}

#[test]
fn a_request_is_shown_as_curl_without_token_and_secrets() {
    let workspace = Workspace::new();
    let data = json!({
        "name": "it's",
        "recording_info": {"upload_info": {"type": "s3", "location": "b", "credentials": {"key": "KEY-1", "secret": "SECRET-1"}}},
    });
    let refused = workspace.run(&["rooms", "create", "--curl", "--data", &data.to_string()]);
    assert_eq!(refused.code, Some(4), "{refused:?}");
    let data = data.to_string().replace("it's", "its");
    let text = workspace
        .run(&["rooms", "create", "--curl", "--data", &data])
        .done();
    assert!(text.contains("\ncurl -X POST http://127.0.0.1:"), "{text}");
    assert!(text.contains("Bearer $HMS_TOKEN"), "{text}");
    for secret in ["KEY-1", "SECRET-1", workspace.sandbox.secret(), "eyJ"] {
        assert!(!text.contains(secret), "{text}");
    }
    // It works as it is, with the variables that it names.
    let token = workspace.line("token management --for 10m").done();
    let shown = workspace.line("rooms create --name masked --set webhook.url=https://a.example/x --set webhook.headers.x-secret=abc --curl");
    let said = "Set these variables before you run it: HMS_WEBHOOK_HEADERS_X_SECRET (webhook.headers.x-secret).";
    assert!(shown.err.contains(said), "{shown:?}");
    let shell = || {
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", &shown.out])
            .env("HMS_TOKEN", token.trim());
        shell
    };
    let unset = ran(&mut shell());
    assert!(unset.code != Some(0) && unset.out.is_empty(), "{unset:?}");
    assert!(
        unset.err.contains("HMS_WEBHOOK_HEADERS_X_SECRET"),
        "{unset:?}"
    );
    let room = ran(shell().env("HMS_WEBHOOK_HEADERS_X_SECRET", "abc")).json();
    assert_eq!(room["webhook"]["headers"]["x-secret"], "abc", "{room}");
    let text = workspace.line("rooms list --limit 10 --curl").done();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &text]);
    let unset = ran(&mut shell);
    assert!(unset.code != Some(0) && unset.out.is_empty(), "{unset:?}");
    assert!(unset.err.contains("HMS_TOKEN"), "{unset:?}");
    let answer = ran(shell.env("HMS_TOKEN", token.trim()));
    let answer: Value = serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{answer:?}"));
    assert_eq!(answer["data"][0]["name"], "masked");
    // A call with a token of its own needs that one, and one to the auth host none.
    for (line, start) in [
        (
            "sip send-dtmf --auth-token a.b.c --digits 1 --curl",
            ": \"${HMS_CLIENT_TOKEN:?}\" &&\ncurl ",
        ),
        (
            "room-codes auth-token --set code=abc-defg-hij --curl",
            "curl ",
        ),
    ] {
        let text = workspace.line(line).done();
        assert!(text.starts_with(start), "{text}");
    }
}

#[test]
fn a_request_as_curl_is_the_one_of_the_call_whatever_its_texts_contain() {
    const TEXT: &str =
        "it's \"5\\n\" $HOME `id` !x [1-3]{a,b} 100% &<>\u{e9}\u{65e5}\u{1f600} #?;\n\tz";
    // Every control character, and the ends of lines of a key file from Windows.
    let secret: String = ('\u{1}'..'\u{20}').chain(TEXT.chars()).collect();
    let secret = format!("{secret}\\u0041\u{7f}\r\n\r\n");
    let workspace = Workspace::new();
    let receiver = Receiver::start(404);
    let data = json!({
        "description": TEXT,
        "recording_info": {"enabled": true, "upload_info": {
            "type": "s3", "location": "[redacted]", "prefix": "\"[redacted]",
            "credentials": {"key": "-\"-\\-", "secret": secret},
        }},
    });
    let data = data.to_string();
    for words in [
        &["rooms", "create", "--data", &data][..],
        &["rooms", "list", "--limit", "10", "--name", TEXT],
        &["rooms", "get", TEXT],
    ] {
        let at = |words: &[&str]| {
            let mut command = workspace.command(words);
            ran(command.env("HMS_BASE_URL", format!("{}/v2", receiver.url)))
        };
        at(words);
        let shown = at(&[words, &["--curl"]].concat());
        for shell in ["sh", "bash"] {
            let mut shell = std::process::Command::new(shell);
            let run = ran(shell
                .args(["-c", &shown.out])
                .env("HMS_TOKEN", "t")
                .env("HMS_RECORDING_INFO_UPLOAD_INFO_LOCATION", "[redacted]")
                .env("HMS_RECORDING_INFO_UPLOAD_INFO_CREDENTIALS_KEY", "-\"-\\-")
                .env("HMS_RECORDING_INFO_UPLOAD_INFO_CREDENTIALS_SECRET", &secret));
            assert_eq!(run.code, Some(0), "{shown:?} {run:?}");
        }
        let posted = receiver.posted();
        let (call, copies) = posted[posted.len() - 3..].split_first().expect("three");
        let line = |posted: &Posted| posted.head.lines().next().map(str::to_owned);
        for copy in copies {
            assert_eq!(line(copy), line(call), "{shown:?}");
            let body = |posted: &Posted| serde_json::from_str::<Value>(&posted.body).ok();
            assert_eq!(body(copy), body(call), "{shown:?} {copy:?}");
        }
    }
}

#[test]
fn a_value_that_is_misspelt_is_sent_with_one_warning() {
    let workspace = Workspace::new();
    let template = |name: &str, word: &str| {
        let role = json!({"name": "teacher", "publishParams": {"allowed": [word]}});
        let template = json!({"name": name, "roles": {"teacher": role}}).to_string();
        workspace.write("class.json", &template)
    };
    let create =
        |more: &str| workspace.line(&format!("templates create --data @class.json {more}"));
    let said = "hundredms: warning: roles.teacher.publishParams.allowed[0]: `aduio` is not a value that this version knows; did you \
                mean `audio`? It is sent as it is\n";
    template("class", "aduio");
    for more in ["", "--dry-run", "--curl"] {
        assert_eq!(create(more).err, said, "{more}");
    }
    template("other", "aduio");
    let applied = workspace.line("templates apply class.json");
    assert_eq!(applied.code, Some(0), "{applied:?}");
    assert_eq!(applied.err.matches(said).count(), 1, "{applied:?}");
    for word in ["audio", "whiteboard"] {
        template(word, word);
        assert_eq!(create("").err, "", "{word}");
    }
}

#[test]
fn tokens_are_created_decoded_and_checked() {
    let workspace = Workspace::new();
    let token = workspace
        .line("token auth room-1 host --user ada --for 2h")
        .done();
    let claims = workspace.run(&["token", "decode", token.trim()]).json();
    assert_eq!(
        (&claims["kind"], &claims["room_id"], &claims["user_id"]),
        (&json!("auth"), &json!("room-1"), &json!("ada"))
    );
    let time = |name: &str| {
        claims[name]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap()
    };
    let valid = time("expires_at")
        .duration_since(time("issued_at"))
        .as_secs();
    assert!((7200..7500).contains(&valid), "{valid}");
    assert_eq!(
        workspace.run(&["token", "check", token.trim()]).code,
        Some(0)
    );
    for line in [
        ["token", "auth", "", "host"].as_slice(),
        &["token", "auth", "room-1", ""],
        &["token", "auth", "room-1", "host", "--user", ""],
    ] {
        let empty = workspace.run(line);
        assert_eq!(empty.code, Some(4), "{empty:?}");
        assert!(empty.err.contains("must not be empty"), "{empty:?}");
    }
    let forged = workspace.run(&["token", "check", &format!("{}x", token.trim())]);
    assert_eq!(forged.code, Some(6), "{forged:?}");
    let none = workspace.line("token check none");
    assert_eq!(none.code, Some(4), "{none:?}");
    assert!(
        none.err.contains("hundredms token check --help"),
        "{none:?}"
    );
    let file = workspace.write("token.txt", &token);
    assert_eq!(
        workspace.run(&["token", "check", &format!("@{file}")]).code,
        Some(0)
    );
}

#[test]
fn what_is_wrong_with_json_and_numbers_is_said() {
    let workspace = Workspace::new();
    workspace.write("wrong.json", "{\"name\": x}");
    workspace.write("empty.json", "\u{feff} ");
    for (line, reason) in [
        (
            "rooms create --data @wrong.json",
            "--data: wrong.json is not JSON: expected value at line 1 column 10\n",
        ),
        (
            "templates apply wrong.json",
            "wrong.json is not JSON: expected value at line 1 column 10\n",
        ),
        (
            "rooms create --data @empty.json",
            "--data: empty.json is empty, not JSON\n",
        ),
        (
            "rooms create --data -",
            "--data: standard input is empty, not JSON\n",
        ),
        (
            "rooms create --data [",
            "; write JSON, @FILE, or - for standard input",
        ),
        (
            "rooms list --limit -1",
            "--limit: must be a whole number, 0 or more",
        ),
        (
            "export rooms --to x.csv --limit 1.5",
            "--limit: must be a whole number, 0 or more",
        ),
    ] {
        let refused = workspace.line(line);
        assert_eq!(refused.code, Some(2), "{line}: {refused:?}");
        assert!(refused.err.contains(reason), "{line}: {refused:?}");
    }
}

#[test]
fn a_secret_that_is_assigned_on_the_command_line_is_warned_of() {
    let workspace = Workspace::new();
    let file = workspace.write("password.txt", "hush\n");
    let password = format!("password=@{file}");
    let trunk = [
        "sip",
        "create-trunk",
        "--set",
        &password,
        "--set",
        "username=u",
    ];
    let rest = [
        "--address",
        "sip.example.com",
        "--from",
        "+4930123456",
        "--dry-run",
    ];
    let shown = workspace.run(&[&trunk[..], &rest].concat());
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.err.contains("--set username is visible"), "{shown:?}");
    assert!(!shown.err.contains("--set password"), "{shown:?}");
    assert!(!format!("{shown:?}").contains("hush"), "{shown:?}");
}
