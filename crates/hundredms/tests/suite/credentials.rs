//! Where credentials come from, and what is said when there are none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hundredms::resources::recordings::StartRecording;
use hundredms::{Client, ErrorKind, Phase};

use super::{client_at, client_of};
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

/// Says what `from_env` makes of the environment, when another test runs it.
#[test]
fn says_what_the_environment_gives() {
    if std::env::var_os("TOLD").is_none() {
        return;
    }
    match Client::from_env() {
        Ok(client) => {
            let token = client.tokens().management().mint().expect("a token");
            let claims = client.tokens().decode(token.expose()).expect("claims");
            println!("key {}", claims.access_key);
        }
        Err(error) => println!("{error}"),
    }
}

#[test]
fn credentials_come_from_the_environment_in_order() {
    let told = |variables: &[(&str, &str)]| {
        super::in_environment("credentials::says_what_the_environment_gives", variables)
    };
    let ours = [("HMS_ACCESS_KEY", "a"), ("HMS_SECRET", "s")];
    let older = [("APP_ACCESS_KEY", "b"), ("APP_SECRET", "s")];
    assert!(told(&[ours, older].concat()).contains("key a"));
    assert!(told(&older).contains("key b"));
    assert!(told(&[]).contains("set HMS_ACCESS_KEY and HMS_SECRET"));
    assert!(told(&ours[..1]).contains("HMS_ACCESS_KEY is set but HMS_SECRET is not"));
    assert!(
        told(&[ours.to_vec(), vec![("HMS_BASE_URL", "ftp://x")]].concat()).contains("base_url")
    );
}

