//! One recognisable secret in every place for secrets, looked for in everything that a program could print.

use std::time::Duration;

use hundredms::resources::external_streams::StartExternalStream;
use hundredms::resources::polls::PollAttachment;
use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
use hundredms::resources::recordings::StartRecording;
use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::{CreateRoom, RoomWebhook};
use hundredms::resources::sip::{CreateSipTrunk, SendDtmf};
use hundredms::{CallOptions, Client, Secret};
use hundredms_sandbox::Sandbox;

use super::{client_at, client_of};
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

const CANARY: &str = "canary-5f1c0b";

/// Everything that could be printed.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn debug(&mut self, value: &impl std::fmt::Debug) {
        self.0.extend([format!("{value:?}\n{value:#?}\n")]);
    }

    fn error(&mut self, error: &hundredms::Error) {
        self.debug(error);
        self.0.extend([format!("{error}\n{}\n", error.to_json())]);
        let mut next = std::error::Error::source(error);
        while let Some(cause) = next {
            self.0.extend([format!("{cause} {cause:?}\n")]);
            next = cause.source();
        }
    }
}

#[tokio::test]
async fn a_secret_is_never_printed() {
    let mut printed = Printed::default();
    let sandbox = Sandbox::builder().secret(CANARY).start().await;
    let sandbox = Checked::before(sandbox.expect("a sandbox")).await;
    let builder = Client::builder()
        .keys(sandbox.access_key(), CANARY)
        .base_url(sandbox.base_url())
        .auth_url(sandbox.auth_url());
    printed.debug(&builder);
    let client = builder.build().expect("a client");
    printed.debug(&client);

    let token = client.tokens().auth("r", "host").create().expect("a token");
    printed.debug(&token);
    printed.debug(&client.tokens());
    printed.debug(&client.tokens().auth("r", "host"));

    let url = format!("https://user:{CANARY}@hooks.example/x?key={CANARY}#{CANARY}");
    let webhook = RoomWebhook::new(url).headers([("x-key", CANARY)]);
    let request = CreateRoom::new().name("n").webhook(webhook);
    printed.debug(&request);
    let call = client.rooms().create(request);
    printed.debug(&call);
    printed.debug(&call.await.expect("a room"));

    let start = StartExternalStream::new(
        "r",
        vec![Secret::new(format!("rtmp://live.example/{CANARY}"))],
    )
    .meeting_url(format!("https://meet.example/{CANARY}"));
    printed.debug(&start);
    printed.error(
        &client
            .external_streams()
            .start(start)
            .await
            .expect_err("no room"),
    );
    let trunk = CreateSipTrunk::new(CANARY, CANARY, "sip.example.org", "+4712345678");
    printed.debug(&trunk);
    printed.debug(&client.sip().create_trunk(trunk).await.expect("a trunk"));

    // Arguments of a wrong type hold what the caller took for the right value.
    for arguments in [
        format!(r#"{{"webhook":{{"url":"x","headers":"{CANARY}"}}}}"#),
        format!(
            r#"{{"recording_info":{{"upload_info":{{"type":"s3","location":"l","credentials":"{CANARY}"}}}}}}"#
        ),
        format!(r#"{{"size":"{CANARY}"}}"#),
        format!(r#"{{"webhook":"{CANARY}"}}"#),
    ] {
        let refused = client
            .call(
                "rooms.create",
                arguments.as_bytes(),
                &CallOptions::default(),
            )
            .await;
        printed.error(&refused.expect_err("a wrong type"));
    }
    let json = format!(r#"{{"timeout":"{CANARY}"}}"#);
    printed.error(
        &Client::builder()
            .options(json.as_bytes())
            .expect_err("a wrong type"),
    );

    for reply in [
        Reply::json(
            200,
            &format!(r#"{{"data":[{{"id":"1","key":["{CANARY}"]}}]}}"#),
        ),
        Reply::json(200, &format!(r#"{{"data":"{CANARY}"}}"#)),
        Reply::json(200, &format!(r#""{CANARY}"#)),
        Reply::Drop,
        Reply::Hang,
    ] {
        let queue = Queue::start([reply]).await;
        let client = client_at(&queue.url())
            .token(CANARY)
            .max_retries(0)
            .timeout(Duration::from_millis(200))
            .build()
            .expect("a client");
        printed.debug(&client);
        // The path holds the secret too, as a careless caller would have it.
        printed.error(
            &client
                .stream_keys()
                .get(CANARY)
                .await
                .expect_err("a bad day"),
        );
    }
    let proxied = Client::builder()
        .token(CANARY)
        .proxy(format!("http://user:{CANARY}@127.0.0.1:9"))
        .base_url("http://api.service.test/v2")
        .max_retries(0);
    printed.debug(&proxied);
    let client = proxied.build().expect("a client");
    printed.debug(&client);
    printed.error(&client.rooms().get("1").await.expect_err("no proxy there"));

    assert!(!printed.0.contains(CANARY), "{}", printed.0);
    assert!(!printed.0.contains(token.expose()));
}

/// Secrets that the service makes, in the answers of a run.
#[tokio::test]
async fn a_secret_of_the_service_is_never_printed() {
    let mut printed = Printed::default();
    let mut secrets = Vec::new();
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client.rooms().create(CreateRoom::new().name("n")).await;
    let room = room.expect("a room").id;

    let codes = client.room_codes().create(&room).await.expect("codes");
    let code = codes.data[0].code.clone();
    let exchanged = client
        .room_codes()
        .auth_token(ExchangeRoomCode::new(code))
        .await;
    let exchanged = exchanged.expect("a token");
    printed.debug(&exchanged);
    let claims = client.tokens().verify(exchanged.token.expose());
    printed.debug(&claims.expect("claims"));
    secrets.push(exchanged.token.expose().to_owned());

    let key = client.stream_keys().create(&room).await.expect("a key");
    printed.debug(&key);
    secrets.push(key.key.expose().to_owned());

    let start = client.recordings().start(StartRecording::new(&room)).await;
    printed.debug(&start.expect("a recording"));
    let pass = |seconds| sandbox.advance_clock(Duration::from_secs(seconds));
    pass(120).expect("a later time");
    printed.debug(&client.recordings().stop_all(&room).await.expect("stopped"));
    pass(3600).expect("a later time");
    let assets = client
        .recording_assets()
        .list(ListRecordingAssets::new())
        .collect()
        .await
        .expect("assets");
    printed.debug(&assets);
    let url = client
        .recording_assets()
        .presigned_url(PresignRecordingAsset::new(&assets[0].id))
        .await;
    let url = url.expect("a link");
    printed.debug(&url);
    secrets.push(url.url.expose().to_owned());

    for secret in secrets {
        assert!(!secret.is_empty());
        // Parts tell as much: the signature of a token, the query of a link.
        for part in secret
            .split(['.', '?', '&', '='])
            .filter(|part| part.len() > 20)
        {
            assert!(!printed.0.contains(part), "{part}");
        }
        assert!(!printed.0.contains(&secret));
    }
    sandbox.finish();
}

/// A field that the contract or the definitions call secret is in here by itself: the values are made from the definitions.
#[cfg(feature = "schema")]
#[tokio::test]
async fn no_secret_field_of_any_operation_is_ever_printed() {
    use std::collections::BTreeSet;
    use std::sync::{Arc, Mutex};

    use crate::sample::{Direction, Sampler};

    let mut printed = Printed::default();
    let queue = Queue::start([]).await;
    let tape = std::env::temp_dir().join(format!("hundredms-canary-{}.json", std::process::id()));
    let seen = Arc::new(Mutex::new(String::new()));
    let (noted, noted_again) = (seen.clone(), seen.clone());
    let client = client_at(&queue.url())
        .max_retries(0)
        .cassette(&tape, hundredms::CassetteMode::Record)
        .observer(move |observation| {
            let line = format!("{observation:?}\n{}\n", observation.to_json());
            noted.lock().expect("seen").push_str(&line);
        })
        .on_retry(move |view| {
            let line = format!("{view:?}\n{view:#?}\n");
            noted_again.lock().expect("seen").push_str(&line);
        })
        .build()
        .expect("a client");
    #[cfg(feature = "tracing")]
    let spans = crate::spans::Notes::default();
    #[cfg(feature = "tracing")]
    let _guard = tracing::subscriber::set_default(spans.clone());
    let options = CallOptions::default();
    let mut once_more = CallOptions::default();
    once_more.max_retries = Some(1);
    let (sampler, operations) = Sampler::new(&format!("rtmp://{CANARY}"));
    let mut covered = BTreeSet::new();
    for operation in &operations {
        let name = operation.info.name;
        for shape in 0..sampler.most_shapes() {
            let arguments = sampler.value(name, operation.request.as_value(), Direction::In, shape);
            let answer = sampler.value(name, operation.answer.as_value(), Direction::Out, shape);
            covered.extend(arguments.secrets.iter().cloned());
            covered.extend(answer.secrets.iter().cloned());
            let text = arguments.value.to_string();
            let body = answer.value.to_string();
            let shown = (operation.shown_request)(text.as_bytes());
            printed
                .0
                .push_str(&shown.unwrap_or_else(|| panic!("{name}: {text}")));
            let shown = (operation.shown_answer)(body.as_bytes());
            printed
                .0
                .push_str(&shown.unwrap_or_else(|| panic!("{name}: {body}")));

            // Answers that fit, one of them after a refusal that holds the same.
            queue.push(Reply::json(429, &body).with("retry-after", "0"));
            queue.push(Reply::json(200, &body));
            let answered = client.call(name, text.as_bytes(), &once_more).await;
            printed.debug(&answered.unwrap_or_else(|error| panic!("{name}: {error}: {text}")));
            queue.push(Reply::json(200, &body));
            let raw = client.call_raw(name, text.as_bytes(), &options).await;
            printed.debug(&raw.expect("an answer"));

            // Answers that do not, and refusals that hold them.
            let wrapped = answer.wrapped().to_string();
            let page = format!("<html>{body}</html>");
            for reply in [
                Reply::json(200, &wrapped),
                Reply::json(500, &body),
                Reply::Answer(404, Vec::new(), page),
                Reply::CutShort(body.clone()),
            ] {
                queue.push(reply);
                match client.call(name, text.as_bytes(), &options).await {
                    Ok(answered) => printed.debug(&answered),
                    Err(error) => printed.error(&error),
                }
            }
            // Arguments of a wrong type.
            let wrapped = arguments.wrapped().to_string();
            if wrapped != text {
                let refused = client.call(name, wrapped.as_bytes(), &options).await;
                printed.error(&refused.expect_err("a wrong type"));
            }
        }
    }
    assert_eq!(covered, sampler.secrets(&operations));
    assert!(covered.len() > 25, "{covered:?}");
    let seen = seen.lock().expect("seen");
    assert!(seen.contains(r#""event":"retry""#) && seen.contains("RetryView {"));
    printed.0.push_str(&seen);
    #[cfg(feature = "tracing")]
    {
        let spans = spans.text();
        assert!(spans.contains("trying again"));
        printed.0.push_str(&spans);
    }
    printed
        .0
        .push_str(&std::fs::read_to_string(&tape).expect("a cassette"));
    std::fs::remove_file(&tape).expect("a cassette");
    for line in printed.0.lines() {
        assert!(!line.contains(CANARY), "{line}");
    }
}

/// Likewise of every type of webhooks, whether its data fits or not.
#[cfg(feature = "schema")]
#[test]
fn no_secret_field_of_any_webhook_is_ever_printed() {
    use std::collections::BTreeSet;

    use hundredms::webhooks::{self, EventData, Receiver};

    use crate::sample::{Direction, Sampler};

    let mut printed = Printed::default();
    let receiver = Receiver::builder().header("x-key", CANARY).hmac_key(CANARY);
    printed.debug(&receiver);
    let receiver = receiver.build().expect("a receiver");
    printed.debug(&receiver);

    let (sampler, events) = Sampler::of_events(&format!("https://{CANARY}"));
    let mut covered = BTreeSet::new();
    for event in &events {
        let data = sampler.value(event.kind, event.data.as_value(), Direction::Out, 0);
        covered.extend(data.secrets.iter().cloned());
        let bodies = [&data.value, &data.wrapped()].map(|data| {
            serde_json::json!({"id": "1", "type": event.kind, "data": data, "added": CANARY})
                .to_string()
        });
        let [typed, malformed] = bodies
            .clone()
            .map(|body| webhooks::parse(body).expect("an event"));
        let fits =
            |data: &EventData| !matches!(data, EventData::Malformed(_) | EventData::Unknown(_));
        assert!(fits(&typed.data), "{typed:?}");
        // Without a secret in it nothing is wrapped.
        assert_eq!(
            fits(&malformed.data),
            data.secrets.is_empty(),
            "{malformed:?}"
        );
        for event in [&typed, &malformed] {
            printed.debug(event);
            if let EventData::Malformed(malformed) = &event.data {
                printed.0.push_str(&malformed.problem);
            }
        }
        for body in bodies {
            let unknown = body.replace(event.kind, "added.later");
            printed.debug(&webhooks::parse(unknown).expect("an event"));
            let headers = [("x-key", format!("{CANARY}-not"))];
            let refused = receiver.receive(body, &headers[..], None);
            let refused = refused.expect_err("another secret");
            printed.debug(&refused);
            printed
                .0
                .extend([format!("{refused}\n{}\n", refused.to_json())]);
        }
    }
    assert_eq!(covered, sampler.secrets(&[]));
    assert!(covered.len() > 15, "{covered:?}");
    for line in printed.0.lines() {
        assert!(!line.contains(CANARY), "{line}");
    }
}

#[test]
fn of_the_url_of_a_webhook_host_and_path_are_printed() {
    let webhook = RoomWebhook::new("https://user:pw@hooks.example:8/x?key=k");
    let shown = format!("{:?}", CreateRoom::new().webhook(webhook));
    assert!(
        shown.contains(r#"url: "https://hooks.example:8/x?[redacted]""#),
        "{shown}"
    );
    let attachment = PollAttachment::new().url("https://files.example/a.png?signature=s");
    let shown = format!("{attachment:?}");
    assert!(
        shown.contains(r#"url: Some("https://files.example/a.png?[redacted]")"#),
        "{shown}"
    );
    assert!(
        shown.starts_with("PollAttachment { type: None, "),
        "{shown}"
    );
}

/// An answer that repeats what it was asked with: as a service that explains, as a gateway in plain text, and in a header.
fn echoes(secret: &str) -> [Reply; 3] {
    [
        Reply::json(
            403,
            &format!(
                r#"{{"code":403,"message":"no: Bearer {secret}","details":["{secret}","x {secret} y"]}}"#
            ),
        ),
        // Cut in the middle of it.
        Reply::json(403, &format!("{}{secret}", "refused ".repeat(23))),
        Reply::json(403, "{}").with("x-request-id", secret),
    ]
}

#[tokio::test]
async fn an_answer_that_repeats_the_token_or_the_secret_leaves_them_out_of_the_error() {
    const SECRET: &str = "canary-5f1c0b-secret-0123456789";
    for reply in echoes(SECRET) {
        let queue = Queue::start([reply.clone(), reply.clone(), reply]).await;
        let with_token = client_at(&queue.url()).token(SECRET);
        let with_keys = client_at(&queue.url()).keys("key", SECRET);
        let mut printed = Printed::default();
        for builder in [with_token, with_keys] {
            let client = builder.build().expect("a client");
            let error = client.rooms().get("1").await.expect_err("refused");
            assert_eq!(error.status(), Some(403), "{error}");
            printed.error(&error);
        }
        let client = client_at(&queue.url()).build().expect("a client");
        let tones = SendDtmf::new(SECRET, vec!["1".to_owned()]);
        let error = client.sip().send_dtmf(tones).await.expect_err("refused");
        assert_eq!(error.status(), Some(403), "{error}");
        printed.error(&error);
        assert!(!printed.0.contains("canary"), "{}", printed.0);
        assert!(printed.0.contains("[redacted]"), "{}", printed.0);
    }
}
