//! The victim in Rust: everything runs on one thread, so that each delay affects everything else.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use hundredms::resources::external_streams::StartExternalStream;
use hundredms::resources::recording_assets::PresignRecordingAsset;
use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::{CreateRoom, GetRoom, RoomWebhook};
use hundredms::{CallOptions, CassetteMode, Client, ClientBuilder, Secret};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::shell::BoxError;

pub(super) fn run(what: &str, told: &Value) -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let said = match what {
        "late" => runtime.block_on(late(told))?,
        "burst" => runtime.block_on(burst(told))?,
        "show" => runtime.block_on(show(told))?,
        "record" => runtime.block_on(record(told))?,
        _ => return Err(format!("nothing is known of {what}").into()),
    };
    println!("{said}");
    Ok(())
}

fn text<'a>(told: &'a Value, name: &str) -> &'a str {
    told[name].as_str().unwrap_or_default()
}

fn number(told: &Value, name: &str) -> usize {
    let number = told[name].as_u64().unwrap_or_default();
    number.try_into().unwrap_or_default()
}

fn seconds(told: &Value, name: &str) -> Duration {
    Duration::from_secs_f64(told[name].as_f64().unwrap_or_default())
}

fn milliseconds(time: Duration) -> u64 {
    time.as_millis().try_into().unwrap_or(u64::MAX)
}

fn client(url: &str, secret: &str) -> ClientBuilder {
    Client::builder()
        .keys("key", secret)
        .base_url(url)
        .auth_url(url)
        .max_retries(0)
        .no_proxy()
}

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Return the memory of this process by `/proc`, or 0 if there is no `/proc`.
fn megabytes(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim_matches([':', ' ', '\t']).split(' ').next());
    kilobytes.and_then(|it| it.parse().ok()).unwrap_or(0) >> 10
}

/// Make this many concurrent calls to `bad`, and calls to `quiet`, which never responds. Return how late the deadlines of the latter were.
async fn late(told: &Value) -> Result<Value, BoxError> {
    const DEADLINE: Duration = Duration::from_millis(200);
    let mut calls = JoinSet::new();
    let before = megabytes("VmRSS");
    for _ in 0..number(told, "calls") {
        // The crate reads from servers on this machine on the program's own threads, so the server is behind a name.
        let mut builder = client("http://flood.test", SECRET)
            .proxy(text(told, "bad"))
            .timeout(seconds(told, "timeout"));
        if let Some(most) = told["max_response_bytes"].as_u64() {
            builder = builder.max_response_bytes(most.try_into()?);
        }
        let client = builder.build()?;
        calls.spawn(async move {
            let begun = Instant::now();
            let ended = client.send(GetRoom::new("a")).await;
            let ended = ended.map_or_else(|error| error.kind().as_str(), |_| "ok");
            (ended, begun.elapsed())
        });
    }
    let quiet = client(text(told, "quiet"), SECRET).timeout(DEADLINE);
    let quiet = quiet.build()?;
    let end = Instant::now() + seconds(told, "seconds");
    let mut late = Duration::ZERO;
    while Instant::now() < end {
        let begun = Instant::now();
        let _ = quiet.send(GetRoom::new("a")).await;
        late = late.max(begun.elapsed().saturating_sub(DEADLINE));
    }
    let ended = calls.join_all().await;
    let took = ended.iter().map(|(_, took)| *took).max();
    Ok(json!({
        "late_ms": milliseconds(late),
        "took_ms": milliseconds(took.unwrap_or_default()),
        "ended": ended.iter().map(|(ended, _)| *ended).collect::<Vec<_>>(),
        "grown_mb": megabytes("VmHWM").saturating_sub(before),
    }))
}

/// Make this many concurrent calls, and check meanwhile whether a file can be opened.
async fn burst(told: &Value) -> Result<Value, BoxError> {
    let client = client(text(told, "url"), SECRET).timeout(Duration::from_secs(60));
    let client = client.build()?;
    let mut calls = JoinSet::new();
    for _ in 0..number(told, "calls") {
        let client = client.clone();
        calls.spawn(async move { client.send(GetRoom::new("a")).await.is_ok() });
    }
    let (mut done, mut failed) = (0, 0);
    let mut shut_out = Duration::ZERO;
    let mut since = None;
    while let Some(ended) = calls.join_next().await {
        *(if ended? { &mut done } else { &mut failed }) += 1;
        if File::open("/dev/null").is_ok() {
            since = None;
        } else {
            let began: &mut Instant = since.get_or_insert_with(Instant::now);
            shut_out = shut_out.max(began.elapsed()).max(Duration::from_millis(1));
        }
    }
    Ok(json!({ "done": done, "failed": failed, "shut_out_ms": milliseconds(shut_out) }))
}