#[test]
fn variables_that_are_handed_over_stand_for_those_of_the_process() {
    let build = |json: &str| {
        Client::builder()
            .options(json.as_bytes())
            .and_then(hundredms::ClientBuilder::build)
    };
    let client = build(r#"{"variables":{"HMS_ACCESS_KEY":"given","HMS_SECRET":"s"}}"#);
    let client = client.expect("a client");
    let token = client.tokens().management().mint().expect("a token");
    let claims = client.tokens().decode(token.expose()).expect("claims");
    assert_eq!(claims.access_key, "given");
    for (json, words) in [
        (r#"{"variables":{}}"#, "set HMS_ACCESS_KEY and HMS_SECRET"),
        (
            r#"{"variables":{"HMS_SECRET":"s"}}"#,
            "HMS_ACCESS_KEY is not",
        ),
        (
            r#"{"token":"t","variables":{"HMS_BASE_URL":"ftp://x"}}"#,
            "base_url",
        ),
    ] {
        let error = build(json).expect_err(json);
        assert!(error.to_string().contains(words), "{json}: {error}");
    }
}

#[test]
fn what_cannot_work_is_refused_at_construction() {
    let build = |json: &str| {
        Client::builder()
            .keys("k", "s")
            .options(json.as_bytes())
            .and_then(hundredms::ClientBuilder::build)
    };
    for (json, words) in [
        (r#"{"base_url":"no url"}"#, "base_url"),
        (r#"{"base_url":"https://user:pass@host/v2"}"#, "user name"),
        (r#"{"base_url":"https://host/v2?x=1"}"#, "path"),
        (r#"{"base_url":"https://host/v2#x"}"#, "path"),
        (r#"{"base_url":"api.100ms.live/v2"}"#, "no URL"),
        (r#"{"base_url":"https://host:99999/v2"}"#, "no URL"),
        (r#"{"base_url":"https://:443/v2"}"#, "no URL"),
        (r#"{"base_url":"ftp://host/v2"}"#, "must begin with"),
        (r#"{"auth_url":"file:///x"}"#, "auth_url"),
        (r#"{"proxy":"socks5://host:1080"}"#, "proxy"),
        (r#"{"proxy":"http://host:99999"}"#, "proxy"),
        (r#"{"proxy":"no url"}"#, "proxy"),
        (r#"{"ca_file":"/nowhere/ca.pem"}"#, "/nowhere/ca.pem"),
        (r#"{"access_key":"x"}"#, "secret"),
        (r#"{"access_key":" ","secret":"x"}"#, "access key is empty"),
        (r#"{"token":"x","access_key":"x","secret":"y"}"#, "either"),
        (r#"{"timeout":0}"#, "timeout"),
        (r#"{"timeout":-1}"#, "timeout"),
        (r#"{"time_out":1}"#, "time_out"),
        (r#"{"max_retries":-1}"#, "max_retries"),
        (r#"{"token":"line\nbreak"}"#, "header"),
        (r#"{"proxy":"not a proxy\u0000"}"#, "proxy"),
    ] {
        let error = build(json).expect_err(json);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{json}");
        assert!(error.to_string().contains(words), "{json}: {error}");
    }
}

#[tokio::test]
async fn a_ready_token_is_sent_as_it_is_and_not_renewed() {
    let sandbox = Checked::start().await;
    let minting = client_of(&sandbox).build().expect("a client");
    let token = minting.tokens().management().mint().expect("a token");
    let client = Client::builder()
        .token(token)
        .base_url(sandbox.base_url())
        .build()
        .expect("a client");
    client
        .templates()
        .list(hundredms::resources::templates::ListTemplates::new())
        .first_page()
        .await
        .expect("templates");
    sandbox
        .advance_clock(std::time::Duration::from_secs(90_000))
        .expect("a day");
    let error = client.rooms().get("1").await.expect_err("expired");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Authentication, 1)
    );
    let error = client
        .tokens()
        .auth("r", "host")
        .mint()
        .expect_err("no secret");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn a_minted_token_that_expired_by_the_clock_of_the_service_is_renewed() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client
        .rooms()
        .create(hundredms::resources::rooms::CreateRoom::new())
        .await
        .expect("a room");
    sandbox
        .advance_clock(std::time::Duration::from_secs(90_000))
        .expect("a day");
    client.rooms().get(&room.id).await.expect("the room");
}

#[tokio::test]
async fn a_token_callback_is_asked_once_for_calls_that_start_together() {
    let sandbox = Checked::start().await;
    let minting = client_of(&sandbox).build().expect("a client");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let client = Client::builder()
        .token_provider(move || {
            count.fetch_add(1, Ordering::SeqCst);
            let token = minting
                .tokens()
                .management()
                .mint()
                .map(|token| token.expose().to_owned());
            async move {
                tokio::task::yield_now().await;
                token
            }
        })
        .base_url(sandbox.base_url())
        .build()
        .expect("a client");
    let calls: Vec<_> = (0..20)
        .map(|_| {
            tokio::spawn(std::future::IntoFuture::into_future(
                client.rooms().get("1"),
            ))
        })
        .collect();
    for call in calls {
        assert_eq!(
            call.await.expect("a task").expect_err("no room").kind(),
            ErrorKind::NotFound
        );
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_callback_that_fails_is_an_authentication_error() {
    let queue = Queue::start([Reply::json(200, "{}")]).await;
    let client = client_at(&queue.url())
        .token_provider(|| async { Err::<String, _>("the vault is closed") })
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(error.to_string().contains("the vault is closed"), "{error}");
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn a_deadline_while_waiting_for_a_token_is_in_phase_queue() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url())
        .token_provider(std::future::pending::<Result<String, std::io::Error>>)
        .timeout(std::time::Duration::from_millis(50))
        .build()
        .expect("a client");
    let start = client.recordings().start(StartRecording::new("r"));
    let error = start.await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::Timeout, Some(Phase::Queue), 0),
        "{error}"
    );
    assert!(!error.may_have_applied());
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn a_token_that_is_not_to_be_had_again_leaves_a_change_in_doubt() {
    let busy = Reply::json(503, r#"{"code":503,"message":"busy"}"#);
    let queue = Queue::start([busy]).await;
    let ending = Client::builder().keys("k", "s").build().expect("a client");
    // It ends so soon that the second try asks for another one.
    let minted = ending.tokens().management();
    let minted = minted.valid_for(std::time::Duration::from_secs(60)).mint();
    let first = AtomicUsize::new(0);
    let token = minted.expect("a token").expose().to_owned();
    let client = client_at(&queue.url())
        .token_provider(move || {
            let first = first.fetch_add(1, Ordering::SeqCst) == 0;
            let token = token.clone();
            async move {
                if first {
                    Ok(token)
                } else {
                    Err("the vault is closed")
                }
            }
        })
        .build()
        .expect("a client");
    let update = hundredms::resources::rooms::UpdateRoom::new("1").name("n");
    let error = client.rooms().update(update).await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
    assert!(error.may_have_applied());
}
