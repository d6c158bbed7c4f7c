//! Cassettes: what is recorded is played again, without a network and without secrets.

use std::path::PathBuf;

use hundredms::resources::rooms::{CreateRoom, RoomWebhook};
use hundredms::{CassetteMode, Client, ClientBuilder, ErrorKind, Phase};

use super::client_at;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;
const CANARY: &str = "canary-5f1c0b";

/// A file of its own for each test, removed at the end.
struct Tape(PathBuf);

impl Tape {
    fn new(name: &str) -> Self {
        let name = format!("hundredms-{}-{name}.json", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).expect("a cassette")
    }

    /// A client without a network.
    fn player(&self) -> Client {
        self.played_by(Client::builder())
    }

    fn played_by(&self, client: ClientBuilder) -> Client {
        client
            .base_url("http://127.0.0.1:9/v2")
            .cassette(&self.0, CassetteMode::Replay)
            .build()
            .expect("a client")
    }
}

impl Drop for Tape {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn what_was_recorded_is_played_in_order_by_operation_and_arguments() {
    let tape = Tape::new("order");
    let room = |id: &str| Reply::json(200, &ROOM.replace(r#""1""#, &format!("\"{id}\"")));
    let queue = Queue::start([
        room("1"),
        room("2"),
        room("1").with("x-request-id", "7"),
        Reply::json(429, r#"{"code":429,"message":"slow"}"#).with("retry-after", "0"),
        room("3"),
        Reply::json(404, r#"{"code":404,"message":"Room not found"}"#),
    ])
    .await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    for id in ["1", "2", "1", "3"] {
        assert_eq!(client.rooms().get(id).await.expect("a room").id, id);
    }
    let lost = client.rooms().get("4").await.expect_err("no room");

    let client = tape.player();
    for id in ["2", "1", "3", "1"] {
        assert_eq!(client.rooms().get(id).await.expect("a room").id, id);
    }
    let again = client.rooms().get("4").await.expect_err("no room");
    assert_eq!(
        (again.kind(), again.message()),
        (lost.kind(), lost.message())
    );
    let error = client
        .rooms()
        .get("1")
        .await
        .expect_err("the end of the tape");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error
            .message()
            .contains("no further response to GET /rooms/{room_id}"),
        "{error}"
    );
}

#[tokio::test]
async fn fields_that_no_definition_knows_leave_no_values_in_a_cassette() {
    let tape = Tape::new("extra");
    let queue = Queue::start([Reply::json(200, ROOM)]).await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    let get = |client: &Client| client.rooms().get("1").extra("otp", "hunter2");
    get(&client).await.expect("a room");
    assert!(tape.text().contains("otp=") && !tape.text().contains("hunter2"));
    get(&tape.player()).await.expect("a room");
}

#[tokio::test]
async fn a_call_that_was_cut_off_is_cut_off_again() {
    let tape = Tape::new("cut-off");
    let queue = Queue::start([Reply::Drop]).await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    let lost = client
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect_err("no answer");
    let again = tape
        .player()
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect_err("no answer");
    assert_eq!(lost.kind(), ErrorKind::AmbiguousOutcome);
    assert_eq!((again.kind(), again.phase()), (lost.kind(), lost.phase()));
}

#[tokio::test]
async fn other_arguments_find_nothing_on_the_tape() {
    let tape = Tape::new("other");
    let queue = Queue::start([Reply::json(200, ROOM)]).await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    client
        .rooms()
        .create(CreateRoom::new().name("a"))
        .await
        .expect("a room");
    let client = tape.player();
    let other = client.rooms().create(CreateRoom::new().name("b")).await;
    assert_eq!(
        other.expect_err("not recorded").kind(),
        ErrorKind::Configuration
    );
    client
        .rooms()
        .create(CreateRoom::new().name("a"))
        .await
        .expect("a room");
}

#[tokio::test]
async fn a_tape_is_readable_and_holds_no_secret() {
    let tape = Tape::new("secrets");
    let answer = ROOM.replace("\"region\"", &format!(r#""webhook":{{"url":"https://x.example","headers":{{"x-key":"{CANARY}"}}}},"new":"{CANARY}","region""#));
    let queue = Queue::start([Reply::json(200, &answer)]).await;
    let client = client_at(&queue.url())
        .token(format!("e30.e30.{CANARY}"))
        .cassette(&tape.0, CassetteMode::Record)
        .build()
        .expect("a client");
    let webhook = RoomWebhook::new("https://x.example").headers([("x-key", CANARY)]);
    let request = CreateRoom::new().name("n").webhook(webhook);
    client
        .rooms()
        .create(request.clone())
        .await
        .expect("a room");
    let text = tape.text();
    assert!(!text.contains(CANARY), "{text}");
    assert!(text.contains("\"x-key\": \"[redacted]\""), "{text}");
    assert!(text.contains("\"name\": \"n\""), "{text}");
    // The same call is found again although its secrets are not there.
    tape.player().rooms().create(request).await.expect("a room");
}

#[tokio::test]
async fn a_cassette_that_cannot_be_used_is_said_at_construction() {
    let tape = Tape::new("bad");
    let build = |json: String| {
        Client::builder()
            .keys("k", "s")
            .options(json.as_bytes())?
            .build()
    };
    let json =
        |mode: &str| serde_json::json!({"cassette": {"path": tape.0, "mode": mode}}).to_string();
    let error = build(json("replay")).expect_err("no file");
    assert!(error.message().contains("cannot be read"), "{error}");
    std::fs::write(&tape.0, "[]").expect("a file");
    let error = build(json("replay")).expect_err("another file");
    assert!(error.message().contains("is not a cassette"), "{error}");
    assert!(build(json("rewind")).is_err());
    build(json("record")).expect("a client");
    assert!(build(json("replay")).is_ok(), "an empty tape is whole");
}

#[tokio::test]
async fn times_are_played_as_they_were_spelled() {
    let tape = Tape::new("times");
    let body = ROOM.replace('}', r#","created_at":"2026-11-22T19:07:00.220Z"}"#);
    let queue = Queue::start([Reply::json(200, &body)]).await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    let (arguments, options) = (br#"{"room_id":"1"}"#, hundredms::CallOptions::default());
    let recorded = client.call("rooms.get", arguments, &options).await;
    let played = tape.player().call("rooms.get", arguments, &options).await;
    for answer in [recorded, played] {
        let answer = answer.expect("a room");
        let room: serde_json::Value = serde_json::from_slice(&answer.json).expect("JSON");
        assert_eq!(room["created_at"], "2026-11-22T19:07:00.220Z");
    }
}

#[tokio::test]
async fn of_queries_of_free_requests_what_is_known_to_be_harmless_is_recorded() {
    let tape = Tape::new("query");
    let queue = Queue::start([Reply::json(200, "{}")]).await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    let query = [
        ("page", "2"),
        ("access_token", CANARY),
        ("Signature", CANARY),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let options = hundredms::CallOptions::default();
    let asked = client.request("GET", "/new", &query, None, &options);
    assert_eq!(asked.await.expect("an answer").status, 200);
    let player = tape.player();
    let played = player.request("GET", "/new", &query, None, &options);
    assert_eq!(played.await.expect("an answer").status, 200);
    let text = tape.text();
    assert!(!text.contains(CANARY), "{text}");
    assert!(
        text.contains("page=2&access_token=[redacted]&[redacted]=[redacted]"),
        "{text}"
    );
}

#[tokio::test]
async fn calls_that_were_refused_are_played_each_by_itself() {
    let tape = Tape::new("refused");
    let refusal =
        |message: &str| Reply::json(401, &format!(r#"{{"code":401,"message":"{message}"}}"#));
    let queue = Queue::start(["a", "b", "c"].map(refusal)).await;
    let fixed = client_at(&queue.url()).token("no.real.token");
    let recorder = fixed.cassette(&tape.0, CassetteMode::Record).build();
    let mut client = recorder.expect("a client");
    for _ in ["recorded", "played"] {
        for message in ["a", "b", "c"] {
            let error = client.rooms().get("1").await.expect_err("refused");
            assert_eq!(
                (error.kind(), error.message(), error.attempts()),
                (ErrorKind::Authentication, message, 1)
            );
        }
        client = tape.player();
    }
}

#[tokio::test]
async fn a_call_that_waited_for_its_token_until_its_time_was_up_is_played_so() {
    let tape = Tape::new("queue");
    let queue = Queue::start([]).await;
    let recorder = client_at(&queue.url())
        .token_provider(std::future::pending::<Result<String, std::io::Error>>)
        .timeout(std::time::Duration::from_millis(20))
        .cassette(&tape.0, CassetteMode::Record)
        .build();
    let mut client = recorder.expect("a client");
    for _ in ["recorded", "played"] {
        let error = client.rooms().get("1").await.expect_err("no time");
        assert_eq!(
            (error.kind(), error.phase(), error.attempts()),
            (ErrorKind::Timeout, Some(Phase::Queue), 0)
        );
        client = tape.player();
    }
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn a_renewed_token_is_played_from_cassettes_of_before_too() {
    let tape = Tape::new("renewed");
    let queue = Queue::start([
        Reply::json(401, r#"{"code":401,"message":"Token validation error"}"#),
        Reply::json(200, ROOM),
    ])
    .await;
    let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let client = client.build().expect("a client");
    client.rooms().get("1").await.expect("a room");
    tape.player().rooms().get("1").await.expect("a room");

    // They did not say which attempts belong to one call.
    let mut before: serde_json::Value = serde_json::from_str(&tape.text()).expect("JSON");
    for exchange in before["exchanges"].as_array_mut().expect("exchanges") {
        let call = exchange
            .as_object_mut()
            .expect("an exchange")
            .remove("call");
        assert_eq!(call, Some(1.into()));
    }
    std::fs::write(&tape.0, before.to_string()).expect("a file");
    let player = tape.player();
    player.rooms().get("1").await.expect("a room");
    let error = player.rooms().get("1").await.expect_err("the end");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn what_gateways_say_in_words_is_played_again() {
    let tape = Tape::new("words");
    let long = "busy ".repeat(1000);
    let answer = |status, text: &str| Reply::json(status, text);
    let queue = Queue::start([
        answer(429, "retry after 3 seconds"),
        answer(503, "upstream is busy"),
        answer(502, &long),
        answer(502, "<html>oops</html>"),
        answer(404, ""),
    ])
    .await;
    let client = client_at(&queue.url()).max_retries(0);
    let client = client.cassette(&tape.0, CassetteMode::Record).build();
    let client = client.expect("a client");
    let mut recorded = Vec::new();
    for _ in 0..5 {
        recorded.push(client.rooms().get("1").await.expect_err("refused"));
    }
    assert_eq!(
        recorded[0].retry_after().map(|wait| wait.as_secs()),
        Some(3)
    );
    assert_eq!(recorded[1].message(), "upstream is busy");
    let player = tape.played_by(Client::builder().max_retries(0));
    for error in recorded {
        let again = player.rooms().get("1").await.expect_err("refused");
        assert_eq!(
            (again.message(), again.retry_after(), again.kind()),
            (error.message(), error.retry_after(), error.kind())
        );
    }
    assert!(tape.text().len() < 3000 && !tape.text().contains("oops"));
}

#[tokio::test]
async fn a_kept_connection_that_broke_is_played_again() {
    let tape = Tape::new("kept");
    let room = Reply::json(200, ROOM);
    let queue = Queue::start([room.clone(), Reply::Drop, room]).await;
    let client = client_at(&queue.url()).max_retries(0);
    let client = client.cassette(&tape.0, CassetteMode::Record).build();
    let client = client.expect("a client");
    for _ in 0..2 {
        client.rooms().get("1").await.expect("a room");
    }
    let player = tape.played_by(Client::builder().max_retries(0));
    for _ in 0..2 {
        player.rooms().get("1").await.expect("a room");
    }
    assert_eq!(queue.asked().len(), 3);
}

/// What a cassette says of one exchange, made with `call`.
async fn recorded<F: Future<Output = ()>>(reply: Reply, call: impl FnOnce(Client) -> F) -> String {
    static NUMBER: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let tape = Tape::new(&format!("leak-{number}"));
    let queue = Queue::start([reply]).await;
    let client = client_at(&queue.url()).max_retries(0);
    let client = client.cassette(&tape.0, CassetteMode::Record).build();
    call(client.expect("a client")).await;
    assert_eq!(queue.asked().len(), 1);
    tape.text()
}

#[tokio::test]
async fn a_refusal_leaves_its_code_and_plain_words_in_a_cassette() {
    for body in [
        format!(r#"{{"code":400,"message":"m","details":[{{"stream_key":"{CANARY}"}}]}}"#),
        format!(r#"{{"code":400,"message":"m","details":{{"secret":"{CANARY}"}}}}"#),
        format!(r#"{{"error":{{"token":"{CANARY}","password":"{CANARY}"}}}}"#),
        format!(r#"{{"message":"invalid url rtmp://x/{CANARY}"}}"#),
        format!(r#"{{"message":"m","session":"{CANARY}"}}"#),
        format!("bad token: Bearer {CANARY}"),
        format!("\u{feff}{{\"token\":\"{CANARY}\"}}"),
        format!("callback({{\"token\":\"{CANARY}\"}})"),
        format!("\"{CANARY}\""),
        format!("[\"{CANARY}\"]"),
        format!("<p>{CANARY}</p>"),
    ] {
        let reply = Reply::json(400, &body).with("x-request-id", format!("{CANARY}_"));
        let text = recorded(reply, async |client| {
            client.rooms().get("1").await.expect_err("refused");
        });
        let text = text.await;
        assert!(!text.contains("canary"), "{body}: {text}");
    }
}

#[tokio::test]
async fn a_free_request_leaves_its_shape_ids_and_states_in_a_cassette() {
    let bodies = [
        "auth", "pwd", "passwd", "pass", "pin", "bearer", "cookie", "sig", "sas", "otp", "code",
        "login", "dsn",
    ];
    let mut bodies: Vec<String> = bodies
        .iter()
        .map(|name| format!(r#"{{"a":[{{"{name}":{{"deep":["{CANARY}"]}}}}],"id":"1"}}"#))
        .collect();
    bodies.extend([
        format!("\"{CANARY}\""),
        format!("[\"{CANARY}\"]"),
        format!(r#"[{{"name":"authorization","value":"Bearer {CANARY}"}}]"#),
        format!(r#"{{"payload":"{{\"token\":\"{CANARY}\"}}"}}"#),
        format!(r#"{{"{CANARY}":1}}"#),
        r#"{"otp":5101}"#.to_owned(),
    ]);
    for body in bodies {
        let query = [
            ("sig".to_owned(), CANARY.to_owned()),
            ("limit".to_owned(), "10".to_owned()),
        ];
        let sent: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        let text = recorded(Reply::json(200, &body), async |client| {
            let path = format!("/x/token/{CANARY}");
            let options = hundredms::CallOptions::default();
            let asked = client.request("POST", &path, &query, Some(&sent), &options);
            asked.await.expect("an answer");
        });
        let text = text.await;
        assert!(
            !text.contains("canary") && !text.contains("5101"),
            "{body}: {text}"
        );
        assert!(text.contains("limit=10"), "{text}");
    }
}

#[tokio::test]
async fn the_url_of_a_webhook_leaves_host_and_path_in_a_cassette() {
    let url = format!("https://user:{CANARY}@h.example/x?secret={CANARY}#{CANARY}");
    let answer = ROOM.replace(
        "\"region\"",
        &format!(
            r#""webhook":{{"url":"{url}"}},"new":{{"otp":5101,"deep":{{"{CANARY}":1}}}},"{CANARY}":1,"region""#
        ),
    );
    let request = CreateRoom::new().name("n").webhook(RoomWebhook::new(url));
    let text = recorded(Reply::json(200, &answer), async |client| {
        client.rooms().create(request).await.expect("a room");
    });
    let text = text.await;
    assert!(!text.contains("canary") && !text.contains("5101"), "{text}");
    assert!(text.contains("https://h.example/x?[redacted]"), "{text}");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_leaves_its_shape_in_a_cassette() {
    let answer =
        format!(r#"{{"id":["{CANARY}"],"name":5101,"deep":{{"{CANARY}":[{{"{CANARY}":1}}]}}}}"#);
    let text = recorded(Reply::json(200, &answer), async |client| {
        client.rooms().get("1").await.expect_err("no room");
    });
    let text = text.await;
    assert!(!text.contains("canary") && !text.contains("5101"), "{text}");
    assert!(text.contains("\"deep\""), "{text}");
}

/// What the schemas call a secret, and room codes: replaced by a canary wherever a schema has one. Counts them.
#[cfg(feature = "schema")]
fn mark(
    value: &mut serde_json::Value,
    schema: &serde_json::Value,
    definitions: &Definitions,
) -> usize {
    use serde_json::Value;

    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return mark(value, &definitions[name], definitions);
    }
    if let Some(alternatives) = schema["anyOf"].as_array() {
        let inner = alternatives.iter().find(|inner| inner["type"] != "null");
        return inner.map_or(0, |inner| mark(value, inner, definitions));
    }
    if let Some(shapes) = schema["x-union"]["shapes"].as_array() {
        let word = value[schema["x-union"]["tag"].as_str().unwrap_or_default()].clone();
        let of_word = |shape: &&Value| {
            shape["words"]
                .as_array()
                .is_some_and(|words| words.contains(&word))
        };
        let shape = shapes.iter().find(of_word);
        return shape.map_or(0, |shape| mark(value, &shape["shape"], definitions));
    }
    match value {
        Value::String(text) if schema["x-secret"] == true => {
            // Addresses stay addresses: only what comes after the scheme is checked.
            let scheme = text
                .split_once("://")
                .map(|(scheme, _)| format!("{scheme}://x.example/"));
            *text = scheme.unwrap_or_default() + CANARY;
            1
        }
        Value::Array(items) => items
            .iter_mut()
            .map(|item| mark(item, &schema["items"], definitions))
            .sum(),
        Value::Object(fields) => fields
            .iter_mut()
            .map(|(name, value)| match value {
                Value::String(code) if ["code", "room_code"].contains(&name.as_str()) => {
                    CANARY.clone_into(code);
                    1
                }
                value => match &schema["properties"][name] {
                    Value::Null => mark(value, &schema["additionalProperties"], definitions),
                    inner => mark(value, inner, definitions),
                },
            })
            .sum(),
        _ => 0,
    }
}

#[cfg(feature = "schema")]
type Definitions = serde_json::Map<String, serde_json::Value>;

#[cfg(feature = "schema")]
#[tokio::test]
async fn no_secret_of_any_operation_is_in_a_cassette_and_each_is_played_again() {
    use serde_json::{Value, json};

    let mut generator = schemars::SchemaGenerator::default();
    let operations = hundredms::OperationSchema::all(&mut generator);
    let definitions = generator.take_definitions(true);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let options = hundredms::CallOptions::default();
    let (mut fields, mut in_operations) = (0, Vec::new());
    for operation in operations {
        let name = operation.info.name;
        let fixture = std::fs::read(folder.join(format!("{name}.json"))).expect("a fixture");
        let mut fixture: Value = serde_json::from_slice(&fixture).expect("JSON");
        let mut arguments = fixture["arguments"].take();
        let mut answer = fixture["answer"]["body"].take();
        let marked = mark(&mut arguments, operation.request.as_value(), &definitions)
            + mark(&mut answer, operation.answer.as_value(), &definitions);
        if marked == 0 {
            continue;
        }
        fields += marked;
        in_operations.push(name);
        let tape = Tape::new(name);
        let answer = if answer == json!(null) {
            String::new()
        } else {
            answer.to_string()
        };
        let queue = Queue::start([Reply::json(200, &answer)]).await;
        let client = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
        let client = client.build().expect("a client");
        let arguments = arguments.to_string();
        let made = client.call(name, arguments.as_bytes(), &options).await;
        made.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!tape.text().contains(CANARY), "{name}: {}", tape.text());
        let played = tape
            .player()
            .call(name, arguments.as_bytes(), &options)
            .await;
        played.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for name in [
        "room_codes.create",
        "room_codes.update",
        "room_codes.auth_token",
        "sip.call",
        "stream_keys.create",
        "external_streams.start",
        "recording_assets.presigned_url",
        "templates.update_settings",
        "rooms.create",
    ] {
        assert!(in_operations.contains(&name), "{name}: {in_operations:?}");
    }
    assert!(fields > 60, "{fields}");
}

#[tokio::test]
async fn a_room_code_of_an_answer_is_played_where_it_is_used_next() {
    let tape = Tape::new("code");
    let code = |enabled: bool| {
        format!(r#"{{"code":"abc-defg-hij","room_id":"1","role":"host","enabled":{enabled}}}"#)
    };
    let queue = Queue::start([
        Reply::json(200, &format!(r#"{{"data":[{}]}}"#, code(true))),
        Reply::json(200, &code(false)),
    ])
    .await;
    let recorder = client_at(&queue.url()).cassette(&tape.0, CassetteMode::Record);
    let mut client = recorder.build().expect("a client");
    for shown in ["abc-defg-hij", "[redacted]"] {
        let codes = client.room_codes().create("1").await.expect("codes");
        let code = &codes.data[0].code;
        assert_eq!(code, shown);
        let disabled = client.room_codes().disable(code).await.expect("a code");
        assert!(!disabled.enabled);
        client = tape.player();
    }
    assert!(!tape.text().contains("abc-defg-hij"), "{}", tape.text());
}