/// Return everything that a program could print or log.
#[derive(Default)]
struct Shown {
    text: String,
    count: usize,
}

impl Shown {
    fn debug(&mut self, value: &impl std::fmt::Debug) {
        self.count += 1;
        self.text.extend([format!("{value:?}\n{value:#?}\n")]);
    }

    fn ended<T: std::fmt::Debug>(&mut self, ended: Result<T, hundredms::Error>) {
        match ended {
            Ok(value) => self.debug(&value),
            Err(error) => {
                self.debug(&error);
                self.text
                    .extend([format!("{error}\n{error:#}\n{}\n", error.to_json())]);
                let mut next = std::error::Error::source(&error);
                while let Some(cause) = next {
                    self.text.extend([format!("{cause}\n{cause:?}\n")]);
                    next = cause.source();
                }
            }
        }
    }
}

/// Make calls with secrets in their arguments, to a server that writes secrets into its responses.
async fn calls(client: &Client, canary: &str, shown: &mut Shown) {
    let webhook = RoomWebhook::new(format!(
        "https://user:{canary}@hooks.example/x?key={canary}"
    ));
    let webhook = webhook.headers([("x-key", canary)]);
    let create = CreateRoom::new().name("n").webhook(webhook);
    shown.ended(client.send(create).await.map(|_| "a room"));
    let rtmp = vec![Secret::new(format!("rtmp://live.example/{canary}"))];
    let start = StartExternalStream::new("r", rtmp);
    let start = start.meeting_url(format!("https://meet.example/{canary}"));
    shown.debug(&start);
    shown.ended(client.send(start).await);
    shown.ended(client.stream_keys().get("r").await);
    shown.ended(
        client
            .recording_assets()
            .presigned_url(PresignRecordingAsset::new("a"))
            .await,
    );
    let code = client
        .room_codes()
        .auth_token(ExchangeRoomCode::new("abc-defg-hij"));
    shown.ended(code.await);
    let options = CallOptions::default();
    let room = client.call("rooms.get", br#"{"room_id":"a"}"#, &options);
    shown.ended(room.await.map(|_| ()));
    let raw = client.call_raw("stream_keys.get", br#"{"room_id":"a"}"#, &options);
    shown.ended(raw.await);
    for name in ["token", "auth", "passwd", "sig", "otp", "x"] {
        let query = [(name.to_owned(), canary.to_owned())];
        let body =
            json!({ name: canary, "pairs": [{"name": name, "value": canary}], "deep": [[canary]] });
        let free = client.request("POST", "/x", &query, Some(&body), &options);
        shown.ended(free.await);
        let text = json!(json!({ name: canary }).to_string());
        let free = client.request("POST", "/x", &[], Some(&text), &options);
        shown.ended(free.await);
    }
    let path = format!("/rooms/{canary}");
    shown.ended(client.request("GET", &path, &[], None, &options).await);
}

async fn show(told: &Value) -> Result<Value, BoxError> {
    let canary = text(told, "canary");
    let secret = text(told, "secret");
    let mut shown = Shown::default();
    for url in told["urls"].as_array().into_iter().flatten() {
        let builder = client(url.as_str().unwrap_or_default(), secret);
        let builder = builder.timeout(Duration::from_secs(5));
        shown.debug(&builder);
        let client = builder.build()?;
        shown.debug(&client);
        calls(&client, canary, &mut shown).await;
    }
    let wrong = client("ftp://x", secret).build();
    shown.ended(wrong.map(|_| ()));
    let proxy = format!("socks9://user:{canary}@x");
    shown.ended(client("http://x", secret).proxy(proxy).build().map(|_| ()));
    Ok(json!({ "count": shown.count, "text": shown.text }))
}

/// Record the same calls.
async fn record(told: &Value) -> Result<Value, BoxError> {
    let mut shown = Shown::default();
    for (index, url) in told["urls"].as_array().into_iter().flatten().enumerate() {
        let path = Path::new(text(told, "folder")).join(format!("{index}.json"));
        let builder = client(url.as_str().unwrap_or_default(), text(told, "secret"));
        let builder = builder.timeout(Duration::from_secs(5));
        let client = builder.cassette(path, CassetteMode::Record).build()?;
        calls(&client, text(told, "canary"), &mut shown).await;
    }
    Ok(json!({ "count": shown.count, "text": "" }))
}
