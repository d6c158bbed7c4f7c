//! One recognisable secret in every place for secrets, looked for in everything that a program could print.

use std::time::Duration;

use hundredms::resources::external_streams::StartExternalStream;
use hundredms::resources::rooms::{CreateRoom, RoomWebhook};
use hundredms::resources::sip::CreateSipTrunk;
use hundredms::{CallOptions, Client, Secret};
use hundredms_sandbox::Sandbox;

use super::client_at;
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

const CANARY: &str = "canary-5f1c0b";

/// Everything that was printed.
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

    let token = client.tokens().auth("r", "host").mint().expect("a token");
    printed.debug(&token);
    printed.debug(&client.tokens());
    printed.debug(&client.tokens().auth("r", "host"));

    let webhook = RoomWebhook::new("https://hooks.example/x").headers([("x-key", CANARY)]);
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
