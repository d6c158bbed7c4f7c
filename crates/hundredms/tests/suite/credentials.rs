//! Where credentials come from, and what is said when there are none.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hundredms::resources::recordings::StartRecording;
use hundredms::{Client, ErrorKind, Phase};

use super::{client_at, client_of};
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

/// Says what `from_env` makes of the environment, when another test runs it.
#[test]
fn says_what_the_environment_gives() {
    if std::env::var_os("TOLD").is_none() {
        return;
    }
    match Client::from_env() {
        Ok(client) => {
            let token = client.tokens().management().create().expect("a token");
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
    let token = client.tokens().management().create().expect("a token");
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
            "base_url, from the variable HMS_BASE_URL: must begin with",
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
        (r#"{"base_url":"api.100ms.live/v2"}"#, "absolute URL"),
        (r#"{"base_url":"https://host:99999/v2"}"#, "absolute URL"),
        (r#"{"base_url":"https://:443/v2"}"#, "absolute URL"),
        (r#"{"base_url":"ftp://host/v2"}"#, "must begin with"),
        (r#"{"auth_url":"file:///x"}"#, "auth_url"),
        (r#"{"proxy":"socks://host:1080"}"#, "proxy"),
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
async fn a_client_of_a_sandbox_exchanges_room_codes_there() {
    let sandbox = Checked::start().await;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .options(br#"{"variables":{}}"#)
        .and_then(hundredms::ClientBuilder::build)
        .expect("a client");
    let code = hundredms::resources::room_codes::ExchangeRoomCode::new("abc-defg-hij");
    let error = client.room_codes().auth_token(code).await;
    let error = error.expect_err("no such code");
    assert_eq!(error.status(), Some(404), "{error}");
}

#[tokio::test]
async fn a_wrong_secret_is_said_to_be_one() {
    let sandbox = Checked::start().await;
    let client = Client::builder()
        .keys(sandbox.access_key(), "wrong")
        .base_url(sandbox.base_url())
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(
        error
            .message()
            .contains("check that access key and secret belong together"),
        "{error}"
    );
}

#[tokio::test]
async fn a_ready_token_is_sent_as_it_is_and_not_renewed() {
    let sandbox = Checked::start().await;
    let minting = client_of(&sandbox).build().expect("a client");
    let token = minting.tokens().management().create().expect("a token");
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
        .create()
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
                .create()
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
    let minted = minted
        .valid_for(std::time::Duration::from_secs(60))
        .create();
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

/// The seconds that a client's tokens are ahead of this machine's clock.
fn ahead(client: &Client) -> i64 {
    let token = client.tokens().auth("r", "host").create().expect("a token");
    client
        .tokens()
        .verify(token.expose())
        .expect("its own token");
    let issued = client
        .tokens()
        .decode(token.expose())
        .expect("claims")
        .issued_at;
    issued.expect("a time").as_second() + 10 - jiff::Timestamp::now().as_second()
}

/// A refusal whose date is so many seconds ahead of this machine's.
fn refusal_dated(ahead: i64) -> Reply {
    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(ahead);
    let date = date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    Reply::json(401, r#"{"code":401,"message":"no"}"#).with("date", date)
}

#[tokio::test]
async fn a_client_takes_its_own_tokens_whatever_the_clock_of_the_service_says() {
    for seconds in [120, 600, -90_000, 30 * 86_400, 365 * 86_400] {
        let queue = Queue::start([refusal_dated(seconds), Reply::json(200, ROOM)]).await;
        let client = client_at(&queue.url()).build().expect("a client");
        client.rooms().get("1").await.expect("a room");
        assert!((ahead(&client) - seconds).abs() <= 2, "{seconds}");
    }
}

#[tokio::test]
async fn a_clock_more_than_a_year_away_is_not_learnt() {
    for seconds in [367 * 86_400, -367 * 86_400, 70 * 365 * 86_400] {
        let queue = Queue::start([refusal_dated(seconds), Reply::json(200, ROOM)]).await;
        let client = client_at(&queue.url()).build().expect("a client");
        client.rooms().get("1").await.expect("a room");
        assert_eq!(ahead(&client), 0, "{seconds}");
    }
}

#[tokio::test]
async fn a_learnt_clock_is_forgotten_when_the_next_token_is_refused_too() {
    let queue = Queue::start([refusal_dated(7_200), refusal_dated(7_200)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    client.rooms().get("1").await.expect_err("refused");
    assert_eq!(ahead(&client), 0);
    // Also when it has been good in between.
    let undated = || Reply::json(401, "{}");
    for reply in [refusal_dated(7_200), Reply::json(200, ROOM)] {
        queue.push(reply);
    }
    client.rooms().get("1").await.expect("a room");
    assert!((ahead(&client) - 7_200).abs() <= 2);
    queue.push(undated());
    queue.push(Reply::json(200, ROOM));
    client.rooms().get("1").await.expect("a room");
    assert_eq!(ahead(&client), 0);
}

#[tokio::test]
async fn a_clock_is_not_learnt_from_another_machine_without_tls() {
    // The proxy stands for whoever is on the way.
    let proxy = Queue::start([refusal_dated(7_200), Reply::json(200, ROOM)]).await;
    let variables = serde_json::json!({ "variables": { "HTTP_PROXY": proxy.url() } }).to_string();
    let client = client_at("http://api.service.test/v2").options(variables.as_bytes());
    let client = client.and_then(hundredms::ClientBuilder::build);
    let client = client.expect("a client");
    client.rooms().get("1").await.expect("a room");
    assert_eq!(ahead(&client), 0);
    let targets: Vec<_> = proxy.asked().into_iter().map(|it| it.target).collect();
    assert_eq!(targets, ["http://api.service.test/v2/rooms/1"; 2]);
}

#[tokio::test]
async fn a_client_goes_on_while_the_sandbox_moves_its_clock_by_days() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let create = || {
        client
            .rooms()
            .create(hundredms::resources::rooms::CreateRoom::new())
    };
    create().await.expect("a room");
    for hours in [25, 1, 24 * 40] {
        sandbox
            .advance_clock(std::time::Duration::from_secs(hours * 3_600))
            .expect("hours");
        create().await.expect("a room");
        assert!(ahead(&client) >= i64::try_from(hours).expect("few") * 3_600 - 2);
    }
}

/// A client whose token callback counts its calls, and answers with `token` once it is let to.
fn asking(
    queue: &Queue,
    token: &'static str,
) -> (Client, Arc<AtomicUsize>, Arc<tokio::sync::Semaphore>) {
    let (asked, let_go) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(tokio::sync::Semaphore::new(0)),
    );
    let (count, wait) = (asked.clone(), let_go.clone());
    let client = client_at(&queue.url())
        .token_provider(move || {
            count.fetch_add(1, Ordering::SeqCst);
            let wait = wait.clone();
            async move {
                wait.acquire().await.map_err(|_| "closed")?.forget();
                Ok::<_, &str>(token.to_owned())
            }
        })
        .max_retries(0)
        .build()
        .expect("a client");
    (client, asked, let_go)
}

#[tokio::test]
async fn the_answer_of_a_token_callback_goes_to_all_who_waited_though_it_is_no_jwt() {
    let room = Reply::json(200, ROOM);
    let queue = Queue::start(std::iter::repeat_n(room, 51)).await;
    let (client, asked, let_go) = asking(&queue, "opaque");
    let calls: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn(std::future::IntoFuture::into_future(
                client.rooms().get("1"),
            ))
        })
        .collect();
    while asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let_go.add_permits(1);
    for call in calls {
        call.await.expect("a task").expect("a room");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // Who comes later asks anew.
    let_go.add_permits(1);
    client.rooms().get("1").await.expect("a room");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_token_callback_goes_on_for_those_who_wait_when_the_first_gives_up() {
    let room = Reply::json(200, ROOM);
    let queue = Queue::start([room]).await;
    let (client, asked, let_go) = asking(&queue, "opaque");
    let first = client
        .rooms()
        .get("1")
        .timeout(std::time::Duration::from_millis(20));
    let first = tokio::spawn(std::future::IntoFuture::into_future(first));
    while asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let second = tokio::spawn(std::future::IntoFuture::into_future(
        client.rooms().get("1"),
    ));
    let error = first.await.expect("a task").expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Timeout, Some(Phase::Queue))
    );
    let_go.add_permits(1);
    second.await.expect("a task").expect("a room");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_callback_that_calls_its_own_client_fails_at_once() {
    let queue = Queue::start([]).await;
    let own: Arc<std::sync::OnceLock<Client>> = Arc::default();
    let (within, asked) = (own.clone(), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    let client = client_at(&queue.url())
        .token_provider(move || {
            count.fetch_add(1, Ordering::SeqCst);
            let client = within.get().expect("the client").clone();
            async move { client.rooms().get("1").await.map(|room| room.id) }
        })
        .build()
        .expect("a client");
    own.set(client.clone()).expect("once");
    let error = client
        .rooms()
        .get("1")
        .await
        .expect_err("it waits for itself");
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(
        error.to_string().contains("let it use another client"),
        "{error}"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn a_token_callback_that_panics_fails_the_calls_that_wait_for_it_alone() {
    let queue = Queue::start([Reply::json(200, ROOM)]).await;
    let first = AtomicUsize::new(0);
    let client = client_at(&queue.url())
        .token_provider(move || {
            assert!(first.fetch_add(1, Ordering::SeqCst) > 0, "a defect");
            async { Ok::<_, std::io::Error>("opaque".to_owned()) }
        })
        .build()
        .expect("a client");
    let error = client.rooms().get("1").await.expect_err("it panicked");
    assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
    client.rooms().get("1").await.expect("a room");
}
